"""Paints an application in two lines: what and how long, then who, where from and why."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from console.domain.lamp import Lamp
from console.ui.approvals.model import ApprovalsModel, details, headline, remaining, waits
from console.ui.marks import ROLES, draw_lock, draw_mark
from console.ui.scale import px
from console.ui.theme import Theme

HEIGHT = 56
_LEFT = 34
_RIGHT = 12
_LINE = 22


class ApprovalDelegate(QStyledItemDelegate):
    """Draws text itself, so that markup in what people wrote stays text. A lock: others decide."""

    def __init__(self, model: ApprovalsModel, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, px(HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._theme.colour("accent_ground"))
            painter.fillRect(QRectF(box.x(), box.y(), px(3), box.height()), self._theme.colour("accent"))
        painter.setPen(self._theme.colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        row = self._model.rows[index.row()]
        shown = self._model.lamp_of(row)
        mark = QRectF(box.x() + px(12), box.y() + px(12), px(14), px(14))
        if row.mine:
            draw_mark(painter, mark, shown, self._theme.colour(ROLES[shown]))
        else:
            draw_lock(painter, mark, self._theme.colour("muted"))
        head = QFont(option.font)
        head.setWeight(QFont.Weight.Medium)
        first = QRect(box.x() + px(_LEFT), box.y() + px(7), box.width() - px(_LEFT) - px(_RIGHT), px(_LINE))
        text = "text" if row.mine else "muted"
        self._line(painter, first, headline(row), waits(row, self._model.now), text, "muted", head)
        urgent = ROLES[shown] if shown in {Lamp.LATE, Lamp.SOON} else "muted"
        second = first.translated(0, px(_LINE))
        left = remaining(row, self._model.now)
        self._line(painter, second, details(row), left, "muted", urgent, option.font)

    def _line(
        self, painter: QPainter, room: QRect, left: str, right: str, role: str, side: str, font: QFont
    ) -> None:
        painter.save()
        painter.setPen(self._theme.colour(side))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), right)
        free = room.width() - painter.fontMetrics().horizontalAdvance(right) - (14 if right else 0)
        painter.setFont(font)
        painter.setPen(self._theme.colour(role))
        flat = " ".join(left.split())
        shown = painter.fontMetrics().elidedText(flat, Qt.TextElideMode.ElideRight, free)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, int(flags), shown)
        painter.restore()
