"""The panel of places: coordinates to go to, and the bookmarks of the map."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from console.domain.systems import SYSTEMS
from console.i18n import _
from console.ui.announcing import announce
from console.ui.naming import name_box
from console.ui.needed import show_fault
from console.ui.places.bookmarks import LONGEST_NAME, Bookmark
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label, push_button, tab_order
from console.words.systems import SYSTEM_WORDS

WIDTH = 380


class PlacesPanel(QFrame):
    """Signals: go_wished(text, system); bookmark_wished(row); kept(name); dropped(row); left."""

    go_wished = Signal(str, str)
    bookmark_wished = Signal(int)
    kept = Signal(str)
    dropped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("placesPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("地点与书签"))
        self.line = self._field("placeLine", _("坐标"), _("坐标,如 113.65, 34.76"))
        self.system = QComboBox(self)
        self.system.setObjectName("placeSystem")
        name_box(self.system, _("坐标系"))
        for system in SYSTEMS:
            self.system.addItem(_(SYSTEM_WORDS[system]), system)
        go = push_button(self, "placeGo", self._go, _("前往"))
        self.problem = plain_label(name="placeProblem", look="warning", wraps=True)
        self.list = QListWidget(self)
        self.list.setObjectName("bookmarkList")
        self.list.setAccessibleName(_("书签"))
        self.list.itemActivated.connect(lambda _item: self.bookmark_wished.emit(self.list.currentRow()))
        self.name = self._field("bookmarkName", _("书签名称"), _("给当前视图起名"))
        self.name.setMaxLength(LONGEST_NAME)
        keep = push_button(self, "bookmarkKeep", self._keep, _("存为书签"))
        drop = push_button(self, "bookmarkDrop", lambda: self.dropped.emit(self.list.currentRow()), _("删除"))
        leave = push_button(self, "placesLeave", self.left.emit, _("关闭 Esc"))
        for button in (go, keep, drop, leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.line.returnPressed.connect(self._go)
        self.name.returnPressed.connect(self._keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(14, 12, 14, 12))
        column.setSpacing(px(8))
        column.addLayout(
            _row((plain_label(_("地点与书签"), name="placesTitle", look="title"), 1), (leave, 0))
        )
        column.addLayout(_row((self.line, 1), (go, 0)))
        column.addWidget(self.system)
        column.addWidget(self.problem)
        column.addWidget(plain_label(_("书签"), name="bookmarksTitle", look="muted"))
        column.addWidget(self.list, 1)
        column.addLayout(_row((self.name, 1), (keep, 0), (drop, 0)))
        tab_order(self.line, self.system, go, self.list, self.name, keep, drop, leave)

    def fill(self, bookmarks: Sequence[Bookmark]) -> None:
        """The bookmarks with the keys of the first nine."""
        row = self.list.currentRow()
        self.list.clear()
        for at, one in enumerate(bookmarks, 1):
            self.list.addItem(f"{one.name}    Alt+Shift+{at}" if at <= 9 else one.name)
        self.list.setCurrentRow(min(max(row, 0), len(bookmarks) - 1))

    def say(self, words: str) -> None:
        """What is wrong with the coordinates; empty where nothing is."""
        self.problem.setText(words)
        show_fault(words, self.line)
        announce(self.line, words, grave=True)

    def _go(self) -> None:
        self.say("")
        self.go_wished.emit(self.line.text().strip(), self.system.currentData())

    def _keep(self) -> None:
        name = self.name.text().strip()
        if name:
            self.kept.emit(name)
            self.name.clear()
        else:
            show_fault(_("请先起名"), self.name)
            self.name.setFocus()

    def _field(self, name: str, words: str, hint: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setObjectName(name)
        field.setAccessibleName(words)
        field.setPlaceholderText(hint)
        return field


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(6))
    for part, stretch in parts:
        row.addWidget(part, stretch)
    return row
