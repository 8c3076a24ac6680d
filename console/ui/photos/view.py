"""The large view over the whole window: one photo, or two side by side."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from console.domain.evidence import Evidence
from console.i18n import _
from console.ui.edge import Reload
from console.ui.photos.loading import VIEW, Show, Shown, shown
from console.ui.photos.tile import paint_image
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_button
from console.words import refusal
from console.words.dates import moment_words
from console.words.evidence import EVIDENCE_ROLES, evidence_size

Entry = tuple[Evidence, ...]  # one photo, or one from before and one from after

_MARGIN, _LINE, _GAP = 24, 24, 16
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Space: 1,
}


class PhotoView(QFrame):
    """Covers the window of `over`; Escape closes it, the arrows move, the keyboard stays inside.

    While it is open no key of the window acts on a case behind it.

    Signals: closed, when the keyboard should go back to where it came from.
    """

    closed = Signal()

    def __init__(
        self, theme: Theme, show: Show, zone: ZoneInfo, failed: Callable[[BaseException], None], over: QWidget
    ) -> None:
        super().__init__(over.window())
        self.setObjectName("photoView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._ask = show
        self._zone = zone
        self.entries: Sequence[Entry] = ()
        self.at = 0
        self.pictures: list[Shown] = []
        self._reload = Reload(self._load, failed)
        self.back = self._button("photoBack", "‹", _("上一张 ←"), lambda: self.move_by(-1))
        self.next = self._button("photoNext", "›", _("下一张 →"), lambda: self.move_by(1))
        self.leave = self._button("photoClose", "×", _("关闭照片 Esc"), self.close_view)
        self.window().installEventFilter(self)

    @property
    def idle(self) -> bool:
        return self._reload.idle

    def open_at(self, entries: Sequence[Entry], at: int) -> None:
        """Show one of `entries`; the keyboard comes here until it is closed."""
        self.entries = entries
        self._cover()
        self.show()
        self.raise_()
        self.setFocus()
        self._move_to(at)

    def move_by(self, step: int) -> None:
        if 0 <= self.at + step < len(self.entries):
            self._move_to(self.at + step)

    def close_view(self) -> None:
        """Be gone."""
        self.window().removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # the keys of the window would act on the case that is covered
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        round_ = [self, self.back, self.next, self.leave]
        able = [item for item in round_ if item.isEnabled()]
        focused = self.window().focusWidget()
        at = able.index(focused) if focused in able else 0
        able[(at + (1 if forward else -1)) % len(able)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close_view()
        elif key == Qt.Key.Key_Home:
            self._move_to(0)
        elif key == Qt.Key.Key_End:
            self._move_to(len(self.entries) - 1)
        else:
            self.move_by(_STEPS.get(key, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing behind it is clicked

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("ground"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        entry = self.entries[self.at] if self.entries else ()
        for place, item in zip(self._rooms(len(entry)), entry, strict=True):
            self._paint_one(painter, place, item)
        painter.setPen(self._theme.colour("muted"))
        top = QRect(px(_MARGIN), px(8), self.width() - 2 * px(_MARGIN), px(_LINE))
        count = _("第 {at} 张,共 {all} 张").format(at=self.at + 1, all=len(self.entries))
        painter.drawText(top, int(Qt.AlignmentFlag.AlignCenter), count)

    def _paint_one(self, painter: QPainter, place: QRect, item: Evidence) -> None:
        room = place.adjusted(0, 0, 0, -2 * px(_LINE))
        painter.setPen(self._theme.colour("muted"))
        picture, image = next((one for one in self.pictures if one[0].evidence == item), (None, None))
        if picture is not None and picture.trouble is not None:
            painter.setPen(self._theme.colour("late"))
            words = "▲ " + refusal(picture.trouble)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWrapAnywhere), words)
        elif image is not None:
            paint_image(painter, room, image)
        else:
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self._stand_in(item))
        below = QRect(place.left(), room.bottom() + 1, place.width(), px(_LINE))
        for line, role in zip(self._lines(item), ("text", "muted"), strict=True):
            painter.setPen(self._theme.colour(role))
            text = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideMiddle, below.width())
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), text)
            below.translate(0, px(_LINE))

    def _stand_in(self, item: Evidence) -> str:
        return _("读取中") if item.pictured else _("PDF 文件:导出后查看")

    def _lines(self, item: Evidence) -> tuple[str, str]:
        told = [evidence_size(item.size)]
        if item.width:
            told.append(f"{item.width} × {item.height}")
        if item.taken_at is not None:
            told.append(_("相机时间 {time}").format(time=_minute(item.taken_at, self._zone)))
        return f"{_(EVIDENCE_ROLES[item.role])}  {item.name}", " · ".join(
            [*told, f"SHA-256 {item.hash[:16]}…"]
        )

    def _rooms(self, count: int) -> list[QRect]:
        """Beside each other, between the buttons left and right and under the line on top."""
        whole = self.rect().adjusted(px(_MARGIN) + px(40), px(_LINE) + px(16), -px(_MARGIN + 40), -px(8))
        width = (whole.width() - _GAP * (count - 1)) // max(1, count)
        return [
            QRect(whole.left() + at * (width + _GAP), whole.top(), width, whole.height())
            for at in range(count)
        ]

    def _move_to(self, at: int) -> None:
        self.at = at
        self.pictures = []
        self.back.setEnabled(at > 0)
        self.next.setEnabled(at < len(self.entries) - 1)
        if (
            self.window().focusWidget() in (self.back, self.next)
            and not self.window().focusWidget().isEnabled()
        ):
            self.setFocus()
        said = " | ".join(" ".join(self._lines(item)) for item in self.entries[at])
        self.setAccessibleName(_("照片"))
        self.setAccessibleDescription(said)
        self._reload.wish(now=True)
        self.update()

    async def _load(self) -> None:
        entry = self.entries[self.at]
        found = await shown(self._ask, entry, VIEW)
        if entry == self.entries[self.at]:
            self.pictures = found
            self.update()

    def _cover(self) -> None:
        self.setGeometry(self.window().rect())
        middle = self.height() // 2
        self.back.move(8, middle - self.back.height() // 2)
        self.next.move(self.width() - self.next.width() - 8, middle - self.next.height() // 2)
        self.leave.move(self.width() - self.leave.width() - 8, 8)

    def _button(self, name: str, sign: str, words: str, clicked: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setText(plain_button(sign))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFixedSize(*pxs(36, 36))
        button.clicked.connect(clicked)
        return button


def _minute(moment: datetime, zone: ZoneInfo) -> str:
    return moment_words(moment, zone)
