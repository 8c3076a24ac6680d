"""Listens to journal and clocks for one seat, from where it left off: nothing missed, nothing twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.domain.alarms import Alarms, Ring
from console.domain.errors import Refused
from console.ui.duty_door import DutyDoor
from console.ui.edge import Reload
from console.ui.first_picture import after_first_picture

if TYPE_CHECKING:
    from console.queries.attention import Heard, SeatWatch

_LONGEST_AGO = timedelta(hours=1)  # of clocks, after a sleep: what ran out before stands in the queue


class Listening(QObject):
    """`alarms` gets what is heard. What the store refuses is tried again with the next second.

    Signals: rung(Ring); changed, when lines grew or went; seated(SeatWatch).
    """

    rung = Signal(object)
    changed = Signal()
    seated = Signal(object)

    def __init__(self, alarms: Alarms, failed: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self.alarms = alarms
        self._failed = failed
        self._door: DutyDoor | None = None
        self._watch: SeatWatch | None = None
        self._line = -1
        self._sittings = 0  # what was asked for somebody who has left since is not told
        self._looked: datetime | None = None
        self.seat = Reload(self._sit, self._refused)
        self.facts = Reload(self._hear, self._refused)
        self.clocks = Reload(self._look, self._refused)

    def open(self, door: DutyDoor) -> None:
        self._door = door
        after_first_picture(self.sit_down)

    def sit_down(self) -> None:
        """Somebody sits here from now on: what stands is told to him."""
        self._line = -1
        self._sittings += 1
        self.seat.wish(now=True)

    async def _sit(self) -> None:
        assert self._door is not None
        sitting = self._sittings
        self._watch = await self._door.seat_watch()
        self.seated.emit(self._watch)
        if self._line < 0:
            heard = await self._door.standing(self._watch.watcher)
            if sitting != self._sittings:
                return  # and the next round is wished already
            self.alarms.forget()
            self._line, self._looked = heard.line, self._door.now()
            self._take(heard)
            self.changed.emit()
        self.facts.wish(now=True)

    async def _hear(self) -> None:
        if self._door is None or self._watch is None or self._line < 0:
            return
        more, sitting = True, self._sittings
        while more:
            heard = await self._door.heard_since(self._watch.watcher, self._line)
            if sitting != self._sittings:
                return
            self._line, more = heard.line, heard.more
            self._take(heard)

    async def _look(self) -> None:
        if self._door is None or self._watch is None or self._looked is None:
            return
        until = self._door.now()
        since = max(self._looked, until - _LONGEST_AGO)
        if since >= until:
            return
        sitting = self._sittings
        news = await self._door.clocks_between(self._watch.watcher, since, until)
        if sitting != self._sittings:
            return
        self._looked = until
        if news:
            self._tell(self.alarms.hear(news, until))

    def _take(self, heard: "Heard") -> None:
        assert self._door is not None
        now, changed = self._door.now(), False
        for step in heard.steps:
            changed |= self.alarms.settle(step.case_id, step.over)
            if step.news:
                changed = True
                self._tell(self.alarms.hear(step.news, now), quietly=True)
        if changed:
            self.changed.emit()

    def _tell(self, ring: Ring | None, *, quietly: bool = False) -> None:
        if ring is not None:
            self.rung.emit(ring)
        if not quietly:
            self.changed.emit()

    def _refused(self, problem: BaseException) -> None:
        """A store that does not answer is told by its lamp."""
        if not (isinstance(problem, Refused) and problem.code.startswith("database")):
            self._failed(problem)
