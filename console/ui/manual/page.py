"""The manual's page of the window: contents and search on the left, the text on the right."""

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from console.i18n import Language, _, language
from console.ui.manual.reader import Reader
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.widgets import plain_label, push_button
from console.words.manual import PAGES, find, page_title

if TYPE_CHECKING:
    from console.runtime.desk import Changes
    from console.ui.door import Door

_PLACE = Qt.ItemDataRole.UserRole
_CONTENTS = 250

Place = tuple[str, Language]


class ManualPage(QFrame):
    """`here` is the page that is read.

    Signals: save_wished: the whole of it as a PDF; left: the reader wants back to work.
    """

    save_wished = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("manualPage")
        self.here = "index"
        self._trail: list[tuple[Place, int]] = []
        self._place: Place = ("index", "zh")
        self._title = plain_label(name="manualTitle", look="title")
        self.asked = QLineEdit(self)
        self.asked.setObjectName("manualAsked")
        self.asked.setMaxLength(60)
        self._model = QStandardItemModel(self)
        self.contents = QListView(self)
        self.contents.setObjectName("manualContents")
        self.contents.setModel(self._model)
        self.contents.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.contents.setWordWrap(True)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = Reader(theme, self)
        self._back = push_button(self, "manualBack")
        self._save = push_button(self, "manualSave")
        self._leave = push_button(self, "manualLeave")
        self._back.clicked.connect(self.go_back)
        self._save.clicked.connect(self.save_wished)
        self._leave.clicked.connect(self.left)
        side = QVBoxLayout()
        side.setSpacing(px(8))
        side.addWidget(self.asked)
        side.addWidget(self.contents, 1)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._title)
        head.addStretch(1)
        for button in (self._back, self._save, self._leave):
            head.addWidget(button)
        self.asked.setFixedWidth(px(_CONTENTS))
        self.contents.setFixedWidth(px(_CONTENTS))
        body = QHBoxLayout()
        body.setSpacing(px(12))
        body.addLayout(side)
        body.addWidget(self.text, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(16, 12, 16, 12))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addLayout(body, 1)
        self.asked.textChanged.connect(lambda _text: self._list())
        self.asked.returnPressed.connect(self._take_first)
        self.contents.selectionModel().currentChanged.connect(self._on_chosen)
        self.contents.activated.connect(lambda _index: self.text.setFocus())
        self.text.anchorClicked.connect(self._follow)
        self.text.back_wished.connect(self.go_back)
        self.show_words()

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        """The manual is the same in every city."""

    def on_changed(self, changes: "Changes") -> None:
        """Nothing of it is in the store."""

    def take_keyboard(self) -> None:
        self.text.setFocus()

    def show_words(self) -> None:
        """In another language the same page."""
        self._title.setText(_("手册"))
        self.asked.setPlaceholderText(_("在手册中查找"))
        self.asked.setAccessibleName(_("在手册中查找"))
        self.contents.setAccessibleName(_("手册目录"))
        self.text.setAccessibleName(_("手册正文"))
        self._back.setText(_("上一页 Alt+←"))
        self._save.setText(_("存为 PDF"))
        self._leave.setText(_("返回工作 Esc"))
        self._trail.clear()
        self._list()
        self._show((self.here, language()))

    def turn(self, page: str, language_: Language | None = None, marked: str = "") -> None:
        """Read a page; `go_back` returns to the one that was read."""
        place = (page, language_ or language())
        if place != self._place:
            self._trail.append((self._place, self.text.verticalScrollBar().value()))
        self._show(place, marked)

    def go_back(self) -> None:
        if self._trail:
            place, scrolled = self._trail.pop()
            self._show(place)
            self.text.verticalScrollBar().setValue(scrolled)

    def _show(self, place: Place, marked: str = "") -> None:
        self._place = place
        self.here = place[0]
        self.text.show_page(*place, marked)
        self._back.setEnabled(bool(self._trail))
        self._choose_here()

    def _list(self) -> None:
        """All pages, or those in which what was asked for is found."""
        asked = self.asked.text().strip()
        chosen = self.contents.selectionModel()
        chosen.blockSignals(True)
        self._model.clear()
        if asked:
            hits = find(asked, language())
            for hit in hits:
                title = page_title(hit.page, hit.language)
                self._add(f"{title} ({hit.count})\n{hit.around}", (hit.page, hit.language))
            if not hits:
                self._add(_("没有找到"), None)
        else:
            for page in PAGES:
                self._add(page_title(page, language()), (page, language()))
        chosen.blockSignals(False)
        self._choose_here()

    def _add(self, text: str, place: Place | None) -> None:
        item = QStandardItem(text)
        item.setData(place, _PLACE)
        item.setEnabled(place is not None)
        self._model.appendRow(item)

    def _choose_here(self) -> None:
        chosen = self.contents.selectionModel()
        chosen.blockSignals(True)
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_PLACE) == self._place:
                self.contents.setCurrentIndex(self._model.index(row, 0))
                break
        chosen.blockSignals(False)
        self.contents.viewport().update()

    def _on_chosen(self, now: QModelIndex) -> None:
        place = now.data(_PLACE)
        if place is not None:
            self.turn(place[0], place[1], self.asked.text().strip())

    def _take_first(self) -> None:
        place = self._model.item(0).data(_PLACE) if self._model.rowCount() else None
        if place is not None:
            self.turn(place[0], place[1], self.asked.text().strip())
            self.text.setFocus()

    def _follow(self, link: QUrl) -> None:
        """Only from page to page."""
        page = link.toString().removesuffix(".md")
        if page in PAGES:
            self.turn(page)
