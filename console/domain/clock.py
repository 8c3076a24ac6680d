"""The disposal clock: how long it ran over a case's visits, and when its budget is used up.

One formula serves them all: a suspension stops a visit, taking the case up again begins one that joins
it, an extension adds one original limit to the budget, and the bundled clock (捆绑计时) adds up every
visit to the same department. Everything is exact to the microsecond.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.calendar import WorkCalendar, granted
from console.domain.catalogue import Limit
from console.domain.lamp import SOON_FIFTHS


@dataclass(frozen=True, slots=True)
class Visit:
    """A stretch in which a department had the case and its clock ran; no `stop` while it runs.

    `joins` says that it goes on with the visit before it after a suspension. The visits of a case are
    in the order of time and do not overlap; only the last may run.
    """

    department: str
    start: datetime
    stop: datetime | None = None
    joins: bool = False


def counted(visits: Sequence[Visit], *, bundled: bool) -> tuple[Visit, ...]:
    """The visits that use the present budget, in their order.

    Bundled: all of the last visit's department. Otherwise the last one with those that it joins.
    """
    if not visits:
        return ()
    if bundled:
        return tuple(visit for visit in visits if visit.department == visits[-1].department)
    first = len(visits) - 1
    while first and visits[first].joins:
        first -= 1
    return tuple(visits[first:])


def budget(limit: Limit, extensions: int = 0) -> timedelta:
    """The running time granted: the original limit, and as much again for every extension."""
    return (1 + extensions) * granted(limit)


def due(calendar: WorkCalendar, limit: Limit, extensions: int, visits: Sequence[Visit]) -> datetime:
    """The first instant (UTC) at which the counted `visits` use up the budget.

    The last one counts as if it went on, so a stopped clock keeps the deadline it had. Raises
    ValueError without visits, Refused("calendar_out_of_range").
    """
    return _used_up(calendar, limit, visits, budget(limit, extensions))


def soon(calendar: WorkCalendar, limit: Limit, extensions: int, visits: Sequence[Visit]) -> datetime:
    """The first instant (UTC) at which four fifths of the budget are used; raises as `due`."""
    return _used_up(calendar, limit, visits, SOON_FIFTHS * budget(limit, extensions) // 5)


def used(calendar: WorkCalendar, limit: Limit, visits: Sequence[Visit], now: datetime) -> timedelta:
    """How long the clock ran until `now` over the counted `visits`: working time, wall time if urgent."""
    return sum((_ran(calendar, limit, visit, now) for visit in visits), timedelta())


def share(
    calendar: WorkCalendar, limit: Limit, extensions: int, visits: Sequence[Visit], now: datetime
) -> float:
    """Used time over budget, above 1 the overdue multiple (超时倍数); infinite over a budget of nothing."""
    whole = budget(limit, extensions)
    ran = used(calendar, limit, visits, now)
    if not whole:
        return math.inf if ran else 0.0
    return ran / whole


def _used_up(calendar: WorkCalendar, limit: Limit, visits: Sequence[Visit], left: timedelta) -> datetime:
    if not visits:
        raise ValueError("a clock without visits has no deadline")
    for visit in visits[:-1]:
        if visit.stop is None:
            raise ValueError(f"only the last visit may run, not that since {visit.start}")
        ran = _ran(calendar, limit, visit, visit.stop)
        if ran >= left:
            return calendar.reached(limit.unit, visit.start, left)
        left -= ran
    return calendar.reached(limit.unit, visits[-1].start, left)


def _ran(calendar: WorkCalendar, limit: Limit, visit: Visit, now: datetime) -> timedelta:
    end = now if visit.stop is None else min(visit.stop, now)
    return calendar.ran(limit.unit, visit.start, end) if end > visit.start else timedelta()
