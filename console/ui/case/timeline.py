"""The timeline of a case: one painted line per fact, an answer joined to its question by a line."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.lamp import Lamp
from console.i18n import _
from console.ui.case.told import ToldLine, told_lines
from console.ui.marks import draw_mark
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import Painted

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_ROW = 22
_RAIL = 6
_LANES = (18, 26)  # where the lines from question to answer run; a second one beside the first
_GUTTER = 12
_INDENT = 10  # an answer stands under its question


class Timeline(Painted):
    """Painted, so that a case with a hundred facts costs no widgets; read out as one text."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseTimeline")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._theme = theme
        self.lines: list[ToldLine] = []
        self._lanes: list[int] = []
        self._broken: dict[tuple[str, int], list[str]] = {}
        self._indent = _GUTTER + _RAIL
        theme.changed.connect(self.update)

    def show_card(self, card: "CaseCard", now: datetime) -> None:
        self.lines = told_lines(card, now)
        self._lanes = _lanes(self.lines)
        self._broken.clear()
        answers = [lane for line, lane in zip(self.lines, self._lanes, strict=True) if line.answers >= 0]
        self._indent = _GUTTER + (_LANES[max(answers)] if answers else _RAIL)
        self.setAccessibleName(_("办理经过"))
        self.setAccessibleDescription("\n".join(_read_out(line) for line in self.lines))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(line, width) for line in self.lines) + px(4)

    def sizeHint(self) -> QSize:
        return QSize(px(240), self.heightForWidth(max(px(240), self.width())))

    def _height(self, line: ToldLine, width: int) -> int:
        return px(_ROW) + sum(self.fontMetrics().lineSpacing() for _words in self._wrapped(line, width))

    def _wrapped(self, line: ToldLine, width: int) -> list[str]:
        """What stands under the head, broken between words and only where it must be inside one."""
        room = max(60, width - self._left_of(line))
        if (line.under, room) not in self._broken:
            self._broken[line.under, room] = self._lines_of(line.under, room)
        return self._broken[line.under, room]

    def _lines_of(self, text: str, room: int) -> list[str]:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        found = []
        for paragraph in text.splitlines():
            units = paragraph.encode("utf-16-le", "replace")  # Qt counts in these, two bytes each
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while (made := layout.createLine()).isValid():
                made.setLineWidth(room)
                start, length = 2 * made.textStart(), 2 * made.textLength()
                found.append(units[start : start + length].decode("utf-16-le", "replace"))
            layout.endLayout()
        return found

    def _left_of(self, line: ToldLine) -> int:
        return px(self._indent) + (px(_INDENT) if line.answers >= 0 else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tops = [0]
        for line in self.lines:
            tops.append(tops[-1] + self._height(line, self.width()))
        middles = [top + px(_ROW) // 2 for top in tops[:-1]]
        self._paint_rails(painter, middles)
        for at, line in enumerate(self.lines):
            self._paint_dot(painter, at, middles[at])
            self._paint_words(painter, line, tops[at])

    def _paint_words(self, painter: QPainter, line: ToldLine, top: int) -> None:
        left = self._left_of(line)
        room = QRect(left, top, self.width() - left, px(_ROW))
        single = Qt.TextFlag.TextSingleLine
        painter.setPen(self._theme.colour("late" if line.late else "muted"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, int(right | single), line.took)
        usual = painter.font()
        struck = QFont(usual)
        struck.setStrikeOut(line.undone)
        painter.setFont(struck)
        painter.setPen(self._theme.colour("muted" if line.undone else "late" if line.late else "text"))
        taken = painter.fontMetrics().horizontalAdvance(line.took) + 8
        shown = painter.fontMetrics().elidedText(line.head, Qt.TextElideMode.ElideRight, room.width() - taken)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | single), shown)
        painter.setFont(usual)
        painter.setPen(self._theme.colour("muted"))
        top += px(_ROW)
        for words in self._wrapped(line, self.width()):
            painter.drawText(QRect(left, top, self.width() - left, px(_ROW)), int(single), words)
            top += painter.fontMetrics().lineSpacing()

    def _paint_rails(self, painter: QPainter, middles: list[int]) -> None:
        """The line of time, and beside it from every question to its answer."""
        if not middles:
            return
        painter.setPen(QPen(self._theme.colour("line"), 1.5))
        painter.drawLine(QPoint(px(_RAIL), middles[0]), QPoint(px(_RAIL), middles[-1]))
        painter.setPen(QPen(self._theme.colour("muted"), 1.5))
        for at, line in enumerate(self.lines):
            if line.answers < 0:
                continue
            lane, above = px(_LANES[self._lanes[at]]), middles[line.answers]
            path = QPainterPath(QPoint(px(_RAIL), above).toPointF())
            path.quadTo(lane, above, lane, above + 8)
            path.lineTo(lane, middles[at])
            painter.drawPath(path)

    def _paint_dot(self, painter: QPainter, at: int, middle: int) -> None:
        line = self.lines[at]
        x = px(_RAIL) if line.answers < 0 else px(_LANES[self._lanes[at]])
        role = "late" if line.late else "accent" if at == len(self.lines) - 1 else "muted"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("surface"))
        painter.drawEllipse(QPoint(x, middle), 6, 6)
        box = QRectF(x - px(6), middle - px(6), px(12), px(12))
        lamp = Lamp.LATE if line.late else Lamp.NONE if line.undone else Lamp.IN_TIME
        draw_mark(painter, box, lamp, self._theme.colour(role))


def _lanes(lines: list[ToldLine]) -> list[int]:
    """The lane of every answer's line: the second one while the first is taken by another."""
    free_from = [0] * len(_LANES)
    lanes = [0] * len(lines)
    answering = [at for at, line in enumerate(lines) if line.answers >= 0]
    for at in sorted(answering, key=lambda at: lines[at].answers):
        free = [lane for lane, since in enumerate(free_from) if since <= lines[at].answers]
        lanes[at] = free[0] if free else len(_LANES) - 1
        free_from[lanes[at]] = at
    return lanes


def _read_out(line: ToldLine) -> str:
    undone = _("(已撤销)") if line.undone else ""
    return " ".join(filter(None, (f"{line.head}{undone}", line.took, line.under)))
