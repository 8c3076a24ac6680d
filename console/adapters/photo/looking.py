"""Files as they come from outside, looked at: what each is, or why it is not let in."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from console.adapters.photo.decoding import Answer, Job, Task, decode
from console.adapters.photo.formats import HEAD, media_type
from console.domain.errors import Refused

MOST_BYTES = 30_000_000
_ZONE = ZoneInfo("Asia/Shanghai")  # what a camera means that names no zone
_NAME_LENGTH = 200
_NO_FILE = "not a file"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Look:
    """A file that is let in. `path` holds the very content that was looked at; see Evidence for the rest."""

    name: str
    path: Path
    media_type: str
    width: int
    height: int
    taken_at: datetime | None
    lon: float | None
    lat: float | None


def look_at(paths: Sequence[Path], folder: Path, *, stop: Event | None = None) -> list[Look | Refused]:
    """Copy each file into `folder` and look at the copy, so that it cannot change meanwhile.

    Refusals name the file: `photo_unreadable`, `photo_too_large`, `photo_format`, `photo_damaged`,
    `photo_too_many_pixels`, `photo_locked`, `photo_slow`. Raises Refused("interrupted").
    """
    copies = [_copied(path, folder / str(at)) for at, path in enumerate(paths)]
    jobs = [copy for copy in copies if isinstance(copy, Job)]
    answers = iter(decode(jobs, stop=stop))
    return [copy if isinstance(copy, Refused) else _look(copy, next(answers)) for copy in copies]


def _copied(path: Path, copy: Path) -> Job | Refused:
    name = path.name[-_NAME_LENGTH:].encode("utf-8", "replace").decode("utf-8")
    try:
        if not path.is_file():  # a pipe or device would never end
            return Refused("photo_unreadable", name=name, said=_NO_FILE)
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            size = path.stat().st_size
            return Refused(
                "photo_too_large", name=name, megabytes=_megabytes(size), most=_megabytes(MOST_BYTES)
            )
        found = media_type(data[:HEAD])
        if found is None:
            return Refused("photo_format", name=name)
        copy.write_bytes(data)
    except OSError as problem:
        return Refused("photo_unreadable", name=name, said=problem.strerror)
    return Job(Task.LOOK, name, copy, found)


def _look(job: Job, answer: Answer | Refused) -> Look | Refused:
    if isinstance(answer, Refused):
        _log.warning("%s", answer)
        return answer
    return Look(
        job.name,
        job.path,
        job.media_type,
        answer["width"],
        answer["height"],
        _instant(answer.get("taken", ""), answer.get("offset", "")),
        answer.get("lon"),
        answer.get("lat"),
    )


def _instant(taken: str, offset: str) -> datetime | None:
    """The camera's time; without an offset it is the city's."""
    text = taken.strip("\0 ")
    try:
        return datetime.strptime(f"{text} {offset.strip()}", "%Y:%m:%d %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=_ZONE).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)
