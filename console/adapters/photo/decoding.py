"""Jobs for the decoding process: many in one call, and one that ends the process costs only itself."""

import json
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

from console.adapters import confined
from console.adapters.photo import decoder
from console.domain.errors import Refused

MOST_PIXELS = 80_000_000  # a phone's largest ordinary picture has 50; decoded, this takes 320 MB
MEMORY = 2_000_000_000
SECONDS = 20  # of the processor for one file
_GRACE = 10  # seconds beyond that, for starting up and waiting for the disk
_SIGXCPU = getattr(signal, "SIGXCPU", 0)

Answer = Mapping[str, Any]


class Task(StrEnum):
    """Look at a file, make a smaller picture of it, or a copy without what it tells beyond the picture."""

    LOOK = "look"
    SHRINK = "shrink"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class Job:
    """One task on one file; `name` is what refusals call it, `edge` the longer edge in pixels."""

    task: Task
    name: str
    path: Path
    media_type: str
    to: Path | None = None
    edge: int = 0


def decode(
    jobs: Sequence[Job], *, stop: Event | None = None, seconds: int = SECONDS
) -> list[Answer | Refused]:
    """What came of each job, in their order.

    Refusals: `photo_damaged`, `photo_too_many_pixels`, `photo_locked`, `photo_slow`. Raises
    Refused("interrupted") once `stop` is set.
    """
    found: list[Answer | Refused] = []
    while len(found) < len(jobs):
        rest = jobs[len(found) :]
        answers, ending = _run(rest, stop, seconds)
        if ending.stopped:
            raise Refused("interrupted")
        found += [_told(job, answer) for job, answer in zip(rest, answers, strict=False)]
        if len(answers) < len(rest):
            found.append(_ended(rest[len(answers)], ending, seconds))
    return found


def _run(jobs: Sequence[Job], stop: Event | None, seconds: int) -> tuple[list[Answer], confined.Ending]:
    request = {
        "pixels": MOST_PIXELS,
        "seconds": seconds,
        "jobs": [
            {
                "task": job.task,
                "path": str(job.path.resolve()),
                "media_type": job.media_type,
                "to": str(job.to.resolve()) if job.to else "",
                "edge": job.edge,
            }
            for job in jobs
        ],
    }
    whole = len(jobs) * seconds + _GRACE
    with TemporaryDirectory(prefix="grid-photo-") as folder:
        ending = confined.run(
            Path(decoder.__file__), request, Path(folder), memory=MEMORY, seconds=whole, wait=whole, stop=stop
        )
        answers = Path(folder) / "answers.jsonl"
        lines = answers.read_text(encoding="utf-8").splitlines(keepends=True) if answers.is_file() else []
    return [json.loads(line) for line in lines if line.endswith("\n")], ending


def _told(job: Job, answer: Answer) -> Answer | Refused:
    match answer.get("error"):
        case None:
            return answer
        case "pixels":
            return Refused(
                "photo_too_many_pixels",
                name=job.name,
                megapixels=round(answer["pixels"] / 1_000_000),
                most=MOST_PIXELS // 1_000_000,
            )
        case "locked":
            return Refused("photo_locked", name=job.name)
    return Refused("photo_damaged", name=job.name, said=answer.get("said", answer["error"]))


def _ended(job: Job, ending: confined.Ending, seconds: int) -> Refused:
    if ending.slow or ending.status == -_SIGXCPU:
        return Refused("photo_slow", name=job.name, seconds=seconds)
    return Refused("photo_damaged", name=job.name, said=f"{ending.status} {ending.said}")
