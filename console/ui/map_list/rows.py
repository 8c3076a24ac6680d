"""The rows of the map's table, in words, and what they are sorted by."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.lamp import lamp
from console.i18n import N_, _, named
from console.ui.naming import sorted_words
from console.ui.widgets import plain_tip
from console.words import LAMPS, STATES, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.queries.in_view import InView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FOREVER = float("inf")

CASES = (N_("时限"), N_("类别"), N_("状态"), N_("地点"), N_("编号"), N_("网格"))
CELLS = (N_("网格"), N_("区域"), N_("未结"), N_("超期"))


@dataclass(frozen=True, slots=True)
class Row:
    """`keys` sort as the texts mean; `target` is a case's id or a unit grid's code."""

    texts: tuple[str, ...]
    keys: tuple[Any, ...]
    target: int | str
    lon: float
    lat: float


def case_rows(found: "InView", now: datetime) -> "list[Row]":
    """The cases, the most urgent first."""
    rows = []
    for one in found.cases:
        left = (one.current_due_at - now).total_seconds() if one.current_due_at else None
        clock = _(LAMPS[lamp(now, one.current_due_at, one.soon_at)])
        name = named(one.class_name, one.class_name_en) or _("未分类")
        texts = (
            clock if left is None else f"{clock} {span(left)}",
            name,
            _(STATES[one.state]),
            one.address or _("未写明"),
            one.code,
            one.cell or _("网格外"),
        )
        rows.append(Row(texts, (_FOREVER if left is None else left, *texts[1:]), one.id, one.lon, one.lat))
    return rows


def cell_rows(found: "InView") -> "list[Row]":
    """The unit grids, the fullest first."""
    rows = []
    for one in found.cells:
        area = named(*found.names[one.area]) if one.area in found.names else one.area
        texts = (one.code, area, f"{one.open:,}", f"{one.late:,}")
        rows.append(Row(texts, (one.code, area, -one.open, -one.late), one.code, one.lon, one.lat))
    return rows


class RowModel(QAbstractTableModel):
    """Rows under heads; a click on a head sorts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.heads: Sequence[str] = ()
        self.rows: list[Row] = []
        self._by: tuple[int, bool] | None = None

    def show_rows(self, heads: "Sequence[str]", rows: list[Row]) -> None:
        self.beginResetModel()
        if heads != self.heads:
            self._by = None
        self.heads, self.rows = heads, rows
        self._sort()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and orientation is Qt.Orientation.Horizontal:
            return sorted_words(self._by, section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return _(self.heads[section]) if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.rows[index.row()].texts[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.rows[index.row()].texts[index.column()])
        return None

    def _sort(self) -> None:
        if self._by is not None:
            column, backwards = self._by
            self.rows.sort(key=lambda row: row.keys[column], reverse=backwards)
