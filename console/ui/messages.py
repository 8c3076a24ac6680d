"""The message line: what was done, how long it can be undone, what went wrong; never a box."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from console.domain.lamp import Lamp
from console.i18n import N_, _
from console.ui.announcing import announce
from console.ui.marks import mark_picture
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Elided, Painted

_RING = 16
_KINDS = {Lamp.NONE: N_("消息"), Lamp.IN_TIME: N_("完成"), Lamp.SOON: N_("注意"), Lamp.LATE: N_("出错")}
_NARROW = 900
_TURN = 360 * 16  # Qt counts angles in sixteenths of a degree


class MessageLine(QFrame):
    """One line; the newest message takes it.

    Signals: undo_wished, when the undo of the message was clicked.
    """

    undo_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageLine")
        self.setFixedHeight(px(32))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._words: list[QWidget] = []
        self._theme = theme
        self._mark = QLabel(self)
        self._mark.setObjectName("messageMark")
        self._text = Elided("", self)
        self._text.setObjectName("messageText")
        self._ring = Ring(theme, self)
        self._ring.setObjectName("undoRing")
        self._undo = QPushButton(self)
        self._undo.setObjectName("undoButton")
        self._undo.setProperty("quiet", True)
        self._undo.clicked.connect(self.undo_wished)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*pxs(12, 0, 12, 0))
        layout.setSpacing(px(8))
        layout.addWidget(self._mark)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._ring)
        layout.addWidget(self._undo)
        self._offer: tuple[datetime, timedelta, Callable[[], datetime]] | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._stop()

    @property
    def text(self) -> str:
        return self._text.text()

    def add(self, widget: QWidget, words: QWidget | None = None) -> None:
        """Keep `widget` at the right end of the line; its `words` give way in a narrow one."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(widget)
        if words is not None:
            self._words.append(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for words in self._words:
            words.setVisible(self.width() >= px(_NARROW))

    def say(self, text: str, lamp: Lamp = Lamp.NONE, *, aloud: bool = True) -> None:
        """Say what happened; `lamp` LATE for what failed. Not `aloud`: it is told elsewhere."""
        self._stop()
        self._show(text, lamp, aloud)

    def say_beside(self, text: str) -> None:
        """Say why nothing was done; an undo that is offered stays."""
        self._show(text, Lamp.NONE, aloud=True)

    def _show(self, text: str, lamp: Lamp, aloud: bool) -> None:
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._text.setToolTip("")
        self._mark.setPixmap(mark_picture(lamp, self._theme, 14, self.devicePixelRatioF()))
        self._mark.setAccessibleName(_(_KINDS[lamp]) if text else "")
        if aloud:
            announce(self, text, grave=lamp is Lamp.LATE)

    def offer_undo(self, text: str, until: datetime, grace: timedelta, now: Callable[[], datetime]) -> None:
        """Say what was done and offer to undo it `until` its `grace` is over on the clock `now`."""
        self.say(text, Lamp.IN_TIME)
        self._offer = until, grace, now
        self._undo.show()
        self._ring.show()
        self._tick.start()
        self._on_tick()

    def _on_tick(self) -> None:
        if self._offer is None:
            return
        until, grace, now = self._offer
        left = (until - now()).total_seconds()
        if left <= 0:
            self._stop()
            return
        self._ring.show_share(left / grace.total_seconds())
        self._undo.setText(_("撤销 Ctrl+Z({seconds} 秒)").format(seconds=ceil(left)))
        for told in (self._undo, self._ring):
            told.setAccessibleName(self._undo.text())

    def _stop(self) -> None:
        self._offer = None
        self._tick.stop()
        self._undo.hide()
        self._ring.hide()


class Ring(Painted):
    """What is left of a countdown, as a ring that empties."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share = 0.0
        self.setFixedSize(QSize(*pxs(_RING, _RING)))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(*pxs(2, 2, -2, -2))
        painter.setPen(QPen(self._theme.colour("line"), px(2.5)))
        painter.drawEllipse(room)
        pen = QPen(self._theme.colour("accent"), px(2.5))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(room, _TURN // 4, round(_TURN * self._share))
