"""What lies over the workspace for a while: one panel at a time, and Escape leaves it."""

from PySide6.QtCore import QEvent, QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from console.ui.scale import px
from console.ui.workspace import Workspace

_MARGIN = 12


class Layers(QObject):
    """Signals: left, when the panel was closed and the keyboard has to go somewhere."""

    left = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._panel: QWidget | None = None
        self._width = 0
        self._beside = False
        workspace.installEventFilter(self)

    @property
    def panel(self) -> QWidget | None:
        """What lies there now."""
        return self._panel

    def show(self, panel: QWidget, width: int, *, beside_case: bool) -> None:
        """Lay a panel over the right of the workspace, or left of the case panel; `width` is at 100 %."""
        self.clear()
        self._panel, self._width, self._beside = panel, width, beside_case
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
            self._panel = self._workspace.laid_over = None

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
        self._panel.setGeometry(QRect(right - width, margin, width, height))
