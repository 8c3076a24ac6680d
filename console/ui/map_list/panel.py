"""The table of what is on the map: cases or unit grids of the part in view; Enter leads to one."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
)

from console.i18n import _
from console.ui.map_list.rows import RowModel, case_columns, cell_columns
from console.ui.mapping.figure import Figure
from console.ui.row_table import read_by_rows
from console.ui.scale import px, pxs
from console.ui.turning import on_choice, on_turn, show_turned
from console.ui.widgets import plain_label, push_button, tab_order

if TYPE_CHECKING:
    from datetime import datetime

    from console.queries.in_view import InView

WIDTH = 640
_ROW = 30
_MEASURED = 60  # rows below the view that the width of a column is measured by


class MapListPanel(QFrame):
    """Signals: case_wished(CaseInView), cell_wished(CellInView), left; empty_wished, when the grids without
    open cases shall come or go; copied(str), the table for a spreadsheet.
    """

    case_wished = Signal(object)
    cell_wished = Signal(object)
    empty_wished = Signal()
    copied = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mapListPanel")
        self.setProperty("layer", True)
        self._found: tuple[InView, datetime, Figure | None] | None = None
        self._title = plain_label(name="mapListTitle", look="title")
        self._told = plain_label(name="mapListTold", look="muted", wraps=True)
        self._leave = push_button(self, "mapListLeave")
        self._leave.clicked.connect(self.left)
        self._kinds = QButtonGroup(self)
        for at, name in enumerate(("mapListCases", "mapListCells")):
            button = push_button(self, name)
            button.setCheckable(True)
            button.setProperty("option", True)
            self._kinds.addButton(button, at)
        self._kinds.button(0).setChecked(True)
        on_choice(self._kinds, lambda _at: self._fill())
        self._empty = QCheckBox(self)
        self._empty.setObjectName("mapListEmpty")
        on_turn(self._empty, self.empty_wished.emit)
        self._copy = push_button(self, "mapListCopy")
        self._copy.clicked.connect(self.copy_table)
        copy = QShortcut(QKeySequence("Ctrl+C"), self)
        copy.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.activated.connect(self.copy_table)
        self.model = RowModel(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.activated.connect(self._on_activated)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        head.addWidget(self._leave)
        kinds = QHBoxLayout()
        kinds.setSpacing(px(4))
        for one in self._kinds.buttons():
            kinds.addWidget(one, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(14, 12, 14, 12))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addLayout(kinds)
        column.addWidget(self._told)
        column.addWidget(self._empty)
        column.addWidget(self.table, 1)
        tab_order(self.table, *self._kinds.buttons(), self._empty, self._copy, self._leave)
        self._title.setText(_("地图内容列表"))
        self.setAccessibleName(_("地图内容列表"))
        self._leave.setText(_("关闭 Esc"))
        self._kinds.button(0).setText(_("逐件"))
        self._kinds.button(1).setText(_("按网格"))
        self._empty.setText(_("含无未结案件的网格"))
        self._copy.setText(_("复制表格 Ctrl+C"))
        self._empty.hide()

    @property
    def shows_cells(self) -> bool:
        return self._kinds.checkedId() == 1

    def turn(self, *, cells: bool) -> None:
        """Show the unit grids, or the cases."""
        show_turned(self._kinds.button(int(cells)), down=True)
        self._fill()

    @property
    def shows_empty(self) -> bool:
        return self._empty.isChecked()

    def show_found(self, found: "InView", now: "datetime", figure: Figure | None) -> None:
        """What is in view; `figure` is what the map is coloured by, None where it is the open cases."""
        self._found = found, now, figure
        self._fill()

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def copy_table(self) -> None:
        """As it is sorted, ready for a spreadsheet."""
        self.copied.emit(self.model.as_text())

    def _fill(self) -> None:
        self._empty.setVisible(self.shows_cells)
        if self._found is None:
            return
        found, now, figure = self._found
        words = _("视野内在办 {open} 件,分布于 {grids} 个网格").format(
            open=f"{len(found.cases):,}", grids=f"{found.grids:,}"
        )
        if self.shows_cells and self.shows_empty:
            words += _(";另有 {count} 个网格无未结").format(count=f"{len(found.cells) - found.grids:,}")
        self._told.setText(words)
        self.table.setAccessibleName(_("地图内容列表:网格") if self.shows_cells else _("地图内容列表:案件"))
        stood = self._chosen()
        if self.shows_cells:
            self.model.show_rows(cell_columns(found, figure), found.cells)
        else:
            self.model.show_rows(case_columns(found, now), found.cases)
        codes = {row.code: at for at, row in enumerate(self.model.rows)}
        if codes:
            self.table.selectRow(codes.get(stood, 0))
        header = self.table.horizontalHeader()
        for at in range(len(self.model.columns)):
            wide = at in ({1} if self.shows_cells else {1, 3})
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(at, mode)

    def _chosen(self) -> str:
        """The code of the chosen case or grid; empty without one."""
        at = self.table.currentIndex().row()
        return str(self.model.rows[at].code) if 0 <= at < len(self.model.rows) else ""

    def _on_activated(self, index: QModelIndex) -> None:
        row: Any = self.model.rows[index.row()]
        (self.cell_wished if self.shows_cells else self.case_wished).emit(row)


class _Table(QTableView):
    """Letters are keys of the acts, not a search."""

    def __init__(self, parent: QFrame) -> None:
        super().__init__(parent)
        self.setObjectName("mapListTable")
        read_by_rows(self, _ROW)
        self.horizontalHeader().setResizeContentsPrecision(_MEASURED)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, self.horizontalHeader().sortIndicatorOrder())

    def keyboardSearch(self, search: str) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter sorts by the column of the chosen cell, once more the other way."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            super().keyPressEvent(event)
            return
        header, column = self.horizontalHeader(), self.currentIndex().column()
        up = Qt.SortOrder.AscendingOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() is up
        self.sortByColumn(column, Qt.SortOrder.DescendingOrder if again else up)
        self.setCurrentIndex(self.model().index(0, column))
