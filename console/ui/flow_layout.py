"""A row of small widgets that goes on in the next line where there is no more room."""

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.scale import px

_GAP = 6


class FlowRow(QWidget):
    """Places its widgets one after the other; its height follows its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placed: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        widget.setParent(self)
        widget.show()
        self._placed.append(widget)
        self._changed()

    def take(self, widget: QWidget) -> None:
        """Let go of a widget for good."""
        self._placed.remove(widget)
        widget.hide()
        widget.deleteLater()
        self._changed()

    def take_last(self, widget: QWidget) -> None:
        """Let a widget stand behind all others, for the eye and for Tab."""
        self._placed.remove(widget)
        self._placed.append(widget)
        for one, following in pairwise(self._placed):
            QWidget.setTabOrder(one, following)
        self._changed()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(px(120), self.heightForWidth(max(px(120), self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(event.size().width(), move=True)

    def _changed(self) -> None:
        self.updateGeometry()
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        x = y = line = 0
        gap = px(_GAP)
        for widget in self._placed:
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + gap, 0
            if move:
                widget.setGeometry(x, y, min(size.width(), width), size.height())
            x += size.width() + gap
            line = max(line, size.height())
        return y + line
