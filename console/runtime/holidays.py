"""New official years: taken up from the kept package as soon as an update of it knows them."""

from collections.abc import Callable
from datetime import datetime

from console.domain.calendar import OfficialDays
from console.queries.calendar import official_source, years_to_take
from console.runtime.desk import Desk
from console.services.calendar import take_up_years
from console.services.reclock import UNWATCHED, Recomputed, Watch


def update_holidays(desk: Desk, now: datetime, watch: Watch = UNWATCHED) -> tuple[frozenset[int], Recomputed]:
    """Take up what is missing; the years. Raises Refused: `no_city`, `interrupted`."""
    official = _package(desk.ask_now(official_source))
    if not desk.ask_now(years_to_take, official):
        return frozenset(), Recomputed(0, 0)
    return desk.do_now(take_up_years, official, at=now, watch=watch)


async def keep_holidays(desk: Desk, now: Callable[[], datetime]) -> frozenset[int]:
    """The same once, for who has a loop: started with the window. Raises as update_holidays."""
    official = _package(await desk.ask(official_source))
    if not await desk.ask(years_to_take, official):
        return frozenset()
    years, _ = await desk.do(take_up_years, official, at=now())
    return years


def _package(source: str) -> OfficialDays:
    from console.adapters.holidays import kept_years  # read only where somebody asks

    return kept_years(source)
