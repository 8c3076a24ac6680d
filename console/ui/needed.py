"""What a field says beyond its name: that it must be filled in, and what is wrong with it.

Qt knows no state for either on the accessibility bus, so both are told in the field's description.
"""

from collections.abc import Iterable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from console.i18n import _

_NEEDED, _TOLD, _FAULT, _WATCHED = "needed", "describedAs", "fault", "faultWatched"


def need(*parts: QWidget) -> None:
    """Tell of fields that the form cannot be confirmed without them."""
    for part in parts:
        part.setProperty(_NEEDED, True)
        _describe(part)


def describe(part: QWidget, words: str) -> None:
    """Tell something of a field that stays when it is filled in; empty tells nothing."""
    part.setProperty(_TOLD, words)
    _describe(part)


def show_fault(words: str, *parts: QWidget) -> None:
    """Tell of fields what is wrong, until something is changed in them; empty takes it back."""
    for part in parts:
        if words == (part.property(_FAULT) or ""):
            continue
        part.setProperty(_FAULT, words or None)
        if words and not part.property(_WATCHED):
            part.setProperty(_WATCHED, True)
            for changed in _changes(part):
                changed.connect(lambda *_told, part=part: show_fault("", part))
        _describe(part)
        part.style().polish(part)


def _describe(part: QWidget) -> None:
    hint = part.placeholderText() if isinstance(part, QLineEdit) else ""
    told = (_("必填") if part.property(_NEEDED) else "", part.property(_TOLD) or hint, part.property(_FAULT))
    said = " · ".join(words for words in told if words)
    part.setAccessibleDescription(said)
    line = part.lineEdit() if isinstance(part, QComboBox) else None
    if line is not None:
        line.setAccessibleDescription(said)


def _changes(part: QWidget) -> Iterable[SignalInstance]:
    match part:
        case QComboBox():
            return (part.editTextChanged, part.currentIndexChanged)
        case QLineEdit() | QPlainTextEdit():
            return (part.textChanged,)
        case QDateTimeEdit():
            return (part.dateTimeChanged,)
        case QAbstractButton():
            return (part.toggled, part.clicked)
    return ()
