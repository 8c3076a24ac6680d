"""The field commands are typed into: its keys go to the palette, letters and the input method to the text."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from console.i18n import _
from console.ui.widgets import name_clear_button

LONGEST = 500

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_FOLLOWS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class CommandLine(QLineEdit):
    """While an input method composes, no key of it is ours and nothing is read.

    Signals: opened and closed, as the keyboard comes and goes; moved(int) by Up (-1) and Down; completed
    by Tab; followed by Enter; left by Escape.
    """

    opened = Signal()
    closed = Signal()
    moved = Signal(int)
    completed = Signal()
    followed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("searchField")
        self.setClearButtonEnabled(True)
        name_clear_button(self, _("清空"))
        self.setMaxLength(LONGEST)
        self._composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tab would leave the field, and Escape is the window's: here both are the palette's."""
        if isinstance(event, QKeyEvent) and not self._composing:
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab and self.text():
                self.completed.emit()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._composing or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in _MOVES:
            self.moved.emit(_MOVES[Qt.Key(event.key())])
        elif event.key() in _FOLLOWS:
            self.followed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.opened.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._composing = False
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.closed.emit()
