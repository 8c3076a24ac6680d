"""Lists to choose from by typing any part of a name, and how their entries are worded."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QCompleter

from console.command.spelling import learnt_spellings
from console.domain.catalogue import CaseClass, FilingCondition
from console.domain.city import Department
from console.i18n import _, named
from console.words import limit

Entry = tuple[str, str]  # the words shown, and the code they stand for

_LOOKED_AT = 200  # of what was found: a city has some hundred classes and departments
_FOUND_BY = Qt.ItemDataRole.UserRole + 1  # the words and how they are typed by their sounds


class _Spelled(QCompleter):
    """Finds by the words or by their pinyin; what is taken is the words.

    Enter takes what is marked: the first that begins as was typed, or else the first found. `free`: any text
    may stay as it was typed, so nothing is marked.
    """

    def __init__(self, box: QComboBox, *, free: bool) -> None:
        super().__init__(box.model(), box)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionRole(_FOUND_BY)
        line = box.lineEdit()
        if line is not None and not free:
            line.textEdited.connect(lambda _text: QTimer.singleShot(0, self, self._mark))  # after it is shown

    def _mark(self) -> None:
        popup, found = self.popup(), self.completionModel()
        if popup is None or not popup.isVisible() or popup.currentIndex().isValid():
            return
        typed = self.completionPrefix().casefold()
        rows = range(min(found.rowCount(), _LOOKED_AT))
        best = next((at for at in rows if _begins(str(found.index(at, 0).data(_FOUND_BY)), typed)), 0)
        with QSignalBlocker(popup.selectionModel()):  # it would be written into the field before it is taken
            popup.setCurrentIndex(found.index(best, 0))
        popup.scrollTo(found.index(best, 0))
        popup.viewport().update()

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole))


def _begins(sounds: str, typed: str) -> bool:
    """Whether the words, their code or one of their spellings begin as was typed."""
    return any(part.startswith(typed) for part in sounds.casefold().split())


def searchable(name: str, entries: Sequence[Entry], *, free: bool = False) -> QComboBox:
    """A list in which typing any part of a name, or of its pinyin, finds it; `free` takes other text too."""
    box = QComboBox()
    box.setObjectName(name)
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    fill(box, entries)
    box.setCompleter(_Spelled(box, free=free))
    line = box.lineEdit()
    if line is not None:
        line.setObjectName(f"{name}Text")
    return box


def fill(box: QComboBox, entries: Sequence[Entry]) -> None:
    """Offer other entries."""
    box.clear()
    for words, code in entries:
        box.addItem(words, code)
        sounds = learnt_spellings(words.split("  ")[0])
        box.setItemData(box.count() - 1, " ".join((words, *sounds)), _FOUND_BY)


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
