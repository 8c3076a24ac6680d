"""What the page of the past asks of the store: how far the journal goes, a period of it, the city."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from console.domain.drill import Drill
    from console.domain.replay import Period
    from console.queries.map import CityMap
    from console.queries.past import Past
    from console.ui.door import Door


class ReplayDoor:
    """The sister of `door` for the past; `zone` is the city's."""

    def __init__(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.zone = zone
        self.now = door.now

    @property
    def by(self) -> str:
        return self._door.by

    async def city(self) -> "CityMap":
        return await self._door.city_map()

    async def span(self) -> tuple[datetime, datetime] | None:
        """From the first report to the newest line; None where there is none."""
        from console.queries.replay import journal_span

        return await self._door.desk.glance(journal_span)

    async def read(
        self, period: "Period", progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> "Past":
        """A period, read on a reading thread, on which both are called. Raises Refused("interrupted")."""
        from console.queries.replay import Reading, read_past

        return await self._door.desk.ask(read_past, period, Reading(progress, cancelled))

    async def make_drill(
        self, folder: Path, at: datetime, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> "Drill":
        """A drill of the moment, on a thread of its own. Raises Refused as console.runtime.drill."""
        import asyncio

        from console.runtime.drill import make_drill

        make = partial(
            make_drill,
            self._door.desk,
            folder,
            at,
            by=self.by,
            now=self.now(),
            progress=progress,
            cancelled=cancelled,
        )
        return await asyncio.get_running_loop().run_in_executor(None, make)

    def drills(self, folder: Path) -> "Sequence[Drill]":
        """Those there are, the newest first."""
        from console.runtime.drill import drills

        return drills(folder)

    def drill_opening(self, folder: Path, name: str) -> list[str]:
        """The command that opens one."""
        from console.runtime.drill import drill_folder, opening

        return opening(drill_folder(folder, name))

    def remove_drill(self, folder: Path, name: str) -> None:
        from console.runtime.drill import remove_drill

        remove_drill(folder, name)

    def can_film(self) -> bool:
        """Whether video can be written here; picture series always can."""
        from console.runtime.film import can_encode

        return can_encode()

    async def make_film(
        self,
        past: "Past",
        target: Path,
        size: tuple[int, int],
        speed: int,
        theme: str,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> int:
        """Draw and write a film of all of `past`; how many pictures. Raises as console.runtime.film."""
        import asyncio

        from console.runtime.film import Film, Scene, make_film

        city = await self.city()
        film = Film(past.period.since, past.period.until, speed, Scene(*size, theme), target)
        make = partial(make_film, past, city, film, progress, cancelled)
        return await asyncio.get_running_loop().run_in_executor(None, make)
