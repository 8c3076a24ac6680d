"""Triage: the next case comes up by itself, taken for this seat alone; the one after it is read already."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from console.domain.batches import batches
from console.domain.case import Case
from console.domain.lamp import Lamp
from console.domain.presence import Doing
from console.domain.skip import SkipReason
from console.domain.wanted import CaseFilter
from console.i18n import _, named
from console.ui.case.offer import primary
from console.ui.conduct import Conduct
from console.ui.edge import Reload
from console.ui.lists import Lists
from console.ui.messages import MessageLine
from console.ui.presence import Presence
from console.ui.selection import Selection
from console.ui.theme import Theme
from console.ui.triage.shown import Progress
from console.ui.triage_door import TriageDoor
from console.ui.triage_shown import is_mine, shown_case
from console.words import OPERATIONS
from console.words.skips import SKIP_REASONS

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.runtime.triage import TriageCase
    from console.ui.case.evidence import EvidenceStrip
    from console.ui.door import Door
    from console.ui.main_window import MainWindow
    from console.ui.triage.panel import TriagePanel

_AFTER_OTHERS_MS = 250
_REMEMBERED = 500  # of the cases that were sent on: they do not come back at once
_HOUR_S = 3600
_FIRST_PACE_S = 120  # before that a pace says nothing


class Triaging(QObject):
    """Stands in the place of the lists while it is on; the map and the case panel follow its case."""

    def __init__(
        self,
        lists: Lists,
        selection: Selection,
        conduct: Conduct,
        presence: Presence,
        messages: MessageLine,
        actions: Mapping[str, QAction],
        theme: Theme,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(lists)
        self._lists = lists
        self._selection = selection
        self._conduct = conduct
        self._presence = presence
        self._messages = messages
        self._actions = actions
        self._theme = theme
        self._failed = failed
        self._door: TriageDoor | None = None
        self._whole_door: Door | None = None
        self._names: dict[str, str] = {}
        self._panel: TriagePanel | None = None
        self._photos: EvidenceStrip | None = None
        self.on = False
        self._wanted = CaseFilter()
        self._current: TriageCase | None = None
        self._ahead: TriageCase | None = None
        self._stale = False
        self._anew = False
        self._again = 0  # a case that was done and taken back: it comes up again
        self._done: list[int] = []
        self._begun: datetime | None = None
        self._left = 0
        self.steps = Reload(self._step, failed, wait_ms=_AFTER_OTHERS_MS)
        conduct.done.connect(self._on_done)
        presence.changed.connect(self._on_presence)
        selection.case_changed.connect(self._on_case_changed)
        selection.filter_changed.connect(lambda _wanted: self.restart())

    def open(self, door: "Door", lists: "CityLists") -> None:
        self._door, self._whole_door = TriageDoor(door), door
        self._names = {one.code: named(one.name, one.name_en) for one in lists.departments}

    def toggle_triage(self) -> None:
        """Begin, or go back to the lists."""
        if self._door is None:
            return
        if self.on:
            self._end()
            return
        self.on = True
        self._done, self._begun = [], self._door.now()
        self._lists.lay_over(self._shown_panel())
        self.restart()

    @property
    def asks(self) -> bool:
        """Whether it asks why a case is passed over."""
        return self.on and self._panel is not None and self._panel.reasons.isVisible()

    def leave(self) -> bool:
        """One step back: from the reasons, from another case, out of triage; False where it is off."""
        if not self.on or self._panel is None:
            return False
        if self._panel.end_skip():
            return True
        if self._current is not None and self._selection.case_id != self._current.card.case.id:
            self._selection.choose_case(self._current.card.case.id)
        else:
            self._end()
        return True

    def restart(self, *_told: object) -> None:
        """Another filter or another seat: other cases come."""
        if self.on:
            self._anew = True
            self.steps.wish(now=True)

    def on_changed(self, changes: "Changes") -> None:
        if not self.on:
            return
        for one in (self._current, self._ahead):
            case = one.card.case if one is not None else None
            if case is None or not (changes.everything or changes.cases.get(case.id, 0) > case.version):
                continue
            if one is self._current:
                self._stale = True
            else:
                self._ahead = None
        self.steps.wish()

    def tick(self, now: datetime) -> None:
        if self.on and self._current is not None:
            self._show(self._current)

    def show_words(self) -> None:
        if self._panel is not None:
            self._panel.show_words()
        if self._photos is not None:
            self._photos.show_words()

    async def _step(self) -> None:
        """Whatever is missing: the case that is shown as it is now, the next one, the one after it."""
        assert self._door is not None
        if self._anew:
            self._anew, self._current, self._ahead = False, None, None
        if self._again:
            back, self._again = self._again, 0
            self._ahead, self._current = self._current, await self._door.case(back)
            self._stale = False
            self._show(self._current)
            self._selection.choose_case(back)
        if self._stale and self._current is not None:
            self._stale = False
            shown = self._current
            fresh = await self._door.case(shown.card.case.id)
            if self._current is shown:  # else it was done meanwhile, and the next one stands there
                self._take_anew(fresh)
        if self.on and self._current is None:
            await self._take_next()
        if self.on and self._current is not None and self._ahead is None:
            self._ahead = await self._pull()
            self._show_progress()

    async def _pull(self) -> "TriageCase | None":
        """The next case that no other seat works on, taken for this one."""
        assert self._door is not None
        self._wanted = await self._meant()
        waiting = await self._door.waiting(self._wanted, self._done[-_REMEMBERED:])
        self._left = waiting.left
        kept = self._kept()
        found = await self._door.claim([one for one in waiting.ids if one not in kept], kept)
        taken = kept if found is None else {**kept, found: Doing.TRIAGE}
        self._presence.taken = taken if self.on else {}  # it may have ended meanwhile
        return None if found is None else await self._door.case(found)

    async def _meant(self) -> CaseFilter:
        """What the lists are narrowed to; if they are not, what waits for the posts of this seat."""
        assert self._door is not None
        wanted = self._selection.wanted
        if wanted.narrows or wanted.step is not None or wanted.everything:
            return wanted
        actor = await self._door.sitting()
        return CaseFilter(posts=tuple(sorted(actor.posts)))

    def _take(self, one: "TriageCase | None") -> None:
        """Show the next case now; the one after it is read behind it."""
        self._current, self._ahead, self._stale = one, None, False
        self._show_progress()
        if one is not None:
            self._show(one)
            self._selection.choose_case(one.card.case.id)
        elif self._left:
            self._shown_panel().say(
                _("其余 {left} 件正由别的席位办理,或须由别的岗位办理").format(left=self._left)
            )
        elif self._wanted == self._selection.wanted:  # the queue's filter decides what comes up
            self._shown_panel().say(_("当前筛选下没有等着办理的案件了。按 Ctrl+Backspace 清除筛选。"))
        else:
            self._shown_panel().say(_("没有等着办理的案件了。按 F11 退出分拣。"))

    async def _take_next(self) -> None:
        found = self._ahead or await self._pull()
        if self.on:  # it may have been left meanwhile
            self._take(found)

    def _take_anew(self, fresh: "TriageCase") -> None:
        """The case that is shown as it is now; the next one where there is nothing left to do here."""
        if is_mine(fresh.card):
            self._current = fresh
            self._show(fresh)
        else:
            self._finished(fresh.card.case.id)

    def _finished(self, case_id: int) -> None:
        self._done = [one for one in self._done if one != case_id] + [case_id]
        self._next()

    def _next(self) -> None:
        ahead, self._current = self._ahead, None
        if ahead is not None:
            self._take(ahead)
        self.steps.wish(now=True)

    def _on_done(self, case: Case) -> None:
        """After an act of this seat: on with the same case while it has more to do there, else the next."""
        if not self.on:
            return
        if self._current is not None and case.id == self._current.card.case.id:
            way = self._current.way
            if case.ended_at is not None or (way and case.state is way[-1][2].state):
                self._finished(case.id)
            else:
                self._stale = True
                self.steps.wish(now=True)
        elif case.id in self._done:  # taken back: it is to do again
            self._done = [one for one in self._done if one != case.id]
            self._again = case.id
            self.steps.wish(now=True)

    def _on_go(self) -> None:
        current = self._current
        if current is None or self._elsewhere():
            return
        act = primary(current.card)
        if current.way:
            self._conduct.clicks.run(self._go)
        elif act is not None:
            self._actions[act.name].trigger()

    async def _go(self) -> None:
        """The proposed way in one go: all of it or nothing."""
        current, door = self._current, self._door
        if current is None or door is None:
            return
        steps = [operation for operation, _told, _after in current.way]
        card, at = current.card, door.now()
        case = await door.go(card.case.code, steps, card.case.version)
        names = [OPERATIONS[one] for one in steps]
        self._conduct.memory.add(names[-1], [case], len(steps))
        words = _("已{operation}:{code} {whom}").format(
            operation=" → ".join(map(_, names)),
            code=case.code,
            whom=self._names.get(case.department, ""),
        )
        grace = min(filter(None, (card.grace.get(one) for one in steps)), default=None)
        if grace:
            self._messages.offer_undo(words.rstrip(), at + grace, grace, door.now)
        else:
            self._messages.say(words.rstrip(), Lamp.IN_TIME)
        self._conduct.done.emit(case)

    def _on_skip(self, reason: SkipReason, words: str) -> None:
        self._conduct.clicks.run(lambda: self._skip(reason, words))

    async def _skip(self, reason: SkipReason, words: str) -> None:
        current, door = self._current, self._door
        if current is None or door is None or self._elsewhere():
            return
        case = current.card.case
        await door.skip(case.code, reason, words, case.version)
        told = _("已跳过:{code} {reason}").format(code=case.code, reason=words or _(SKIP_REASONS[reason]))
        self._messages.say(told)
        self._next()

    def _elsewhere(self) -> bool:
        current = self._current
        return current is not None and self._selection.case_id != current.card.case.id

    def _on_case_changed(self, _case_id: int) -> None:
        if self.on and self._panel is not None:
            away = self._elsewhere()
            self._panel.show_elsewhere(_("正在看另一件:按 Esc 回到分拣的案件") if away else "")

    def _on_presence(self) -> None:
        if self.on and self._panel is not None and self._current is not None:
            self._panel.show_others(self._presence.words(self._current.card.case.id))

    def _show(self, one: "TriageCase") -> None:
        assert self._door is not None
        now = self._door.now()
        card = one.card
        self._shown_panel().show_case(shown_case(one, self._names, self._presence.words(card.case.id), now))
        found = batches(card.facts)
        if found or self._photos is not None:
            strip = self._strip()
            strip.setVisible(bool(found))
            strip.show_batches(found, ZoneInfo(card.timezone), now)

    def _show_progress(self) -> None:
        assert self._door is not None
        assert self._begun is not None
        spent = (self._door.now() - self._begun).total_seconds()
        done = len(self._done)
        pace = round(done * _HOUR_S / spent) if spent >= _FIRST_PACE_S else 0
        self._shown_panel().show_progress(Progress(done, pace, self._left))

    def _kept(self) -> dict[int, Doing]:
        held = (self._current, self._ahead)
        return {one.card.case.id: Doing.TRIAGE for one in held if one is not None}

    def _end(self) -> None:
        self.on = False
        self._current = self._ahead = None
        self._presence.taken = {}
        self._lists.lay_over(None)
        told = _("分拣结束:已办 {done} 件").format(done=len(self._done))
        self._messages.say(told)

    def _shown_panel(self) -> "TriagePanel":
        """Made when it is first wanted: the window is painted without it."""
        if self._panel is None:
            from console.ui.triage.panel import TriagePanel

            self._panel = TriagePanel(self._theme)
            self._panel.go_wished.connect(self._on_go)
            self._panel.skip_wished.connect(self._on_skip)
            self._panel.case_wished.connect(self._selection.choose_case)
            self._panel.left.connect(self.toggle_triage)
        return self._panel

    def _strip(self) -> "EvidenceStrip":
        if self._photos is None:
            from console.ui.case.evidence import EvidenceStrip

            assert self._whole_door is not None
            self._photos = EvidenceStrip(self._theme, self._failed)
            self._photos.set_taking(False)
            self._photos.open(self._whole_door.pictures, None)
            self._shown_panel().photo_place.addWidget(self._photos)
        return self._photos


def make_triaging(window: "MainWindow") -> Triaging:
    """The triage of a window, between its parts."""
    return Triaging(
        window.left,
        window.selection,
        window.conduct,
        window.presence,
        window.messages,
        window.actions_by_name,
        window.theme,
        window.failed,
    )
