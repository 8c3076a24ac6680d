"""The working calendar as a site sees it: the days of a year, and the years that are missing."""

from dataclasses import dataclass
from datetime import date

from console.domain.calendar import OfficialDays, WorkPeriods, missing_years
from console.storage.calendar import site_days, years_not_taken
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class OddDay:
    """A day that differs from its weekday; `by_site` where the site said so itself."""

    day: date
    works: bool
    name: str
    by_site: bool


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the calendar in force. `known`: its whole table is there."""

    year: int
    known: bool
    seasons: tuple[WorkPeriods, ...]
    days: tuple[OddDay, ...]
    work_days: int


def calendar_year(view: View, year: int) -> CalendarYear:
    """What is said of a year. Raises Refused("no_city")."""
    calendar = view.reference.calendar
    table, mine = calendar.table, site_days(view.connection)
    whole = (date.fromordinal(number) for number in range(*_ordinals(year)))
    return CalendarYear(
        year,
        year in table.known_years,
        tuple(season for season in table.seasons if season.since.year <= year),
        tuple(
            OddDay(day, works, table.names.get(day, ""), day in mine)
            for day, works in sorted(table.days.items())
            if day.year == year
        ),
        sum(map(calendar.is_work_day, whole)),
    )


def calendar_gaps(view: View, today: date) -> tuple[int, ...]:
    """The years whose table should be there and is not; none where the city keeps no holidays at all."""
    table = view.reference.table
    if not table.known_years:
        return ()
    return missing_years(table.known_years, today)


def official_source(view: View) -> str:
    """The package that the city takes official years from, empty: none. Raises Refused("no_city")."""
    return view.reference.table.source


def years_to_take(view: View, official: OfficialDays) -> frozenset[int]:
    """The years that a package knows and the city's official table lacks."""
    return years_not_taken(view.connection, official)


def _ordinals(year: int) -> tuple[int, int]:
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
