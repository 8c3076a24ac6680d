"""The table of the queue: hands and eyes; where they lead is decided by the eye and the marks."""

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from console.ui.queue.model import QueueModel
from console.ui.scale import px

ROW_HEIGHT = {"compact": 34, "comfortable": 44}
_NOTCH = 120  # of a wheel, in eighths of a degree
_ROWS_A_NOTCH = 3


class CaseTable(QTableView):
    """Shows no more rows than it has room for; letters are keys of the acts, and it takes none of them.

    Signals: stepped(int, bool): so many rows on, with Shift; paged(int, bool): so many views on;
    ended(int, bool): to the beginning (-1) or the end; pressed_row(int, modifiers); dragged_to(int): the
    mouse went on to another row with its button down; all_wanted; turned, the current row is to be marked
    or not; scrolled(int), px; resized.
    """

    stepped = Signal(int, bool)
    paged = Signal(int, bool)
    ended = Signal(int, bool)
    pressed_row = Signal(int, object)
    dragged_to = Signal(int)
    all_wanted = Signal()
    turned = Signal()
    scrolled = Signal(int)
    resized = Signal()

    def __init__(self, model: QueueModel, density: str, parent: QWidget) -> None:
        self._told = QSize()  # before everything: Qt asks for events while it makes the table
        super().__init__(parent)
        self.setObjectName("caseTable")
        self.setModel(model)
        self._dragged = -1
        self._wheel = 0.0
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)  # see show_marks
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAutoScroll(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.use_density(density)
        heads = self.horizontalHeader()
        heads.setObjectName("caseTableHeader")
        heads.setHighlightSections(False)
        heads.setTextElideMode(Qt.TextElideMode.ElideRight)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(0, Qt.SortOrder.AscendingOrder)

    def use_density(self, density: str) -> None:
        """Rows as high as a density of the settings has them."""
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(px(ROW_HEIGHT[density]))
        rows.setDefaultSectionSize(px(ROW_HEIGHT[density]))

    @property
    def row_height(self) -> int:
        """As the zoom has it now."""
        return self.verticalHeader().defaultSectionSize()

    def show_offset(self, above: int) -> None:
        """Let the first row stand so many pixels above the view."""
        self.updateGeometries()  # rows that have just come count
        self.verticalScrollBar().setValue(above)

    def show_marks(self, rows: list[int], current: int) -> None:
        """Select rows of the table, as the screen reader and the style have it."""
        model, chooser = self.model(), self.selectionModel()
        last = max(0, model.columnCount() - 1)
        marks = QItemSelection()
        for row in rows:
            marks.select(model.index(row, 0), model.index(row, last))
        chooser.select(marks, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        index = model.index(current, 0) if current >= 0 else QModelIndex()
        if index != chooser.currentIndex():
            chooser.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        others = held & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        control = others == Qt.KeyboardModifier.ControlModifier
        plain = not others
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif plain and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1, shift)
        elif plain and key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.paged.emit(-1 if key == Qt.Key.Key_PageUp else 1, shift)
        elif (plain or control) and key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self.ended.emit(-1 if key == Qt.Key.Key_Home else 1, shift)
        elif control and key == Qt.Key.Key_Space:
            self.turned.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        if event.button() is Qt.MouseButton.LeftButton and row >= 0:
            self._dragged = row
            self.pressed_row.emit(row, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self.rowAt(int(event.position().y()))
        if event.buttons() & Qt.MouseButton.LeftButton and row >= 0 and self._dragged not in {-1, row}:
            self._dragged = row
            self.dragged_to.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = -1

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """By the pixel where the device tells pixels, otherwise three rows a notch."""
        pixels = event.pixelDelta().y()
        if not pixels:
            self._wheel += event.angleDelta().y() * _ROWS_A_NOTCH * self.row_height / _NOTCH
            pixels = int(self._wheel)
            self._wheel -= pixels
        if pixels:
            self.scrolled.emit(-pixels)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """The view's size is told here: a viewport that grows while the table is shown gets no event."""
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}:
            size = self.viewport().size()
            if size != self._told:
                self._told = size
                self.resized.emit()
        return done
