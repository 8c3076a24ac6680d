"""Hands in the window: a key to the next case, 500 by one Enter, and what a neighbour waits meanwhile."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from console.domain.case import Case, Source
from console.domain.operation import Operation
from console.domain.report import Report
from console.domain.wanted import CaseFilter
from console.queries.city import city_lists
from console.queries.map import map_points
from console.services.collection import register_report
from console.services.steps import Told, take_steps
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.open_window import Opened, demo_window, until

TURNS = 30
MANY = 500
VERY_MANY = 4000
CLASS = "暴露垃圾"
BY = "操作员"
ROOT = Path(__file__).resolve().parents[2]


def records() -> Iterator[dict[str, object]]:
    with demo_window() as opened:
        turns = list(sorted_out(opened))
        yield record("triage: key to next case painted p50", "ms", statistics.median(turns), None, None)
        yield record("triage: key to next case painted p95", "ms", percentile(turns, 0.95), None, 100)
        yield record(f"{MANY} dispatched in the window", "ms", done_by_enter(opened, MANY), None, 500)
        yield record(f"{MANY} taken back in the window", "ms", taken_back(opened), None, 500)
        waits = neighbour(opened)
        yield record(f"single act beside {VERY_MANY} p50", "ms", statistics.median(waits), None, None)
        yield record(f"single act beside {VERY_MANY} worst", "ms", max(waits), None, 1000)


def made(opened: Opened, count: int, *operations: Operation) -> list[Case]:
    """New cases all over the city, brought so far."""
    desk = opened.door.desk
    key = next(item.key for item in desk.ask_now(city_lists).classes if item.name == CLASS)
    points = desk.ask_now(map_points)
    places = islice(cycle(points), count)
    reports = [Report(Source.HOTLINE, "测量用的一件", key, one.lon, one.lat) for one in places]
    cases = [desk.do_now(register_report, one, by=BY, at=UNTIL) for one in reports]
    for operation in operations:
        wanted = [(case.code, case.version) for case in cases]
        found = desk.do_now(take_steps, wanted, operation, Told(by_advice=True), by=BY, at=UNTIL)
        cases = [one.case for one in found if one.case is not None]
    return cases


def sorted_out(opened: Opened) -> Iterator[float]:
    """Milliseconds from Enter to the paint of the next case, which goes the whole way."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
    from PySide6.QtTest import QTest

    made(opened, TURNS + 3)
    window = opened.window
    window.selection.want(CaseFilter(text="测量用的一件"))
    opened.settle()
    window.triaging.toggle_triage()
    until(lambda: window.triaging._ahead is not None and window.triaging.steps.idle)
    panel = window.triaging._panel
    waiting = QEventLoop()
    before = [0]

    class Painted(QObject):
        """Ends the wait with the first paint of another case."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            current = window.triaging._current
            if event.type() == QEvent.Type.Paint and current and current.card.case.id != before[0]:
                waiting.quit()
            return False

    watch = Painted()
    panel._code.installEventFilter(watch)
    for _turn in range(TURNS):
        opened.settle()
        until(lambda: window.triaging._ahead is not None and window.triaging.steps.idle)
        before[0] = window.triaging._current.card.case.id
        began = time.perf_counter()
        QTest.keyClick(panel, Qt.Key.Key_Return)
        waiting.exec()
        yield 1000 * (time.perf_counter() - began)
    panel._code.removeEventFilter(watch)
    window.triaging.toggle_triage()
    opened.settle()


def done_by_enter(opened: Opened, count: int) -> float:
    """Milliseconds from the Enter under the preview to the last case done."""
    cases = made(opened, count, Operation.ACCEPT, Operation.FILE)
    window = opened.window
    mark(opened, cases)
    window.actions_by_name["act_dispatch"].trigger()
    until(lambda: window.bulking.dock.isVisible() and not window.conduct.clicks.busy)
    began = time.perf_counter()
    window.bulking.dock.confirm.click()
    until(lambda: not window.conduct.clicks.busy)
    took = 1000 * (time.perf_counter() - began)
    if len(window.conduct.memory.last.versions) != count:
        raise ValueError("not all of them were done")
    return took


def taken_back(opened: Opened) -> float:
    began = time.perf_counter()
    opened.window.undo()
    until(lambda: not opened.window.conduct.clicks.busy)
    return 1000 * (time.perf_counter() - began)


def mark(opened: Opened, cases: list[Case]) -> None:
    """Let these be the marked cases, one of them the chosen."""
    window = opened.window
    versions = [(case.code, case.version) for case in cases]

    async def marked() -> list[tuple[str, int]]:
        return versions

    window.conduct._marked, window.conduct._cases = (lambda: len(versions)), marked
    window.selection.choose_case(cases[0].id)
    until(lambda: window.case.card is not None and window.case.card.case.id == cases[0].id)


def neighbour(opened: Opened) -> list[float]:
    """Milliseconds that single acts of another process take while very many are done here."""
    cases = made(opened, VERY_MANY, Operation.ACCEPT)
    codes = [case.code for case in made(opened, 200)]
    window = opened.window
    mark(opened, cases)
    window.actions_by_name["act_file"].trigger()
    until(lambda: window.bulking.dock.isVisible() and not window.conduct.clicks.busy)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.perf.neighbour", str(opened.door.desk.store.url), *codes],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdout.readline()
    window.bulking.dock.confirm.click()
    child.stdin.write("go\n")
    child.stdin.flush()
    until(lambda: not window.conduct.clicks.busy)
    said: Any = child.communicate("stop\n", timeout=60)[0]
    waits = [float(line) for line in said.split()]
    if len(waits) < 5:
        raise ValueError("the neighbour had no time to act")
    return waits
