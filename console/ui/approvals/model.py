"""The waiting applications as a list: those that this seat may decide first, each group by waiting time."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from console.domain.lamp import Lamp, lamp
from console.i18n import _, named
from console.ui.row_table import TEXT_ROLES
from console.ui.widgets import plain_tip
from console.words import LAMPS, REQUESTS, refusal, span

if TYPE_CHECKING:
    from console.queries.approvals import Approval

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ApprovalsModel(QAbstractListModel):
    """`now` is the instant up to which waiting and remaining times are told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[Approval] = ()
        self.now = datetime.now(UTC)

    def show_rows(self, rows: "Sequence[Approval]", now: datetime) -> None:
        self.beginResetModel()
        self.rows = sorted(rows, key=lambda row: not row.mine)  # stable: the longest waiting stay first
        self.now = now
        self.endResetModel()

    def tick(self, now: datetime) -> None:
        self.now = now
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def place_of(self, case_id: int) -> int:
        """The row of a case, -1 where nothing waits for it."""
        return next((at for at, row in enumerate(self.rows) if row.case.id == case_id), -1)

    def next_mine(self, place: int) -> int:
        """The next row from `place` on that this seat may decide, else the last one before; -1: none."""
        mine = [at for at, row in enumerate(self.rows) if row.mine]
        return next((at for at in mine if at >= place), mine[-1] if mine else -1)

    @property
    def mine(self) -> int:
        """How many this seat may decide."""
        return sum(row.mine for row in self.rows)

    def lamp_of(self, row: "Approval") -> Lamp:
        return lamp(self.now, row.case.current_due_at, row.case.soon_at)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in TEXT_ROLES:
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip("\n".join(filter(None, (row.reason, why_not(row)))))
        told = (headline(row), waits(row, self.now), details(row), remaining(row, self.now))
        return " · ".join(filter(None, (*told, _(LAMPS[self.lamp_of(row)]))))


def headline(row: "Approval") -> str:
    """What is applied for, and for what kind of problem."""
    assert row.case.request is not None
    kind = _(REQUESTS[row.case.request])
    if row.case_class is None:
        return kind
    return f"{kind} · {named(row.case_class.name, row.case_class.name_en)}"


def details(row: "Approval") -> str:
    """Who asked from where and why; for what others decide, why it is not this seat's."""
    department = named(row.department.name, row.department.name_en) if row.department else ""
    last = row.reason if row.mine else why_not(row)
    return " · ".join(filter(None, (row.case.code, row.case.asked_by, department, last)))


def why_not(row: "Approval") -> str:
    return "" if row.why is None else refusal(row.why)


def waits(row: "Approval", now: datetime) -> str:
    """How long it has waited."""
    if row.case.asked_at is None:
        return ""
    return _("已等 {span}").format(span=span((now - row.case.asked_at).total_seconds()))


def remaining(row: "Approval", now: datetime) -> str:
    """What is left on the clock of the case, where one runs."""
    if row.case.current_due_at is None:
        return ""
    return span((row.case.current_due_at - now).total_seconds())
