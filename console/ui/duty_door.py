"""What a seat asks and does as the one on duty: its attention, the roster, the handover of its shift."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from console.domain.attention import News, Watcher
    from console.domain.duty import Duty, Shift
    from console.domain.errors import Refused
    from console.domain.handover import Brief, Edit, Handover
    from console.queries.attention import Heard, SeatWatch
    from console.queries.duty import Roster
    from console.ui.door import Door


class DutyDoor:
    """Signs as the seat that sits at `door`; `zone` is the city's."""

    def __init__(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.zone = zone
        self.now = door.now

    @property
    def by(self) -> str:
        return self._door.by

    @property
    def trouble(self) -> "Refused | None":
        """Why the store did not answer the last time."""
        return self._door.desk.trouble

    @property
    def silence(self) -> float:
        """Seconds since it answered anything."""
        return self._door.desk.silence

    async def seat_watch(self) -> "SeatWatch":
        """Who watches here, under which roster."""
        from console.queries.attention import seat_watch

        return await self._door.desk.glance(seat_watch, self.now(), self.by)

    async def standing(self, seat: "Watcher") -> "Heard":
        """What is so already."""
        from console.queries.attention import standing

        return await self._door.desk.ask(standing, seat)

    async def heard_since(self, seat: "Watcher", line: int) -> "Heard":
        """What the journal's lines after `line` are for the seat."""
        from console.queries.attention import heard_since

        return await self._door.desk.glance(heard_since, seat, line)

    async def clocks_between(self, seat: "Watcher", since: datetime, until: datetime) -> "list[News]":
        """The clocks that ran out or came into their last fifth."""
        from console.queries.attention import clocks_between

        return await self._door.desk.glance(clocks_between, seat, since, until)

    async def roster(self, first: date, last: date) -> "Roster":
        from console.queries.duty import roster

        return await self._door.desk.ask(roster, first, last)

    async def put_duty(self, duty: "Duty") -> None:
        from console.services.roster import put_duty

        await self._door.desk.do(put_duty, duty, by=self.by, at=self.now())

    async def remove_duty(self, duty: "Duty") -> None:
        from console.services.roster import remove_duty

        told = (duty.day, duty.shift, duty.person)
        await self._door.desk.do(remove_duty, *told, by=self.by, at=self.now())

    async def set_shifts(self, shifts: "Sequence[Shift]") -> None:
        from console.services.roster import set_shifts

        await self._door.desk.do(set_shifts, shifts, by=self.by, at=self.now())

    async def brief(self) -> "Brief":
        """What there is to hand over now."""
        from console.queries.handover import handover_brief

        return await self._door.desk.ask(handover_brief, self.now(), self.by)

    async def waiting_handovers(self) -> "tuple[Handover, ...]":
        """Those that this seat is to take over."""
        from console.queries.handovers import waiting_handovers

        return await self._door.desk.glance(waiting_handovers, self.now(), self.by)

    async def last_handovers(self) -> "tuple[Handover, ...]":
        from console.queries.handovers import last_handovers

        return await self._door.desk.ask(last_handovers)

    async def give(self, brief: "Brief", edit: "Edit") -> "Handover":
        """Sign a handover. Raises Refused as the service."""
        from console.services.handover import give_handover

        return await self._door.desk.do(give_handover, brief, edit, by=self.by, at=self.now())

    async def take(self, number: int, note: str) -> "Handover":
        """Take one over. Raises Refused as the service."""
        from console.services.handover import take_handover

        return await self._door.desk.do(take_handover, number, by=self.by, at=self.now(), note=note)

    async def print_handover(self, number: int, target: "Path") -> int:
        """Write one as a PDF, in the place of a file the user agreed to replace. Raises Refused."""
        from console.runtime.handover import save_handover

        return await save_handover(self._door.desk, number, target)

    async def card_id(self, code: str) -> int:
        """The id of a case that a handover names. Raises Refused("no_such_case")."""
        return (await self._door.card(code)).case.id
