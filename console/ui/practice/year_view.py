"""Twelve months on one sheet: work days, days off, holidays, make-up days, and which the site set itself."""

import calendar as months
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.i18n import N_, _
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_tip
from console.words.dates import Month, day_words

_COLUMNS, _ROWS = 4, 3
_GAP = 18.0
_HEAD = 22.0
_WEEKDAYS = (N_("一"), N_("二"), N_("三"), N_("四"), N_("五"), N_("六"), N_("日"))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the year. `odd`: it differs from its weekday; `by_site`: because the site said so."""

    works: bool
    odd: bool = False
    by_site: bool = False
    name: str = ""


class YearView(QWidget):
    """Arrow keys move, Space or a double click turns the day.

    Signals: day_chosen(date), day_turned(date).
    """

    day_chosen = Signal(object)
    day_turned = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("yearView")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(*pxs(560, 360))
        self._theme = theme
        self._days: Mapping[date, Day] = {}
        self._today = date.min
        self.year = 0
        self.chosen = date.min
        theme.changed.connect(self.update)

    def show_year(self, year: int, days: Mapping[date, Day], today: date) -> None:
        self.year, self._days, self._today = year, days, today
        if self.chosen.year != year:
            self.choose(today if today.year == year else date(year, 1, 1))
        self.update()

    def choose(self, day: date) -> None:
        self.chosen = day
        self._tell()
        self.day_chosen.emit(day)
        self.update()

    def words(self, day: date) -> str:
        """The day as it is told to who cannot see it."""
        found = self._days.get(day, Day(works=True))
        facts = {"day": day_words(day), "kind": kind_words(found)}
        return _("{day} {kind}").format(**facts)

    def sizeHint(self) -> QSize:
        return QSize(*pxs(900, 520))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            moved = self.chosen + timedelta(days=step)
            if moved.year == self.year:
                self.choose(moved)
        elif event.key() == Qt.Key.Key_Space:
            self.day_turned.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.choose(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None:
            self.day_turned.emit(day)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            day = self._day_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(self.words(day)) if day else "", self)
            return True
        return super().event(event)  # type: ignore[arg-type]  # Qt's stub wants QEvent, which it is

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.year:
            for month in range(1, 13):
                self._paint_month(painter, month)

    def _month_box(self, month: int) -> QRectF:
        width = (self.width() - px(_GAP) * (_COLUMNS - 1)) / _COLUMNS
        height = (self.height() - px(_GAP) * (_ROWS - 1)) / _ROWS
        row, column = divmod(month - 1, _COLUMNS)
        return QRectF(column * (width + px(_GAP)), row * (height + px(_GAP)), width, height)

    def _box(self, day: date) -> QRectF:
        month = self._month_box(day.month)
        width, height = month.width() / 7, (month.height() - 2 * px(_HEAD)) / 6
        place = date(day.year, day.month, 1).weekday() + day.day - 1
        row, column = divmod(place, 7)
        top = month.y() + 2 * px(_HEAD) + row * height
        return QRectF(month.x() + column * width, top, width, height).adjusted(1, 1, -1, -1)

    def _day_at(self, at: QPoint) -> date | None:
        if not self.year:
            return None
        month = next((m for m in range(1, 13) if self._month_box(m).contains(at)), 0)
        if not month:
            return None
        last = months.monthrange(self.year, month)[1]
        days = (date(self.year, month, number) for number in range(1, last + 1))
        return next((day for day in days if self._box(day).contains(at)), None)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        box = self._month_box(month)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(self._theme.colour("text"))
        head = QFont(self.font())
        head.setWeight(QFont.Weight.Medium)
        painter.setFont(head)
        painter.drawText(QRectF(box.x() + px(4), box.y(), box.width(), px(_HEAD)), middle, str(Month(month)))
        small = QFont(self.font())
        small.setPixelSize(px(11))
        painter.setFont(small)
        painter.setPen(self._theme.colour("muted"))
        width = box.width() / 7
        for weekday, word in enumerate(_WEEKDAYS):
            room = QRectF(box.x() + weekday * width, box.y() + px(_HEAD), width, px(_HEAD))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), _(word))
        for number in range(1, months.monthrange(self.year, month)[1] + 1):
            self._paint_day(painter, date(self.year, month, number), small)

    def _paint_day(self, painter: QPainter, day: date, small: QFont) -> None:
        box = self._box(day)
        found = self._days.get(day, Day(works=True))
        painter.setFont(self.font())
        painter.setPen(Qt.PenStyle.NoPen)
        if not found.works:
            painter.setBrush(self._theme.colour("accent_ground" if found.odd else "ground"))
            painter.drawRoundedRect(box, px(3), px(3))
        if day in {self.chosen, self._today}:
            focus = day == self.chosen
            painter.setBrush(Qt.BrushStyle.NoBrush)
            colour = self._theme.colour("accent" if focus else "muted")
            painter.setPen(QPen(colour, 2 if focus else 1))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(3), px(3))
        painter.setPen(self._theme.colour("text" if found.works else "muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        if not found.odd:
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        else:
            half = box.center().x() + 3
            number = QRectF(box.x(), box.y(), half - box.x() - 1, box.height())
            painter.drawText(number, int(middle | Qt.AlignmentFlag.AlignRight), str(day.day))
            painter.setFont(small)
            painter.setPen(self._theme.colour("accent"))
            word = _("班") if found.works else _("休")
            room = QRectF(half + 1, box.y(), box.right() - half, box.height())
            painter.drawText(room, int(middle | Qt.AlignmentFlag.AlignLeft), word)
        if found.by_site:
            mark = QPainterPath(box.bottomLeft())
            mark.lineTo(box.x() + 8, box.bottom())
            mark.lineTo(box.x(), box.bottom() - 8)
            painter.fillPath(mark, self._theme.colour("accent"))

    def _tell(self) -> None:
        self.setAccessibleDescription(self.words(self.chosen))


def kind_words(day: Day) -> str:
    """What kind of day it is, with the holiday's name."""
    if day.odd and day.works:
        kind = _("调休上班")
    elif day.odd:
        kind = _("放假")
    else:
        kind = _("工作日") if day.works else _("休息日")
    return " · ".join(
        filter(None, (kind, _(day.name) if day.name else "", _("本地设定") if day.by_site else ""))
    )
