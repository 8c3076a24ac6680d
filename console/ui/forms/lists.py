"""Lists to choose from by typing any part of a name, and how their entries are worded."""

import logging
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QCompleter
from shiboken6 import isValid

from console.command.spelling import is_known, learn_to_spell, learnt_spellings
from console.domain.catalogue import CaseClass, FilingCondition
from console.domain.city import Department
from console.i18n import _, named
from console.ui.edge import Reload
from console.words import limit

log = logging.getLogger(__name__)


class Entry(NamedTuple):
    """The words shown, the code they stand for, and the Chinese name it is typed by where they are others."""

    words: str
    code: str
    name: str = ""


_LOOKED_AT = 200  # of what was found: a city has some hundred classes and departments
_FOUND_BY = Qt.ItemDataRole.UserRole + 1  # the words and how they are typed by their sounds
_NAME = Qt.ItemDataRole.UserRole + 2  # what has these sounds


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
        self._box = box
        self.learning = Reload(self._learn, _not_learnt)
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

    async def _learn(self) -> None:
        """Read the names that nobody read before, beside the window, and find by their sounds then."""
        import asyncio

        names = [name for name in _names(self._box) if not is_known(name)]
        if not names:
            return
        await asyncio.get_running_loop().run_in_executor(None, learn_to_spell, names)
        if not isValid(self):
            return  # the form was left meanwhile
        _spell(self._box)
        line = self._box.lineEdit()
        if line is not None and line.hasFocus() and line.isModified() and not chosen(self._box):
            self.setCompletionPrefix(line.text())  # what was typed before they were known
            self.complete()
            self._mark()

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
    box.setCompleter(_Spelled(box, free=free))
    fill(box, entries)
    line = box.lineEdit()
    if line is not None:
        line.setObjectName(f"{name}Text")
    return box


def fill(box: QComboBox, entries: Sequence[Entry]) -> None:
    """Offer other entries."""
    box.clear()
    for entry in entries:
        box.addItem(entry.words, entry.code)
        box.setItemData(box.count() - 1, entry.name or entry.words.split("  ")[0], _NAME)
    _spell(box)
    completer = box.completer()
    if isinstance(completer, _Spelled) and not all(map(is_known, _names(box))):
        completer.learning.wish(now=True)


def _names(box: QComboBox) -> list[str]:
    return [str(box.itemData(at, _NAME)) for at in range(box.count())]


def _spell(box: QComboBox) -> None:
    """Let every entry be found by what is known of its sounds."""
    for at, name in enumerate(_names(box)):
        box.setItemData(at, " ".join((box.itemText(at), *learnt_spellings(name))), _FOUND_BY)


def _not_learnt(problem: BaseException) -> None:
    log.warning("names are not found by their pinyin", exc_info=problem)


def chosen(box: QComboBox) -> str:
    """The code of what stands in the field: nothing is guessed from a text that names nothing."""
    at = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
    code: str | None = box.itemData(at) if at >= 0 else None
    return code or ""


def department_entries(advised: Sequence[Department], others: Sequence[Department]) -> list[Entry]:
    """The advised departments first, each once."""
    first = {item.code for item in advised}
    listed = [*advised, *(item for item in others if item.code not in first)]
    return [Entry(named(item.name, item.name_en), item.code, item.name) for item in listed]


def class_entries(classes: Sequence[CaseClass]) -> list[Entry]:
    """The classes with their codes."""
    return [Entry(f"{named(item.name, item.name_en)}  {item.code}", item.key, item.name) for item in classes]


def condition_words(item: FilingCondition) -> str:
    """A filing condition with its limit, marked where the limit is only proposed."""
    mark = _("(拟定)") if item.proposed else ""
    return f"{limit(item.limit.value, item.limit.unit.value)}{mark} · {item.text}"
