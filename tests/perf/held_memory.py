"""What an application holds of the machine's memory: every page of its processes once, whoever else has it.

PSS shares a page out among all who map it, so that an application beside others of its kind looks smaller
than it is on a desk of its own: beside seven of them 640 MB instead of 790.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_MAPPING = re.compile(r"[0-9a-f]+-[0-9a-f]+ \S+ (?P<offset>[0-9a-f]+) (?P<device>\S+) (?P<inode>\d+)")
_MB = 1024 / 1e6
_FIELDS = ("Rss", "Pss", "Anonymous")

_File = tuple[str, str, str]  # device, inode, and where in the file the mapping begins


@dataclass(frozen=True, slots=True)
class Held:
    """MB: `own` that no file has, `shared` what is mapped from files, the largest of it by any process."""

    own: float
    shared: float

    @property
    def whole(self) -> float:
        return self.own + self.shared


def held_by(processes: Iterable[int]) -> Held:
    """Of some processes by their ids; one that has ended meanwhile holds nothing."""
    own = 0
    files: dict[_File, int] = defaultdict(int)
    for process in processes:
        try:
            told = Path(f"/proc/{process}/smaps").read_text("utf-8", errors="replace")
        except OSError:
            continue
        for file, sizes in _mappings(told):
            own += sizes["Anonymous"]
            mapped = sizes["Rss"] - sizes["Anonymous"]
            if file is not None:
                files[file] = max(files[file], mapped)
            elif mapped > 0:
                own += sizes["Pss"]
    return Held(own * _MB, sum(files.values()) * _MB)


def _mappings(told: str) -> Iterator[tuple[_File | None, dict[str, int]]]:
    """Each mapping with its sizes in the kernel's kB of 1,024 bytes."""
    file: _File | None = None
    sizes: dict[str, int] = {}
    for line in told.splitlines():
        begins = _MAPPING.match(line)
        if begins is not None:
            if sizes:
                yield file, sizes
            known = begins["inode"] != "0"
            file = (begins["device"], begins["inode"], begins["offset"]) if known else None
            sizes = dict.fromkeys(_FIELDS, 0)
            continue
        name, _colon, rest = line.partition(":")
        if name in sizes:
            sizes[name] = int(rest.split()[0])
    if sizes:
        yield file, sizes
