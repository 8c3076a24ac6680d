"""Choosing the columns of the queue without the mouse: shown or not, in which order, sorted by which."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.wanted import CaseFilter
from console.i18n import _
from console.ui.queue.columns import ALL, Column
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button


class _Columns(QListWidget):
    """Signals: moved(int), the current line is to go so many places up or down."""

    moved = Signal(int)

    def keyboardSearch(self, search: str) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class ColumnChooser(QFrame):
    """Signals: chosen(list of keys), what to show, in its order; sort_wished(str), by a key; reset_wished."""

    chosen = Signal(object)
    sort_wished = Signal(str)
    reset_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("columnPanel")
        self.setProperty("layer", True)
        self._told = plain_label(name="columnTold", look="muted", wraps=True)
        self.list = _Columns(self)
        self.list.setObjectName("columnChoices")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.list.itemActivated.connect(lambda item: self.sort_wished.emit(_key(item)))
        self.list.moved.connect(self._move)
        self._up = push_button(self, "columnUp", lambda: self._move(-1))
        self._down = push_button(self, "columnDown", lambda: self._move(1))
        self._sort = push_button(self, "columnSort", self._on_sort)
        self._reset = push_button(self, "columnReset", self.reset_wished.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(8))
        acts = QHBoxLayout()
        for button in (self._up, self._down, self._sort, self._reset):
            acts.addWidget(button)
        acts.addStretch(1)
        layout.addWidget(self.list, 1)
        layout.addLayout(acts)
        layout.addWidget(self._told)
        self.hide()

    def show_columns(self, shown: Sequence[Column], wanted: CaseFilter) -> None:
        """The shown ones first, in their order; the arrow stands at what the queue is sorted by."""
        at = max(0, self.list.currentRow())
        keys = [one.key for one in shown]
        self.list.blockSignals(True)
        self.list.clear()
        for column in (*shown, *(one for one in ALL.values() if one.key not in keys)):
            words = _(column.words)
            if column.order is wanted.order:
                words += "  ▼" if wanted.descending else "  ▲"
            item = QListWidgetItem(words, self.list)
            item.setData(Qt.ItemDataRole.UserRole, column.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = column.key in keys
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(min(at, self.list.count() - 1))
        self.list.blockSignals(False)

    def show_words(self) -> None:
        self.setAccessibleName(_("列表的列"))
        self.list.setAccessibleName(_("列表的列"))
        self._up.setText("↑")
        self._up.setAccessibleName(_("上移"))
        self._down.setText("↓")
        self._down.setAccessibleName(_("下移"))
        self._sort.setText(_("按此列排序"))
        self._reset.setText(_("恢复默认"))
        self._told.setText(_("空格 显示或隐藏 · Ctrl+↑↓ 移动 · 回车 排序 · Esc 返回"))

    def _tell(self) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        keys = [_key(item) for item in items if item.checkState() is Qt.CheckState.Checked]
        if keys:
            self.chosen.emit(keys)
        else:  # a queue of nothing is of no use
            self.list.currentItem().setCheckState(Qt.CheckState.Checked)

    def _move(self, by: int) -> None:
        """Past the next column that is shown; the hidden ones have no order."""
        at = self.list.currentRow()
        to = at + by
        while 0 <= to < self.list.count() and self.list.item(to).checkState() is Qt.CheckState.Unchecked:
            to += by
        if at >= 0 and 0 <= to < self.list.count():
            self.list.blockSignals(True)
            item = self.list.takeItem(at)
            self.list.insertItem(to, item)
            self.list.setCurrentRow(to)
            self.list.blockSignals(False)
            self._tell()

    def _on_sort(self) -> None:
        self.sort_wished.emit(_key(self.list.currentItem()))


def _key(item: QListWidgetItem) -> str:
    key: str = item.data(Qt.ItemDataRole.UserRole)
    return key
