"""A year of a big city as a data folder: 3.2 million cases with whole journals, built once and kept.

    python -m tests.perf.year_store         build it where it is missing, tell where it lies
    YEAR_CASES=500000                       fewer cases over the same year

Where it is honest and where it is not: two months of 28 days are simulated step by step (year_lives), one
as the present and one that is copied twelve times by whole weeks, with house numbers of their own. A copied
case's deadlines are those of a month without a holiday, and its places come again every four weeks. Every
journal is whole and chained. The rows are written in the schema of REVISION and brought to the newest one
as a site's are, by migration.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from console.adapters.demo.course import SEED
from console.storage.migrate import versions
from console.system import cache_folder
from tests.perf.borrowed import note_untouched, untouched
from tests.perf.figures import record
from tests.perf.year_copies import REVISION, Move, Rows, chunks, moved, rows_of
from tests.perf.year_ready import TOLD as READY
from tests.perf.year_ready import make_ready
from tests.perf.year_rows import FILE, Written, bring_up, empty_store

if TYPE_CHECKING:  # and where a year is made: who only asks where it lies is measured without all that
    from tests.perf.year_lives import Months

CASES = 3_200_000
GENERATOR = 1  # one more whenever the same seed gives other rows
_AHEAD = 3  # pieces that are made while one is written
_TOLD = "built.json"


@dataclass(frozen=True, slots=True)
class Built:
    """What is told of a kept year: its cases, journal lines, the last line's hash, how long it took."""

    cases: int
    open: int
    lines: int
    content: str
    seconds: float


def wanted_cases() -> int:
    return int(os.environ.get("YEAR_CASES", CASES))


def kept_year(count: int | None = None) -> Path:
    """The kept data folder in the newest schema. Nobody writes in it: see tests.perf.borrowed."""
    count = wanted_cases() if count is None else count
    folder = _named(count, f"{versions()[-1]}-ready")
    if folder.exists() and not (untouched(folder) and (folder / READY).exists()):
        print(f"{folder} was written in, or made in another way, and is made anew", file=sys.stderr)
        shutil.rmtree(folder)
    if not folder.exists():
        written = _named(count, REVISION)
        if not written.exists():
            _made(written, partial(_write, count))
        _drop(count)
        _made(folder, partial(_make_ready, written))
    return folder


def records() -> Iterator[dict[str, object]]:
    """How long the kept year took to build, and how large it is."""
    folder = kept_year()
    told = built(folder)
    name = (
        f"a year, {told.cases:,} cases, {told.open:,} open, {told.lines:,} lines, content {told.content[:12]}"
    )
    yield record(f"{name}: build", "s", told.seconds, None, 900 * told.cases / CASES)
    yield record(f"{name}: size", "GB", (folder / FILE).stat().st_size / 1e9, None, 12 * told.cases / CASES)


def built(folder: Path) -> Built:
    return Built(**json.loads((folder / _TOLD).read_text("utf-8")))


def _named(count: int, revision: str) -> Path:
    return cache_folder() / "perf" / f"year-{revision}-{GENERATOR}-{SEED}-{count}"


def _made(folder: Path, make: Callable[[Path], None]) -> None:
    """Whole or not at all, whoever else makes the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        began = time.perf_counter()
        make(fresh)
        fresh.rename(folder)
        print(f"{folder} made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _drop(count: int) -> None:
    """Forget what was made ready in other schemas: each is as large as the first."""
    for old in _named(count, "*").parent.glob(_named(count, "*").name):
        if old != _named(count, REVISION):
            shutil.rmtree(old)


def _make_ready(written: Path, folder: Path) -> None:
    """The same in the newest schema, its sets sealed and its texts indexed."""
    shutil.copytree(written, folder, dirs_exist_ok=True)
    bring_up(folder)
    make_ready(folder)
    note_untouched(folder)


def _write(count: int, folder: Path) -> None:
    from tests.perf.year_lives import Months, write_months

    began = time.perf_counter()
    months = Months.of(count)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".months-") as drafts:
        copied, last = write_months(Path(drafts), months)
        _say(began, "two months simulated")
        empty_store(folder)
        with closing(Written(folder, last)) as written:
            for rows in chain(_copies(copied, months), _last(last)):
                written.add(rows)
                _say(began, f"{written.cases:,} cases, {written.lines:,} lines")
            content, still_open = written.finish()
    told = Built(written.cases, still_open, written.lines, content, round(time.perf_counter() - began, 1))
    (folder / _TOLD).write_text(json.dumps(asdict(told)), "utf-8")


def _copies(copied: Path, months: "Months") -> Iterator[Rows]:
    """The month that was simulated, once for every month of the year but the last, the oldest first."""
    from tests.perf.year_lives import MONTH, MONTHS, SIMULATED

    every = [
        partial(moved, copied, first, last, Move((SIMULATED - back) * MONTH.days, -ids))
        for back, ids in ((MONTHS - 1 - at, at * months.copied) for at in range(MONTHS - 1))
        for first, last in chunks(copied)
    ]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        ahead: deque[Future[Rows]] = deque()
        for piece in every:
            ahead.append(worker.submit(piece))
            if len(ahead) > _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _last(last: Path) -> Iterator[Rows]:
    for first, end in chunks(last):
        yield rows_of(last, first, end)


def _say(began: float, what: str) -> None:
    print(f"{time.perf_counter() - began:6.0f} s  {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(kept_year())
    for one in records():
        print(json.dumps(one, ensure_ascii=False))
