"""The queue as a table: the ids are the model, the rows a lazy cache over the database."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.lamp import Lamp, lamp
from console.i18n import _
from console.ui.flag_marks import Shape
from console.ui.queue.columns import COLUMNS, Column, Moment, row_marks
from console.ui.widgets import plain_tip
from console.words import LAMPS

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

_KEPT = 4000
PAGE = 100

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueModel(QAbstractTableModel):
    """Signals: rows_missing(list of ids), when the view asked for rows that are not in the cache."""

    rows_missing = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = COLUMNS[None]
        self.moment = Moment(datetime.now(UTC), ZoneInfo("Asia/Shanghai"))
        self.others: Callable[[int], str] = lambda _case_id: ""  # who else is at a case, in words
        self._ids: array[int] = array("q")
        self._rows: OrderedDict[int, QueueRow] = OrderedDict()
        self._asked: set[int] = set()

    def show_ids(self, ids: "array[int]", rows: "dict[int, QueueRow]") -> None:
        """Show other cases; `rows` are those at hand, the rest is asked for when it is seen."""
        self.beginResetModel()
        self._ids = ids
        self._asked.clear()
        self._keep(rows)
        self.endResetModel()

    def show_columns(self, columns: tuple[Column, ...]) -> None:
        self.beginResetModel()
        self.columns = columns
        self.endResetModel()

    def fill(self, rows: "dict[int, QueueRow]") -> None:
        """Put fetched rows where they are shown."""
        self._keep(rows)
        self._asked.difference_update(rows)
        self.refresh()

    def forget(self, ids: Iterable[int] | None = None) -> None:
        """Drop cached rows that changed; None drops all."""
        if ids is None:
            self._rows.clear()
        else:
            for case_id in ids:
                self._rows.pop(case_id, None)

    def tick(self, moment: Moment) -> None:
        """Let the remaining times move on."""
        self.moment = moment
        self.refresh()

    def refresh(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def case_at(self, row: int) -> int:
        return self._ids[row] if 0 <= row < len(self._ids) else 0

    def place_of(self, case_id: int) -> int:
        """The row of a case, -1 where the filter does not let it through."""
        try:
            return self._ids.index(case_id)
        except ValueError:
            return -1

    def places_of(self, cases: Collection[int]) -> dict[int, int]:
        """The rows of some cases, in the order of the rows; those that are not let through are left out."""
        wanted = set(cases)
        return {case_id: row for row, case_id in enumerate(self._ids) if case_id in wanted}

    def kept(self, cases: Iterable[int]) -> "dict[int, QueueRow]":
        """Those of the rows that are at hand, by case."""
        return {case_id: self._rows[case_id] for case_id in cases if case_id in self._rows}

    def page_around(self, row: int) -> list[int]:
        first = max(0, row - PAGE // 2)
        return self._ids[first : first + PAGE].tolist()

    def row_at(self, row: int) -> "QueueRow | None":
        """The row if it is at hand; asks for the page around it if it is not."""
        case_id = self.case_at(row)
        found = self._rows.get(case_id)
        if found is None and case_id and case_id not in self._asked:
            missing = [
                own for own in self.page_around(row) if own not in self._rows and own not in self._asked
            ]
            self._asked.update(missing)
            self.rows_missing.emit(missing)
        return found

    def marks(self, row: "QueueRow") -> list[tuple[Shape, str, str]]:
        """What is said of a row beside its state, and that somebody else is at its case."""
        others = self.others(row.id)
        return [*row_marks(row), (Shape.PERSON, "accent", others)] if others else row_marks(row)

    def lamp_of(self, row: "QueueRow") -> Lamp:
        """The lamp of a running clock; of a stopped one whether it stopped in time."""
        if row.current_due_at is not None or row.fed_back_at is None:
            return lamp(self.moment.now, row.current_due_at, row.soon_at)
        return Lamp.LATE if row.due_at is not None and row.fed_back_at > row.due_at else Lamp.NONE

    def _keep(self, rows: "dict[int, QueueRow]") -> None:
        self._rows.update(rows)
        while len(self._rows) > _KEPT:
            self._rows.popitem(last=False)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(self.columns[section].words)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        column = self.columns[index.column()]
        text = column.text(row, self.moment)
        if role == Qt.ItemDataRole.AccessibleTextRole and column.key == "remaining":
            return f"{_(LAMPS[self.lamp_of(row)])} {text}"
        if column.key == "class" and role != Qt.ItemDataRole.DisplayRole:
            text = " · ".join([text, *(words for _shape, _role, words in self.marks(row))])
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text


_ROLES: frozenset[int] = frozenset(
    role.value
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)
