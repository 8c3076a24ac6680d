"""Where things are on this machine: the product's resources, the user's data folder, the log."""

import linecache
import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PACKAGE = Path(__file__).parent
_SOURCE_TREE = _PACKAGE.parent / "resources"
_INSTALLED = _PACKAGE / "resources"

LOG = "console.log"
DRILLS, DRILL = "drills", "drill.toml"  # the folder of drills in a data folder, and what marks one
_MALLOC = {  # of glibc: the variable, mallopt's number, the value
    "MALLOC_ARENA_MAX": (-8, 2),
    "MALLOC_MMAP_THRESHOLD_": (-3, 128 * 1024),
    "MALLOC_TRIM_THRESHOLD_": (-1, 1024 * 1024),
}
# The first that is installed: the same Chinese sans with even figures on every machine, and on paper.
FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Zen Hei", "Microsoft YaHei")
_MAPS, _LISTED = Path("/proc/self/smaps"), Path("/proc/self/maps")
_LIBRARY = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-[x-]p \S+ \S+ \d+ +(/.*\.so[.0-9]*)$")  # only read or run
_LEAST_KB = 256
_WITHOUT = 4  # MADV_DONTNEED
_BEHIND = 10  # in the ranks of Unix: a tenth of what a window gets, where both want the same core


def resource(*parts: str) -> Path:
    """A file or folder of the product's own resources, in the source tree and installed alike."""
    root = _INSTALLED if _INSTALLED.is_dir() else _SOURCE_TREE
    return root.joinpath(*parts)


def cache_folder() -> Path:
    """Where things are kept that can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("grid-console", appauthor=False)


def data_folder() -> Path:
    """Where data are kept when nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("grid-console", appauthor=False)


def site_settings_file() -> Path:
    """Where the administrator of a machine leaves settings for all its users; tests say another place."""
    told = os.environ.get("GRID_CONSOLE_SITE_SETTINGS")
    if told:
        return Path(told)
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "grid-console" / "settings.toml"
    return Path("/etc/grid-console/settings.toml")


def spare_memory() -> None:
    """Let the C library give freed memory back by itself; call it before there is a second thread.

    glibc keeps a heap for each of some sixteen threads and, once large arrays were freed, cuts the next ones
    out of these heaps, where the smallest rest holds a whole stretch: 90 MB of ours after a hundred steps of
    an operator, 50 MB of the map's. The browser's processes are told by their environment. Other systems do
    it by themselves.
    """
    if sys.platform == "linux":
        for name, (_parameter, value) in _MALLOC.items():
            os.environ.setdefault(name, str(value))
        choose = _of_c_library("mallopt")
        if choose is not None:
            for parameter, value in _MALLOC.values():
                choose(parameter, value)


def give_way() -> None:
    """Let the windows of this machine go first, for the rest of this process.

    Work of minutes beside a seat on two cores takes one of them, and the window stands in line for the other
    with its map. Where the machine is idle it takes no longer. Systems without ranks of this kind are left
    alone.
    """
    if hasattr(os, "nice"):
        os.nice(_BEHIND)


def give_back() -> None:
    """Give memory that was freed back to the machine.

    glibc keeps what large arrays left: after the index of points it was 400 MB of 500. Other systems give
    it back by themselves. The text of every module goes too: PySide's binding reads it as it is imported.
    """
    linecache.clearcache()
    unmap_unused()
    trim = _of_c_library("malloc_trim") if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def unmap_unused() -> int:
    """Leave the pages of libraries to the system until they are touched again; kB let go of.

    What a start runs through once stays mapped until the end and counts as ours, of the browser's library
    alone 110 MB. The system keeps the pages as long as it has room, and maps one that is touched again in
    about a microsecond.
    """
    if sys.platform != "linux" or not _MAPS.exists():
        return 0
    import ctypes

    advise = ctypes.CDLL(None).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return sum(
        held for begin, end, held in list(_unwritten(_staying())) if advise(begin, end - begin, _WITHOUT) == 0
    )


def _staying() -> frozenset[str]:
    """The libraries of this process, made to stay: else something else might come to lie there."""
    import ctypes

    listed = _LISTED.read_text("utf-8", errors="replace").splitlines()
    found = set()
    for path in {told[3] for told in map(_LIBRARY.match, listed) if told is not None}:
        try:
            ctypes.CDLL(path, mode=os.RTLD_NOLOAD | os.RTLD_NODELETE)
        except OSError:  # no library, or one that is gone by now
            continue
        found.add(path)
    return frozenset(found)


def _unwritten(libraries: frozenset[str]) -> "Iterator[tuple[int, int, int]]":
    """Begin, end and kB held of their larger mappings without a page that their loader has filled in."""
    mapping: re.Match[str] | None = None
    held = 0
    with _MAPS.open(encoding="utf-8", errors="replace") as told:
        for line in told:  # line by line: a window waits for no worker that reads all of it at once
            if line[0] in "0123456789abcdef":
                mapping = _LIBRARY.match(line)
                if mapping is not None and mapping[3] not in libraries:
                    mapping = None
            elif mapping is None:
                continue
            elif line.startswith("Rss:"):
                held = int(line.split()[1])
            elif line.startswith("Anonymous:") and held >= _LEAST_KB and int(line.split()[1]) == 0:
                yield int(mapping[1], 16), int(mapping[2], 16), held


def _of_c_library(name: str) -> "Callable[..., int] | None":
    import ctypes

    return getattr(ctypes.CDLL(None), name, None)  # musl has neither


def keep_log(folder: Path) -> None:
    """Write warnings and worse to the data folder, at most five files of a megabyte."""
    from logging.handlers import RotatingFileHandler  # not before the first paint: it loads sockets

    handler = RotatingFileHandler(
        folder / LOG, maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
