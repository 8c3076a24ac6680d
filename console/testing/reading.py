"""What widgets say, read the same way whatever they are."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)


def text(widget: QWidget) -> str:
    """The value of a field, the words of a label or button, of anything else what it calls itself."""
    match widget:
        case QLabel() | QLineEdit() | QAbstractSpinBox():
            return widget.text()
        case QAbstractButton():
            return widget.text().replace("&&", "&")
        case QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            return widget.currentText()
        case _:
            return widget.accessibleName()


def rows(view: QAbstractItemView) -> list[list[str]]:
    """Every row as the texts of its cells; of a list that paints its rows, what it reads out."""
    model = view.model()
    columns = range(model.columnCount() if isinstance(view, QTableView) else 1)
    return [
        [_cell(model.index(row, column)) for column in columns if not _hidden(view, column)]
        for row in range(model.rowCount())
    ]


def _cell(index: QModelIndex) -> str:
    return str(index.data() or index.data(Qt.ItemDataRole.AccessibleTextRole) or "")


def _hidden(view: QAbstractItemView, column: int) -> bool:
    return isinstance(view, QTableView) and view.isColumnHidden(column)
