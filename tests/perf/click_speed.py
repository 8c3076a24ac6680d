"""Click to database to screen: from the key of an act to the painted case, beside the bare service."""

import statistics
import time
from collections.abc import Iterator
from typing import Any

from console.domain.case import Case, Source
from console.domain.operation import Operation
from console.domain.report import Report
from console.queries.case import case_card
from console.queries.city import city_lists
from console.queries.map import map_points
from console.services.collection import register_report
from console.services.steps import Told, take_step
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.open_window import Opened, demo_window

CASES = 16
ACTS = (
    (Operation.ACCEPT, "A", Told()),
    (Operation.FILE, "F", Told(condition=1)),
    (Operation.DISPATCH, "D", Told()),
    (Operation.RECEIVE, "E", Told()),
    (Operation.FEED_BACK, "B", Told()),
)
CLASS = "暴露垃圾"


def records() -> Iterator[dict[str, object]]:
    """p50 and p95 over the acts of CASES cases on the demo store, beside the services without a window."""
    with demo_window() as opened:
        measured = [clicked(opened, act) for case in cases(opened) for act in followed(opened, case)]
        bare = [seconds for case in cases(opened) for seconds in served(opened, case)]
    yield record("click to database to screen p50", "ms", statistics.median(measured) * 1000,
                 statistics.median(bare) * 1000, None)  # fmt: skip
    yield record("click to database to screen p95", "ms", percentile(measured, 0.95) * 1000,
                 percentile(bare, 0.95) * 1000, 50)  # fmt: skip


def cases(opened: Opened) -> list[Case]:
    """New cases in the middle of the city, of a class that a department answers for."""
    desk = opened.door.desk
    key = next(item.key for item in desk.ask_now(city_lists).classes if item.name == CLASS)
    points = desk.ask_now(map_points)[:CASES]
    report = [Report(Source.HOTLINE, "测量", key, point.lon, point.lat) for point in points]
    made = [desk.do_now(register_report, item, by="操作员", at=UNTIL) for item in report]
    opened.window.refresh()
    opened.settle()
    return made


def followed(opened: Opened, case: Case) -> Iterator[str]:
    """The keys of the acts of one case, which is chosen first."""
    opened.window.selection.choose_case(case.id)
    opened.settle()
    for _operation, key, _told in ACTS:
        yield key


def clicked(opened: Opened, key: str) -> float:
    """Seconds from the key to the paint of the case after the act."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest

    window = opened.window
    version = window.case.card.case.version
    waiting = QEventLoop()

    class Painted(QObject):
        """Ends the wait with the first paint that shows the next version."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            card = window.case.card
            if event.type() == QEvent.Type.Paint and card is not None and card.case.version > version:
                waiting.quit()
            return False

    watch = Painted()
    target = window.case.acts
    target.installEventFilter(watch)
    began = time.perf_counter()
    QTest.keySequence(window, QKeySequence(key))
    waiting.exec()
    took = time.perf_counter() - began
    target.removeEventFilter(watch)
    opened.settle()
    return took


def served(opened: Opened, case: Case) -> Iterator[float]:
    """Seconds of the same acts as bare services, without a window around them."""
    desk = opened.door.desk
    for operation, _key, told in ACTS:
        if operation is Operation.DISPATCH:
            told = Told(department=_advised(desk, case.code))
        began = time.perf_counter()
        desk.do_now(take_step, case.code, operation, told, by="操作员", at=UNTIL)
        yield time.perf_counter() - began


def _advised(desk: Any, code: str) -> str:
    name: str = desk.ask_now(case_card, code, UNTIL).advice.departments[0].code
    return name
