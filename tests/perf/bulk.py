"""Many cases in one go: seen ahead, done and taken back, beside bare sqlite3 writing the same rows.

    YEAR_CASES=500000   on a smaller year

First in the demo city, always the same cases; then in a year, other cases every round, as an operator has
them: their rows and journals lie far apart in twelve gigabytes. There the bare writer writes the same rows
into the same file, after ours has read and written them.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from console.domain.case import Source
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.report import Report
from console.domain.wanted import CaseFilter
from console.queries.city import city_lists
from console.queries.map import map_points
from console.queries.paging import queue_count, queue_page
from console.queries.warm import warm
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.services.collection import register_report
from console.services.foresight import foreseen
from console.services.presence import attend
from console.services.steps import Outcome, Told, Wanted, take_steps, undo_steps
from tests.perf.bare_writer import Bare, journal_end, written_since
from tests.perf.borrowed import borrowed
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import percentile, record
from tests.perf.year_rows import FILE
from tests.perf.year_store import kept_year, wanted_cases

CASES = 500
ROUNDS = 9
YEAR_ROUNDS = 16
BEATS = 100
CLASS = "暴露垃圾"
BY = "操作员"
TARGET_MS = 500

T = TypeVar("T")
BY_LISTS = Told(by_advice=True)
_IN_HAND = CaseFilter(states=(State.HANDLING,))


def records() -> Iterator[dict[str, object]]:
    """Milliseconds for CASES cases: the demo city's, median over rounds, and a year's."""
    yield from in_the_demo_city()
    yield from in_a_year()


def in_the_demo_city() -> Iterator[dict[str, object]]:
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


def in_a_year() -> Iterator[dict[str, object]]:
    """p50, p95 and p99 over rounds; how much of it was the processor's is told on its own."""
    told = Told(note="请加快处置", level=1)
    seen: list[float] = []
    deeds: dict[str, list[tuple[float, float]]] = {"urged": [], "taken back": []}
    busy: dict[str, list[float]] = {name: [] for name in deeds}
    with borrowed(kept_year()) as data:
        file = data / FILE
        desk, bare = open_desk(data, None), Bare(file, "FULL")
        desk.ask_now(warm)
        for round_ in range(_rounds(desk)):
            waiting = _in_hand(desk, round_)
            look = partial(desk.ask_now, foreseen, waiting, Operation.URGE, told, by=BY, at=UNTIL)
            seen.append(_timed(look)[0])
            last = journal_end(file)
            began = time.thread_time()
            ours, outcomes = _timed(
                partial(desk.do_now, take_steps, waiting, Operation.URGE, told, by=BY, at=UNTIL)
            )
            between = time.thread_time()
            back, _taken = _timed(partial(_taken_back, desk, _all_of(outcomes)))
            busy["urged"].append(1000 * (between - began))
            busy["taken back"].append(1000 * (time.thread_time() - between))
            writes = written_since(file, last, again=2)
            for name, taken, some in (
                ("urged", ours, writes[:CASES]),
                ("taken back", back, writes[CASES:]),
            ):
                deeds[name].append((taken, _timed(partial(bare.write_all, some))[0]))
        desk.close()
        bare.close()
    if not seen:
        print(f"a year of {wanted_cases():,} has no {CASES} cases in hand", file=sys.stderr)
        return
    of = f"of {wanted_cases():,}"
    for label, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        aim = TARGET_MS if label == "p95" else None
        yield record(f"{CASES} acts {of} seen ahead, {label}", "ms", percentile(seen, share), None, aim)
        for name, pairs in deeds.items():
            mine, theirs = (percentile([one[side] for one in pairs], share) for side in (0, 1))
            yield record(f"{CASES} {of} {name}, one transaction, {label}", "ms", mine, theirs, aim)
    for name, taken in busy.items():
        yield record(
            f"{CASES} {of} {name}, time of the processor", "ms", statistics.median(taken), None, None
        )


def _rounds(desk: Desk) -> int:
    """So many rounds as there are cases for."""
    return min(YEAR_ROUNDS, desk.ask_now(queue_count, _IN_HAND, UNTIL) // CASES)


def _in_hand(desk: Desk, round_: int) -> list[Wanted]:
    """Cases that departments work on, others in every round."""
    page = desk.ask_now(queue_page, _IN_HAND, UNTIL, round_ * CASES, CASES)
    return [(row.code, row.version) for row in page.rows]


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
