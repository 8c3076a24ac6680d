"""All views in a list over the queue: opened, named, shared, moved, let go."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.saved_view import MOST_LETTERS, SavedView
from console.i18n import _
from console.ui.queue.offered import Counted, Offered
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button


class _Views(QListWidget):
    """Letters are keys of the acts, not a search."""

    def keyboardSearch(self, search: str) -> None:
        return


class ViewList(QFrame):
    """Signals: opened(int), its place; save_wished(str), the present filter under a name;
    rename_wished(SavedView, str); share_wished(SavedView, bool); delete_wished(SavedView);
    move_wished(SavedView, int), so many places; restore_wished, the one that was deleted last; left.
    """

    opened = Signal(int)
    save_wished = Signal(str)
    rename_wished = Signal(object, str)
    share_wished = Signal(object, bool)
    delete_wished = Signal(object)
    move_wished = Signal(object, int)
    restore_wished = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("viewPanel")
        self.setProperty("layer", True)
        self._offered: Sequence[Offered] = ()
        self._shares = False
        self.name = QLineEdit(self)
        self.name.setObjectName("viewName")
        self.name.setMaxLength(MOST_LETTERS)
        self.list = _Views(self)
        self.list.setObjectName("viewChoices")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._save = push_button(self, "viewSave", lambda: self.save_wished.emit(self.name.text()))
        self._rename = push_button(self, "viewRename", self._on_rename)
        self._share = push_button(self, "viewShare", self._on_share)
        self._delete = push_button(self, "viewDelete", lambda: self._with(self.delete_wished.emit))
        self._up = push_button(
            self, "viewUp", lambda: self._with(lambda view: self.move_wished.emit(view, -1))
        )
        self._down = push_button(
            self, "viewDown", lambda: self._with(lambda view: self.move_wished.emit(view, 1))
        )
        self._restore = push_button(self, "viewRestore", self.restore_wished.emit)
        self._restore.hide()
        self._told = plain_label(name="viewTold", look="muted", wraps=True)
        self.list.itemActivated.connect(lambda item: self.opened.emit(self.list.row(item)))
        self.list.currentRowChanged.connect(lambda _row: self._show_acts())
        self.name.returnPressed.connect(lambda: self.save_wished.emit(self.name.text()))
        self._place()
        self.hide()

    @property
    def chosen(self) -> SavedView | None:
        """The saved view the list stands on; the built-in ones are nobody's to change."""
        row = self.list.currentRow()
        return self._offered[row].saved if 0 <= row < len(self._offered) else None

    def show_views(
        self, views: Sequence[Offered], counts: Mapping[int, Counted], shares: bool, deleted: str
    ) -> None:
        """`shares`: this seat may change what all share; `deleted`: the name of what may come back."""
        self._offered, self._shares = views, shares
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for at, one in enumerate(views):
            counted = counts.get(at)
            words = one.name
            if one.saved is not None and one.saved.shared:
                words += "  · " + _("共享")
            if one.problem:
                words += "  · " + one.problem
            elif counted is not None:
                words += f"   {counted.number:,}" + (f"  ▲{counted.late:,}" if counted.late else "")
            QListWidgetItem(words, self.list)
        self.list.setCurrentRow(min(row, len(views) - 1))
        self.list.blockSignals(False)
        self._restore.setText(_("撤销删除“{name}”").format(name=deleted).replace("&", "&&"))
        self._restore.setVisible(bool(deleted))
        self._show_acts()

    def show_words(self) -> None:
        self.setAccessibleName(_("全部视图"))
        self.list.setAccessibleName(_("全部视图"))
        self.name.setAccessibleName(_("视图名称"))
        self.name.setPlaceholderText(_("给当前筛选起个名字"))
        self._save.setText(_("保存当前筛选"))
        self._rename.setText(_("改名"))
        self._delete.setText(_("删除"))
        self._up.setText("↑")
        self._up.setAccessibleName(_("上移"))
        self._down.setText("↓")
        self._down.setAccessibleName(_("下移"))
        self._told.setText(_("回车打开 · 前九个视图 Ctrl+Alt+1 至 9 · Esc 返回"))
        self._show_acts()

    def _show_acts(self) -> None:
        view = self.chosen
        may = view is not None and (not view.shared or self._shares)
        for button in (self._rename, self._delete, self._up, self._down):
            button.setEnabled(may)
        self._share.setEnabled(view is not None and self._shares)
        self._share.setText(_("取消共享") if view is not None and view.shared else _("共享给大家"))
        self._share.setToolTip("" if self._shares else _("共享视图由值班长或领导管理"))

    def _on_rename(self) -> None:
        self._with(lambda view: self.rename_wished.emit(view, self.name.text()))

    def _on_share(self) -> None:
        self._with(lambda view: self.share_wished.emit(view, not view.shared))

    def _with(self, deed: Callable[[SavedView], object]) -> None:
        view = self.chosen
        if view is not None:
            deed(view)

    def _place(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(8))
        first = QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self._save)
        acts = QHBoxLayout()
        for button in (self._rename, self._share, self._delete, self._up, self._down):
            acts.addWidget(button)
        acts.addStretch(1)
        layout.addLayout(first)
        layout.addWidget(self.list, 1)
        layout.addLayout(acts)
        layout.addWidget(self._restore)
        layout.addWidget(self._told)
