"""What the practice pages ask and do: the rarer half of the window's way to the desk."""

from collections.abc import Callable, Mapping
from datetime import date
from threading import Event
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.practice import Practice
from console.domain.staff import Member

if TYPE_CHECKING:
    import asyncio

    from console.domain.calendar import SiteDay
    from console.domain.zone import Zone
    from console.queries.calendar import CalendarYear
    from console.queries.city import CityLists
    from console.queries.seats import Seated
    from console.queries.site import SitePractice
    from console.services.practice import Loaded
    from console.services.reclock import Recomputed, Watch
    from console.services.zones import Proposal
    from console.ui.door import Door
    from console.ui.duty_door import DutyDoor

Progress = Callable[[int, int], None]


class SiteDoor:
    """Signs as the seat that sits at `door` when something is done; `zone` is the city's."""

    def __init__(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.zone = zone
        self.now = door.now

    def duty(self) -> "DutyDoor":
        """The way to the roster."""
        from console.ui.duty_door import DutyDoor

        return DutyDoor(self._door, self.zone)

    async def lists(self) -> "CityLists":
        return await self._door.lists()

    async def practice(self) -> "SitePractice":
        from console.queries.site import site_practice

        return await self._door.desk.ask(site_practice)

    async def save_practice(self, practice: Practice, note: str) -> "Loaded":
        """Put it in the place of the present one. Raises Refused as the service."""
        from console.services.practice import load_practice

        door = self._door
        return await door.desk.do(load_practice, practice, by=door.by, at=door.now(), note=note)

    async def year(self, year: int) -> "CalendarYear":
        from console.queries.calendar import calendar_year

        return await self._door.desk.ask(calendar_year, year)

    async def set_days(self, days: "Mapping[date, SiteDay]", progress: Progress, stop: Event) -> "Recomputed":
        """Say of days whether they are worked; `stop` gives up, and then nothing changed. Raises Refused."""
        from console.services.calendar import set_days

        door = self._door
        watch = _watch(progress, stop)
        return await door.desk.do(set_days, days, by=door.by, at=door.now(), watch=watch)

    async def remove_days(self, days: list[date], progress: Progress, stop: Event) -> "Recomputed":
        """Let the official table speak of these days again. Raises Refused."""
        from console.services.calendar import remove_days

        door = self._door
        watch = _watch(progress, stop)
        return await door.desk.do(remove_days, days, by=door.by, at=door.now(), watch=watch)

    async def zones(self) -> "tuple[Zone, ...]":
        from console.queries.site import site_zones

        return await self._door.desk.ask(site_zones)

    async def propose_zone(self, proposal: "Proposal") -> "Zone":
        from console.services.zones import propose_zone

        door = self._door
        return await door.desk.do(propose_zone, proposal, by=door.by, at=door.now())

    async def approve_zone(self, number: int) -> "Zone":
        from console.services.zones import approve_zone

        door = self._door
        return await door.desk.do(approve_zone, number, by=door.by, at=door.now())

    async def end_zone(self, number: int) -> "Zone":
        from console.services.zones import end_zone

        door = self._door
        return await door.desk.do(end_zone, number, by=door.by, at=door.now())

    async def seats(self) -> "tuple[Seated, ...]":
        return await self._door.seats()


def metres(member: Member, lon: float, lat: float) -> float | None:
    """How far a person stands from a place; None where nobody knows where he is."""
    from console.domain.staff import distance_m

    if member.lon is None or member.lat is None:
        return None
    return distance_m(member.lon, member.lat, lon, lat)


def _watch(progress: Progress, stop: Event) -> "Watch":
    """Progress comes from the writing thread and is told on the loop's."""
    import asyncio

    from console.services.reclock import Watch

    loop = asyncio.get_running_loop()
    return Watch(lambda done, whole: _tell(loop, progress, done, whole or 0), stop.is_set)


def _tell(loop: "asyncio.AbstractEventLoop", progress: Progress, done: int, whole: int) -> None:
    loop.call_soon_threadsafe(progress, done, whole)
