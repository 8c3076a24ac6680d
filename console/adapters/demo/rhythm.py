"""When a city reports: the hours of the day, the days of the week, and the weather.

Every day's weather is thrown by its date, so the history and the live feed see the same sky.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from statistics import NormalDist
from zoneinfo import ZoneInfo

from console.adapters.demo.dice import dice
from console.domain.calendar import WorkCalendar

PATROL_SHARE = 0.925  # collectors report 92.8 and 95.7 % in two published cities (domain.md 5.1)

# Reports by local hour from 0 to 23. Patrols walk in daylight with a break at noon; people and
# cameras report later into the evening. Shapes are ours, no hourly figures are published.
_PATROL_HOURS = (
    2,
    2,
    2,
    2,
    2,
    4,
    30,
    90,
    180,
    260,
    260,
    190,
    70,
    80,
    170,
    240,
    240,
    180,
    120,
    90,
    60,
    35,
    12,
    5,
)
_OTHER_HOURS = (
    35, 25, 20, 20, 25, 40, 60, 90, 140, 160, 160, 140,
    110, 100, 120, 140, 140, 140, 140, 150, 150, 130, 90, 55,
)  # fmt: skip

_PATROL = tuple(24 * PATROL_SHARE * hour / sum(_PATROL_HOURS) for hour in _PATROL_HOURS)
_OTHERS = tuple(24 * (1 - PATROL_SHARE) * hour / sum(_OTHER_HOURS) for hour in _OTHER_HOURS)

_WEEKDAYS = (1.08, 1.06, 1.05, 1.04, 1.05, 0.90, 0.82)
_HOLIDAY = 0.6  # of an ordinary day: patrols go on with fewer people
_UNREST = 0.10  # spread of a day's number around what its weekday says
_WET_DAYS = 0.16
_WET_FACTOR = 0.78
_NORMAL = NormalDist()
_WET_FROM = _NORMAL.inv_cdf(1 - _WET_DAYS)


@dataclass(frozen=True)
class Rhythm:
    """The rate of reports in one city; `seed` throws its weather."""

    calendar: WorkCalendar
    seed: int

    def rate(self, at: datetime) -> float:
        """Reports at an instant, relative to the mean of a long time."""
        local = at.astimezone(self._zone)
        hours = _PATROL[local.hour] + _OTHERS[local.hour]
        return hours * self._day(local.date())

    def patrol_share(self, at: datetime) -> float:
        """Which share of the reports at an instant comes from collectors on patrol."""
        hour = at.astimezone(self._zone).hour
        return _PATROL[hour] / (_PATROL[hour] + _OTHERS[hour])

    def local(self, at: datetime) -> datetime:
        """The instant on the city's own clock."""
        return at.astimezone(self._zone)

    def is_wet(self, day: date) -> bool:
        """Whether it rains or snows; wet days come in spells of one to three."""
        return _weather(self.seed, day)[1] > _WET_FROM

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.calendar.table.timezone)

    @cached_property
    def _days(self) -> dict[date, float]:
        return {}

    def _day(self, day: date) -> float:
        known = self._days.get(day)
        if known is None:
            free = day.weekday() < 5 and not self.calendar.is_work_day(day)
            known = _WEEKDAYS[day.weekday()] * (_HOLIDAY if free else 1.0)
            known *= 1 + _UNREST * _weather(self.seed, day)[0]
            known *= _WET_FACTOR if self.is_wet(day) else 1.0
            self._days[day] = known
        return known


@lru_cache(maxsize=4096)
def _weather(seed: int, day: date) -> tuple[float, float]:
    """Mood and wetness of a day as standard normals, each smoothed with the two days before."""
    throws = [dice("weather", seed, (day - timedelta(back)).toordinal()) for back in range(3)]
    mood, wet = (
        sum(
            share * _NORMAL.inv_cdf(0.5 + (throw[at] - 0.5) * 0.999)
            for share, throw in zip(_SMOOTH, throws, strict=True)
        )
        for at in (0, 1)
    )
    return mood, wet


_SMOOTH = (0.8, 0.48, 0.36)  # squares sum to 1: the mean of normals stays a standard normal
