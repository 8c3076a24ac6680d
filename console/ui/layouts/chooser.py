"""The list of layouts: choose, save what stands now under a name, rename, delete and take that back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout

from console.domain.errors import Refused
from console.i18n import _
from console.ui.announcing import announce
from console.ui.layouts.layout import BUILT_IN, LONGEST_NAME
from console.ui.needed import show_fault
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button, tab_order
from console.words import refusal

if TYPE_CHECKING:
    from console.ui.layouts.arranging import Arranging

WIDTH = 400
_KEYS = 9


class LayoutChooser(QFrame):
    """Enter shows the layout of the row, Delete takes an own one away."""

    def __init__(self, arranging: "Arranging") -> None:
        super().__init__()
        self.setObjectName("layoutPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("布局"))
        self._arranging = arranging
        self.list = QListWidget(self)
        self.list.setObjectName("layoutList")
        self.list.setAccessibleName(_("布局"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda _item: self._show())
        self.list.currentRowChanged.connect(self._on_row)
        self.name = QLineEdit(self)
        self.name.setObjectName("layoutName")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(_("布局名称"))
        self.name.setAccessibleName(_("布局名称"))
        self.name.returnPressed.connect(self._save)
        self._problem = plain_label(name="layoutProblem", look="warning", wraps=True)
        self._problem.hide()
        self._save_button = push_button(self, "saveLayout", self._save, _("保存当前"))
        self._rename_button = push_button(self, "renameLayout", self._rename, _("改名"))
        self._drop_button = push_button(self, "dropLayout", self._drop, _("删除"))
        self._undrop_button = push_button(self, "undropLayout", self._undrop, _("恢复所删"))
        self._reset_button = push_button(self, "resetLayout", arranging.reset, _("恢复标准"))
        self._arrange_button = push_button(self, "arrangePanels", self._arrange, _("移动面板 Ctrl+F7"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(14, 12, 14, 12))
        column.setSpacing(px(8))
        column.addWidget(plain_label(_("布局 F7"), name="layoutTitle", look="title"))
        column.addWidget(self.list, 1)
        column.addWidget(self.name)
        column.addWidget(self._problem)
        for buttons in (
            (self._save_button, self._rename_button, self._drop_button, self._undrop_button),
            (self._reset_button, self._arrange_button),
        ):
            row = QHBoxLayout()
            row.setSpacing(px(6))
            for button in buttons:
                row.addWidget(button, 1)
            column.addLayout(row)
        tab_order(
            self.list, self.name, self._save_button, self._rename_button, self._drop_button,
            self._undrop_button, self._reset_button, self._arrange_button,
        )  # fmt: skip
        self._fill(arranging.shelf.in_use.name)

    def take_keyboard(self) -> None:
        self.list.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus():
            self._drop()
        else:
            super().keyPressEvent(event)

    def _fill(self, chosen: str) -> None:
        shelf = self._arranging.shelf
        self.list.clear()
        for number, layout in enumerate(shelf.all):
            name = _(layout.name) if number < len(BUILT_IN) else layout.name
            key = f"    Ctrl+Shift+{number + 1}" if number < _KEYS else ""
            self.list.addItem(f"{name}{key}")
        names = [layout.name for layout in shelf.all]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self._undrop_button.setEnabled(shelf.dropped is not None)

    def _on_row(self, row: int) -> None:
        own = row >= len(BUILT_IN)
        self._rename_button.setEnabled(own)
        self._drop_button.setEnabled(own)
        if 0 <= row < len(self._arranging.shelf.all):
            self.name.setText(self._chosen() if own else "")

    def _chosen(self) -> str:
        return self._arranging.shelf.all[self.list.currentRow()].name

    def _show(self) -> None:
        self._arranging.switch(self.list.currentRow())

    def _arrange(self) -> None:
        self._arranging.close_list()
        self._arranging.arrange_panels()

    def _save(self) -> None:
        if self._allowed(lambda: self._arranging.save(self.name.text())):
            self._fill(self._arranging.shelf.in_use.name)

    def _rename(self) -> None:
        new = " ".join(self.name.text().split())
        if self._allowed(lambda: self._arranging.rename(self._chosen(), new)):
            self._fill(new)

    def _drop(self) -> None:
        if self.list.currentRow() >= len(BUILT_IN):
            self._arranging.drop(self._chosen())
            self._fill(self._arranging.shelf.in_use.name)
            self.list.setFocus()

    def _undrop(self) -> None:
        self._arranging.undrop()
        self._fill(self._arranging.shelf.all[-1].name)
        self.list.setFocus()

    def _allowed(self, work: Callable[[], None]) -> bool:
        """Do it, or say in the list why not: what was typed stays."""
        try:
            work()
        except Refused as problem:
            told = refusal(problem)
            self._problem.setText(told)
            self._problem.show()
            show_fault(told, self.name)
            announce(self.name, told, grave=True)
            self.name.setFocus()
            return False
        self._problem.hide()
        return True
