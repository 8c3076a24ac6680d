"""The handover panel: the brief edited and signed, those that wait taken over, the history read."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from console.domain.handover import LONGEST_REMARK, LONGEST_TEXT, Brief, Edit
from console.i18n import _, named
from console.ui.attention.handover_list import HandoverLines, lines_of_brief, lines_of_content
from console.ui.naming import name_box
from console.ui.scale import px, pxs
from console.ui.scrolling import scrolling
from console.ui.theme import Theme
from console.ui.turning import on_turn, show_turned
from console.ui.widgets import plain_button, plain_label, tab_order
from console.words import clock_time
from console.words.handover import short_text, step_words, totals_words

if TYPE_CHECKING:
    from console.domain.handover import Handover

_LEAST_LINES = 150  # px: the head and three lines


class HandoverPanel(QFrame):
    """`people` come next on the roster.

    Signals: given(Brief, Edit), taken(Handover, str), paper_wished(Handover), case_wished(str), left.
    """

    given = Signal(object, object)
    taken = Signal(object, str)
    paper_wished = Signal(object)
    case_wished = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, zone: ZoneInfo, now: datetime, people: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("handoverPanel")
        self.setProperty("layer", True)
        self.setAccessibleName(_("交接班"))
        self._zone = zone
        self._now = now
        self._brief: Brief | None = None
        self._own_text = False
        self._given: Sequence[Handover] = ()
        self._mine: set[int] = set()
        self._title = plain_label(name="handoverShift", look="title")
        self._figures = plain_label(name="handoverFigures", wraps=True)
        self._steps = plain_label(name="handoverSteps", look="muted", wraps=True)
        self.lines = HandoverLines(theme, "handoverLines", self)
        self.lines.case_wished.connect(self.case_wished)
        self.lines.struck.connect(self._on_edited)
        self.lines.chosen.connect(self._on_chosen)
        self.note = QLineEdit(self)
        self.note.setObjectName("handoverNote")
        self.note.setAccessibleName(_("对此案的备注"))
        self.note.setPlaceholderText(_("对所选案件的备注"))
        self.note.setMaxLength(LONGEST_REMARK)
        self.note.textEdited.connect(self._on_note)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("handoverText")
        self.text.setAccessibleName(_("交班要点"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(px(96))
        self.text.textChanged.connect(self._on_text)
        self._count = plain_label(name="handoverCount", look="muted")
        self.remark = QLineEdit(self)
        self.remark.setObjectName("handoverRemark")
        self.remark.setAccessibleName(_("总备注"))
        self.remark.setPlaceholderText(_("总备注"))
        self.remark.setMaxLength(LONGEST_REMARK)
        self.to = QComboBox(self)
        self.to.setObjectName("handoverTo")
        name_box(self.to, _("接班人"))
        self.to.addItem(_("下一班任何人"), "")
        for name in people:
            self.to.addItem(name, name)
        self.sign = QPushButton(plain_button(_("签名交班 Ctrl+回车")), self)
        self.sign.setObjectName("handoverSign")
        self.sign.setAccessibleName(_("签名交班 Ctrl+回车"))
        self.sign.setProperty("primary", True)
        self.sign.clicked.connect(self._give)
        self.history = HandoverLines(theme, "givenLines", self)
        self.history.case_wished.connect(self.case_wished)
        self._which = QComboBox(self)
        self._which.setObjectName("givenWhich")
        name_box(self._which, _("历次交班"))
        self._which.currentIndexChanged.connect(lambda _at: self._show_given())
        self._told = plain_label(name="givenTold", wraps=True)
        self._state = plain_label(name="givenState", look="muted", wraps=True)
        self.answer = QLineEdit(self)
        self.answer.setObjectName("handoverAnswer")
        self.answer.setAccessibleName(_("接班说明"))
        self.answer.setPlaceholderText(_("接班说明(可不填)"))
        self.answer.setMaxLength(LONGEST_REMARK)
        self.take = QPushButton(plain_button(_("接班 Ctrl+回车")), self)
        self.take.setObjectName("handoverTake")
        self.take.setAccessibleName(_("接班 Ctrl+回车"))
        self.take.setProperty("primary", True)
        self.take.clicked.connect(self._take)
        self.paper = QPushButton(plain_button(_("存为 PDF Ctrl+P")), self)
        self.paper.setObjectName("handoverPaper")
        self.paper.setAccessibleName(_("存为 PDF Ctrl+P"))
        self.paper.clicked.connect(self._print)
        self._heads = [self._head(name, at) for at, name in enumerate(("handoverGive", "handoverRead"))]
        self._stack = QStackedWidget(self)
        self._lay_out()
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_return)
        printing = QShortcut(QKeySequence("Ctrl+P"), self)
        printing.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        printing.activated.connect(self._print)
        self.turn(0)

    def show_brief(self, brief: Brief) -> None:
        """What there is to hand over; nothing of it is struck yet."""
        self._brief = brief
        since, until = (f"{at.astimezone(self._zone):%H:%M}" for at in (brief.since, brief.until))
        words = _("{shift} {since}–{until} 交给 {next_shift}")
        self._title.setText(
            words.format(
                shift=named(*brief.shift), since=since, until=until, next_shift=named(*brief.next_shift)
            )
        )
        self._figures.setText(totals_words(brief.totals))
        self._steps.setText(step_words(brief.totals))
        self.lines.show_lines(lines_of_brief(brief, self._zone, self._now), editable=True)
        left_off = sum(brief.left_off.values())
        self.lines.show_more(_("另有 {count} 项只计数").format(count=left_off) if left_off else "")
        self._own_text = False
        self._write()

    def show_given(self, waiting: Sequence["Handover"], last: Sequence["Handover"]) -> None:
        """Those that wait here first, then the last ones; the one that is read stays."""
        chosen = self._which.currentData()
        ids = {one.id for one in waiting}
        self._given = (*waiting, *(one for one in last if one.id not in ids))
        self._which.blockSignals(True)
        self._which.clear()
        for one in self._given:
            state = _("待接班") if one.taken_at is None else _("{name} 已接").format(name=one.taken_by)
            when = clock_time(one.given_at, self._zone, self._now)
            shift = named(*one.told["shift"])
            self._which.addItem(f"{when} {shift} {one.given_by} · {state}", one.id)
        self._which.setCurrentIndex(max(0, self._which.findData(chosen)))
        self._which.blockSignals(False)
        self._heads[1].setText(_("待接班与历次 {count}").format(count=len(waiting)))
        self._heads[1].setAccessibleName(self._heads[1].text())
        self._mine = ids
        self._show_given()
        if waiting and not self._touched:
            self.turn(1)

    def turn(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        for at, head in enumerate(self._heads):
            show_turned(head, down=at == page)

    def take_keyboard(self) -> None:
        if self._stack.currentIndex():
            (self.take if self.take.isEnabled() else self._which).setFocus()
        else:
            self.lines.table.setFocus()

    @property
    def _touched(self) -> bool:
        """Whether somebody began to edit the brief."""
        return self._own_text or bool(self.lines.struck_codes or self.lines.remarks)

    def _write(self) -> None:
        """The short text as it follows from what is struck and remarked, unless somebody wrote his own."""
        if self._brief is None or self._own_text:
            return
        told = short_text(self._brief, self._zone, struck=self.lines.struck_codes, remarks=self.lines.remarks)
        self.text.blockSignals(True)
        self.text.setPlainText(told)
        self.text.blockSignals(False)
        self._show_count()

    def _on_edited(self) -> None:
        self._write()

    def _on_chosen(self, code: str) -> None:
        self.note.setEnabled(bool(code))
        self.note.setText(self.lines.remarks.get(code, ""))

    def _on_note(self, text: str) -> None:
        self.lines.remark(text.strip())
        self._write()

    def _on_text(self) -> None:
        self._own_text = True
        self._show_count()

    def _show_count(self) -> None:
        length = len(self.text.toPlainText().strip())
        self._count.setText(_("{length} / {most} 字").format(length=length, most=LONGEST_TEXT))
        self.sign.setEnabled(0 < length <= LONGEST_TEXT)

    def _on_return(self) -> None:
        button = self.take if self._stack.currentIndex() else self.sign
        if button.isEnabled():
            button.click()

    def _give(self) -> None:
        if self._brief is not None:
            edit = Edit(
                self.text.toPlainText(),
                self.lines.struck_codes,
                dict(self.lines.remarks),
                self.remark.text(),
                self.to.currentData(),
            )
            self.given.emit(self._brief, edit)

    def _take(self) -> None:
        one = self._shown_given()
        if one is not None:
            self.taken.emit(one, self.answer.text())

    def _print(self) -> None:
        one = self._shown_given()
        if one is not None and self._stack.currentIndex() == 1:
            self.paper_wished.emit(one)

    def _shown_given(self) -> "Handover | None":
        at = self._which.currentIndex()
        return self._given[at] if 0 <= at < len(self._given) else None

    def _show_given(self) -> None:
        one = self._shown_given()
        self.take.setEnabled(one is not None and one.id in self._mine)
        self.paper.setEnabled(one is not None)
        self.answer.setEnabled(self.take.isEnabled())
        if one is None:
            self._told.setText(_("还没有交班"))
            self._state.setText("")
            self.history.show_lines([], editable=False)
            return
        told: dict[str, Any] = one.told
        self._told.setText("\n".join(filter(None, (told["text"], told["remark"]))))
        given = clock_time(one.given_at, self._zone, self._now)
        words = [_("{name} 于 {at} 签名").format(name=one.given_by, at=given)]
        if one.taken_at is not None:
            at = clock_time(one.taken_at, self._zone, self._now)
            words.append(_("{name} 于 {at} 接班").format(name=one.taken_by, at=at))
        if one.taken_note:
            words.append(one.taken_note)
        if not one.whole:
            words.append(_("内容与签名时不同"))
        if one.taken_at is None and not self.take.isEnabled():
            words.append(_("由接班的席位接班"))
        self._state.setText(" · ".join(words))
        self.history.show_lines(lines_of_content(told, self._zone, one.given_at), editable=False)

    def _head(self, name: str, at: int) -> QToolButton:
        head = QToolButton(self)
        head.setObjectName(name)
        head.setCheckable(True)
        on_turn(head, lambda: self.turn(at))
        head.setText(_("本班交班") if at == 0 else _("待接班与历次 {count}").format(count=0))
        head.setAccessibleName(head.text())
        return head

    def _lay_out(self) -> None:
        close = QToolButton(self)
        close.setObjectName("handoverClose")
        close.setProperty("quiet", True)
        close.setText(_("关闭 Esc"))
        close.setAccessibleName(close.text())
        close.clicked.connect(self.left)
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(plain_label(_("交接班"), name="handoverTitle", look="title"))
        head.addSpacing(px(12))
        for button in self._heads:
            head.addWidget(button)
        head.addStretch(1)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.remark, 1)
        foot.addWidget(plain_label(_("接班人"), name="handoverToLabel"))
        foot.addWidget(self.to)
        foot.addWidget(self.sign)
        text_head = QHBoxLayout()
        text_head.addWidget(plain_label(_("交班要点"), name="handoverTextLabel", look="section"))
        text_head.addStretch(1)
        text_head.addWidget(self._count)
        give = _page(
            "handoverGivePage",
            self._title,
            self._figures,
            self._steps,
            self.lines,
            self.note,
            text_head,
            self.text,
            foot,
        )
        answer = QHBoxLayout()
        answer.setSpacing(px(8))
        answer.addWidget(self.answer, 1)
        answer.addWidget(self.paper)
        answer.addWidget(self.take)
        read = _page("handoverReadPage", self._which, self._told, self._state, self.history, answer)
        self._stack.addWidget(scrolling(give))
        self._stack.addWidget(scrolling(read))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*pxs(14, 12, 14, 12))
        layout.setSpacing(px(8))
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        tab_order(self.lines.table, self.note, self.text, self.remark, self.to, self.sign)


def _page(name: str, *parts: QWidget | QHBoxLayout) -> QWidget:
    page = QWidget()
    page.setObjectName(name)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(8))
    for part in parts:
        if isinstance(part, HandoverLines):
            part.setMinimumHeight(px(_LEAST_LINES))
        if isinstance(part, QWidget):
            column.addWidget(part, 1 if isinstance(part, HandoverLines) else 0)
        else:
            column.addLayout(part)
    return page
