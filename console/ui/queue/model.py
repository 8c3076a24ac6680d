"""The queue as a table: as many rows as the view has room for, out of the stretch that is at hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.lamp import Lamp, lamp
from console.i18n import _
from console.ui.flag_marks import Shape
from console.ui.naming import sorted_words
from console.ui.queue.columns import COLUMNS, Column, Moment, row_marks
from console.ui.queue.stretch import Stretch
from console.ui.row_table import TEXT_ROLES
from console.ui.widgets import plain_tip
from console.words import LAMPS

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueModel(QAbstractTableModel):
    """Row 0 of the table is the row at place `top` of the list; the table itself scrolls less than a row.

    `total` is how long the whole list is.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = COLUMNS[None]
        self.sorted_by: tuple[int, bool] | None = (0, False)  # a column, and whether backwards
        self.moment = Moment(datetime.now(UTC), ZoneInfo("Asia/Shanghai"))
        self.others: Callable[[int], str] = lambda _case_id: ""  # who else is at a case, in words
        self.stretch = Stretch()
        self.top = 0
        self.room = 1
        self._shown: list[QueueRow] = []

    @property
    def total(self) -> int:
        return self.stretch.total

    @property
    def shown(self) -> "list[QueueRow]":
        """The rows in the view, and the one that is half out of it."""
        return self._shown

    def show(self, top: int) -> None:
        """Show the rows at and after a place; they are at hand."""
        stretch, top = self.stretch, max(0, top)
        at = top - stretch.first
        rows = list(stretch.rows[at : at + self.room]) if at >= 0 else []
        if top == self.top and rows == self._shown:
            return  # most reloads change nothing that can be seen, and a paint of the table takes 6 ms
        self.top = top
        before, after = len(self._shown), len(rows)
        if after > before:
            self.beginInsertRows(_ROOT, before, after - 1)
            self._shown = rows
            self.endInsertRows()
        elif after < before:
            self.beginRemoveRows(_ROOT, after, before - 1)
            self._shown = rows
            self.endRemoveRows()
        self._shown = rows
        self.refresh()

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def tick(self, moment: Moment) -> None:
        """Let the remaining times move on."""
        self.moment = moment
        self.refresh()

    def refresh(self) -> None:
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_at(self, row: int) -> "QueueRow | None":
        """What stands in a row of the table."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, case_id: int) -> int:
        """The row of the table a case stands in, -1 where it is not in the view."""
        place = self.stretch.place_of(case_id)
        return place - self.top if 0 <= place - self.top < len(self._shown) and place >= 0 else -1

    def place_of(self, case_id: int) -> int:
        """The place of a case in the list, -1 where it is not at hand."""
        return self.stretch.place_of(case_id)

    def marks(self, row: "QueueRow") -> list[tuple[Shape, str, str]]:
        """What is said of a row beside its state, and that somebody else is at its case."""
        others = self.others(row.id)
        return [*row_marks(row), (Shape.PERSON, "accent", others)] if others else row_marks(row)

    def lamp_of(self, row: "QueueRow") -> Lamp:
        """The lamp of a running clock; of a stopped one whether it stopped in time."""
        if row.current_due_at is not None or row.fed_back_at is None:
            return lamp(self.moment.now, row.current_due_at, row.soon_at)
        return Lamp.LATE if row.due_at is not None and row.fed_back_at > row.due_at else Lamp.NONE

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and orientation is Qt.Orientation.Horizontal:
            return sorted_words(self.sorted_by, section)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return _(self.columns[section].words)
        return f"{self.top + section + 1:,}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in TEXT_ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        column = self.columns[index.column()]
        text = column.text(row, self.moment)
        if role == Qt.ItemDataRole.AccessibleTextRole and column.key == "remaining":
            return f"{_(LAMPS[self.lamp_of(row)])} {text}"
        if column.key == "class" and role != Qt.ItemDataRole.DisplayRole:
            text = " · ".join([text, *(words for _shape, _role, words in self.marks(row))])
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole and not text:
            return _("{name}:无").format(name=_(column.words))
        return text
