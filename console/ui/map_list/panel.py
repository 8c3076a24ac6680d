"""The table of what is on the map: cases or unit grids of the part in view; Enter leads to one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
)

from console.i18n import _
from console.ui.map_list.rows import CASES, CELLS, Row, RowModel, case_rows, cell_rows
from console.ui.scale import px, pxs
from console.ui.turning import on_choice, show_turned
from console.ui.widgets import plain_label, tab_order

if TYPE_CHECKING:
    from datetime import datetime

    from console.queries.in_view import InView

WIDTH = 640
_ROW = 30


class MapListPanel(QFrame):
    """Signals: case_wished(Row), cell_wished(Row), left."""

    case_wished = Signal(object)
    cell_wished = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mapListPanel")
        self.setProperty("layer", True)
        self._found: tuple[InView, datetime] | None = None
        self._title = plain_label(name="mapListTitle", look="title")
        self._told = plain_label(name="mapListTold", look="muted", wraps=True)
        self._leave = self._button("mapListLeave")
        self._leave.clicked.connect(self.left)
        self._kinds = QButtonGroup(self)
        for at, name in enumerate(("mapListCases", "mapListCells")):
            button = self._button(name)
            button.setCheckable(True)
            button.setProperty("option", True)
            self._kinds.addButton(button, at)
        self._kinds.button(0).setChecked(True)
        on_choice(self._kinds, lambda _at: self._fill())
        self.model = RowModel(self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.activated.connect(self._on_activated)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
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
        column.addWidget(self.table, 1)
        tab_order(self.table, *self._kinds.buttons(), self._leave)
        self._title.setText(_("地图内容列表"))
        self.setAccessibleName(_("地图内容列表"))
        self._leave.setText(_("关闭 Esc"))
        self._kinds.button(0).setText(_("逐件"))
        self._kinds.button(1).setText(_("按网格"))

    @property
    def shows_cells(self) -> bool:
        return self._kinds.checkedId() == 1

    def turn(self, *, cells: bool) -> None:
        """Show the unit grids, or the cases."""
        show_turned(self._kinds.button(int(cells)), down=True)
        self._fill()

    def show_found(self, found: "InView", now: "datetime") -> None:
        self._found = found, now
        self._fill()

    def take_keyboard(self) -> None:
        self.table.setFocus()

    def _fill(self) -> None:
        if self._found is None:
            return
        found, now = self._found
        words = _("视野内在办 {open} 件,分布于 {grids} 个网格").format(
            open=f"{found.open:,}", grids=f"{found.grids:,}"
        )
        listed, whole = (
            (len(found.cells), found.grids) if self.shows_cells else (len(found.cases), found.open)
        )
        if listed < whole:
            words += _(";列出 {count} 行").format(count=listed)
        self._told.setText(words)
        self.table.setAccessibleName(_("地图内容列表:网格") if self.shows_cells else _("地图内容列表:案件"))
        stood = self._chosen()
        if self.shows_cells:
            self.model.show_rows(CELLS, cell_rows(found))
        else:
            self.model.show_rows(CASES, case_rows(found, now))
        rows = [row.target for row in self.model.rows]
        if rows:
            self.table.selectRow(rows.index(stood.target) if stood and stood.target in rows else 0)
        header = self.table.horizontalHeader()
        for at in range(len(self.model.heads)):
            wide = at in ({1} if self.shows_cells else {1, 3})
            mode = QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(at, mode)

    def _chosen(self) -> Row | None:
        at = self.table.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        (self.cell_wished if self.shows_cells else self.case_wished).emit(row)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        return button


class _Table(QTableView):
    """Letters are keys of the acts, not a search."""

    def __init__(self, parent: QFrame) -> None:
        super().__init__(parent)
        self.setObjectName("mapListTable")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        self.horizontalHeader().setHighlightSections(False)
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
