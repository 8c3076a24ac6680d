"""What is painted on the wall: clock and duty, the steps, the next to breach, the districts' day."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.domain.flow import Step
from console.domain.lamp import Lamp, lamp
from console.i18n import _, named
from console.ui.marks import ROLES, draw_mark
from console.ui.theme import Theme
from console.ui.wall.reading import CLOCK, FIGURE, TEXT, on_wall
from console.ui.widgets import Painted
from console.words import SHORT_STEPS, span

if TYPE_CHECKING:
    from console.queries.wall import WallArea, WallState

_HEAD, _STRIP, _ROW, _MARGIN = 112, 168, 72, 24
_MAP_SHARE = 0.46
_FIGURES_SHARE = 0.72  # of the table of areas; the names have the rest
_NARROWEST = 0.75  # a line too long is drawn narrower, as high as ever, before it ends in dots
_MIDDLE = 0.33  # of the size, from the line to the middle between the top of 国 and the foot of g
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WallSheet(Painted):
    """Painted in one go from the last state; the map lies over the hole it leaves (`map_box`)."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("wallSheet")
        self._theme = theme
        self._state: WallState | None = None
        self._city = ""
        self._now: datetime | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self._page = 0
        theme.changed.connect(self.update)

    def show_state(self, state: "WallState", city: str, zone: ZoneInfo) -> None:
        self._state, self._city, self._zone = state, city, zone
        self._tell()
        self.update()

    def show_time(self, now: datetime) -> None:
        """The clock goes on; only its line is painted."""
        self._now = now
        self.update(QRect(0, 0, self.width(), self._px(_HEAD)))

    def turn_page(self) -> None:
        """The next districts, where there are more than have room."""
        self._page += 1
        self.update(self._areas_box())

    def map_box(self) -> QRect:
        """Where the map lies: below the strip on the left, above the districts."""
        top = self._px(_HEAD + _STRIP)
        return QRect(0, top, self._split(), self._areas_box().top() - top)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("ground"))
        dirty = event.rect()
        head = QRect(0, 0, self.width(), self._px(_HEAD))
        if dirty.intersects(head):
            self._paint_head(painter, head)
        if self._state is None or head.contains(dirty):
            return
        self._paint_steps(painter, QRect(0, head.bottom() + 1, self.width(), self._px(_STRIP)), self._state)
        self._paint_next(painter, self._next_box(), self._state)
        self._paint_areas(painter, self._areas_box(), self._state)

    def _paint_head(self, painter: QPainter, box: QRect) -> None:
        margin = self._px(_MARGIN)
        painter.fillRect(box, self._theme.colour("surface"))
        room = box.adjusted(margin, 0, -margin, 0)
        if self._now is not None:
            local = self._now.astimezone(self._zone)
            painter.setPen(self._theme.colour("text"))
            self._letters(painter, CLOCK, medium=True)
            painter.drawText(room, int(_RIGHT), f"{local:%H:%M}")
            taken = painter.fontMetrics().horizontalAdvance("00:00") + self._px(40)
            room.setRight(room.right() - taken)
        self._letters(painter, TEXT)
        duty = self._duty()
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(room, int(_RIGHT), duty)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(duty) - margin)
        painter.setPen(self._theme.colour("text"))
        self._letters(painter, TEXT, medium=True)
        self._line(painter, room, self._city, right=False)

    def _duty(self) -> str:
        state = self._state
        if state is None or not (state.leader or state.shift):
            return ""
        leads = _("带班 {name}").format(name=state.leader) if state.leader else ""
        return "  ".join(filter(None, (named(state.shift, state.shift_en), leads)))

    def _paint_steps(self, painter: QPainter, box: QRect, state: "WallState") -> None:
        painter.fillRect(box, self._theme.colour("surface"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), self._px(2)), self._theme.colour("line"))
        gap = self._px(_MARGIN * 2 // 3)
        widths = self._step_widths(painter, box.width(), gap, state)
        for at, step in enumerate(Step):
            count = state.steps[step]
            left, width = box.x() + sum(widths[:at]), widths[at]
            room = QRect(left + gap, box.y(), width - gap, box.height() // 2)
            self._letters(painter, TEXT)
            painter.setPen(self._theme.colour("muted"))
            self._line(painter, room, _(SHORT_STEPS[step]), right=False)
            below = room.translated(0, room.height() - self._px(4))
            self._letters(painter, FIGURE, medium=True)
            painter.setPen(self._theme.colour("text"))
            number = _short(count.number)
            painter.drawText(below, int(_LEFT), number)
            if count.late:
                below.setLeft(below.left() + painter.fontMetrics().horizontalAdvance(number) + self._px(14))
                self._paint_late(painter, below, _short(count.late))

    def _step_widths(self, painter: QPainter, whole: int, gap: int, state: "WallState") -> list[int]:
        """As much for each step as its figures need, and what is left over shared; names give way first."""
        needs, floors = [], []
        for step, count in state.steps.items():
            self._letters(painter, FIGURE, medium=True)
            figures = painter.fontMetrics().horizontalAdvance(_short(count.number))
            self._letters(painter, TEXT)
            metrics = painter.fontMetrics()
            if count.late:
                figures += self._px(60) + metrics.horizontalAdvance(_short(count.late))
            floors.append(gap * 2 + figures)
            needs.append(gap * 2 + max(figures, metrics.horizontalAdvance(_(SHORT_STEPS[step]))))
        spare = whole - sum(needs)
        if spare >= 0:
            return [need + spare // len(needs) for need in needs]
        room = whole - sum(floors)
        if room < 0:
            return [whole // len(needs)] * len(needs)
        share = room / (sum(needs) - sum(floors))  # names are drawn narrower; a figure never reaches the next
        return [floor + int((need - floor) * share) for need, floor in zip(needs, floors, strict=True)]

    def _paint_late(self, painter: QPainter, room: QRect, number: str) -> None:
        """The triangle and how many; only the triangle where there is no room for both."""
        self._letters(painter, TEXT)
        side = self._px(40)
        mark = QRectF(room.left(), room.center().y() - side / 2, side, side)
        colour = self._theme.colour("late")
        if room.width() < side:
            return
        draw_mark(painter, mark, Lamp.LATE, colour)
        room = room.adjusted(side + self._px(6), 0, 0, 0)
        if painter.fontMetrics().horizontalAdvance(number) <= room.width() + self._px(_MARGIN):
            painter.setPen(colour)
            painter.drawText(room.adjusted(0, 0, self._px(_MARGIN), 0), int(_LEFT), number)

    def _paint_next(self, painter: QPainter, box: QRect, state: "WallState") -> None:
        row = self._px(_ROW)
        title = QRect(box.x(), box.y(), box.width(), row)
        self._letters(painter, TEXT, medium=True)
        painter.setPen(self._theme.colour("muted"))
        self._line(painter, title, _("即将超期"), right=False)
        self._letters(painter, TEXT)
        left = painter.fontMetrics().horizontalAdvance("-00:00") + self._px(70)
        for at, one in enumerate(state.next):
            room = title.translated(0, (at + 1) * row)
            if room.bottom() > box.bottom():
                break
            painter.fillRect(QRect(room.x(), room.y(), room.width(), self._px(2)), self._theme.colour("line"))
            now = self._now or one.due_at
            shown = lamp(now, one.due_at, one.soon_at)
            colour = self._theme.colour(ROLES[shown])
            side = self._px(44)
            draw_mark(painter, QRectF(room.x(), room.center().y() - side / 2, side, side), shown, colour)
            painter.setPen(colour if shown in {Lamp.LATE, Lamp.SOON} else self._theme.colour("text"))
            time = QRect(room.x(), room.y(), left, room.height())
            _write(painter, time, span((one.due_at - now).total_seconds()), right=True)
            rest = room.adjusted(left + self._px(28), 0, 0, 0)
            painter.setPen(self._theme.colour("text"))
            words = (named(one.class_name, one.class_name_en), named(one.area, one.area_en), one.address)
            self._line(painter, rest, "  ".join(filter(None, words)), right=False)

    def _paint_areas(self, painter: QPainter, box: QRect, state: "WallState") -> None:
        row = self._px(_ROW)
        room = QRect(box.x(), box.y(), box.width(), row)
        columns = (_("进"), _("结"), _("未结"), _("超期"))
        self._letters(painter, TEXT, medium=True)
        cells = self._cell_widths(painter, box.width(), columns, state)
        painter.setPen(self._theme.colour("muted"))
        self._cells(painter, room, cells, _("今日"), columns)
        self._letters(painter, TEXT)
        for at, area in enumerate(self._areas_shown(state)):
            line = room.translated(0, (at + 1) * row)
            painter.fillRect(QRect(line.x(), line.y(), line.width(), self._px(2)), self._theme.colour("line"))
            painter.setPen(self._theme.colour("text"))
            figures = (area.reported, area.ended, area.open, area.late)
            self._cells(
                painter, line, cells, named(area.name, area.name_en), [_short(one) for one in figures]
            )

    def _areas_shown(self, state: "WallState") -> "tuple[WallArea, ...]":
        fit = max(1, self._areas_box().height() // self._px(_ROW) - 1)
        pages = max(1, -(-len(state.areas) // fit))
        first = self._page % pages * fit
        return state.areas[first : first + fit]

    def _cell_widths(
        self, painter: QPainter, whole: int, heads: Sequence[str], state: "WallState"
    ) -> list[int]:
        """What each column of figures needs; more than its share of the table none of them gets."""
        metrics, gap = painter.fontMetrics(), self._px(_MARGIN)
        figures = [(one.reported, one.ended, one.open, one.late) for one in state.areas]
        needs = [
            gap + max(map(metrics.horizontalAdvance, (head, *(_short(line[at]) for line in figures))))
            for at, head in enumerate(heads)
        ]
        share = min(1.0, whole * _FIGURES_SHARE / sum(needs))
        return [int(need * share) for need in needs]

    def _cells(
        self, painter: QPainter, line: QRect, cells: Sequence[int], name: str, figures: Sequence[str]
    ) -> None:
        """A name and figures under each other, each right in its column, with room before it."""
        gap = self._px(_MARGIN)
        right = line.right() - sum(cells)
        self._line(painter, line.adjusted(0, 0, -sum(cells), 0), name, right=False)
        for cell, figure in zip(cells, figures, strict=True):
            self._line(painter, QRect(right + gap, line.y(), cell - gap, line.height()), figure, right=True)
            right += cell

    def _line(self, painter: QPainter, room: QRect, text: str, *, right: bool) -> None:
        flat = " ".join(text.split())
        metrics = painter.fontMetrics()
        share = min(1.0, max(_NARROWEST, room.width() / max(1, metrics.horizontalAdvance(flat))))
        width = ceil(room.width() / share) + 1
        shown = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, width)
        painter.save()
        painter.translate(room.topLeft())
        painter.scale(share, 1.0)
        box = QRect(0, 0, width, room.height())
        _write(painter, box, shown, right=right)
        painter.restore()

    def _letters(self, painter: QPainter, size: int, *, medium: bool = False) -> None:
        font = QFont(self.font())
        font.setPixelSize(self._px(size))
        font.setWeight(QFont.Weight.Medium if medium else QFont.Weight.Normal)
        painter.setFont(font)

    def _areas_box(self) -> QRect:
        margin = self._px(_MARGIN)
        height = self._px(_ROW) * 5 + margin
        return QRect(margin, self.height() - height, self._split() - 2 * margin, height - margin // 2)

    def _next_box(self) -> QRect:
        top, margin = self._px(_HEAD + _STRIP), self._px(_MARGIN)
        left = self._split() + margin // 2
        return QRect(left, top, self.width() - left - margin, self.height() - top)

    def _split(self) -> int:
        return round(self.width() * _MAP_SHARE)

    def _px(self, size: float) -> int:
        return on_wall(size, self.height())

    def _tell(self) -> None:
        """The same for who cannot see it."""
        state = self._state
        assert state is not None
        steps = [f"{_(SHORT_STEPS[step])} {count.number}" for step, count in state.steps.items()]
        self.setAccessibleName(_("大屏"))
        self.setAccessibleDescription(" · ".join([self._city, self._duty(), *steps]))


def _write(painter: QPainter, room: QRect, text: str, *, right: bool) -> None:
    """In the middle of a room that is hardly higher than the letters, nothing of which is cut off."""
    taken = painter.fontMetrics().horizontalAdvance(text) if right else 0
    middle = _MIDDLE * painter.font().pixelSize()
    painter.drawText(
        QPointF(room.right() + 1 - taken if right else room.x(), room.center().y() + middle), text
    )


def _short(number: int) -> str:
    """At most four characters wide: 9999, and then 10k."""
    return str(number) if number < 10_000 else f"{number // 1000}k"
