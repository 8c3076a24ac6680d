"""Heads of many narrow columns: their words stand upright where they have no room side by side."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionHeader, QWidget

from console.ui.scale import px

_ROOM = 12


class TallHeads(QHeaderView):
    """The chosen column's head is bold. All of them lie or all stand; none ends in dots."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stand = False

    @property
    def stand(self) -> bool:
        return self._stand

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stand = bool(self.count()) and self._longest() + px(_ROOM) > self.width() // self.count()
        if stand != self._stand:
            self._stand = stand
            self.updateGeometry()
            self.headerDataChanged(self.orientation(), 0, self.count() - 1)

    def sectionSizeFromContents(self, section: int) -> QSize:
        size = super().sectionSizeFromContents(section)
        if not self._stand:
            return size
        lines = self.width() // max(1, self.count()) // self.fontMetrics().lineSpacing()
        return QSize(size.height(), self._longest(words=lines > 1) + px(_ROOM))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if not self._stand:
            super().paintSection(painter, rect, section)
            return
        option = QStyleOptionHeader()
        self.initStyleOption(option)
        painter.save()
        font = self.font()
        font.setBold(self.selectionModel().currentIndex().column() == section)
        painter.setFont(font)
        painter.setPen(option.palette.buttonText().color())
        painter.translate(rect.bottomLeft())
        painter.rotate(-90)
        room = QRectF(px(_ROOM) / 2, 0, rect.height() - px(_ROOM), rect.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._words(section))
        painter.restore()

    def _longest(self, *, words: bool = False) -> int:
        """Of the heads in px, or of their single words."""
        font = self.font()
        font.setBold(True)
        metrics = QFontMetrics(font)
        heads = [self._words(at) for at in range(self.count())]
        texts = [word for head in heads for word in head.split()] if words else heads
        return max(map(metrics.horizontalAdvance, texts), default=0)

    def _words(self, section: int) -> str:
        return str(self.model().headerData(section, self.orientation(), Qt.ItemDataRole.DisplayRole) or "")
