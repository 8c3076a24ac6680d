"""What the top line has no room for is in the menu at its end, for the mouse and for the keyboard alike."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QToolButton

from tests.gui.seat import Seat

NARROW, WIDE = 1000, 2600


def menu(seat: Seat) -> QMenu:
    found = seat.window.header.more.findChild(QMenu, "headerMenu")
    assert isinstance(found, QMenu)
    return found


def offered(seat: Seat) -> list[QAction]:
    return [one for one in menu(seat).actions() if not one.isSeparator()]


def narrowed(seat: Seat, width: int) -> None:
    seat.resize(width, 800)
    QTest.qWait(20)


def test_that_every_button_is_on_the_line_or_in_the_menu(seat: Seat) -> None:
    header = seat.window.header
    for width in (NARROW, 1366, WIDE):
        narrowed(seat, width)
        QTest.mouseClick(header.more, Qt.MouseButton.LeftButton)
        names = {one.objectName() for one in offered(seat)}
        for button, action in (
            ("manualButton", "show_manual"),
            ("practiceButton", "show_practice"),
            ("boardButton", "show_board"),
            ("seatButton", "choose_seat"),
            ("alarmsButton", "show_alarms"),
        ):
            assert seat.find(button, QToolButton).isVisible() is not (action in names), (width, button)
        menu(seat).close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_the_menu_says_the_key_beside_each_entry(seat: Seat, language: str) -> None:
    if language == "en":
        seat.press("F10")
    narrowed(seat, NARROW)
    seat.press("Shift+F10")
    acts = [one for one in offered(seat) if one.isEnabled()]
    assert "show_practice" in {one.objectName() for one in acts}
    for one in acts:
        assert one.text()
        assert one.shortcut().toString()
        assert one.isShortcutVisibleInContextMenu()
    told = [one.text() for one in offered(seat) if not one.isEnabled()]
    assert all(told)
    menu(seat).close()


def test_that_the_menu_works_by_keys(seat: Seat) -> None:
    narrowed(seat, NARROW)
    seat.press("Shift+F10")
    open_menu = menu(seat)
    practice = next(one for one in offered(seat) if one.objectName() == "show_practice")
    for _step in offered(seat):
        if open_menu.activeAction() is practice:
            break
        QTest.keyClick(open_menu, Qt.Key.Key_Down)
    QTest.keyClick(open_menu, Qt.Key.Key_Return)
    seat.settle()
    assert seat.screen == "practice"
    seat.press("Esc", "Shift+F10")
    again = menu(seat)
    QTest.keyClick(again, Qt.Key.Key_Escape)
    assert not again.isVisible()
    assert seat.focused == "caseTable"
