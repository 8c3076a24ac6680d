"""Paints a queue row: plain text in one line, the lamp's mark before the remaining time, flags by shape."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.lamp import Lamp
from console.ui.flag_marks import draw_shape
from console.ui.marks import ROLES, draw_mark
from console.ui.queue.model import QueueModel
from console.ui.scale import px
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

_PADDING = 8
_MARK, _GAP = 11, 3
# Put together once: Python's flags take as long as the drawing of a short text.
_SELECTED = QStyle.StateFlag.State_Selected
_IN_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_LEFT, _RIGHT = (int(side | _IN_LINE) for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight))


class QueueDelegate(QStyledItemDelegate):
    """Draws text itself: a third quicker than the style, and markup in a case text stays text."""

    def __init__(self, model: QueueModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = option.rect
        state = option.state
        chosen = _SELECTED in state
        if chosen:
            painter.fillRect(box, self._theme.colour("accent_ground"))
            if index.column() == 0:
                painter.fillRect(QRectF(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        row = self._model.row_at(index.row())
        if row is None:
            return
        column = self._model.columns[index.column()]
        text = column.text(row, self._model.moment)
        room = box.adjusted(px(_PADDING), 0, -px(_PADDING), 0)
        painter.setPen(self._theme.colour("text"))
        if column.key == "remaining":
            lamp = self._model.lamp_of(row)
            colour = self._theme.colour(ROLES[lamp])
            if text or row.reworks:
                mark = QRectF(room.x(), room.center().y() - px(7) + 0.5, px(14), px(14))
                draw_mark(painter, mark, lamp, colour, rework=row.reworks > 0)
            if lamp in {Lamp.LATE, Lamp.SOON}:
                painter.setPen(colour)
        elif column.key == "class":
            room.setRight(room.right() - self._draw_marks(painter, room, row))
        elif column.key in {"state", "code", "source"}:
            painter.setPen(self._theme.colour("muted"))
        if "\n" in text or "\u2028" in text:
            text = " ".join(text.split())
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT if column.right else _LEFT, shown)

    def _draw_marks(self, painter: QPainter, room: QRect, row: "QueueRow") -> int:
        """The row's marks at the right end of the cell; how many px they take."""
        marks = self._model.marks(row)
        for at, (shape, role, _words) in enumerate(reversed(marks)):
            left = room.right() - (at + 1) * px(_MARK) - at * px(_GAP)
            box = QRectF(left, room.center().y() - px(_MARK) / 2, px(_MARK), px(_MARK))
            draw_shape(painter, box, shape, self._theme.colour(role))
        return len(marks) * (px(_MARK) + px(_GAP)) + (px(_GAP) if marks else 0)
