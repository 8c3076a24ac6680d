"""The keyboard stays in its part of the window where the button that has it is switched off."""

from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


@runtime_checkable
class Part(Protocol):
    """A page, a panel or a list: whatever knows where in it the keyboard belongs."""

    def take_keyboard(self) -> None: ...


class KeptKeyboard(QObject):
    """Watches what lies within `room`.

    Qt passes the keyboard of a widget that is hidden or switched off to the next one in the window, often
    the command line, whose list then covers what was just done. Where nobody else asks for it by then, the
    part takes it back.
    """

    def __init__(self, room: QWidget) -> None:
        super().__init__(room)
        self._room = room
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_changed)

    def _on_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is None or new is None or not self._room.isAncestorOf(old) or _usable(old):
            return
        part = _part(old)
        if part is not None and not part.isAncestorOf(new):
            QTimer.singleShot(0, self, partial(self._take_back, part, new))

    def _take_back(self, part: QWidget, strange: QWidget) -> None:
        if isValid(part) and isValid(strange) and strange.hasFocus() and part.isVisible():
            assert isinstance(part, Part)
            part.take_keyboard()


def _usable(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.isVisible()


def _part(widget: QWidget) -> QWidget | None:
    """The nearest around it that knows where its keyboard belongs."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, Part):
        around = around.parentWidget()
    return around
