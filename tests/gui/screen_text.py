"""Every text that a window shows, with the widget that shows it."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Markup
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

Text = tuple[str, str]


def texts(window: QWidget) -> Iterator[Text]:
    """Where and what: texts, hints, names for the screen reader, heads and cells, of what is visible."""
    yield "title", window.windowTitle()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        where = f"{type(widget).__name__} {widget.objectName()}"
        yield where, as_shown(widget.toolTip())
        yield where, widget.accessibleName()
        yield where, widget.accessibleDescription()
        for text in _own(widget):
            yield where, text


def as_shown(tip: str) -> str:
    """A tooltip as it is read: Qt takes for markup whatever looks like it."""
    if not Markup.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def _own(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield widget.text()
    elif isinstance(widget, QAbstractButton):
        yield widget.text().replace("&&", "&")
    elif isinstance(widget, QLineEdit):
        yield widget.text()
        yield widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText()
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView):
        yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    if isinstance(view, QTableView):
        for column in range(columns):
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), 60)):
        for column in range(columns):
            index = model.index(row, column)
            yield str(index.data() or "")
            yield as_shown(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
            yield str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
