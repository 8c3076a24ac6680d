"""What is said of a case beside its state, as small shapes: the same in queue and case panel."""

from collections.abc import Mapping
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from console.domain.case import Flag

_STAR = ((0, -1), (0.26, -0.36), (0.95, -0.31), (0.42, 0.14), (0.59, 0.81), (0, 0.45))


class Shape(Enum):
    """A shape is never without its word beside it or in its hint."""

    STAR = "star"
    BANG = "bang"
    BARS = "bars"
    PAIR = "pair"
    FORK = "fork"
    ASKS = "asks"
    PERSON = "person"
    DOT = "dot"


_PLAIN = (
    Flag.TYPICAL,
    Flag.CONSULTED,
    Flag.AUTHORISED,
    Flag.APPEALED,
    Flag.EXEMPT,
    Flag.SELF_HANDLED,
    Flag.ANSWERED,
)

# The shape and the role of colour of each flag; what is no matter of urgency is grey.
FLAG_MARKS: Mapping[Flag, tuple[Shape, str]] = {
    Flag.URGENT: (Shape.BANG, "late"),
    Flag.SUPERVISED: (Shape.STAR, "supervised"),
    Flag.SIMILAR: (Shape.PAIR, "muted"),
    Flag.SPLIT: (Shape.FORK, "muted"),
    **dict.fromkeys(_PLAIN, (Shape.DOT, "muted")),
}


def draw_shape(painter: QPainter, box: QRectF, shape: Shape, colour: QColor) -> None:
    """Star supervised, exclamation mark urgent, bars suspended, pair merged, fork split, a bubble asks."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = min(box.width(), box.height())
    middle = box.center()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if shape is Shape.STAR:
        half = [QPointF(middle.x() + x * side * 0.5, middle.y() + y * side * 0.5) for x, y in _STAR]
        other = [QPointF(2 * middle.x() - point.x(), point.y()) for point in reversed(half[1:-1])]
        painter.drawPolygon(QPolygonF([*half, *other]))
    elif shape is Shape.BANG:
        painter.drawRect(_part(box, 0.42, 0.06, 0.18, 0.58))
        painter.drawRect(_part(box, 0.42, 0.76, 0.18, 0.18))
    elif shape is Shape.BARS:
        painter.drawRect(_part(box, 0.2, 0.14, 0.22, 0.72))
        painter.drawRect(_part(box, 0.58, 0.14, 0.22, 0.72))
    elif shape is Shape.PERSON:
        painter.drawEllipse(_at(box, 0.5, 0.27), side * 0.23, side * 0.23)
        painter.drawChord(_part(box, 0.08, 0.56, 0.84, 0.84), 0, 180 * 16)
    elif shape is Shape.DOT:
        painter.drawEllipse(middle, side * 0.22, side * 0.22)
    else:
        _draw_lines(painter, box, shape, QPen(colour, side * 0.13))
    painter.restore()


def _draw_lines(painter: QPainter, box: QRectF, shape: Shape, pen: QPen) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    if shape is Shape.PAIR:
        painter.drawRect(_part(box, 0.1, 0.1, 0.52, 0.52))
        painter.drawRect(_part(box, 0.38, 0.38, 0.52, 0.52))
    elif shape is Shape.FORK:
        stem, left, right = _at(box, 0.5, 0.9), _at(box, 0.14, 0.12), _at(box, 0.86, 0.12)
        painter.drawPolyline(QPolygonF([left, _at(box, 0.5, 0.52), stem]))
        painter.drawLine(_at(box, 0.5, 0.52), right)
    else:  # Shape.ASKS: a speech bubble
        painter.drawRoundedRect(_part(box, 0.08, 0.12, 0.84, 0.56), 2, 2)
        painter.drawPolyline(QPolygonF([_at(box, 0.3, 0.68), _at(box, 0.3, 0.92), _at(box, 0.52, 0.68)]))


def _part(box: QRectF, x: float, y: float, width: float, height: float) -> QRectF:
    corner = _at(box, x, y)
    return QRectF(corner.x(), corner.y(), box.width() * width, box.height() * height)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.x() + box.width() * x, box.y() + box.height() * y)
