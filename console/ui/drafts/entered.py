"""What stands in a form, by the names of its inputs, and how it is put back."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)


@runtime_checkable
class Drafting(Protocol):
    """An input that knows itself what is to be kept of it, in plain JSON values."""

    def draft(self) -> Any: ...

    def take_draft(self, told: Any) -> None: ...


def entered(form: QWidget) -> dict[str, Any]:
    """What stands in every input of `form`, in the order in which it must be put back."""
    return {one.objectName(): _value(one) for one in _inputs(form)}


def enter(form: QWidget, entries: Mapping[str, Any]) -> None:
    """Put it back; what the form has no input for, or no longer offers, is passed over."""
    for one in list(_inputs(form)):
        if one.objectName() in entries:
            with suppress(TypeError, ValueError, LookupError):  # what no draft of this input looks like
                _put(one, entries[one.objectName()])


def _inputs(form: QWidget) -> Iterator[QWidget]:
    for child in form.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if _is_input(child):
            yield child
        else:
            yield from _inputs(child)


def _is_input(widget: QWidget) -> bool:
    if isinstance(widget, Drafting | QLineEdit | QPlainTextEdit | QComboBox | QDateEdit):
        return True
    return isinstance(widget, QAbstractButton) and widget.isCheckable()


def _value(widget: QWidget) -> Any:
    if isinstance(widget, Drafting):
        return widget.draft()
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QDateEdit):
        return widget.date().toString(Qt.DateFormat.ISODate)
    if isinstance(widget, QComboBox):
        return widget.currentText() if widget.isEditable() else widget.currentData()
    assert isinstance(widget, QAbstractButton)
    return widget.isChecked()


def _put(widget: QWidget, value: Any) -> None:
    if isinstance(widget, Drafting):
        widget.take_draft(value)
    elif isinstance(widget, QLineEdit):
        widget.setText(str(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value))
        widget.moveCursor(QTextCursor.MoveOperation.End)  # where the typing goes on
    elif isinstance(widget, QDateEdit):
        day = QDate.fromString(str(value), Qt.DateFormat.ISODate)
        if day.isValid():
            widget.setDate(day)
    elif isinstance(widget, QComboBox):
        _choose(widget, value)
    elif isinstance(widget, QAbstractButton):
        _check(widget, checked=value is True)


def _choose(box: QComboBox, value: Any) -> None:
    if not box.isEditable():
        at = box.findData(value)
        if at >= 0 or value is None:  # what this list does not have is passed over, it would leave it empty
            box.setCurrentIndex(at)
        return
    at = box.findText(str(value))
    box.setCurrentIndex(at)
    if at < 0:
        box.setEditText(str(value))


def _check(button: QAbstractButton, *, checked: bool) -> None:
    """An answer of several can only be unchosen while the others do not mind."""
    group: QButtonGroup | None = button.group()
    if group is not None:
        group.setExclusive(checked)
    button.setChecked(checked)
    if group is not None:
        group.setExclusive(True)
