"""Paints a queue row: plain text in one line, the lamp's mark before the remaining time, flags by shape."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
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
_ELIDED = 4000  # shortened texts that are remembered: some screens full
_MUTED = frozenset({"state", "code", "source"})


class QueueDelegate(QStyledItemDelegate):
    """Draws text itself: a third quicker than the style, and markup in a case text stays text.

    Every call of Qt hands the interpreter to whoever waits for it, so it makes few: colours are put together
    once a theme, and what fits is measured once a text.
    """

    def __init__(self, model: QueueModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._colours: dict[str, QColor] = {}
        self._roles: Mapping[str, str] = {}
        self._elided: dict[tuple[str, int], str] = {}
        self._font = ""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box = option.rect
        x, y, width, height = box.x(), box.y(), box.width(), box.height()
        at = index.column()
        if _SELECTED in option.state:
            painter.fillRect(box, self._colour("accent_ground"))
            if at == 0:
                painter.fillRect(x, y, px(3), height, self._colour("accent"))
        painter.fillRect(x, y + height - 1, width, 1, self._colour("line"))
        row = self._model.row_at(index.row())
        if row is None:
            return
        column = self._model.columns[at]
        text = column.text(row, self._model.moment)
        left, room = x + px(_PADDING), width - 2 * px(_PADDING)
        role = "muted" if column.key in _MUTED else "text"
        if column.key == "remaining":
            lamp = self._model.lamp_of(row)
            if text or row.reworks:
                mark = QRectF(left, y + (height - 1) // 2 - px(7) + 0.5, px(14), px(14))
                draw_mark(painter, mark, lamp, self._colour(ROLES[lamp]), rework=row.reworks > 0)
            if lamp in {Lamp.LATE, Lamp.SOON}:
                role = ROLES[lamp]
        elif column.key == "class":
            room -= self._draw_marks(painter, QRect(left, y, room, height), row)
        painter.setPen(self._colour(role))
        shown = self._fitting(painter, text, room)
        painter.drawText(left, y, room, height, _RIGHT if column.right else _LEFT, shown)

    def _fitting(self, painter: QPainter, text: str, room: int) -> str:
        """A text in one line, shortened to so many px."""
        font = painter.font().key()
        if font != self._font:
            self._font = font
            self._elided.clear()
        found = self._elided.get((text, room))
        if found is None:
            line = " ".join(text.split()) if "\n" in text or "\u2028" in text else text
            found = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room)
            if len(self._elided) >= _ELIDED:
                self._elided.clear()
            self._elided[text, room] = found
        return found

    def _colour(self, role: str) -> QColor:
        """Not to be changed: it is the one of every cell."""
        if self._roles is not self._theme.roles:
            self._roles = self._theme.roles
            self._colours.clear()
        found = self._colours.get(role)
        if found is None:
            found = self._colours[role] = self._theme.colour(role)
        return found

    def _draw_marks(self, painter: QPainter, room: QRect, row: "QueueRow") -> int:
        """The row's marks at the right end of the cell; how many px they take."""
        marks = self._model.marks(row)
        for at, (shape, role, _words) in enumerate(reversed(marks)):
            left = room.right() - (at + 1) * px(_MARK) - at * px(_GAP)
            box = QRectF(left, room.center().y() - px(_MARK) / 2, px(_MARK), px(_MARK))
            draw_shape(painter, box, shape, self._colour(role))
        return len(marks) * (px(_MARK) + px(_GAP)) + (px(_GAP) if marks else 0)
