"""The message line: what was done, how long it can be undone, what went wrong; never a box."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.marks import mark_picture
from console.ui.theme import Theme
from console.ui.widgets import Elided

UNDO_SECONDS = 30


class MessageLine(QFrame):
    """One line; the newest message takes it.

    Signals: undo_wished, when the undo of the message was clicked.
    """

    undo_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageLine")
        self.setFixedHeight(32)
        self._theme = theme
        self._mark = QLabel(self)
        self._text = Elided("", self)
        self._text.setObjectName("messageText")
        self._undo = QPushButton(self)
        self._undo.setObjectName("undoButton")
        self._undo.setProperty("quiet", True)
        self._undo.clicked.connect(self.undo_wished)
        self._undo.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._undo)
        self._left = 0
        self._gone: Callable[[], None] | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)

    @property
    def text(self) -> str:
        return self._text.text()

    def add(self, widget: QWidget) -> None:
        """Keep `widget` at the right end of the line."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)

    def say(self, text: str, lamp: Lamp = Lamp.NONE) -> None:
        """Say what happened; `lamp` LATE for what failed."""
        self._stop()
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._mark.setPixmap(mark_picture(lamp, self._theme, 14, self.devicePixelRatioF()))

    def offer_undo(self, text: str, gone: Callable[[], None]) -> None:
        """Say what was done and offer to undo it until the countdown ends; then call `gone`."""
        self.say(text, Lamp.IN_TIME)
        self._left = UNDO_SECONDS
        self._gone = gone
        self._count()
        self._undo.show()
        self._tick.start()

    def _on_tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._count()
            return
        gone, self._gone = self._gone, None
        self._stop()
        if gone is not None:
            gone()

    def _count(self) -> None:
        self._undo.setText(_("撤销 Ctrl+Z({seconds} 秒)").format(seconds=self._left))
        self._undo.setAccessibleName(self._undo.text())

    def _stop(self) -> None:
        self._tick.stop()
        self._undo.hide()
