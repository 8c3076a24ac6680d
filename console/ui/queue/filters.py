"""The line of filters over the queue: district, department, class, late only, and what is set otherwise."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QPushButton, QToolButton, QWidget

from console.domain.lamp import Lamp
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.ui.marks import mark_picture
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.widgets import plain_button
from console.words import COUNTS

if TYPE_CHECKING:
    from console.queries.city import CityLists


class FilterLine(QWidget):
    """Writes the shared filter and shows it, whoever set it."""

    def __init__(self, selection: Selection, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterLine")
        self._selection = selection
        self._theme = theme
        self._lists: CityLists | None = None
        self._division = self._box("divisionFilter")
        self._department = self._box("departmentFilter")
        self._class = self._box("classFilter")
        self._late = QToolButton(self)
        self._late.setObjectName("lateFilter")
        self._late.setCheckable(True)
        self._late.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._late.toggled.connect(lambda on: selection.narrow(lambda wanted: replace(wanted, late=on)))
        self._chip = QPushButton(self)
        self._chip.setObjectName("filterChip")
        self._chip.clicked.connect(self._on_chip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        for box, narrowed in (
            (self._division, lambda wanted, code: replace(wanted, division=code)),
            (self._department, lambda wanted, code: replace(wanted, department=code)),
            (self._class, lambda wanted, code: replace(wanted, classes=code)),
        ):
            box.currentIndexChanged.connect(lambda _at, of=box, change=narrowed: self._on_chosen(of, change))
            layout.addWidget(box, 1)
        layout.addWidget(self._late)
        layout.addWidget(self._chip)
        selection.filter_changed.connect(self._show)
        theme.changed.connect(self.show_words)
        self.show_words()

    def show_lists(self, lists: "CityLists") -> None:
        self._lists = lists
        self.show_words()

    def show_words(self) -> None:
        lists = self._lists
        divisions = [(named(d.name, d.name_en), d.code) for d in lists.divisions] if lists else []
        departments = [(named(d.name, d.name_en), d.code) for d in lists.departments] if lists else []
        classes = [(named(c.name, c.name_en), c.key) for c in lists.classes] if lists else []
        for box, every, entries in (
            (self._division, _("全部区域"), divisions),
            (self._department, _("全部部门"), departments),
            (self._class, _("全部类别"), classes),
        ):
            box.blockSignals(True)
            box.clear()
            box.addItem(every, "")
            for words, code in entries:
                box.addItem(words, code)
            box.setAccessibleName(every)
            box.blockSignals(False)
        self._late.setText(_("超期"))
        self._late.setToolTip(_("只看超期未反馈的案件"))
        self._late.setAccessibleName(self._late.toolTip())
        self._late.setIcon(mark_picture(Lamp.LATE, self._theme, 14, self.devicePixelRatioF()))
        self._show(self._selection.wanted)

    def _show(self, wanted: CaseFilter) -> None:
        for box, code in (
            (self._division, wanted.division),
            (self._department, wanted.department),
            (self._class, wanted.classes),
        ):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(code)))
            box.blockSignals(False)
            line = box.lineEdit()
            if line is not None and not line.hasFocus():
                line.setCursorPosition(0)  # a long name shows its beginning
        self._late.blockSignals(True)
        self._late.setChecked(wanted.late)
        self._late.blockSignals(False)
        parts = []
        if wanted.cell:
            parts.append(_("网格 {cell}").format(cell=wanted.cell))
        if wanted.figure is not None:
            parts.append(_(COUNTS[wanted.figure.count]))
        if wanted.text:
            parts.append(f"“{wanted.text[:12]}”")
        self._chip.setText(plain_button(" · ".join(parts) + "  ×"))
        self._chip.setAccessibleName(_("取消:{what}").format(what=" · ".join(parts)))
        self._chip.setVisible(bool(parts))

    def _on_chosen(self, box: QComboBox, narrowed: Callable[[CaseFilter, str], CaseFilter]) -> None:
        code: str = box.currentData() or ""
        self._selection.narrow(lambda wanted: narrowed(wanted, code))

    def _on_chip(self) -> None:
        self._selection.narrow(lambda wanted: replace(wanted, cell="", figure=None, text=""))

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setMinimumContentsLength(5)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        completer = QCompleter(box.model(), box)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        box.setCompleter(completer)
        line = box.lineEdit()
        assert line is not None
        line.setObjectName(f"{name}Text")
        line.editingFinished.connect(lambda: self._settle(box))
        return box

    def _settle(self, box: QComboBox) -> None:
        """What was typed and names nothing gives way to what is chosen."""
        typed = box.findText(box.currentText(), Qt.MatchFlag.MatchFixedString)
        box.setCurrentIndex(typed if typed >= 0 else max(0, box.currentIndex()))
        if typed < 0:
            box.setEditText(box.itemText(box.currentIndex()))
