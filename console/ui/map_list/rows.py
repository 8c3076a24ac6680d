"""The rows of the map's table: each is put into words when it comes into view, sorted by what it means."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.lamp import lamp
from console.i18n import _, named
from console.ui.mapping.figure import Figure
from console.ui.naming import sorted_words
from console.ui.widgets import plain_tip
from console.words import LAMPS, STATES, span

if TYPE_CHECKING:
    from console.queries.in_view import CaseInView, CellInView, InView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Column:
    """A head, and of a row its words and what it is sorted by."""

    head: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any]


def case_columns(found: "InView", now: datetime) -> tuple[Column, ...]:
    """Of cases: their clock, what, how far, where."""

    def left(one: "CaseInView") -> float:
        return (one.current_due_at - now).total_seconds() if one.current_due_at else _FOREVER

    def clock(one: "CaseInView") -> str:
        words = _(LAMPS[lamp(now, one.current_due_at, one.soon_at)])
        return f"{words} {span(left(one))}" if one.current_due_at else words

    def kind(one: "CaseInView") -> str:
        return named(*found.classes[one.edition, one.class_key]) or _("未分类")

    def place(one: "CaseInView") -> str:
        return one.address[:200] or _("未写明")

    return (
        Column(_("时限"), clock, left),
        *_worded((_("类别"), kind), (_("状态"), lambda one: _(STATES[one.state])), (_("地点"), place)),
        *_worded((_("编号"), lambda one: one.code), (_("网格"), lambda one: one.cell or _("网格外"))),
    )


def cell_columns(found: "InView", figure: Figure | None) -> tuple[Column, ...]:
    """Of unit grids: where, their open cases, and the figure of the colouring where it is another."""

    def area(one: "CellInView") -> str:
        return named(*found.names[one.area]) if one.area in found.names else one.area

    columns = (
        *_worded((_("网格"), lambda one: one.code), (_("区域"), area)),
        Column(_("未结"), lambda one: f"{one.open:,}", lambda one: -one.open),
        Column(_("超期"), lambda one: f"{one.late:,}", lambda one: -one.late),
    )
    if figure is None:
        return columns

    def value(one: "CellInView") -> float:
        told = figure.value(one.position)
        return _FOREVER if told is None else -told

    return (*columns, Column(figure.title, lambda one: figure.words(one.position), value))


def _worded(*pairs: tuple[str, Callable[[Any], str]]) -> tuple[Column, ...]:
    """Columns that are sorted by their words."""
    return tuple(Column(head, text, text) for head, text in pairs)


class RowModel(QAbstractTableModel):
    """Rows under heads; a click on a head sorts."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: Sequence[Column] = ()
        self.rows: list[Any] = []
        self._come: Sequence[Any] = ()  # in the order in which they were read
        self._by: tuple[int, bool] | None = None

    def show_rows(self, columns: Sequence[Column], rows: Sequence[Any]) -> None:
        self.beginResetModel()
        if [one.head for one in columns] != [one.head for one in self.columns]:
            self._by = None
        self.columns, self._come = columns, rows
        self._sort()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self.beginResetModel()
        self._sort()
        self.endResetModel()

    def as_text(self) -> str:
        """Heads and rows with tabs between, ready for a spreadsheet."""
        lines = [[one.head for one in self.columns]]
        lines += [[" ".join(one.text(row).split()) for one in self.columns] for row in self.rows]
        return "\n".join("\t".join(line) for line in lines)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and orientation is Qt.Orientation.Horizontal:
            return sorted_words(self._by, section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self.columns[section].head if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text = partial(self.columns[index.column()].text, self.rows[index.row()])
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return text()
        return plain_tip(text()) if role == Qt.ItemDataRole.ToolTipRole else None

    def _sort(self) -> None:
        self.rows = list(self._come)
        if self._by is not None:
            column, backwards = self._by
            self.rows.sort(key=self.columns[column].key, reverse=backwards)
