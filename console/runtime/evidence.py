"""Photos and files for the window and the command line: taken in, shown small, handed out stripped."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import TypeVar

from console.adapters.photo.copies import THUMBNAIL, VIEW, Thumbnails, stripped
from console.adapters.photo.formats import ENDINGS
from console.adapters.photo.looking import Look, look_at
from console.domain.errors import Refused
from console.domain.evidence import Evidence, Role
from console.storage.evidence import EvidenceFolder
from console.whole_file import write_new

__all__ = ["THUMBNAIL", "VIEW", "EvidenceRoom", "Picture", "export", "pictures", "take_in"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Picture:
    """How a piece of evidence is shown: a small JPEG of ours, or why there is none.

    `place` is None for papers, and where `trouble` says what is wrong with the content.
    """

    evidence: Evidence
    place: Path | None = None
    trouble: Refused | None = None


def take_in(
    folder: EvidenceFolder, paths: Sequence[Path], role: Role = Role.OTHER, *, stop: Event | None = None
) -> list[Evidence | Refused]:
    """Keep the files that are let in; for each path in its order the evidence, or why it was refused.

    What is kept belongs to no case until a fact names it. Raises Refused: `interrupted`,
    `evidence_not_kept`.
    """
    with TemporaryDirectory(prefix="grid-evidence-") as work:
        looks = look_at(paths, Path(work), stop=stop)
        return [item if isinstance(item, Refused) else _kept(folder, item, role) for item in looks]


def pictures(
    folder: EvidenceFolder,
    thumbnails: Thumbnails,
    evidence: Sequence[Evidence],
    edge: int = THUMBNAIL,
    *,
    stop: Event | None = None,
) -> list[Picture]:
    """A small picture of each, its longer edge at most `edge`. The content is checked every time, so that
    what was altered since is noticed although its thumbnail is still there.

    Raises Refused: `interrupted`, `evidence_not_kept`.
    """
    troubles = {item.hash: _trouble(folder, item) for item in evidence}
    sound = {
        item.hash: (item.media_type, folder.place(item.hash))
        for item in evidence
        if item.pictured and troubles[item.hash] is None
    }
    made = thumbnails.made(sound, edge, stop=stop)
    return [_picture(item, troubles[item.hash], made.get(item.hash)) for item in evidence]


def export(
    folder: EvidenceFolder, evidence: Sequence[Evidence], target: Path, *, stop: Event | None = None
) -> list[Path | Refused]:
    """Write stripped copies into the folder `target`; for each the file, or why there is none.

    Names that are taken get a number; nothing is overwritten. Raises Refused: `interrupted`,
    `folder_not_writable`.
    """
    read = [_read(folder, item) for item in evidence]
    sound = [(item, data) for item, data in zip(evidence, read, strict=True) if isinstance(data, bytes)]
    copies = iter(stripped(sound, stop=stop))
    found: list[Path | Refused] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for item, data in zip(evidence, read, strict=True):
            copy = next(copies) if isinstance(data, bytes) else data
            found.append(_written(target, item, copy) if isinstance(copy, bytes) else copy)
    except OSError as problem:
        raise Refused("folder_not_writable", folder=target, said=problem.strerror) from problem
    return found


class EvidenceRoom:
    """The same for who must not wait: one thread of its own, so that no look at the store waits behind a
    decoder. A cancelled wait ends the decoding process too.
    """

    def __init__(self, folder: EvidenceFolder, cache: Path) -> None:
        self.folder = folder
        self.thumbnails = Thumbnails(cache / "thumbnails")
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="evidence")
        self._running: set[Event] = set()

    async def take_in(self, paths: Sequence[Path], role: Role = Role.OTHER) -> list[Evidence | Refused]:
        """See the function `take_in`."""
        return await self.apart(partial(take_in, self.folder, paths, role))

    async def pictures(self, evidence: Sequence[Evidence], edge: int = THUMBNAIL) -> list[Picture]:
        """See the function `pictures`."""
        return await self.apart(partial(pictures, self.folder, self.thumbnails, evidence, edge))

    async def export(self, evidence: Sequence[Evidence], target: Path) -> list[Path | Refused]:
        """See the function `export`."""
        return await self.apart(partial(export, self.folder, evidence, target))

    def close(self) -> None:
        """End what is under way."""
        for stop in tuple(self._running):
            stop.set()
        self._thread.shutdown(cancel_futures=True)

    async def apart(self, work: Callable[..., T]) -> T:
        """Do `work(stop=…)` on the thread of this room; `stop` is set once nobody waits any more."""
        stop = Event()
        self._running.add(stop)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, stop=stop))
        finally:
            stop.set()
            self._running.discard(stop)


def _kept(folder: EvidenceFolder, look: Look, role: Role) -> Evidence:
    data = look.path.read_bytes()
    return Evidence(
        folder.keep(data),
        look.name,
        look.media_type,
        len(data),
        role,
        look.width,
        look.height,
        look.taken_at,
        look.lon,
        look.lat,
    )


def _read(folder: EvidenceFolder, item: Evidence) -> bytes | Refused:
    try:
        return folder.read(item.hash, item.name)
    except Refused as problem:
        return problem


def _trouble(folder: EvidenceFolder, item: Evidence) -> Refused | None:
    found = _read(folder, item)
    return found if isinstance(found, Refused) else None


def _picture(item: Evidence, trouble: Refused | None, made: Path | Refused | None) -> Picture:
    if isinstance(made, Refused):
        return Picture(item, trouble=made)
    return Picture(item, made, trouble)


def _written(target: Path, item: Evidence, data: bytes) -> Path:
    name = Path(item.name.replace("\\", "/")).name
    stem = "".join(letter for letter in Path(name).stem if letter.isprintable()).strip(". ") or item.hash[:12]
    ending = ENDINGS[item.media_type]
    number = 1
    while True:
        place = target / (f"{stem}{ending}" if number == 1 else f"{stem}-{number}{ending}")
        try:
            write_new(place, data)
        except FileExistsError:
            number += 1
        else:
            return place
