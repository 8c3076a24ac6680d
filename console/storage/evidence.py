"""The content of photos and files: a folder in which every file is named by the hash of what it holds."""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import file_digest, sha256
from pathlib import Path

from console.domain.errors import Refused
from console.whole_file import write_whole

FOLDER = "evidence"
ALTERED = ".altered"


class EvidenceFolder:
    """Content by hash below `folder`, as `ab/abcd…`; several seats may share it. Safe for many threads.

    A hash tells that content is what it was when the hash was written down. It cannot tell what was
    true before, and it protects only as far as the journal that holds it is protected.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, hash_: str) -> Path:
        """Where content of that hash lies, or would lie."""
        return self.folder / hash_[:2] / hash_

    def keep(self, data: bytes) -> str:
        """Keep content, once only; its hash. It is on the disk when this returns.

        Raises Refused("evidence_not_kept").
        """
        hash_ = sha256(data).hexdigest()
        place = self.place(hash_)
        try:
            if not self._sound(place, hash_):
                place.parent.mkdir(parents=True, exist_ok=True)
                _write(place, data)
        except OSError as problem:
            raise Refused("evidence_not_kept", folder=self.folder, said=problem.strerror) from problem
        return hash_

    def read(self, hash_: str, name: str = "") -> bytes:
        """The content of that hash; `name` is what refusals call it.

        Raises Refused: `evidence_missing`, `evidence_unreadable`, and `evidence_altered` where the
        content is not what was kept. The altered file is copied beside itself for inquiry.
        """
        place = self.place(hash_)
        try:
            data = place.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            raise Refused("evidence_missing", name=name or hash_, hash=hash_) from None
        except OSError as problem:
            raise Refused(
                "evidence_unreadable", name=name or hash_, hash=hash_, said=problem.strerror
            ) from problem
        if sha256(data).hexdigest() != hash_:
            with suppress(OSError):  # a folder that cannot be written must not hide what was found
                _write(place.with_name(place.name + ALTERED), data)
            raise Refused("evidence_altered", name=name or hash_, hash=hash_)
        return data

    def check_all(self, hashes: Iterable[str]) -> Iterator[Refused]:
        """What is missing, unreadable or altered among the content of these hashes."""
        for hash_ in hashes:
            try:
                self.read(hash_)
            except Refused as problem:
                yield problem

    def _sound(self, place: Path, hash_: str) -> bool:
        try:
            with place.open("rb") as opened:
                return file_digest(opened, "sha256").hexdigest() == hash_
        except FileNotFoundError:
            return False


def _write(place: Path, data: bytes) -> None:
    """Whole or not at all, and by its name on the disk when this returns."""
    write_whole(place, data)
    _settle(place.parent)
    _settle(place.parent.parent)


def _settle(folder: Path) -> None:
    """Bring a folder's new names to the disk; where a system has no such thing, it does so itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
