"""Working time: when the clocks of 工作时 and 工作日 run, and how much of it lies between two instants.

Urgent hours (紧急工作时) run always. A working day is 8 working hours, whatever the length of the
day's own periods (domain.md 2.5). Instants are aware; the calendar thinks in the city's time zone
and counts whole microseconds, so that what it adds up is exact.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from console.domain.catalogue import Limit, LimitUnit
from console.domain.errors import Refused

WORK_DAY = timedelta(hours=8)
HOUR = timedelta(hours=1)
FIRST_YEAR = 2004  # of the official tables that are kept, and of the trade itself
NOTICE_MONTH = 11
YEARS_AHEAD = 3  # past the present or the last known year: a suspension of one, and the longest limit

TICK = timedelta(microseconds=1)  # what instants and amounts are counted in
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_DAY_TICKS = timedelta(days=1) // TICK


@dataclass(frozen=True, slots=True)
class WorkPeriods:
    """The day's work periods from `since` (inclusive) on, until a later entry replaces them."""

    since: date
    periods: tuple[tuple[time, time], ...]
    weekdays: frozenset[int] = frozenset(range(5))


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """A city's own calendar: periods by season, and days that differ from their weekday.

    `days` maps a date to True (make-up work day) or False (holiday), `names` to the holiday it
    belongs to, where it has a name. `known_years` are the years whose official table is in `days`;
    other years follow the weekdays only and are warned about. `source` names the kept package that
    new years are taken from ("china"), empty where the city lists its days itself.
    """

    timezone: str
    seasons: tuple[WorkPeriods, ...]
    days: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()
    names: Mapping[date, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class OfficialDays:
    """The official tables of some years, in the terms of CalendarTable."""

    days: Mapping[date, bool]
    names: Mapping[date, str]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class SiteDay:
    """What a site says of a day: whether it is worked, and the name of its holiday."""

    works: bool
    name: str = ""


class Spans(NamedTuple):
    """Every work period in order: begin, end, and the working time before it, in microseconds.

    Begins and ends count from 1970 UTC.
    """

    begins: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]


def missing_years(known: Set[int], today: date) -> tuple[int, ...]:
    """The years whose table should be there on a day and is not.

    The coming year's from November on, when the State Council has given its notice.
    """
    wanted = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    return tuple(year for year in wanted if year not in known)


def granted(limit: Limit) -> timedelta:
    """The running time that one limit grants."""
    return limit.value * (WORK_DAY if limit.unit is LimitUnit.WORK_DAY else HOUR)


@dataclass(frozen=True)
class WorkCalendar:
    """Adds and measures working time over a span of years by prefix sums.

    Raises Refused("calendar_out_of_range") beyond the span, Refused("calendar_empty") where nobody works.
    """

    table: CalendarTable
    first: date
    last: date

    @classmethod
    def around(cls, table: CalendarTable, year: int) -> Self:
        """A calendar that reaches from the oldest case to every deadline that can be set in `year`."""
        years = {FIRST_YEAR, year, *table.known_years}
        return cls(table, date(min(years), 1, 1), date(max(years) + YEARS_AHEAD, 12, 31))

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.table.timezone)

    @cached_property
    def reach(self) -> tuple[datetime, datetime]:
        """The first instant of the span and the first one after it (UTC)."""
        after = date.fromordinal(self.last.toordinal() + 1)
        first, end = (datetime.combine(day, time(), self.zone) for day in (self.first, after))
        return first.astimezone(UTC), end.astimezone(UTC)

    def due(self, start: datetime, limit: Limit) -> datetime:
        """The instant (UTC) at which `limit`, begun at `start`, is used up."""
        return self.reached(limit.unit, start, granted(limit))

    def reached(self, unit: LimitUnit, start: datetime, amount: timedelta) -> datetime:
        """The first instant (UTC) at which a clock of `unit`, begun at `start`, has run for `amount`."""
        if unit is LimitUnit.URGENT_HOUR:
            return start.astimezone(UTC) + amount
        return self.after(start, amount)

    def ran(self, unit: LimitUnit, start: datetime, end: datetime) -> timedelta:
        """How long a clock of `unit` runs between two instants."""
        if unit is LimitUnit.URGENT_HOUR:
            return end.astimezone(UTC) - start.astimezone(UTC)
        return self.worked(start, end)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The first instant (UTC) at which `amount` of working time has run since `start`."""
        if not amount:
            return start.astimezone(UTC)
        target = self._worked_until(start) + amount // TICK
        begins, ends, before = self.spans
        at = bisect_left(before, target) - 1  # used up at the end of a period, not when the next begins
        moment = begins[at] + target - before[at]
        if moment > ends[at]:
            raise self.out_of_range()
        return _EPOCH + moment * TICK

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Working time between two instants; negative when they are swapped."""
        return (self._worked_until(end) - self._worked_until(start)) * TICK

    def is_work_day(self, day: date) -> bool:
        exception = self.table.days.get(day)
        if exception is not None:
            return exception
        return day.weekday() in self.season(day).weekdays

    def is_known(self, day: date) -> bool:
        """Whether the official holiday table of the day's year is loaded."""
        return day.year in self.table.known_years

    def knows(self, start: datetime, end: datetime) -> bool:
        """Whether every year between two instants is known: what is computed from others is provisional."""
        years = range(self.day(start).year, self.day(end).year + 1)
        return self.table.known_years.issuperset(years)

    def day(self, moment: datetime) -> date:
        """The city's date at an instant."""
        return moment.astimezone(self.zone).date()

    def season(self, day: date) -> WorkPeriods:
        """The work periods in force on a day; before the first entry those of the first."""
        current = self.table.seasons[0]
        for season in self.table.seasons:
            if season.since <= day:
                current = season
        return current

    def periods(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The work periods of a day (city's time zone), whether it is worked or not."""
        for opens, closes in self.season(day).periods:
            yield datetime.combine(day, opens, self.zone), datetime.combine(day, closes, self.zone)

    def warm(self) -> None:
        """Build the prefix sums now and not within the first act."""
        _ = self.spans

    @cached_property
    def spans(self) -> Spans:
        begins: list[int] = []
        ends: list[int] = []
        before: list[int] = []
        total = 0
        for begin, end in self._all_periods():
            if end > begin:  # else the clocks were put forward over it
                begins.append(begin)
                ends.append(end)
                before.append(total)
                total += end - begin
        if not begins:
            raise Refused("calendar_empty")
        return Spans(begins, ends, before)

    def _worked_until(self, moment: datetime) -> int:
        """Microseconds of working time from the first day to `moment`."""
        first, after = self.reach
        if not first <= moment < after:
            raise self.out_of_range()
        begins, ends, before = self.spans
        ticks = (moment - _EPOCH) // TICK
        at = bisect_right(begins, ticks) - 1
        if at < 0:  # before the first work period: the first day may be a holiday
            return 0
        return before[at] + min(ticks, ends[at]) - begins[at]

    def out_of_range(self) -> Refused:
        """What is said of an instant beyond the span."""
        return Refused("calendar_out_of_range", first=self.first, last=self.last)

    def _all_periods(self) -> Iterator[tuple[int, int]]:
        """Begin and end of every period that is worked, in microseconds since 1970 UTC."""
        # Plain numbers day by day: asking the time zone for each period took five times as long.
        odd = {day.toordinal(): works for day, works in self.table.days.items()}
        for season, first, after in self._seasons():
            hours = [(_of_day(opens), _of_day(closes)) for opens, closes in season.periods]
            weekdays = season.weekdays
            following = self._offset(first)
            for number in range(first, after):
                offset, following = following, self._offset(number + 1)
                works = odd.get(number)
                if not ((number + 6) % 7 in weekdays if works is None else works):
                    continue
                if offset == following:
                    midnight = (number - _EPOCH_DAY) * _DAY_TICKS - offset
                    for opens, closes in hours:
                        yield midnight + opens, midnight + closes
                else:
                    for begin, end in self.periods(date.fromordinal(number)):
                        yield (begin - _EPOCH) // TICK, (end - _EPOCH) // TICK

    def _seasons(self) -> Iterator[tuple[WorkPeriods, int, int]]:
        """Each season with its first day and the day after its last, as ordinals within the span."""
        first, after = self.first.toordinal(), self.last.toordinal() + 1
        starts = [season.since.toordinal() for season in self.table.seasons]
        starts[0] = min(starts[0], first)  # before the first entry its own periods
        for season, (start, end) in zip(self.table.seasons, pairwise([*starts, after]), strict=True):
            yield season, max(start, first), min(end, after)

    def _offset(self, number: int) -> int:
        """Microseconds that the city is ahead of UTC at the midnight of a day."""
        offset = self.zone.utcoffset(datetime.fromordinal(number))
        assert offset is not None
        return offset // TICK


def _of_day(moment: time) -> int:
    """Microseconds since midnight."""
    return ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1_000_000 + moment.microsecond
