"""The table of many cases: one line each, what becomes of it last."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from console.i18n import N_, _
from console.ui.bulk.lines import Fate, Line, fate_words
from console.ui.row_table import read_by_rows
from console.ui.scale import px
from console.ui.theme import Theme
from console.ui.widgets import plain_tip
from console.words import STATES

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_HEADS = (N_("编号"), N_("类别"), N_("地点"), N_("状态"), N_("结果"))
_CODE, _CLASS, _PLACE, _STATE = 132, 130, 190, 72  # px at most; the outcome has what they leave
_ROLES = {Fate.REFUSED: "late", Fate.DONE: "in_time", Fate.LEFT: "soon"}


class LineModel(QAbstractTableModel):
    """The lines that are shown now."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        last = index.column() == len(_HEADS) - 1
        if role == Qt.ItemDataRole.ForegroundRole and last and line.fate in _ROLES:
            return self._theme.colour(_ROLES[line.fate])
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = (
            line.code,
            line.class_name,
            " ".join(line.place.split()),
            _(STATES[line.state]) if line.state is not None else "",
            fate_words(line),
        )[index.column()]
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


class LineTable(QTableView):
    """Letters are keys of the actions, not a search: the table does not take them."""

    def __init__(self, model: LineModel) -> None:
        super().__init__()
        self.setObjectName("bulkTable")
        self.setModel(model)
        read_by_rows(self, 26)
        heads = self.horizontalHeader()
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Why something cannot be done is what the table is looked at for: class and place give way to it."""
        super().resizeEvent(event)
        room = max(0, event.size().width() - px(_CODE) - px(_STATE))
        class_name, place = min(px(_CLASS), room * 20 // 100), min(px(_PLACE), room * 30 // 100)
        for at, width in enumerate((px(_CODE), class_name, place, px(_STATE))):
            self.setColumnWidth(at, width)

    def keyboardSearch(self, search: str) -> None:
        return
