"""The case panel: what the case is, where it lies, what happened, and the acts it allows now."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from console.domain.batches import batches
from console.i18n import _, named
from console.ui.actions import ACTS
from console.ui.case.acts import ActButtons
from console.ui.case.facts import FactTable, fact_lines
from console.ui.case.flags import FlagRow, flag_chips
from console.ui.case.offer import allowed
from console.ui.case.state import ShareBar, clock_shown
from console.ui.case.timeline import Timeline
from console.ui.edge import Clicks, Reload
from console.ui.marks import mark_picture
from console.ui.scale import px, pxs
from console.ui.scrolling import Room
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.widgets import Elided, plain_label
from console.words import LAMPS, REQUESTS, clock_time

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.runtime.desk import Changes
    from console.ui.case.evidence import EvidenceStrip
    from console.ui.door import Door

_ATTACH = next(act for act in ACTS if act.name == "act_attach")
_LONGEST_TEXT = 4000
_LOW = 380  # px
_FOR_THE_CASE, _ACT_ROW = 250, 38  # what is not for quick acts, and what a row of them takes
_REST_MS = 60
_RELOAD_TICKS = 6  # ticks of ten seconds: once a minute the used share is asked anew


class CasePanel(QFrame):
    """Shows the chosen case. `actions` are the window's QActions of acts, by object name.

    `card_shown` is called with every card that is shown, so that the actions follow it.

    Signals: files_given(list[Path]), when photos were dropped on those of the case; card_changed(CaseCard or
    None), when another card is shown.
    """

    files_given = Signal(list)
    card_changed = Signal(object)

    def __init__(
        self,
        selection: Selection,
        theme: Theme,
        actions: Mapping[str, QAction],
        failed: Callable[[BaseException], None],
        card_shown: "Callable[[CaseCard | None], None]",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("casePanel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._selection = selection
        self._theme = theme
        self._card_shown = card_shown
        self._borders: dict[int, str] = {}
        self._failed = failed
        self._links = Clicks(failed)
        self._ticks = 0
        self._door: Door | None = None
        self.card: CaseCard | None = None
        self._mark = QLabel(self)
        self._mark.setObjectName("caseMark")
        self._title = Elided()
        self._title.setObjectName("caseTitle")
        self._title.setProperty("look", "title")
        self._code = plain_label(name="caseCode")
        self._code.setProperty("look", "muted")
        self._state = plain_label(name="caseState")
        self._share = ShareBar(theme)
        self._flags = FlagRow(theme)
        self._request = plain_label(name="caseRequest", wraps=True)
        self._others = plain_label(name="casePresence", look="news", wraps=True)
        self._others.hide()
        self.close_button = QToolButton(self)
        self.close_button.setObjectName("closeCaseButton")
        self.close_button.setProperty("quiet", True)
        self.close_button.setText("×")
        self.close_button.clicked.connect(lambda: selection.choose_case(0))
        self._text = plain_label(name="caseText", wraps=True)
        self._facts = FactTable()
        self._facts.case_wished.connect(self._on_case_wished)
        self._photos: EvidenceStrip | None = None
        self._section = plain_label(name="caseHistoryTitle", look="section")
        self._timeline = Timeline(theme)
        self.acts = ActButtons(actions, self)
        self.form_place = QVBoxLayout()
        self._empty = plain_label(name="caseEmpty", wraps=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = self._make_body()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._empty, 1)
        self.reload = Reload(self._load, failed)
        selection.case_changed.connect(self._on_case_changed)
        selection.marked_changed.connect(lambda _count: self._show())
        theme.changed.connect(self._show)
        self.show_words()

    def open(self, door: "Door") -> None:
        self._door = door
        self.reload.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        if changes.everything or self._selection.case_id in changes.cases:
            self.reload.wish(now=True)

    def tick(self, now: datetime) -> None:
        if self.card is None:
            return
        self._show_state(self.card, now)
        self._ticks += 1
        promised = self.card.case.due_at is None and self.card.advice.due_at is not None
        if promised or (self.card.share is not None and self._ticks % _RELOAD_TICKS == 0):
            self.reload.wish()  # what the button promises and the used share move on with the clock

    def show_others(self, words: str) -> None:
        """Who else is at the shown case; empty where nobody is."""
        self._others.setText(words)
        self._others.setVisible(bool(words))

    def show_words(self) -> None:
        for part in (self, self._room):  # the keyboard comes to the room too, to scroll
            part.setAccessibleName(_("案件"))
        self.close_button.setAccessibleName(_("关闭案件"))
        self.close_button.setToolTip(_("关闭案件 Esc"))
        self._section.setText(_("办理经过"))
        self._empty.setText(_("在列表或地图上选一个案件。\n按 N 登记新问题。"))
        if self._photos is not None:
            self._photos.show_words()
        self._show()

    async def _load(self) -> None:
        case_id = self._selection.case_id
        card = await self._door.card(case_id) if self._door is not None and case_id else None
        if case_id == self._selection.case_id:
            self.card = card
            self._card_shown(card)  # the actions first: the buttons show what they allow
            self._show()
            self.card_changed.emit(card)

    def show_borders(self, case_id: int, words: str) -> None:
        """How near the case lies to the next grid or area, told a moment after its card."""
        self._borders = {case_id: words}
        if self.card is not None and self.card.case.id == case_id:
            self._show()

    def _show(self) -> None:
        card = self.card
        self._body.setVisible(card is not None)
        self._empty.setVisible(card is None)
        if card is None or self._door is None:
            return
        now = self._door.now()
        case = card.case
        class_name = (
            named(card.case_class.name, card.case_class.name_en) if card.case_class else _("未定类别")
        )
        self._title.setText(class_name)
        self._code.setText(case.code)
        text = case.description
        if len(text) > _LONGEST_TEXT:
            left = len(text) - _LONGEST_TEXT
            text = text[:_LONGEST_TEXT] + _("……(还有 {left} 字)").format(left=left)
        self._text.setText(text)
        self._show_state(card, now)
        self._facts.show_lines(fact_lines(card, now, self._borders.get(card.case.id, "")))
        self._timeline.show_card(card, now)
        self._show_photos(card, now)
        self.acts.show_card(card, now, self._selection.marked)

    def _show_state(self, card: "CaseCard", now: datetime) -> None:
        clock = clock_shown(card, now)
        self._mark.setAccessibleName(_(LAMPS[clock.lamp]))
        self._mark.setPixmap(mark_picture(clock.lamp, self._theme, 16, self.devicePixelRatioF()))
        self._state.setText(clock.head)
        self._share.show_clock(clock)
        self._flags.show_chips(flag_chips(card, now))
        request = _request_words(card, now)
        self._request.setText(request)
        self._request.setVisible(bool(request))

    def _show_photos(self, card: "CaseCard", now: datetime) -> None:
        """The strip of photos is made for the first case that has any."""
        found = batches(card.facts)
        if self._photos is None and found and self._door is not None:
            from console.ui.case.evidence import EvidenceStrip

            self._photos = EvidenceStrip(self._theme, self._failed)
            self._photos.files_given.connect(self.files_given)
            self._photos.open(self._door.pictures, self._door.export)
            self._column.insertWidget(self._column.indexOf(self._section), self._photos)
        if self._photos is not None:
            self._photos.setVisible(bool(found))
            self._photos.set_taking(allowed(_ATTACH, card))
            self._photos.show_batches(found, ZoneInfo(card.timezone), now)

    def _on_case_changed(self, _case_id: int) -> None:
        """Whoever holds a key down wants to get somewhere: the cases on the way are not opened."""
        self.reload.wish(now=True, rest_ms=_REST_MS if self._selection.walking else 0)

    def _on_case_wished(self, code: str) -> None:
        self._links.run(lambda: self._follow_link(code))

    async def _follow_link(self, code: str) -> None:
        if self._door is not None:
            self._selection.choose_case((await self._door.card(code)).case.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.acts.fold(self.height() < px(_LOW))
        self.acts.allow((self.height() - px(_FOR_THE_CASE)) // px(_ACT_ROW))

    def _make_body(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        head.addWidget(self._code)
        head.addWidget(self.close_button)
        inner = QWidget()
        inner.setObjectName("caseBody")
        column = self._column = QVBoxLayout(inner)
        column.setContentsMargins(*pxs(14, 6, 14, 10))
        column.setSpacing(px(8))
        column.addWidget(self._text)
        column.addWidget(self._facts)
        column.addWidget(self._section)
        column.addWidget(self._timeline)
        column.addStretch(1)
        scroll = self._room = Room()
        scroll.setObjectName("caseScroll")
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(self)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(*pxs(0, 10, 0, 0))
        layout.setSpacing(px(6))
        top = QVBoxLayout()
        top.setContentsMargins(*pxs(14, 0, 14, 0))
        top.setSpacing(px(4))
        top.addLayout(head)
        for part in (self._state, self._share, self._flags, self._request, self._others):
            top.addWidget(part)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        bottom = QVBoxLayout()
        bottom.setContentsMargins(*pxs(14, 0, 14, 12))
        bottom.addLayout(self.form_place)
        bottom.addWidget(self.acts)
        layout.addLayout(bottom)
        return body


def _request_words(card: "CaseCard", now: datetime) -> str:
    """Which application waits, of whom, since when; empty where none does."""
    case = card.case
    if case.request is None or case.asked_at is None:
        return ""
    zone = ZoneInfo(card.timezone)
    facts = [case.asked_by, clock_time(case.asked_at, zone, now)]
    if case.asked_until is not None:
        facts.append(_("至 {time}").format(time=clock_time(case.asked_until, zone, now)))
    return _("等待决定:{request}({facts})").format(request=_(REQUESTS[case.request]), facts=",".join(facts))
