"""Copies of pictures: small ones to look at, kept by hash, and ones to hand out that tell nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from threading import Event

from console.adapters.photo.decoding import Answer, Job, Task, decode
from console.adapters.photo.formats import ENDINGS
from console.domain.errors import Refused
from console.domain.evidence import Evidence

THUMBNAIL = 320  # pixels of the longer edge
VIEW = 2048


class Thumbnails:
    """Small JPEGs of kept pictures below `folder`, which may be emptied at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, hash_: str, edge: int) -> Path:
        return self.folder / hash_[:2] / f"{hash_}-{edge}.jpg"

    def made(
        self, contents: Mapping[str, tuple[str, Path]], edge: int, *, stop: Event | None = None
    ) -> dict[str, Path | Refused]:
        """The small picture of each content, made where it is not there yet.

        `contents` maps a hash to its media type and place. Raises Refused: `interrupted`,
        `evidence_not_kept` where the folder cannot be written.
        """
        places = {hash_: self.place(hash_, edge) for hash_ in contents}
        missing = [hash_ for hash_, place in places.items() if not place.is_file()]
        found: dict[str, Path | Refused] = dict(places)
        if not missing:
            return found
        try:
            found |= self._make(missing, contents, edge, stop)
        except OSError as problem:
            raise Refused("evidence_not_kept", folder=self.folder, said=problem.strerror) from problem
        return found

    def _make(
        self, missing: Sequence[str], contents: Mapping[str, tuple[str, Path]], edge: int, stop: Event | None
    ) -> dict[str, Path | Refused]:
        found: dict[str, Path | Refused] = {}
        jobs = []
        for hash_ in missing:
            place = self.place(hash_, edge)
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f".{place.name}.{token_hex(4)}")
            jobs.append(Job(Task.SHRINK, hash_, contents[hash_][1], contents[hash_][0], fresh, edge))
        try:
            for job, answer in zip(jobs, decode(jobs, stop=stop), strict=True):
                place = self.place(job.name, edge)
                if isinstance(answer, Refused):
                    found[job.name] = answer
                elif job.to is not None:
                    found[job.name] = job.to.replace(place)
        finally:
            for job in jobs:
                if job.to is not None:
                    job.to.unlink(missing_ok=True)
        return found


def stripped(
    contents: Iterable[tuple[Evidence, bytes]], *, stop: Event | None = None
) -> list[bytes | Refused]:
    """A copy of each without EXIF, GPS, XMP and comments: pictures drawn anew, papers without metadata.

    Refusals as in console.adapters.photo.decoding. Raises Refused("interrupted").
    """
    with TemporaryDirectory(prefix="grid-strip-") as name:
        jobs = []
        for at, (evidence, data) in enumerate(contents):
            path = Path(name) / f"{at}{ENDINGS[evidence.media_type]}"
            path.write_bytes(data)
            to = Path(name) / f"{at}-stripped{ENDINGS[evidence.media_type]}"
            jobs.append(Job(Task.STRIP, evidence.name, path, evidence.media_type, to))
        answers = decode(jobs, stop=stop)
        return [_copy(job, answer) for job, answer in zip(jobs, answers, strict=True)]


def _copy(job: Job, answer: Answer | Refused) -> bytes | Refused:
    if isinstance(answer, Refused):
        return answer
    assert job.to is not None
    return job.to.read_bytes()
