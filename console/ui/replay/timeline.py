"""The line of time: the curve of open and late cases over the period, and the slider under it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.replay import Period
from console.i18n import _
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import Painted
from console.words.dates import moment_words, short_day

_AXIS, _SIDE, _TOP = 22, 12, 8
_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (5, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200, 86_400)
)
_LEAST_APART = 76


class Timeline(Painted):
    """Signals: sought(datetime): the hand was put to an instant of the period."""

    sought = Signal(object)

    def __init__(self, theme: Theme, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayTimeline")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._theme = theme
        self.zone = zone
        self._period: Period | None = None
        self._open: Sequence[int] = ()
        self._late: Sequence[int] = ()
        self._at: datetime | None = None
        self._kept: tuple[object, QPixmap] | None = None  # what the picture of the curves was made of, and it
        theme.changed.connect(self.update)

    def show_curve(self, period: Period, open_cases: Sequence[int], late: Sequence[int]) -> None:
        self._period, self._open, self._late, self._kept = period, open_cases, late, None
        self.update()

    def show_at(self, at: datetime) -> None:
        """Put the hand there."""
        self._at = at
        self.setAccessibleName(_("回放时间轴"))
        self.setAccessibleDescription(moment_words(at, self.zone, seconds=True))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(400), px(104))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(104))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # the page knows all keys of the player

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._at is not None and self._period is not None:
            self._paint_hand(painter, self._room(), self._period.share(self._at))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), px(1)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _picture(self) -> QPixmap:
        """Axis and curves, kept while they are the same: they take 15 ms, and the hand moves all the time."""
        told = _("未结,最多 {most} 件;斜线为超期").format(most=f"{self._most:,}")
        ratio, size = self.devicePixelRatioF(), self.size()
        made_of = (size, ratio, self._theme.name, px(100), self.font().key(), self.zone, told)
        if self._kept is None or self._kept[0] != made_of:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(self._theme.colour("surface"))
            painter = QPainter(picture)
            painter.setFont(self.font())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_curves(painter, self._room(), told)
            painter.end()
            self._kept = made_of, picture
        return self._kept[1]

    def _paint_curves(self, painter: QPainter, room: QRect, told: str) -> None:
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if self._period is None:
            return
        self._paint_axis(painter, room, self._period)
        self._paint_area(painter, room, self._open, self._most, "accent_ground", "accent")
        self._paint_area(painter, room, self._late, self._most, "late", "late", hatched=True)
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(
            room.adjusted(px(4), 0, 0, 0),
            int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft),
            told,
        )

    @property
    def _most(self) -> int:
        return max([1, *self._open])

    def _paint_area(
        self,
        painter: QPainter,
        room: QRect,
        values: Sequence[int],
        most: int,
        ground: str,
        line: str,
        *,
        hatched: bool = False,
    ) -> None:
        if len(values) < 2:
            return
        wide = room.width() / (len(values) - 1)
        high = room.height() - self.fontMetrics().height() - px(2)  # what is told stands above the highest
        points = [
            QPointF(room.left() + k * wide, room.bottom() - value / most * high)
            for k, value in enumerate(values)
        ]
        shape = QPolygonF([QPointF(room.bottomLeft()), *points, QPointF(room.bottomRight())])
        brush = painter.brush()
        brush.setColor(self._theme.colour(ground))
        brush.setStyle(Qt.BrushStyle.BDiagPattern if hatched else Qt.BrushStyle.SolidPattern)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawPolygon(shape)
        painter.setPen(QPen(self._theme.colour(line), px(1.5)))
        painter.drawPolyline(QPolygonF(points))

    def _paint_axis(self, painter: QPainter, room: QRect, period: Period) -> None:
        whole = period.until - period.since
        least = whole * (px(_LEAST_APART) / max(1, room.width()))
        step = next((one for one in _STEPS if one >= least), _STEPS[-1])
        local = period.since.astimezone(self.zone)
        mark = datetime.combine(local.date(), time(), self.zone)
        days = step >= timedelta(days=1)
        while mark <= period.until:
            if mark >= period.since:
                x = room.left() + round(period.share(mark) * room.width())
                painter.setPen(self._theme.colour("line"))
                painter.drawLine(x, room.top(), x, room.bottom() + px(4))
                painter.setPen(self._theme.colour("muted"))
                told = short_day(mark) if days or not (mark.hour or mark.minute) else f"{mark:%H:%M}"
                box = QRect(x - px(40), room.bottom() + px(3), px(80), px(_AXIS) - px(4))
                box.moveLeft(min(max(0, box.left()), self.width() - box.width()))
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), told)
            mark += step

    def _paint_hand(self, painter: QPainter, room: QRect, share: float) -> None:
        x = room.left() + share * room.width()
        colour = self._theme.colour("past")
        painter.setPen(QPen(colour, px(2)))
        painter.drawLine(QPointF(x, px(2)), QPointF(x, room.bottom()))
        painter.setBrush(colour)
        painter.setPen(QPen(self._theme.colour("surface"), px(1.5)))
        side = px(14)
        painter.drawEllipse(QRectF(x - side / 2, room.bottom() - side / 2, side, side))

    def _room(self) -> QRect:
        return self.rect().adjusted(px(_SIDE), px(_TOP), -px(_SIDE), -px(_AXIS))

    def _seek(self, event: QMouseEvent) -> None:
        if self._period is not None:
            room = self._room()
            share = (event.position().x() - room.left()) / max(1, room.width())
            self.sought.emit(self._period.at_share(share))
