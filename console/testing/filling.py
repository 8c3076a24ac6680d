"""How a field is filled, whatever it is and wherever it stands."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
)

if TYPE_CHECKING:
    from console.testing.console import Console


def fill(console: "Console", name: str, value: str) -> None:
    """Fill one field by its object name, and wait for what it starts.

    A text is typed over what stands there; of a list the entry is taken that has this code, or else these
    words; a date is given as 2026-03-27, with a time as 2026-03-27 18:00, a number in digits, a box as "on"
    or "off". Of several buttons one is chosen by the field's name and the answer's code. AssertionError for
    what is not there.
    """
    match console.find(name):
        case QComboBox() as box:
            _choose(box, value)
        case QDateEdit() as day:
            day.setDate(QDate.fromString(value, Qt.DateFormat.ISODate))
        case QDateTimeEdit() as moment:
            moment.setDateTime(QDateTime.fromString(value, "yyyy-MM-dd HH:mm"))
        case QSpinBox() as number:
            number.setValue(int(value))
        case QCheckBox() as tick:
            assert value in {"on", "off"}, f"{name} is on or off, not {value}"
            if tick.isChecked() != (value == "on"):
                console.click(name)
        case QLineEdit() | QPlainTextEdit() as field:
            console.click(name)
            field.selectAll()
            if value:
                console.type(value)
            else:
                console.press("Delete")
        case _:
            console.click(f"{name}_{value}")
    console.settle()


def _choose(box: QComboBox, value: str) -> None:
    at = box.findData(value)
    at = at if at >= 0 else box.findText(value, Qt.MatchFlag.MatchContains)
    assert at >= 0, (
        f"{box.objectName()} does not offer {value}: {[box.itemText(k) for k in range(box.count())]}"
    )
    box.setFocus()
    box.setCurrentIndex(at)
    box.activated.emit(at)
