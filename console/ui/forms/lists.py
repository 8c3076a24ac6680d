"""Lists to choose from by typing any part of a name, and how their entries are worded."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from console.domain.catalogue import CaseClass, FilingCondition
from console.domain.city import Department
from console.i18n import _, named
from console.words import limit

Entry = tuple[str, str]  # the words shown, and the code they stand for


def searchable(name: str, entries: Sequence[Entry]) -> QComboBox:
    """A list in which typing any part of a name finds it."""
    box = QComboBox()
    box.setObjectName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    fill(box, entries)
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    line = box.lineEdit()
    if line is not None:
        line.setObjectName(f"{name}Text")
    return box


def fill(box: QComboBox, entries: Sequence[Entry]) -> None:
    """Offer other entries."""
    box.clear()
    for words, code in entries:
        box.addItem(words, code)


def chosen(box: QComboBox) -> str:
    """The code of what stands in the field: nothing is guessed from a text that names nothing."""
    at = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
    code: str | None = box.itemData(at) if at >= 0 else None
    return code or ""


def department_entries(advised: Sequence[Department], others: Sequence[Department]) -> list[Entry]:
    """The advised departments first, each once."""
    first = {item.code for item in advised}
    listed = [*advised, *(item for item in others if item.code not in first)]
    return [(named(item.name, item.name_en), item.code) for item in listed]


def class_entries(classes: Sequence[CaseClass]) -> list[Entry]:
    """The classes with their codes."""
    return [(f"{named(item.name, item.name_en)}  {item.code}", item.key) for item in classes]


def condition_words(item: FilingCondition) -> str:
    """A filing condition with its limit, marked where the limit is only proposed."""
    mark = _("(拟定)") if item.proposed else ""
    return f"{limit(item.limit.value, item.limit.unit.value)}{mark} · {item.text}"
