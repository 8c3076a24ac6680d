"""The status marks: shape and colour of a lamp, drawn the same in queue, strip and case panel."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache

from console.domain.lamp import Lamp
from console.ui.scale import px
from console.ui.theme import Theme

# The colour role of each lamp; a clock that does not run is grey.
ROLES = {Lamp.NONE: "muted", Lamp.IN_TIME: "in_time", Lamp.SOON: "soon", Lamp.LATE: "late"}


def draw_mark(painter: QPainter, box: QRectF, lamp: Lamp, colour: QColor, *, rework: bool = False) -> None:
    """Circle in time, diamond soon, triangle late, ring without a clock; a rework loop around it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    side = min(box.width(), box.height())
    middle = box.center()
    if lamp is Lamp.IN_TIME:
        painter.drawEllipse(middle, side * 0.32, side * 0.32)  # smaller than the diamond, to differ in grey
    elif lamp is Lamp.SOON:
        painter.drawPath(_polygon(middle, side * 0.5, ((0, -1), (1, 0), (0, 1), (-1, 0))))
    elif lamp is Lamp.LATE:
        painter.drawPath(_polygon(middle, side * 0.48, ((0, -0.9), (1, 0.8), (-1, 0.8))))
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, side * 0.12))
        painter.drawEllipse(middle, side * 0.3, side * 0.3)
    if rework:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, side * 0.1))
        rim = QRectF(middle.x() - side * 0.6, middle.y() - side * 0.6, side * 1.2, side * 1.2)
        painter.drawArc(rim, 30 * 16, 290 * 16)
    painter.restore()


def draw_lock(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A small padlock: somebody else's to decide."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(box.x() + box.width() * 0.18, box.center().y(), box.width() * 0.64, box.height() * 0.42)
    bow = QRectF(box.x() + box.width() * 0.3, box.y() + 1, box.width() * 0.4, box.height() * 0.8)
    painter.setPen(QPen(colour, box.width() * 0.11))
    painter.drawArc(bow, 0, 180 * 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(body, 1.5, 1.5)
    painter.restore()


def mark_picture(lamp: Lamp, theme: Theme, size: int, ratio: float = 1.0) -> QPixmap:
    """The mark as a picture for labels, `size` px at 100 %; the same one for all who ask for it.

    A label scales its picture and Qt keeps what came out, for every new picture anew.
    """
    colour, size = theme.colour(ROLES[lamp]), px(size)
    known = f"mark {lamp.name} {colour.name()} {size} {ratio}"
    picture = QPixmap()
    if not QPixmapCache.find(known, picture):
        picture = QPixmap(round(size * ratio), round(size * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        draw_mark(painter, QRectF(0, 0, size, size), lamp, colour)
        painter.end()
        QPixmapCache.insert(known, picture)
    return picture


def _polygon(middle: QPointF, size: float, corners: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    points = [QPointF(middle.x() + x * size, middle.y() + y * size) for x, y in corners]
    path.moveTo(points[0])
    for point in points[1:]:
        path.lineTo(point)
    path.closeSubpath()
    return path
