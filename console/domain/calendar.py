"""Working time: when the clocks of 工作时 and 工作日 run, and the deadline of a limit.

Urgent hours (紧急工作时) run always. A working day is 8 working hours, whatever the length of the
day's own periods (domain.md 2.5). Instants are aware; the calendar thinks in the city's time zone.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from console.domain.catalogue import Limit, LimitUnit
from console.domain.errors import Refused

WORK_DAY = timedelta(hours=8)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WorkPeriods:
    """The day's work periods from `since` (inclusive) on, until a later entry replaces them."""

    since: date
    periods: tuple[tuple[time, time], ...]
    weekdays: frozenset[int] = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """A city's own calendar: periods by season, and days that differ from their weekday.

    `days` maps a date to True (make-up work day) or False (holiday). `known_years` are the years
    whose official table is in `days`; other years follow the weekdays only and are warned about.
    """

    timezone: str
    seasons: tuple[WorkPeriods, ...]
    days: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()


@dataclass(frozen=True)
class WorkCalendar:
    """Adds and measures working time over a span of years by prefix sums.

    Raises Refused("calendar_out_of_range") beyond the span.
    """

    table: CalendarTable
    first: date
    last: date

    @property
    def first_moment(self) -> datetime:
        """The beginning of the first work period (UTC)."""
        return datetime.fromtimestamp(self._spans[0][0], UTC)

    def due(self, start: datetime, limit: Limit) -> datetime:
        """The instant (UTC) at which `limit`, begun at `start`, is used up."""
        if limit.unit is LimitUnit.URGENT_HOUR:
            return start.astimezone(UTC) + limit.value * HOUR
        amount = limit.value * (WORK_DAY if limit.unit is LimitUnit.WORK_DAY else HOUR)
        return self.after(start, amount)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The instant (UTC) at which `amount` of working time has run since `start`."""
        target = self.worked_until(start) + amount.total_seconds()
        begins, _, before = self._spans
        at = bisect_right(before, target) - 1
        if at and target == before[at]:  # used up exactly at the end of the period before
            at -= 1
        moment = begins[at] + (target - before[at])
        if at == len(begins) - 1 and moment > self._spans[1][-1]:
            raise self._out_of_range()
        return datetime.fromtimestamp(moment, UTC)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants; negative when they are swapped."""
        return timedelta(seconds=self.worked_until(end) - self.worked_until(start))

    def worked_until(self, moment: datetime) -> float:
        """Seconds of working time from the first day to `moment`."""
        begins, ends, before = self._spans
        seconds = moment.timestamp()
        at = bisect_right(begins, seconds) - 1
        if (at < 0 or at == len(begins) - 1) and not self.first <= self._day(moment) <= self.last:
            raise self._out_of_range()
        if at < 0:  # before the first work period: the first day may be a holiday
            return 0.0
        return before[at] + min(seconds, ends[at]) - begins[at]

    def is_work_day(self, day: date) -> bool:
        exception = self.table.days.get(day)
        if exception is not None:
            return exception
        return day.weekday() in self._season(day).weekdays

    def is_known(self, day: date) -> bool:
        """Whether the official holiday table of the day's year is loaded."""
        return day.year in self.table.known_years

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.table.timezone)).date()

    def _out_of_range(self) -> Refused:
        return Refused("calendar_out_of_range", first=self.first.isoformat(), last=self.last.isoformat())

    def _season(self, day: date) -> WorkPeriods:
        current = self.table.seasons[0]
        for season in self.table.seasons:
            if season.since <= day:
                current = season
        return current

    @cached_property
    def _spans(self) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
        """Begin, end and working seconds before it, of every work period of the span."""
        zone = ZoneInfo(self.table.timezone)
        begins: list[float] = []
        ends: list[float] = []
        before: list[float] = []
        total = 0.0
        day = self.first
        while day <= self.last:
            if self.is_work_day(day):
                for opens, closes in self._season(day).periods:
                    begin = datetime.combine(day, opens, zone).timestamp()
                    end = datetime.combine(day, closes, zone).timestamp()
                    begins.append(begin)
                    ends.append(end)
                    before.append(total)
                    total += end - begin
            day += timedelta(days=1)
        if not begins:
            raise Refused("calendar_empty")
        return begins, ends, before
