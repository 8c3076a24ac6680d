"""No widget takes a key away: in every state of the window, from everything the keyboard comes to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

from console.domain.flow import State
from console.domain.operation import Operation
from console.services.steps import Told
from console.ui import window_actions
from console.ui.actions import ACTS, WINDOW, ActAction
from console.ui.practice.page import PracticePage
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat
from tests.gui.test_bulk import beside, marked, waiting
from tests.gui.test_reach import focusable, takes_text

# What a field for text keeps for itself: letters, and taking back what was typed.
TYPED = frozenset(
    key
    for key in (*(act.key for act in ACTS), *(item.key for item in WINDOW), *(item.also for item in WINDOW))
    if len(key.removeprefix("Shift+")) == 1
)
# Enough for what was visited with all keys in another state already: a letter, a capital, a digit, chords.
SOME = frozenset({"D", "Shift+D", "2", "?", "Ctrl+K", "Ctrl+Shift+V", "F1", "F5", "Ctrl+Z", "Esc"})
OF_TEXT = TYPED | {"Ctrl+Z", "Ctrl+Shift+Z"}
# Escape leaves the command line, and the keys that are looked for, before anything else.
OWN_ESCAPE = frozenset({"searchField"})

# How to come to a state of the window: the state of the chosen case, then keys.
STATES: dict[str, tuple[State | None, tuple[str, ...]]] = {
    "queue": (None, ()),
    "case": (State.TO_DISPATCH, ("Ctrl+3",)),
    "map": (State.HANDLING, ("Ctrl+2",)),
    "board": (None, ("F2",)),
    "practice": (None, ("F3",)),
    "approvals": (None, ("F4",)),
    "report": (None, ("N",)),
    "more acts": (State.TO_DISPATCH, ("M",)),
    "why": (State.HANDLING, ("W",)),
    "department form": (State.TO_DISPATCH, ("Shift+D",)),
    "condition form": (State.TO_FILE, ("Shift+F",)),
    "parts form": (State.TO_DISPATCH, ("Shift+O",)),
    "suspension form": (State.HANDLING, ("H",)),
    "supervision form": (State.HANDLING, ("S",)),
    "mark form": (State.HANDLING, ("Shift+M",)),
    "merge form": (State.TO_FILE, ("C",)),
    "person form": (State.FED_BACK, ("K",)),
    "photos form": (State.HANDLING, ("Shift+B",)),
    "call-back form": (State.CLOSED, ("I",)),
    "command line": (State.TO_DISPATCH, ("Ctrl+K",)),
    "keys": (None, ("?",)),
    "layouts": (None, ("F7",)),
    "triage": (State.TO_DISPATCH, ("F11",)),
    "seat": (None, ("F6",)),
    "macros": (State.TO_DISPATCH, ("Ctrl+Shift+R",)),
    "alarms": (None, ("Shift+F11",)),
    "handover": (None, ("Shift+F6",)),
    "views": (None, ("Ctrl+Shift+F",)),
}


@dataclass
class Fired:
    """What keys have set off since it was last asked; while it is armed nothing of it is done."""

    armed: bool = False
    names: list[str] = field(default_factory=list)

    def take(self) -> list[str]:
        names, self.names = self.names, []
        return names


@pytest.fixture
def fired(monkeypatch: pytest.MonkeyPatch) -> Fired:
    """Notes what the window's actions would do in the place of doing it, once it is armed."""
    found = Fired()
    do: Callable[[list[object], str], None] = window_actions._do

    def noted(doers: list[object], name: str) -> None:
        if found.armed:
            found.names.append(name)
        else:
            do(doers, name)

    monkeypatch.setattr(window_actions, "_do", noted)
    return found


def arm(seat: Seat, fired: Fired, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every act and every action of the window is only noted, and none is greyed."""

    def noted(action: ActAction) -> None:
        fired.names.append(action.name)

    monkeypatch.setattr(seat.window.conduct, "act", noted)
    seat.window.pages.shown = ""  # on a page an act only says that nobody sees its case
    fired.armed = True
    for action in seat.window.actions_by_name.values():
        action.setEnabled(True)


def keys() -> Iterator[tuple[str, str]]:
    """Every key of the tables and the action it is for."""
    for act in ACTS:
        yield act.key, act.name
    for item in WINDOW:
        for key in filter(None, (item.key, item.also)):
            yield key, item.name


def pressed(widget: QWidget, key: str, fired: Fired) -> list[str]:
    """What a key sets off from a widget."""
    widget.setFocus()
    QTest.keySequence(QApplication.focusWidget() or widget, QKeySequence(key))
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    return fired.take()


def stolen_from(widget: QWidget, fired: Fired, *, few: bool = False) -> list[str]:
    """The keys that do not come to their action from this widget, or do while text is typed."""
    text = takes_text(widget)
    found: list[str] = []
    for key, name in keys():
        if few and key not in SOME:
            continue
        if key == "Esc" and widget.objectName() in OWN_ESCAPE:
            continue
        took = pressed(widget, key, fired)
        if took != ([] if text and key in OF_TEXT else [name]):
            found.append(f"{widget.objectName()}: {key} {took}")
    return found


@pytest.mark.parametrize("state", STATES)
def test_that_no_widget_takes_a_key_away(
    fired: Fired, open_seat: OpenSeat, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    seat = open_seat()
    at, way = STATES[state]
    if at is not None:
        seat.choose(seat.bring(at))
    seat.press(*way)
    arm(seat, fired, monkeypatch)
    widgets = list(focusable(seat.window))
    assert len(widgets) > 10
    stolen = [
        one
        for widget in widgets
        if widget.isVisible()
        for one in stolen_from(widget, fired, few=state != "queue" and is_always_there(widget))
    ]
    assert stolen == []


def is_always_there(widget: QWidget) -> bool:
    """Whether a widget stands over the pages: its header, its steps, its line of messages."""
    parts = {"header", "stepStrip", "messageLine", "filterLine"}
    while widget is not None and widget.objectName() not in parts:
        widget = widget.parentWidget()
    return widget is not None


def test_that_no_tab_of_the_practice_takes_a_key_away(
    fired: Fired, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.press("F3")
    page = seat.window.pages.page("practice")
    assert isinstance(page, PracticePage)
    arm(seat, fired, monkeypatch)
    stolen: list[str] = []
    for at in range(len(page._heads.buttons())):
        page.turn(at)
        seat.settle()
        tab = page.tab
        assert tab is not None
        for widget in list(focusable(tab)):
            if widget.isVisible():
                stolen += stolen_from(widget, fired)
    assert stolen == []


def test_that_the_dock_of_many_cases_takes_no_key_away(
    fired: Fired, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = waiting(seat, 3)
    marked(seat, codes)
    beside(seat, codes[0], Operation.VOID, Told(note="重复"))
    seat.press("D", "Down")
    dock = seat.window.bulking.dock
    arm(seat, fired, monkeypatch)
    widgets = [one for one in (dock, *focusable(dock)) if one.isVisible()]
    assert len(widgets) >= 5
    assert [one for widget in widgets for one in stolen_from(widget, fired)] == []


@pytest.mark.parametrize("state", ["queue", "report", "department form", "suspension form", "command line"])
def test_that_letters_go_into_the_text_where_text_is_typed(
    fired: Fired, open_seat: OpenSeat, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    seat = open_seat()
    at, way = STATES[state]
    if at is not None:
        seat.choose(seat.bring(at))
    seat.press(*way)
    arm(seat, fired, monkeypatch)
    fields = [one for one in focusable(seat.window) if isinstance(one, QLineEdit | QPlainTextEdit)]
    assert fields
    for widget in fields:
        if not widget.isVisible() or widget.isReadOnly() or isinstance(widget.parent(), QAbstractSpinBox):
            continue  # a date takes digits only
        widget.clear()
        assert [name for key in "dDrN?2" for name in pressed(widget, key, fired)] == []
        written = widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()
        assert written.lower() == "ddrn?2", widget.objectName()


@pytest.mark.web
def test_that_the_map_page_takes_no_key_of_the_tables_away(
    fired: Fired, open_seat: OpenSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat = open_seat(page=True, opened=False)
    seat.open_painted()
    seat.press("Ctrl+2")
    seat.until(lambda: seat.window.map.isAncestorOf(QApplication.focusWidget()))
    arm(seat, fired, monkeypatch)
    page = QApplication.focusWidget()
    own = {"Esc"}  # of the map: it ends what is being picked, and tells the window
    wrong = [key for key, name in keys() if key not in own and pressed(page, key, fired) != [name]]
    assert wrong == []
