"""What an operator does all day leaves nothing behind: in the same place the window has the same parts."""

from collections import Counter
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.services.told import Told
from tests.gui.seat import Seat

ROUNDS = 3
LAYERS = (
    "Ctrl+F",
    "Ctrl+Shift+F",
    "Ctrl+L",
    "Ctrl+K",
    "Ctrl+F1",
    "W",
    "M",
    "Ctrl+Shift+R",
    "F7",
    "Shift+F11",
)
PAGES = ("N", "F2", "F4", "Shift+F6", "Ctrl+,", "F1")


def parts(seat: Seat, code: str) -> Counter[str]:
    """The objects below the window and where they hang, with one case in the panel and no filter."""
    seat.queue.show(CaseFilter())
    seat.choose(code)
    seat.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return Counter(map(_place, filter(shiboken6.isValid, seat.window.findChildren(QObject))))


def _place(one: QObject) -> str:
    told, at = [], one
    while at is not None and len(told) < 4:
        told.append(f"{at.metaObject().className()} {at.objectName()}".strip())
        at = at.parent()
    return " in ".join(told)


def day(seat: Seat, codes: list[str], code: str) -> None:
    """Filters, orders, a search, cases, an act and its undoing."""
    for wanted in (
        CaseFilter(late=True),
        CaseFilter(everything=True),
        CaseFilter(text="垃圾", everything=True),
    ):
        seat.queue.show(wanted)
    seat.window.selection.narrow(lambda wanted: replace(wanted, order=Order.ADDRESS, descending=True))
    seat.settle()
    for one in codes:
        seat.choose(one)
    seat.do(code, Operation.URGE, Told(note="请加快处置", level=1))
    seat.choose(code)


def test_that_filters_cases_and_acts_leave_nothing_behind(seat: Seat) -> None:
    quiet, acted = seat.bring(State.TO_FILE), seat.bring(State.HANDLING)
    codes = seat.queue.codes[:6]
    day(seat, codes, acted)
    before = parts(seat, quiet)
    for _round in range(ROUNDS):
        day(seat, codes, acted)
    assert not parts(seat, quiet) - before


@pytest.mark.parametrize("keys", [LAYERS, PAGES], ids=["layers", "pages"])
def test_that_what_is_opened_and_left_again_leaves_nothing_behind(seat: Seat, keys: tuple[str, ...]) -> None:
    code = seat.bring(State.TO_FILE)
    grown: dict[str, Counter[str]] = {}
    for key in keys:
        counts = []
        for _round in range(ROUNDS):
            parts(seat, code)
            seat.press(key)
            seat.settle()
            for _layer in range(3):
                seat.press("Escape")
            seat.settle()
            counts.append(parts(seat, code))
        grown[key] = counts[-1] - counts[0]
    assert not any(grown.values()), grown
