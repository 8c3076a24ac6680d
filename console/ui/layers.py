"""What lies over the workspace for a while: one panel at a time, and Escape leaves it."""

from typing import TypeGuard, TypeVar

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from console.ui.scale import px
from console.ui.workspace import Workspace

_MARGIN = 12

Panel = TypeVar("Panel", bound=QWidget)


class Layers(QObject):
    """Signals: left, when the panel was closed and the keyboard has to go somewhere."""

    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._panel: QWidget | None = None
        self._width = 0
        self._beside = False
        self._spared: QWidget | None = None
        workspace.installEventFilter(self)

    @property
    def panel(self) -> QWidget | None:
        """What lies there now."""
        return self._panel

    def holds(self, panel: Panel | None) -> TypeGuard[Panel]:
        """Whether this very panel lies there now."""
        return panel is not None and self._panel is panel

    def show(self, panel: QWidget, width: int, *, beside_case: bool, spared: QWidget | None = None) -> None:
        """Lay a panel over the right of the workspace, or left of the case panel; `width` is at 100 %.

        `spared` is to stay in sight: where the panel would lie over most of it, it lies at the other side.
        """
        self.clear()
        self._panel, self._width, self._beside, self._spared = panel, width, beside_case, spared
        panel.setParent(self._workspace)
        self._workspace.laid_over = panel
        self._place()
        panel.show()
        panel.raise_()

    def leave(self) -> bool:
        """Take it away; False where nothing lay there."""
        if self._panel is None:
            return False
        self.clear()
        self.left.emit()
        return True

    def clear(self) -> None:
        """Take it away without a word: the keyboard is elsewhere."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = self._workspace.laid_over = self._spared = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._place()
        return False

    def _place(self) -> None:
        if self._panel is None:
            return
        whole, margin = self._workspace.width(), px(_MARGIN)
        right = (whole - self._workspace.side_width if self._beside else whole) - margin
        width = min(px(self._width), right - margin)
        height = self._workspace.height() - 2 * margin
        usual, other = (QRect(left, margin, width, height) for left in (right - width, margin))
        seen = self._seen(right)
        over = [seen.intersected(box).width() for box in (usual, other)]
        self._panel.setGeometry(other if over[0] > seen.width() / 2 and over[1] < over[0] else usual)

    def _seen(self, right: int) -> QRect:
        """What is to be spared, as far as it reaches left of `right`; nothing in another window."""
        spared = self._spared
        if spared is None or not self._workspace.isAncestorOf(spared):
            return QRect()
        there = QRect(spared.mapTo(self._workspace, QPoint()), spared.size())
        there.setRight(min(there.right(), right))
        return there
