"""What an operator waits for in a year of cases: the next row, another filter, its count, a case.

    YEAR_CASES=500000   on a smaller store

From the key or the wish to the finished paint of the real window; beside it the bare SQL for the same on the
same file. The counts are asked without a window.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from console.domain.wanted import CaseFilter
from tests.perf.borrowed import borrowed
from tests.perf.figures import percentile, record
from tests.perf.filters import FILTERS, Asked
from tests.perf.open_window import Opened, opened_window, pass_time
from tests.perf.year_rows import FILE
from tests.perf.year_store import kept_year

KEYS, CASES, ROUNDS, PAGE = 150, 60, 4, 200
_PAUSE_S = 0.03
_ROW = """
id, code, state, source, class_key, edition, substr(description, 1, 200), substr(address, 1, 200), cell,
district, department, reported_at, current_due_at, due_at, soon_at, fed_back_at, ended_at, reworks, lon, lat,
version, flags, request, suspended_until, held
"""
_KEY_MS, _FILTER_MS, _OPEN_MS, _SLOWER = 33.0, 50.0, 80.0, 3.0
_WORST = 4

Pair = tuple[float, float]  # ours and bare, ms


def records() -> Iterator[dict[str, object]]:
    """p50, p95 and p99 of each; the slowest filters are told on standard error."""
    with (
        borrowed(kept_year()) as data,
        closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True)) as bare,
        opened_window(data) as opened,
    ):
        yield from _told("key to painted row", keys(opened), [], _KEY_MS)
        filters = [(one, filtered(opened, one), page_of(bare, one)) for one in FILTERS * ROUNDS]
        yield from _told("filter to painted page", *_split(filters), _FILTER_MS)
        pages = [(one, asked(opened, one, page=True), page_of(bare, one)) for one in FILTERS * ROUNDS]
        yield from _told("first page, query", *_split(pages), None, _SLOWER)
        counts = [(one, asked(opened, one, page=False), count_of(bare, one)) for one in FILTERS]
        yield from _told("count per view", *_split(counts), None)
        yield from _told("case to painted card", *cases(opened, bare, data), _OPEN_MS)


def keys(opened: Opened) -> list[float]:
    """From the Down key to the paint of the queue with the next row chosen."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window = opened.window
    window.selection.want(CaseFilter(everything=True))
    opened.settle()
    window.queue.take_keyboard()
    QTest.keyClick(window.queue.table, Qt.Key.Key_Down)
    opened.settle()
    taken = []
    for _key in range(KEYS):
        before = window.selection.case_id
        taken.append(
            painted(
                window.queue.table.viewport(),
                lambda: QTest.keyClick(window.queue.table, Qt.Key.Key_Down),
                lambda before=before: window.selection.case_id != before,
            )
        )
        pass_time(_PAUSE_S)
    opened.settle()
    return taken


def filtered(opened: Opened, one: Asked) -> float:
    """From the wish to the paint of its first page."""
    window = opened.window
    # Something else first: what is wanted already is not read again.
    window.selection.want(CaseFilter(everything=True, text="没有这样的案件"))
    opened.settle()
    taken = painted(
        window.queue,
        lambda: window.selection.want(one.wanted),
        lambda: window.queue.eye.read == one.wanted,
    )
    opened.settle()
    return taken


def asked(opened: Opened, one: Asked, *, page: bool) -> float:
    """The query behind a page, or a count, through the desk."""
    from console.queries.paging import queue_count, queue_page

    desk, now = opened.door.desk, opened.door.now()
    began = time.perf_counter()
    if page:
        desk.ask_now(queue_page, one.wanted, now, 0, PAGE)
    else:
        desk.ask_now(queue_count, one.wanted, now)
    return 1000 * (time.perf_counter() - began)


def cases(opened: Opened, bare: sqlite3.Connection, data: Path) -> tuple[list[float], list[float]]:
    """From the choice of a case, open or long ended, to its painted card."""
    chance = random.Random(7)
    last = bare.execute("SELECT max(id) FROM cases").fetchone()[0]
    ids = [chance.randint(1, last) for _case in range(CASES // 2)]
    ids += [chance.randint(last - last // 300, last) for _case in range(CASES // 2)]
    window = opened.window
    ours, theirs = [], []
    for case_id in ids:
        ours.append(
            painted(
                window.case,
                lambda case_id=case_id: window.selection.choose_case(case_id),
                lambda case_id=case_id: (card := window.case.card) is not None and card.case.id == case_id,
            )
        )
        opened.settle()
        began = time.perf_counter()
        bare.execute("SELECT * FROM cases WHERE id = ?", (case_id,)).fetchall()
        bare.execute("SELECT * FROM journal WHERE case_id = ? ORDER BY number", (case_id,)).fetchall()
        theirs.append(1000 * (time.perf_counter() - began))
    return ours, theirs


def painted(widget: object, act: Callable[[], object], holds: Callable[[], bool]) -> float:
    """Milliseconds from `act` to the end of the first paint in `widget` or below it for which `holds`."""
    from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtWidgets import QWidget
    from shiboken6 import isValid

    assert isinstance(widget, QWidget)
    waiting, patience = QEventLoop(), QTimer()
    patience.setSingleShot(True)
    patience.timeout.connect(lambda: waiting.exit(1))
    patience.start(60_000)

    ends: list[float] = []

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and holds():
                # Comes right after what is being painted is finished and on the screen. A timer would come
                # after all else that is due, another paint among it.
                now = Qt.EventPriority.HighEventPriority.value
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), now)
            return False

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.User:
                ends.append(time.perf_counter())
                waiting.quit()
            return super().event(event)

    watch = Painted()
    every = [widget, *widget.findChildren(QWidget)]
    for one in every:
        one.installEventFilter(watch)
    began = time.perf_counter()
    act()
    missed = 0 if ends else waiting.exec()
    taken = 1000 * ((ends[0] if ends else time.perf_counter()) - began)
    for one in filter(isValid, every):  # a card throws its chips away
        one.removeEventFilter(watch)
    if missed:
        raise TimeoutError
    return taken


def page_of(bare: sqlite3.Connection, one: Asked) -> float:
    """The rows of the first page in bare SQL."""
    return _timed(
        bare,
        f"SELECT {_ROW} FROM cases WHERE id IN "
        f"(SELECT id FROM cases WHERE {one.where} ORDER BY {one.order} LIMIT {PAGE})",
    )


def count_of(bare: sqlite3.Connection, one: Asked) -> float:
    return _timed(bare, f"SELECT count(*) FROM cases WHERE {one.where}")


def _timed(bare: sqlite3.Connection, query: str) -> float:
    began = time.perf_counter()
    bare.execute(query).fetchall()
    return 1000 * (time.perf_counter() - began)


def _split(measured: Sequence[tuple[Asked, float, float]]) -> tuple[list[float], list[float]]:
    for one, ours, theirs in sorted(measured, key=lambda item: item[1], reverse=True)[:_WORST]:
        print(f"  {one.name}: {ours:.1f} ms, bare {theirs:.1f} ms", file=sys.stderr)
    return [ours for _one, ours, _theirs in measured], [theirs for _one, _ours, theirs in measured]


def _told(
    name: str, ours: list[float], bare: list[float], target: float | None, slower: float | None = None
) -> Iterator[dict[str, object]]:
    for label, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        beside = percentile(bare, share) if bare else None
        aim = (slower or target) if label == "p95" else None
        yield record(f"{name}, {label}", "ms", percentile(ours, share), beside, aim, of_ratio=bool(slower))
