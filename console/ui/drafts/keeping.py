"""Keeps what is typed into the forms of the side, and offers it again to the same user."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QToolButton, QWidget
from shiboken6 import isValid

from console.domain.case import Case
from console.domain.errors import Refused
from console.i18n import _
from console.ui.acting import Acting
from console.ui.actions import ACTS
from console.ui.conduct import Conduct
from console.ui.drafts.bar import DraftBar
from console.ui.drafts.draft import REPORT, Book, Draft, Key, book_of
from console.ui.drafts.entered import enter, entered
from console.ui.edge import Clicks
from console.ui.messages import MessageLine
from console.ui.own_document import OwnDocument
from console.ui.reporting import Reporting
from console.ui.side import Side
from console.words import clock_time

if TYPE_CHECKING:
    from console.ui.door import Door

_FILE = "drafts.json"
_EVERY_MS = 2000  # with the writing, no more than five seconds of typing are lost
_ACT_WORDS = {act.name: act.words for act in ACTS}


class Drafts(QObject):
    """`folder` is the data folder: drafts are of this machine, one file for each user."""

    def __init__(
        self,
        side: Side,
        conduct: Conduct,
        acting: Acting,
        reporting: Reporting,
        messages: MessageLine,
        show_workspace: Callable[[], None],
        folder: Path,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(side)
        self._acting = acting
        self._reporting = reporting
        self._messages = messages
        self._show_workspace = show_workspace
        self._door: Door | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self._book = Book()
        self._form: QWidget | None = None
        self._key: Key = (REPORT, "")
        self._initial: dict[str, Any] = {}
        self._seen: dict[str, Any] = {}
        self._told: Key | None = None
        self._gone: set[Key] = set()
        self.clicks = Clicks(failed)
        self._own = OwnDocument(folder, _FILE, failed, self._take, lambda: self._book.document(), self)
        self.button = QToolButton()
        self.button.setObjectName("draftsButton")
        self.button.setProperty("quiet", True)
        self.button.clicked.connect(self.resume_draft)
        self.button.hide()
        messages.add(self.button)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        side.form_shown.connect(self._on_form_shown)
        side.form_left.connect(self._on_form_left)
        side.act_told.connect(lambda action, _told, _seen: self._on_told((action.name, self._key[1])))
        side.report_filled.connect(lambda _report: self._on_told((REPORT, "")))
        conduct.done.connect(self._on_done)
        reporting.registered.connect(lambda _case: self._drop((REPORT, "")))

    async def open(self, door: "Door", zone: ZoneInfo) -> None:
        """Take up what this user left, and say so."""
        self._door, self._zone = door, zone
        await self._own.open(door.by)

    def change_user(self) -> None:
        """Somebody else sits here now."""
        if self._door is not None:
            self.look()
            self._own.change_user(self._door.by)

    def look(self) -> None:
        """See what stands in the form now, and keep it if it moved."""
        form = self._form
        if form is None or not isValid(form) or self._door is None:
            return
        found = entered(form)
        if found == self._seen:
            return
        self._seen = found
        if found == self._initial:
            self._drop(self._key)
        else:
            self._book.put(Draft(*self._key, self._door.now(), found))
            self._own.changed()
            self._show_count()

    def resume_draft(self) -> None:
        """Open the newest draft that does not stand in a form already."""
        self._show_workspace()
        passed = self._gone | ({self._key} if self._form is not None else set())
        found = next((draft for draft in self._book.newest_first if draft.key not in passed), None)
        if found is None:
            self._messages.say(_("没有未提交的草稿"))
        elif found.name == REPORT:
            self._reporting.ask()
        else:
            self.clicks.run(partial(self._open_act, found))

    def close(self) -> None:
        """Keep at once what stands in the form: the window is about to go."""
        self.look()
        self._own.close()

    def show_words(self) -> None:
        self._show_count()

    async def _open_act(self, draft: Draft) -> None:
        assert self._door is not None
        action = next(act for act in ACTS if act.name == draft.name)
        try:
            card = await self._door.card(draft.code)
        except Refused:
            self._gone.add(draft.key)  # not here, but perhaps in the city this user works for tomorrow
            raise
        self._acting.ask_for(card.case.id, action)

    def _take(self, told: Any) -> str:
        assert self._door is not None
        now = self._door.now()
        book, wrong = book_of(told, now)
        known = {REPORT, *_ACT_WORDS}
        self._book = Book(one for one in book.newest_first if one.name in known)
        self._show_count()
        if self._book:
            newest = self._book.newest_first[0]
            words = _("上次有 {count} 份草稿没有提交,最近是 {time} 的“{what}”。按 {key} 继续填写")
            what = _("登记新问题") if newest.name == REPORT else f"{_(_ACT_WORDS[newest.name])} {newest.code}"
            time = clock_time(newest.at, self._zone, now)
            self._messages.say(words.format(count=len(self._book), time=time, what=what, key="Ctrl+Shift+D"))
        return wrong

    def _on_form_shown(self, form: QWidget, name: str, code: str) -> None:
        self._form = form
        self._key = name, code
        self._initial = self._seen = entered(form)
        draft = self._book.find(self._key)
        if draft is not None and self._door is not None and dict(draft.entries) != self._initial:
            self._put_back(form, draft)
        self._timer.start()

    def _put_back(self, form: QWidget, draft: Draft) -> None:
        assert self._door is not None
        enter(form, draft.entries)
        self._seen = entered(form)
        bar = DraftBar(clock_time(draft.at, self._zone, self._door.now()), form)
        bar.turned.connect(lambda taken: enter(form, draft.entries if taken else self._initial))
        bar.turned.connect(lambda _taken: self.look())
        layout = form.layout()
        assert isinstance(layout, QBoxLayout)
        layout.insertWidget(1, bar)  # under the title

    def _on_form_left(self) -> None:
        self.look()
        self._timer.stop()
        self._form = None

    def _on_told(self, key: Key) -> None:
        self.look()
        self._told = key

    def _on_done(self, case: Case) -> None:
        if self._told is not None and self._told[1] == case.code:
            self._drop(self._told)
            self._told = None

    def _drop(self, key: Key) -> None:
        if self._book.drop(key):
            self._own.changed()
        self._show_count()

    def _show_count(self) -> None:
        count = len(self._book)
        self.button.setVisible(count > 0)
        self.button.setText(_("草稿 {count}").format(count=count))
        self.button.setAccessibleName(_("{count} 份未提交的草稿").format(count=count))
        self.button.setToolTip(_("继续填写 Ctrl+Shift+D"))
