"""Presence: this seat is seen at the case it shows, and sees who else is there; nothing is locked by it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.errors import Refused
from console.domain.presence import BEAT_S, BUSY, Doing, Present
from console.ui.bulking import Bulking
from console.ui.conduct import Conduct
from console.ui.edge import Reload
from console.ui.queue.panel import QueuePanel
from console.ui.selection import Selection
from console.ui.side import Side
from console.words.presence import presence_words

if TYPE_CHECKING:
    from console.ui.door import Door

_TICK_MS = 1000


class Presence(QObject):
    """Once a second it looks who is where; it writes only what has stayed so for a second, and its beat.

    `taken` are cases that this seat has taken beside the shown one: console.ui.triage.

    Signals: changed, when somebody came, went or does something else.
    """

    changed = Signal()

    def __init__(
        self,
        selection: Selection,
        side: Side,
        queue: QueuePanel,
        conduct: Conduct,
        bulking: Bulking,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(selection)
        self._selection = selection
        self._side = side
        self._door: Door | None = None
        self._others: tuple[Present, ...] = ()
        self._by_case: dict[int, list[Present]] = {}
        self._meant: Mapping[int, Doing] = {}
        self._told: tuple[str, Mapping[int, Doing]] = ("", {})
        self._silent = 0
        self.taken: Mapping[int, Doing] = {}
        self.reload = Reload(self._load, failed)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        queue.model.others = self.words
        conduct.warn_of(self.warning)
        bulking.warn_of(self.warning)
        selection.case_changed.connect(self._show)
        self.changed.connect(self._show)
        self.changed.connect(queue.table.viewport().update)

    def open(self, door: "Door") -> None:
        self._door = door
        door.desk.before_closing(self._leave)
        self._timer.start()

    def who(self, case_id: int) -> tuple[Present, ...]:
        """The other seats that are at a case."""
        return tuple(self._by_case.get(case_id, ()))

    def words(self, case_id: int) -> str:
        """Who else is at a case and since when, in one line; empty where nobody is."""
        return presence_words(self.who(case_id))

    def warning(self, case_id: int) -> str:
        """The same of those only who are about to do something to it."""
        return presence_words([one for one in self.who(case_id) if one.doing in BUSY])

    def tick(self) -> None:
        """A second has passed."""
        self._silent += 1
        self.reload.wish(now=True)

    def _leave(self) -> None:
        """Be seen nowhere any more. Where the store is gone the rows go by themselves."""
        if self._door is not None and (self._told[1] or self.taken):
            with suppress(Refused):
                self._door.leave_now()

    def _show(self) -> None:
        self._side.case_panel.show_others(self.words(self._selection.case_id))

    async def _load(self) -> None:
        door = self._door
        if door is None:
            return
        meant = self._at()
        stays = meant == self._meant
        self._meant = meant
        told = (door.by, meant)
        if (stays and told != self._told) or (meant and self._silent >= BEAT_S):
            await door.attend(meant)
            self._told, self._silent = told, 0
        others = await door.others()
        by_case: dict[int, list[Present]] = {}
        for one in others:
            by_case.setdefault(one.case_id, []).append(one)
        before, self._others, self._by_case = self._others, others, by_case
        if _shown(before) != _shown(others):
            self.changed.emit()

    def _at(self) -> Mapping[int, Doing]:
        shown, form = self._selection.case_id, self._side.form
        if form is not None and form.case_id:
            return {**self.taken, form.case_id: Doing.EDITING}
        if shown and shown not in self.taken:
            return {**self.taken, shown: Doing.LOOKING}
        return self.taken


def _shown(others: tuple[Present, ...]) -> list[tuple[str, int, str, Doing, int]]:
    """What somebody sees of it: minutes, not seconds."""
    return [(one.seat, one.case_id, one.by, one.doing, one.seconds // 60) for one in others]
