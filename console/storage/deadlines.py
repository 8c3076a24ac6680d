"""Many deadlines at once, equal to those of console.domain.clock to the microsecond.

Instants and amounts are int64 microseconds, instants since 1970 UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from console.domain.calendar import TICK, WorkCalendar
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, budget
from console.domain.lamp import SOON_FIFTHS
from console.storage.columns import ticks

Ticks = NDArray[np.int64]
Where = NDArray[np.bool_]


class Visits(NamedTuple):
    """The counted visits of many clocks one after another.

    `first` holds the place of each clock's first visit, `stops` of a clock's last visit mean nothing.
    `always` marks the clocks that run outside work periods too.
    """

    starts: Ticks
    stops: Ticks
    first: NDArray[np.intp]
    budgets: Ticks
    always: Where


class _Stretches(NamedTuple):
    """Of each visit its clock and what that had run before and after it; of each clock its last visit."""

    owner: NDArray[np.intp]
    last: NDArray[np.intp]
    before: Ticks
    after: Ticks


@dataclass(frozen=True)
class Deadlines:
    """A calendar's prefix sums as arrays. Raises Refused("calendar_out_of_range") as the calendar does."""

    calendar: WorkCalendar
    begins: Ticks
    ends: Ticks
    before: Ticks

    @classmethod
    def of(cls, calendar: WorkCalendar) -> Self:
        return cls(calendar, *(np.array(column, np.int64) for column in calendar.spans))

    def reached(self, starts: Ticks, amounts: Ticks, always: Where | None = None) -> Ticks:
        """The first instants at which clocks begun at `starts` have run for `amounts`."""
        until = starts + amounts
        working = np.ones(len(starts), bool) if always is None else ~always
        moving = working & (amounts != 0)
        until[moving] = self._after(starts[moving], amounts[moving])
        return until

    def worked_until(self, moments: Ticks) -> Ticks:
        """Working time from the first day to each moment."""
        first, after = map(ticks, self.calendar.reach)
        if ((moments < first) | (moments >= after)).any():
            raise self.calendar.out_of_range()
        at = np.searchsorted(self.begins, moments, side="right") - 1
        worked = self.before[at] + np.minimum(moments, self.ends[at]) - self.begins[at]
        return np.where(at < 0, 0, worked)

    def over(self, visits: Visits) -> tuple[Ticks, Ticks]:
        """When each clock's budget is used up over its visits, and when four fifths of it are."""
        counts = np.diff(visits.first, append=len(visits.starts))
        owner = np.repeat(np.arange(len(visits.first)), counts)
        last = visits.first + counts - 1
        stops = visits.stops.copy()
        stops[last] = visits.starts[last]  # the last one goes on: what it ran is not asked
        always = visits.always[owner]
        ran = np.maximum(stops - visits.starts, 0)
        ran[~always] = np.maximum(
            self.worked_until(stops[~always]) - self.worked_until(visits.starts[~always]), 0
        )
        before = np.cumsum(ran) - ran
        before -= before[visits.first][owner]
        stretches = _Stretches(owner, last, before, before + ran)
        soon = SOON_FIFTHS * visits.budgets // 5
        return self._used_up(visits, stretches, visits.budgets), self._used_up(visits, stretches, soon)

    def _used_up(self, visits: Visits, stretches: _Stretches, amounts: Ticks) -> Ticks:
        owner, last, before, after = stretches
        place = np.where(after >= amounts[owner], np.arange(len(owner)), len(owner))
        found = np.minimum(np.minimum.reduceat(place, visits.first), last)
        return self.reached(visits.starts[found], amounts - before[found], visits.always)

    def _after(self, starts: Ticks, amounts: Ticks) -> Ticks:
        target = self.worked_until(starts) + amounts
        at = np.searchsorted(self.before, target) - 1  # used up at the end of a period, not at the next one
        moments = self.begins[at] + target - self.before[at]
        if (moments > self.ends[at]).any():
            raise self.calendar.out_of_range()
        return moments


def gathered(clocks: Sequence[tuple[Limit, int, Sequence[Visit]]]) -> Visits:
    """Clocks as arrays: of each its limit, its extensions and its counted visits, at least one."""
    visits = list(chain.from_iterable(visits for _limit, _extensions, visits in clocks))
    counts = np.fromiter((len(visits) for _limit, _extensions, visits in clocks), np.intp, len(clocks))
    return Visits(
        np.fromiter((ticks(visit.start) for visit in visits), np.int64, len(visits)),
        np.fromiter((ticks(visit.stop or visit.start) for visit in visits), np.int64, len(visits)),
        np.cumsum(counts) - counts,
        np.fromiter((budget(limit, more) // TICK for limit, more, _ in clocks), np.int64, len(clocks)),
        np.fromiter((limit.unit is LimitUnit.URGENT_HOUR for limit, _, _ in clocks), bool, len(clocks)),
    )
