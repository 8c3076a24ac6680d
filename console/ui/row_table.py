"""Tables that are read and not written in: by whole rows, and what a cell is asked for its words by."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from console.ui.scale import px

# What a cell is asked for when its words are meant; as numbers, for it is asked in every paint.
TEXT_ROLES: frozenset[int] = frozenset(
    role.value
    for role in (
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.ToolTipRole,
        Qt.ItemDataRole.AccessibleTextRole,
    )
)


def read_by_rows(table: QTableView, row: int) -> None:
    """Make `table` one; its rows are `row` high at 100 %."""
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(px(row))
    table.horizontalHeader().setHighlightSections(False)
