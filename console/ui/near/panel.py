"""The list of the cases near one: how far, how old, in which state; Enter opens one, Backspace goes back."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)

from console.domain.lamp import Lamp, lamp
from console.domain.nearby import RADII, Kin
from console.i18n import N_, _, named
from console.ui.marks import mark_picture
from console.ui.scale import px, pxs
from console.ui.theme import Theme
from console.ui.turning import on_choice, show_turned
from console.ui.widgets import plain_label, push_button, tab_order
from console.words import STATES, span

if TYPE_CHECKING:
    from console.queries.near import Around, NearCase

WIDTH = 420
_MARK = 14
_KINS = {Kin.ALL: N_("全部"), Kin.CLASS: N_("同类"), Kin.COMPONENT: N_("同部件"), Kin.SPOT: N_("同地点")}


class NearPanel(QFrame):
    """Signals: asked(metres, Kin), another radius or kind; opened(case id); back_wished; left."""

    asked = Signal(int, object)
    opened = Signal(int)
    back_wished = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("nearPanel")
        self.setProperty("layer", True)
        self._theme = theme
        self.metres, self.kin = 100, Kin.ALL
        self._title = plain_label(name="nearTitle", look="title")
        self._told = plain_label(name="nearTold", look="muted", wraps=True)
        self._leave = push_button(self, "nearLeave", self.left.emit)
        self._back = push_button(self, "nearBack", self.back_wished.emit)
        self._radii = {metres: push_button(self, f"near_{metres}") for metres in RADII}
        self._kins = {kin: push_button(self, f"near_{kin.value}") for kin in Kin}
        for buttons in (self._radii, self._kins):
            group = QButtonGroup(self)
            for button in buttons.values():
                button.setCheckable(True)
                button.setProperty("option", True)
                group.addButton(button)
            on_choice(group, lambda _at: self._choose())
        self.list = _List(self)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.list.back.connect(self.back_wished)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._back)
        head.addWidget(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(*pxs(14, 12, 14, 12))
        column.setSpacing(px(8))
        column.addLayout(head)
        for buttons in (self._radii, self._kins):
            line = QHBoxLayout()
            line.setSpacing(px(4))
            for button in buttons.values():
                line.addWidget(button, 1)
            column.addLayout(line)
        column.addWidget(self._told)
        column.addWidget(self.list, 1)
        tab_order(self.list, *self._radii.values(), *self._kins.values(), self._back, self._leave)
        self.show_words()

    def show_words(self) -> None:
        self._title.setText(_("附近案件"))
        self.setAccessibleName(_("附近案件"))
        self.list.setAccessibleName(_("附近案件"))
        self._leave.setText(_("关闭 Esc"))
        self._back.setText(_("返回原案件"))
        for metres, button in self._radii.items():
            button.setText(_("{metres} 米").format(metres=metres))
        for kin, word in _KINS.items():
            self._kins[kin].setText(_(word))

    def show_around(self, code: str, around: "Around", now: datetime, *, away: bool) -> None:
        """The cases around the case `code`; `away`: another one is looked at meanwhile."""
        self._title.setText(_("附近案件 · {code}").format(code=code))
        self._back.setVisible(away)
        show_turned(self._radii[self.metres], down=True)
        show_turned(self._kins[self.kin], down=True)
        for kin, word in _KINS.items():
            self._kins[kin].setText(f"{_(word)} {around.numbers[kin]:,}")
        words = _("{metres} 米内:在办 {open} 件,办结 {past} 件").format(
            metres=self.metres, open=f"{around.open:,}", past=f"{around.past:,}"
        )
        if len(around.cases) < around.open + around.past:
            words += _(";列出最近的 {count} 件").format(count=len(around.cases))
        self._told.setText(words)
        self._fill(around.cases, now)

    def say(self, words: str) -> None:
        """In the place of the cases."""
        self.list.clear()
        self._told.setText(words)

    def take_keyboard(self) -> None:
        self.list.setFocus()

    def _fill(self, cases: "Sequence[NearCase]", now: datetime) -> None:
        row = self.list.currentRow()
        stood = self.list.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else None
        self.list.clear()
        icons = {one: QIcon(mark_picture(one, self._theme, _MARK, self.devicePixelRatioF())) for one in Lamp}
        for case in cases:
            shown = lamp(now, case.current_due_at, case.soon_at) if case.is_open else Lamp.NONE
            name = named(case.class_name, case.class_name_en) or _("未分类")
            since = span((now - case.reported_at).total_seconds())
            first = _("{metres} 米 · {state} · {name}").format(
                metres=f"{case.metres:.0f}", state=_(STATES[case.state]), name=name
            )
            second = _("{code} · {span}前 · {place}").format(
                code=case.code, span=since, place=case.address or case.description
            )
            line = QListWidgetItem(icons[shown], f"{first}\n{second.replace(chr(10), ' ')}")
            line.setData(Qt.ItemDataRole.UserRole, case.id)
            self.list.addItem(line)
            if case.id == stood:
                self.list.setCurrentItem(line)
        if self.list.currentRow() < 0 and cases:
            self.list.setCurrentRow(0)

    def _choose(self) -> None:
        self.metres = next(metres for metres, one in self._radii.items() if one.isChecked())
        self.kin = next(kin for kin, one in self._kins.items() if one.isChecked())
        self.asked.emit(self.metres, self.kin)


class _List(QListWidget):
    """Letters are keys of the acts, not a search; Backspace goes back to the case it is about.

    Signals: back.
    """

    back = Signal()

    def __init__(self, parent: QFrame) -> None:
        super().__init__(parent)
        self.setObjectName("nearList")
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyboardSearch(self, search: str) -> None:
        return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.back.emit()
        else:
            super().keyPressEvent(event)
