"""Where a dragged panel would come to lie: the side of the panel under the pointer, shown beforehand."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from console.ui.layouts.tree import Side
from console.ui.scale import px
from console.ui.theme import Theme

_EDGE = 0.28  # of the panel's width or height; nearer to the middle makes a tab


def side_at(box: QRect, point: QPoint) -> Side:
    """The side of a panel that a pointer over it means."""
    x, y = (point.x() - box.x()) / max(1, box.width()), (point.y() - box.y()) / max(1, box.height())
    near = {Side.LEFT: x, Side.RIGHT: 1 - x, Side.TOP: y, Side.BOTTOM: 1 - y}
    side = min(near, key=lambda one: near[one])
    return side if near[side] < _EDGE else Side.TAB


def half(box: QRect, side: Side) -> QRect:
    """The part of a panel's room that the other one would take."""
    across, down = box.width() // 2, box.height() // 2
    match side:
        case Side.LEFT:
            return QRect(box.x(), box.y(), across, box.height())
        case Side.RIGHT:
            return QRect(box.x() + box.width() - across, box.y(), across, box.height())
        case Side.TOP:
            return QRect(box.x(), box.y(), box.width(), down)
        case Side.BOTTOM:
            return QRect(box.x(), box.y() + box.height() - down, box.width(), down)
        case Side.TAB:
            return box


class DropHint(QWidget):
    """A frame over the room where the panel would lie."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("dropHint")
        self.hide()

    def show_at(self, box: QRect) -> None:
        self.setGeometry(box)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = self._theme.colour("accent")
        ground.setAlphaF(0.18)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(self._theme.colour("accent"), px(2)))
        inset = px(1)
        painter.drawRect(self.rect().adjusted(inset, inset, -inset, -inset))
