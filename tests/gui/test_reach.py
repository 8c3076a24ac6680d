"""Within everyone's reach: names for the screen reader, letters that act, and fields that only take text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from console.domain.flow import State
from console.ui.actions import ActAction
from tests.gui.seat import Seat

INTERACTIVE = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
TEXTS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
FORMS = {"none": (), "report": ("N",), "department": ("Shift+D",), "reason": ("Shift+X",), "board": ("F2",)}


def of_ours(widget: QWidget) -> bool:
    """Not one of those that Qt puts together its own widgets of."""
    parent = widget.parentWidget()
    inner = isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractItemView | QLineEdit)
    return not inner and not widget.objectName().startswith("qt_") and not widget.window().isHidden()


def focusable(window: QWidget) -> Iterator[QWidget]:
    """What the keyboard can come to now."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            yield widget


def takes_text(widget: QWidget) -> bool:
    return isinstance(widget, TEXTS) or (isinstance(widget, QComboBox) and widget.isEditable())


def is_one_of_several(widget: QWidget) -> bool:
    """A button that arrow keys come to from the chosen one beside it."""
    return isinstance(widget, QAbstractButton) and widget.group() is not None and not widget.isChecked()


@pytest.fixture
def acts(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that keys have started; none is done."""
    started: list[str] = []

    def note(action: ActAction) -> None:
        started.append(action.name)

    monkeypatch.setattr(seat.window.conduct, "act", note)
    return started


def open_form(seat: Seat, form: str) -> str:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press(*FORMS[form])
    return code


@pytest.mark.parametrize("form", FORMS)
def test_that_everything_to_work_with_has_a_name(seat: Seat, form: str) -> None:
    open_form(seat, form)
    found = [
        widget
        for widget in seat.window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and widget.isVisible()
        and of_ours(widget)
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert len(found) > 10
    names = [widget.objectName() for widget in found]
    assert all(names), [type(widget) for widget in found if not widget.objectName()]
    assert len(set(names)) == len(names)
    unnamed = [
        widget.objectName()
        for widget in found
        if not widget.accessibleName() and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert unnamed == []


@pytest.mark.parametrize("form", FORMS)
def test_that_letters_do_not_act_while_text_is_typed(seat: Seat, form: str, acts: list[str]) -> None:
    code = open_form(seat, form)
    acts.clear()
    fields = [widget for widget in focusable(seat.window) if takes_text(widget)]
    assert fields
    report = seat.window.side.report
    for field in fields:
        field.setFocus()
        target = QApplication.focusWidget()
        for letter in "afdgebvkrxnl":
            QTest.keyClick(target, letter)
            QTest.keyClick(target, letter.upper(), Qt.KeyboardModifier.ShiftModifier)
        QTest.keyClick(target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        seat.settle()
        assert acts == [], field.objectName()
    assert seat.window.side.report is report
    assert seat.window.settings.follow
    assert seat.stored(code).case.state is State.TO_DISPATCH


@pytest.mark.parametrize("form", FORMS)
def test_that_no_other_widget_takes_a_letter_away(seat: Seat, form: str, acts: list[str]) -> None:
    open_form(seat, form)
    others = [widget for widget in focusable(seat.window) if not takes_text(widget)]
    assert others
    for widget in others:
        if not widget.isVisible():
            continue
        widget.setFocus()
        for letter, name in (("d", "act_dispatch"), ("D", "act_dispatch_other"), ("X", "act_void")):
            acts.clear()
            shift = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else Qt.KeyboardModifier.NoModifier
            QTest.keyClick(QApplication.focusWidget(), letter.lower(), shift)
            # On a page that hides the case an act only says that nobody sees it.
            assert acts == ([] if seat.screen else [name]), widget.objectName()


@pytest.mark.parametrize("form", FORMS)
def test_that_tab_comes_to_everything_and_round_again(seat: Seat, form: str) -> None:
    open_form(seat, form)
    wanted = {
        widget.objectName()
        for widget in focusable(seat.window)
        if isinstance(widget, INTERACTIVE) and of_ours(widget) and not is_one_of_several(widget)
    }
    seen: list[str] = []
    for _press in range(4 * len(wanted) + 20):
        now = QApplication.focusWidget()
        parent = now.parentWidget()
        seen.append((parent if isinstance(parent, QComboBox) else now).objectName())
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert wanted - set(seen) - {"mapPanel"} == set()


def test_that_the_tick_of_the_clock_leaves_the_focus_where_it_is(seat: Seat) -> None:
    seat.press("Ctrl+K")
    seat.type("ab")
    seat.pass_time(5)
    assert seat.find("searchField").hasFocus()
    assert seat.find("searchField", QLineEdit).text() == "ab"
