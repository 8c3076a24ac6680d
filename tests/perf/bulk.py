"""Many cases in one go: seen ahead, dispatched and taken back, beside bare sqlite3 writing the same rows."""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from console.domain.case import Source
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.report import Report
from console.queries.city import city_lists
from console.queries.map import map_points
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.services.collection import register_report
from console.services.foresight import foreseen
from console.services.presence import attend
from console.services.steps import Outcome, Told, Wanted, take_steps, undo_steps
from tests.perf.bare_writer import Bare, journal_end, written_since
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import record

CASES = 500
ROUNDS = 9
BEATS = 100
CLASS = "暴露垃圾"
BY = "操作员"
TARGET_MS = 500

T = TypeVar("T")
BY_LISTS = Told(by_advice=True)


def records() -> Iterator[dict[str, object]]:
    """Milliseconds for CASES cases, median over rounds."""
    with tempfile.TemporaryDirectory() as folder:
        data = copy_of_store(Path(folder))
        file, copy = data / "console.sqlite", Path(folder) / "bare.sqlite"
        desk = open_desk(data, None)
        waiting = _to_dispatch(desk)
        desk.close()  # everything is in the file now
        shutil.copyfile(file, copy)
        desk, bare = open_desk(data, None), Bare(copy, "FULL")
        seen: list[float] = []
        done: list[tuple[float, float]] = []
        undone: list[tuple[float, float]] = []
        for _round in range(ROUNDS):
            look = partial(desk.ask_now, foreseen, waiting, Operation.DISPATCH, BY_LISTS, by=BY, at=UNTIL)
            seen.append(_timed(look)[0])
            dispatch = partial(_dispatched, desk, waiting)
            waiting = _beside(bare, file, dispatch, done)
            waiting = _beside(bare, file, partial(_taken_back, desk, waiting), undone)
        beat = partial(desk.do_now, attend, "seat", {1: Doing.LOOKING}, by=BY)
        beats = [_timed(beat)[0] for _beat in range(BEATS)]
        desk.close()
        bare.close()
    yield record("one beat of presence", "ms", statistics.median(beats), None, 10)
    yield record(f"{CASES} acts seen ahead", "ms", statistics.median(seen), None, TARGET_MS)
    for name, pairs in ((f"{CASES} dispatches", done), (f"{CASES} taken back", undone)):
        ours, theirs = (statistics.median(one[side] for one in pairs) for side in (0, 1))
        yield record(f"{name}, one transaction", "ms", ours, theirs, TARGET_MS)


def _to_dispatch(desk: Desk) -> list[Wanted]:
    key = next(item.key for item in desk.ask_now(city_lists).classes if item.name == CLASS)
    reports = [
        Report(Source.HOTLINE, "测量", key, point.lon, point.lat)
        for point in desk.ask_now(map_points)[:CASES]
    ]
    cases = [desk.do_now(register_report, one, by=BY, at=UNTIL) for one in reports]
    found: list[Wanted] = [(case.code, case.version) for case in cases]
    for operation in (Operation.ACCEPT, Operation.FILE):
        found = _all_of(desk.do_now(take_steps, found, operation, BY_LISTS, by=BY, at=UNTIL))
    return found


def _dispatched(desk: Desk, waiting: Sequence[Wanted]) -> list[Wanted]:
    return _all_of(desk.do_now(take_steps, waiting, Operation.DISPATCH, BY_LISTS, by=BY, at=UNTIL))


def _taken_back(desk: Desk, waiting: Sequence[Wanted]) -> list[Wanted]:
    return _all_of(desk.do_now(undo_steps, waiting, by=BY, at=UNTIL))


def _all_of(outcomes: Sequence[Outcome]) -> list[Wanted]:
    found: list[Wanted] = [(one.code, one.case.version) for one in outcomes if one.case is not None]
    if len(found) != CASES:
        raise ValueError(f"{len(found)} of {CASES} were done")
    return found


def _beside(
    bare: Bare, file: Path, deed: Callable[[], list[Wanted]], pairs: list[tuple[float, float]]
) -> list[Wanted]:
    """Do it, and let the bare writer write the same rows again."""
    last = journal_end(file)
    ours, found = _timed(deed)
    writes = written_since(file, last)
    if len(writes) != CASES:
        raise ValueError(f"{len(writes)} lines were written, not {CASES}")
    pairs.append((ours, _timed(partial(bare.write_all, writes))[0]))
    return found


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - began), result
