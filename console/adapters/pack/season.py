"""The working calendar of a pack, `calendar.toml`: work periods by season, holidays, odd days."""

from datetime import date, time
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

import tomli_w
from pydantic import AfterValidator, Field, ValidationError

from console.adapters.holidays import kept_years
from console.adapters.pack.manifest import Part, read_toml, refused_field
from console.domain.calendar import CalendarTable, WorkPeriods

_DEFAULT_PERIODS = ("08:00-12:00", "14:00-18:00")


def _ascending(periods: tuple[str, ...]) -> tuple[str, ...]:
    moments = [moment for period in _times(periods) for moment in period]
    if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
        raise ValueError(", ".join(periods))
    return periods


def _times(periods: tuple[str, ...]) -> tuple[tuple[time, time], ...]:
    split = [period.split("-") for period in periods]
    return tuple((time.fromisoformat(begin.strip()), time.fromisoformat(end.strip())) for begin, end in split)


Weekday = Annotated[int, Field(ge=1, le=7)]


class Season(Part):
    """Periods such as `08:00-12:00` from a date on; weekdays 1 Monday to 7 Sunday."""

    since: date = date(2000, 1, 1)
    periods: Annotated[tuple[str, ...], AfterValidator(_ascending)] = _DEFAULT_PERIODS
    weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)


class Calendar(Part):
    """`holidays = "china"` takes the statutory days of every year that is known.

    `days` come on top: true a work day, false a holiday; `names` say which. `known_years` are the
    years whose odd days the pack lists itself.
    """

    holidays: Literal["china", ""] = ""
    seasons: Annotated[tuple[Season, ...], Field(min_length=1)] = (Season(),)
    days: dict[date, bool] = Field(default_factory=dict)
    names: dict[date, str] = Field(default_factory=dict)
    known_years: tuple[int, ...] = ()


def read_calendar(path: Path, name: str, timezone: str) -> CalendarTable:
    """The calendar in a file of the pack. Raises Refused: `manifest_field`, and as read_toml."""
    try:
        calendar = Calendar.model_validate(read_toml(path, name))
    except ValidationError as error:
        raise refused_field(name, error) from None
    return calendar_table(calendar, timezone)


def calendar_table(calendar: Calendar, timezone: str) -> CalendarTable:
    official = kept_years(calendar.holidays)
    seasons = sorted(calendar.seasons, key=lambda season: season.since)
    return CalendarTable(
        timezone=timezone,
        seasons=tuple(
            WorkPeriods(item.since, _times(item.periods), frozenset(day - 1 for day in item.weekdays))
            for item in seasons
        ),
        days={**official.days, **calendar.days},
        known_years=official.years | frozenset(calendar.known_years),
        names={**official.names, **calendar.names},
        source=calendar.holidays,
    )


def written_calendar(table: CalendarTable) -> str:
    """The TOML text of a calendar, with every odd day listed."""
    seasons = [
        {
            "since": season.since,
            "periods": [f"{begin:%H:%M}-{end:%H:%M}" for begin, end in season.periods],
            "weekdays": [day + 1 for day in sorted(season.weekdays)],
        }
        for season in table.seasons
    ]
    days = {day.isoformat(): works for day, works in sorted(table.days.items())}
    names = {day.isoformat(): name for day, name in sorted(table.names.items())}
    head = {"holidays": table.source, "known_years": sorted(table.known_years)}
    return tomli_w.dumps({**head, "seasons": seasons, "days": days, "names": names})
