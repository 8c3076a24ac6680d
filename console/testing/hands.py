"""The hands: keys and mouse, through the window system's own way into the widgets."""

import re

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def double_click(widget: QWidget, place: QPoint) -> None:
    """Click a place of the widget twice."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=place)


def keyboard() -> QWidget:
    """The widget that the keyboard reaches: an open list before whatever has the focus."""
    popup: QWidget | None = QApplication.activePopupWidget()
    target: QWidget | None = QApplication.focusWidget() if popup is None else popup.focusWidget()
    target = target if target is not None else popup
    assert target is not None, "no widget has the focus"
    return target


def press(key: str) -> None:
    """Press one key or chord, "Ctrl+K", in whatever has the focus."""
    QTest.keySequence(keyboard(), QKeySequence(key))


def pieces(text: str) -> list[tuple[str, str]]:
    """A text as it is typed: runs of Latin by keys, and of anything else by an input method."""
    return re.findall(r"([ -~]+)|([^ -~]+)", text)


def type_piece(latin: str, other: str) -> None:
    """Type one piece of a text."""
    if latin:
        QTest.keyClicks(keyboard(), latin)
        return
    brought = QInputMethodEvent()
    brought.setCommitString(other)
    QApplication.sendEvent(keyboard(), brought)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click a place of the widget, its middle by default, in what lies there."""
    at = place or widget.rect().center()
    hit = widget.childAt(at) or widget
    QTest.mouseClick(hit, Qt.MouseButton.LeftButton, pos=hit.mapFrom(widget, at))
