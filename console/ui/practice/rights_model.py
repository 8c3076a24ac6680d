"""Posts by operations: who may do what, edited here until the whole is saved."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.actor import EVERY_POST, Post
from console.domain.flow import TRANSITIONS, State
from console.domain.operation import OUTSIDE, Operation
from console.domain.practice import Rights
from console.i18n import _
from console.words import OPERATIONS, POSTS, STATES

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()

POST_COLUMNS = tuple(post for post in Post if post in EVERY_POST)
ROWS = tuple(one for one in Operation if one not in OUTSIDE)


def states_of(operation: Operation) -> tuple[State, ...]:
    """From where the table lets the operation be done, in the order of the states; none for registering."""
    found = {state for row in TRANSITIONS if row.operation is operation for state in row.sources}
    return tuple(state for state in State if state in found)


class RightsModel(QAbstractTableModel):
    """Signals: edited, after every change by hand."""

    edited = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved: Rights = {}
        self._held: dict[Operation, dict[Post, frozenset[State] | None]] = {}

    @property
    def dirty(self) -> bool:
        return any(self.is_changed(one, post) for one in ROWS for post in POST_COLUMNS)

    def show_rights(self, rights: Rights) -> None:
        """What is in force; what was edited is dropped."""
        self.beginResetModel()
        self._saved = rights
        self._held = {one: dict(rights.get(one, {})) for one in ROWS}
        self.endResetModel()

    def edit_rights(self, rights: Rights) -> None:
        """Other rights to be saved in the place of those in force."""
        self.beginResetModel()
        self._held = {one: dict(rights.get(one, {})) for one in ROWS}
        self.endResetModel()
        self.edited.emit()

    def rights(self) -> Mapping[Operation, Mapping[Post, frozenset[State] | None]]:
        """As edited, with what the table does not show."""
        return {**self._saved, **{one: dict(posts) for one, posts in self._held.items()}}

    def holds(self, operation: Operation, post: Post) -> bool:
        return post in self._held.get(operation, {})

    def states(self, operation: Operation, post: Post) -> frozenset[State] | None:
        """The states in which the post may; None: in all of the table's."""
        return self._held[operation][post]

    def is_changed(self, operation: Operation, post: Post) -> bool:
        absent = object()
        before = self._saved.get(operation, {}).get(post, absent)
        return before != self._held.get(operation, {}).get(post, absent)

    def toggle(self, operation: Operation, post: Post) -> None:
        """Let the post do it in every state, or not at all."""
        if self.holds(operation, post) and self._held[operation][post] is None:
            del self._held[operation][post]
        else:
            self._held[operation][post] = None
        self._tell(operation, post)

    def set_states(self, operation: Operation, post: Post, states: frozenset[State]) -> None:
        """All states are told as no narrowing; no state takes the right away."""
        if not states:
            self._held[operation].pop(post, None)
        else:
            whole = states >= frozenset(states_of(operation))
            self._held[operation][post] = None if whole else states
        self._tell(operation, post)

    def _tell(self, operation: Operation, post: Post) -> None:
        index = self.index(ROWS.index(operation), POST_COLUMNS.index(post))
        self.dataChanged.emit(index, index)
        self.edited.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(ROWS)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(POST_COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            across = orientation is Qt.Orientation.Horizontal
            return _(POSTS[POST_COLUMNS[section]]) if across else _(OPERATIONS[ROWS[section]])
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Vertical:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        operation, post = ROWS[index.row()], POST_COLUMNS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._ticked(operation, post)
        if role not in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        return self.words(operation, post)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def _ticked(self, operation: Operation, post: Post) -> Qt.CheckState:
        if not self.holds(operation, post):
            return Qt.CheckState.Unchecked
        whole = self.states(operation, post) is None
        return Qt.CheckState.Checked if whole else Qt.CheckState.PartiallyChecked

    def words(self, operation: Operation, post: Post) -> str:
        """The cell in words."""
        facts = {"operation": _(OPERATIONS[operation]), "post": _(POSTS[post])}
        if not self.holds(operation, post):
            return _("{operation} · {post}:不可办").format(**facts)
        states = self.states(operation, post)
        if states is None:
            return _("{operation} · {post}:可办").format(**facts)
        named = _("、").join(_(STATES[state]) for state in State if state in states)
        return _("{operation} · {post}:仅在 {states}").format(**facts, states=named)
