"""Days and periods as operators write them, `今日`, `上周`, `11-20..11-27`, and how we write them back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_DATE = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dt\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:\d\d)?")
_AHEAD = re.compile(r"(?:in )?(\d{1,3}) ?(?:天|日|days?|d)(?:后|之后|以后)?")
_LEAPS = 9  # years from one 29 February to the next at most, both counted
_BETWEEN = re.compile(r"\.\.|~|至|到|—")


@dataclass(frozen=True, slots=True)
class Period:
    """Half open; either end may be missing."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which a line is read, in the city's zone."""

    day: date
    zone: ZoneInfo

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> "Today":
        return cls(now.astimezone(zone).date(), zone)

    def midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone)

    def days(self, first: date, after: date) -> Period:
        return Period(self.midnight(first), self.midnight(after))


def _month(day: date, months: int) -> date:
    """The first of the month so many months on."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def _week(day: date, weeks: int) -> tuple[date, date]:
    monday = day - day.weekday() * _DAY + weeks * 7 * _DAY
    return monday, monday + 7 * _DAY


_NAMED: dict[str, Callable[[date], tuple[date, date]]] = {
    name: period
    for names, period in (
        (("今日", "今天", "当日", "today"), lambda day: (day, day + _DAY)),
        (("昨日", "昨天", "yesterday"), lambda day: (day - _DAY, day)),
        (("前日", "前天"), lambda day: (day - 2 * _DAY, day - _DAY)),
        (("本周", "这周", "this week"), lambda day: _week(day, 0)),
        (("上周", "last week"), lambda day: _week(day, -1)),
        (("本月", "这个月", "this month"), lambda day: (_month(day, 0), _month(day, 1))),
        (("上月", "上个月", "last month"), lambda day: (_month(day, -1), _month(day, 0))),
        (("今年", "本年", "this year"), lambda day: (date(day.year, 1, 1), date(day.year + 1, 1, 1))),
    )
    for name in names
}
NAMED = tuple(_NAMED)


def period(text: str, today: Today) -> Period | None:
    """A named period, a day, or a range whose days are both meant; None where the text is none of them."""
    if text in _NAMED:
        return today.days(*_NAMED[text](today.day))
    ends = _BETWEEN.split(text)
    if len(ends) == 1:
        day = past_day(text, today)
        return None if day is None else today.days(day, day + _DAY)
    if len(ends) != 2 or not any(ends):
        return None
    since, until = (_end(one, today, after=at == 1) for at, one in enumerate(ends))
    if (ends[0] and since is None) or (ends[1] and until is None):
        return None
    return Period(since, until)


def past_day(text: str, today: Today) -> date | None:
    """A day; without a year the last one that is not ahead."""
    told = _DATE.fullmatch(text)
    if told is None:
        return None
    if told[1]:
        return _day(told, int(told[1]))
    return _first(told, range(today.day.year, today.day.year - _LEAPS, -1), lambda day: day <= today.day)


def coming_day(text: str, today: Today) -> date | None:
    """A day ahead: `12-05`, `明天`, `3天后`; without a year the next one."""
    if text in {"明天", "明日", "tomorrow"}:
        return today.day + _DAY
    if text in {"后天"}:
        return today.day + 2 * _DAY
    ahead = _AHEAD.fullmatch(text)
    if ahead is not None:
        return today.day + int(ahead[1]) * _DAY
    told = _DATE.fullmatch(text)
    if told is None:
        return None
    if told[1]:
        return _day(told, int(told[1]))
    return _first(told, range(today.day.year, today.day.year + _LEAPS), lambda day: day > today.day)


def looks_like_day(text: str) -> bool:
    """Whether a text means a day, even one that is not there (13-45)."""
    return _DATE.fullmatch(text) is not None


def written_period(since: datetime | None, until: datetime | None, zone: ZoneInfo) -> str:
    """A period by its days where they are whole, otherwise by its instants; read back exactly."""
    last = "" if until is None else _written_day(until, zone, after=True) or _written_instant(until)
    first = "" if since is None else _written_day(since, zone, after=False) or _written_instant(since)
    return first if first == last and _DATE.fullmatch(first) else f"{first}..{last}"


def _first(told: re.Match[str], years: Iterable[int], fits: Callable[[date], bool]) -> date | None:
    """The first of these years' days that fits; 29 February is not in every year."""
    found = (_day(told, year) for year in years)
    return next((day for day in found if day is not None and fits(day)), None)


def _day(told: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(told[2]), int(told[3]))
    except ValueError:
        return None


def _end(text: str, today: Today, *, after: bool) -> datetime | None:
    if _INSTANT.fullmatch(text):
        try:
            at = datetime.fromisoformat(text.upper())
        except ValueError:
            return None
        return at if at.tzinfo is not None else at.replace(tzinfo=today.zone)
    if text in _NAMED:
        return today.midnight(_NAMED[text](today.day)[1 if after else 0])
    day = past_day(text, today)
    return None if day is None else today.midnight(day + _DAY if after else day)


def _written_day(at: datetime, zone: ZoneInfo, *, after: bool) -> str:
    """The day that ends or begins there; empty where none does."""
    local = at.astimezone(zone)
    if local.timetz().replace(tzinfo=None) != time.min or local.year < 1000:
        return ""
    day = local.date() - _DAY if after else local.date()
    return f"{day:%Y-%m-%d}"


def _written_instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
