"""A clock's account as a picture: a column for each day, solid where it ran, hatched where it did not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.i18n import _
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import Painted, plain_tip
from console.words.dates import short_day

if TYPE_CHECKING:
    from console.domain.why import Interval

_WIDEST, _NARROWEST = 44.0, 3.0
_LABELLED = 30.0  # narrower columns have no room for a date under each
_HEIGHT, _FOOT, _LEFT = 116, 18, 34
_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a stretch that lies in one day; `top`, `bottom` shares of the day from midnight."""

    day: int
    top: float
    bottom: float
    counted: bool
    late: bool
    ahead: bool
    text: str


class DayStrip(Painted):
    """Shows one account; the deadline is the line with an arrow on its day."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dayStrip")
        self._theme = theme
        self._first = date.min
        self._days = 0
        self._pieces: Sequence[Piece] = ()
        self._due: tuple[int, float] = (0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_account(
        self, intervals: "Sequence[Interval]", due: datetime, zone: ZoneInfo, texts: Sequence[str]
    ) -> None:
        """`texts` tell each stretch, for whoever points at it."""
        self.setAccessibleName(_("计时图:实心为已计时,空心为预计,斜线为不计时"))
        if intervals:
            self._first = intervals[0].start.astimezone(zone).date()
            last = max(due, intervals[-1].stop - timedelta(microseconds=1)).astimezone(zone).date()
            self._days = (last - self._first).days + 1
            self._pieces = tuple(_pieces(intervals, self._first, zone, texts))
            local = due.astimezone(zone)
            self._due = (local.date() - self._first).days, _share(local)
        else:
            self._days, self._pieces = 0, ()
        self.setVisible(bool(intervals))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(*pxs(400, _HEIGHT))

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(found.text) if found else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]  # Qt's stub wants QEvent, which it is

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPixelSize(px(11))
        painter.setFont(small)
        self._paint_hours(painter)
        for piece in self._pieces:
            self._paint_piece(painter, piece)
        self._paint_days(painter)
        self._paint_due(painter)

    def _column(self) -> float:
        room = self.width() - px(_LEFT) - px(8)
        return max(px(_NARROWEST), min(px(_WIDEST), room / max(1, self._days)))

    def _box(self, day: int, top: float, bottom: float) -> QRectF:
        width, height = self._column(), float(self.height() - px(_FOOT) - px(6))
        gap = 2.0 if width > 8 else 0.5
        return QRectF(
            px(_LEFT) + day * width, px(4) + top * height, width - gap, max(1.0, (bottom - top) * height)
        )

    def _paint_hours(self, painter: QPainter) -> None:
        painter.setPen(self._theme.colour("muted"))
        for hour in (0, 12, 24):
            y = self._box(0, hour / 24, hour / 24).y()
            room = QRectF(0, y - px(7), px(_LEFT) - px(6), px(14))
            painter.drawText(
                room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), f"{hour}"
            )

    def _paint_piece(self, painter: QPainter, piece: Piece) -> None:
        box = self._box(piece.day, piece.top, piece.bottom)
        painter.setPen(Qt.PenStyle.NoPen)
        if piece.counted and piece.ahead:
            painter.setPen(QPen(self._theme.colour("accent"), 1.5))
            painter.setBrush(self._theme.colour("surface"))
            box = box.adjusted(1, 1, -1, -1)
        elif piece.counted:
            painter.setBrush(self._theme.colour("late" if piece.late else "accent"))
        else:
            painter.setBrush(self._theme.colour("ground"))
            painter.drawRect(box)
            painter.setBrush(QBrush(self._theme.colour("muted"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(box)

    def _paint_days(self, painter: QPainter) -> None:
        width = self._column()
        every = 1 if width >= px(_LABELLED) else int(px(_LABELLED) // width) + 1
        painter.setPen(self._theme.colour("muted"))
        for day in range(0, self._days, every):
            at = self._first + timedelta(days=day)
            room = QRectF(
                px(_LEFT) + day * width - 2, self.height() - px(_FOOT), every * width + px(4), px(_FOOT)
            )
            painter.drawText(
                room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), short_day(at)
            )

    def _paint_due(self, painter: QPainter) -> None:
        if not self._days:
            return
        day, share = self._due
        box = self._box(day, share, share)
        colour = self._theme.colour("text")
        painter.setPen(QPen(colour, 2))
        painter.drawLine(box.topLeft(), box.topRight())
        tip = QPointF(box.right(), box.y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(px(7), -px(4)), tip + QPointF(*pxs(7, 4))]))

    def _at(self, x: float, y: float) -> Piece | None:
        boxes = ((piece, self._box(piece.day, piece.top, piece.bottom)) for piece in self._pieces)
        return next((piece for piece, box in boxes if box.contains(x, y)), None)


def _pieces(
    intervals: "Sequence[Interval]", first: date, zone: ZoneInfo, texts: Sequence[str]
) -> Iterator[Piece]:
    for one, text in zip(intervals, texts, strict=True):
        start, stop = one.start.astimezone(zone), one.stop.astimezone(zone)
        day = start.date()
        while datetime.combine(day, time(), zone) < stop:
            top = _share(start) if day == start.date() else 0.0
            bottom = _share(stop) if day == stop.date() else 1.0
            if bottom > top:
                yield Piece((day - first).days, top, bottom, one.counted, one.late, one.ahead, text)
            day += timedelta(days=1)


def _share(local: datetime) -> float:
    """How much of its day an instant has behind it, by the clock on the wall."""
    return (local.hour * 3600 + local.minute * 60 + local.second) / _DAY_S
