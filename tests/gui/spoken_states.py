"""What a screen reader is told of the state of what it finds, against what the widget is."""

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)

from console.i18n import _

Role = QAccessible.Role
CHECKED = {Qt.CheckState.Checked, Qt.CheckState.Checked.value}
_MOST_CELLS = 60


def state_faults(window: QWidget) -> list[str]:
    """Controls that show, and are told to be in another state than they are."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or widget.objectName()[:3] in {"", "qt_"}:
            continue
        node = QAccessible.queryAccessibleInterface(widget)
        if node is None or not node.isValid():
            continue
        found += [f"{widget.objectName()}: {fault}" for fault in _faults(widget, node)]
    return sorted(set(found))


def _faults(widget: QWidget, node: QAccessibleInterface) -> Iterator[str]:
    state = node.state()
    if bool(state.disabled) == widget.isEnabled():
        yield f"enabled is {widget.isEnabled()}"
    if bool(state.focused) != widget.hasFocus():
        yield f"focused is {widget.hasFocus()}"
    match widget:
        case QAbstractButton():
            yield from _button(widget, node)
        case QComboBox():
            if not state.expandable:
                yield "does not tell that it opens"
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            if bool(state.editable) == widget.isReadOnly():
                yield f"read-only is {widget.isReadOnly()}"
        case QAbstractSpinBox() | QAbstractSlider() | QProgressBar():
            yield from _value(widget, node)
        case QTableView() | QListView():
            yield from _cells(widget)
            if isinstance(widget, QTableView):
                yield from _heads(widget)


def _button(button: QAbstractButton, node: QAccessibleInterface) -> Iterator[str]:
    state = node.state()
    if bool(state.checkable) != button.isCheckable() or bool(state.checked) != button.isChecked():
        yield f"checkable {button.isCheckable()}, checked {button.isChecked()}"
    group = button.group()
    if group is not None and group.exclusive() and node.role() is not Role.RadioButton:
        yield "is one of several that exclude each other, and does not tell so"
    if isinstance(button, QPushButton | QToolButton) and button.menu() is not None and not state.hasPopup:
        yield "does not tell that it opens a menu"


def _value(
    widget: QAbstractSpinBox | QAbstractSlider | QProgressBar, node: QAccessibleInterface
) -> Iterator[str]:
    """What stands in it: as a number, and where it writes it otherwise as it is written."""
    if isinstance(widget, QAbstractSlider | QProgressBar | QSpinBox | QDoubleSpinBox):
        values = node.valueInterface()
        told = values.currentValue() if values is not None else None
        if told != widget.value():
            yield f"value is {widget.value()}, told {told}"
    if isinstance(widget, QAbstractSpinBox):
        told = node.text(QAccessible.Text.Value)
        if told != widget.text():
            yield f"shows {widget.text()}, told {told}"


def _cells(view: QTableView | QListView) -> Iterator[str]:
    """Selected and ticked, cell by cell, of those that are to be seen."""
    model, chosen = view.model(), view.selectionModel()
    if model is None or chosen is None:
        return
    node = QAccessible.queryAccessibleInterface(view)
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    told = (node.child(at) for at in range(node.childCount()))
    cells = (one for one in told if one is not None and one.role() in {Role.Cell, Role.ListItem})
    for at, cell in enumerate(islice(cells, _MOST_CELLS)):
        row, column = divmod(at, columns)
        if not cell.isValid():
            continue  # of before the rows were put anew, of which Qt hears only while somebody reads
        if view.visualRect(model.index(row, column)).intersects(view.viewport().rect()):
            yield from _cell(cell, view, row, column)


def _cell(cell: QAccessibleInterface, view: QAbstractItemView, row: int, column: int) -> Iterator[str]:
    index, state = view.model().index(row, column), cell.state()
    if bool(state.selected) != view.selectionModel().isSelected(index):
        yield f"cell {row}:{column} is told as {'' if state.selected else 'not '}selected"
    ticked = index.data(Qt.ItemDataRole.CheckStateRole)
    if (ticked is not None) != bool(state.checkable):
        yield f"cell {row}:{column} does not tell that it can be ticked"
    if ticked is not None and (ticked in CHECKED) != bool(state.checked):
        yield f"cell {row}:{column} is ticked: {ticked}"


def _heads(view: QTableView) -> Iterator[str]:
    """The column by which the rows are sorted says so."""
    heads: QHeaderView = view.horizontalHeader()
    if not heads.isVisible():
        return
    role = Qt.ItemDataRole.AccessibleDescriptionRole
    told = {
        at: words
        for at in range(heads.count())
        if (words := view.model().headerData(at, Qt.Orientation.Horizontal, role))
    }
    at = heads.sortIndicatorSection() if heads.isSortIndicatorShown() else -1
    words = _("升序") if heads.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder else _("降序")
    wanted = {at: words} if 0 <= at < heads.count() else {}
    if told != wanted:
        yield f"is sorted by {wanted}, and tells {told}"
