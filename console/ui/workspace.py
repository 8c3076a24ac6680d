"""Where queue, map and case stand: side by side with room, the case as a sheet over the map without."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from console.ui.scale import px

WIDE = 1600
_SHEET_WIDTH = 380


class Workspace(QWidget):
    """From `WIDE` px on three columns (33, 45, 22 %); below it two (45, 55 %) and the sheet.

    Signals: map_covered(int): so many pixels of the map's right side lie under the sheet.
    """

    map_covered = Signal(int)

    def __init__(
        self, queue: QWidget, grid_map: QWidget, side: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self._side = side
        self._wanted = False
        self._wide: bool | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setObjectName("workspaceSplitter")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(queue)
        self._split.addWidget(grid_map)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)

    @property
    def side_width(self) -> int:
        """So many pixels the case panel takes on the right, as a column or as a sheet."""
        return self._side.width() if self._side.isVisible() else 0

    def want_side(self, wanted: bool) -> None:
        """Whether there is something to show at the side; only the sheet hides without it."""
        self._wanted = wanted
        self._place()

    def _place(self) -> None:
        sheet = px(_SHEET_WIDTH)
        self.map_covered.emit(sheet if self._wanted and not self._wide else 0)
        if self._wide:
            self._side.show()
            return
        self._side.setVisible(self._wanted)
        self._side.setGeometry(self.width() - sheet, 0, sheet, self.height())
        self._side.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= px(WIDE)
        if wide is not self._wide:
            self._wide = wide
            self._side.setProperty("sheet", not wide)
            self._side.style().polish(self._side)
            if wide:
                self._split.addWidget(self._side)
                self._split.setSizes([self.width() * share // 100 for share in (33, 45, 22)])
            else:
                self._side.setParent(self)
                self._split.setSizes([self.width() * share // 100 for share in (45, 55)])
        self._place()
