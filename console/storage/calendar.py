"""The city's calendar in and out: seasons, the official days, and the site's own days over them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select

from console.domain.calendar import CalendarTable, OfficialDays, SiteDay, WorkPeriods
from console.storage.meta import get_meta, put_meta, touch
from console.storage.tables import calendar_days, work_periods

_KNOWN_YEARS = "calendar_known_years"
_SITE_YEARS = "calendar_site_years"  # those whose whole table the site brought itself
_SOURCE = "calendar_source"
_CHINA = "china"


class Origin(StrEnum):
    """Whose word a day is."""

    PACKAGE = "package"
    SITE = "site"


def read_calendar(connection: Connection, timezone: str) -> CalendarTable:
    """The calendar in force: where both speak of a day, the site's word."""
    seasons = tuple(
        WorkPeriods(
            r.since,
            tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in json.loads(r.periods)),
            frozenset(map(int, r.weekdays)),
        )
        for r in connection.execute(select(work_periods).order_by(work_periods.c.since))
    )
    listed = connection.execute(select(calendar_days).order_by(calendar_days.c.source, calendar_days.c.day))
    found = {r.day: r for r in listed}  # "site" comes after "package"
    days = {day: r.works for day, r in found.items()}
    names = {day: r.name for day, r in found.items() if r.name}
    known = _years(connection, _KNOWN_YEARS)
    source = get_meta(connection, _SOURCE)
    if source is None:  # a store from before the source was kept
        source = _CHINA if known and timezone == "Asia/Shanghai" else ""
    return CalendarTable(timezone, seasons, days, known | _years(connection, _SITE_YEARS), names, source)


def years_not_taken(connection: Connection, official: OfficialDays) -> frozenset[int]:
    """The years that a package knows and the city's official table lacks; none from before it begins."""
    known = _years(connection, _KNOWN_YEARS)
    return frozenset(year for year in official.years - known if not known or year > min(known))


def site_days(connection: Connection) -> dict[date, SiteDay]:
    """The days that the site set itself."""
    mine = select(calendar_days).where(calendar_days.c.source == Origin.SITE).order_by(calendar_days.c.day)
    return {r.day: SiteDay(r.works, r.name) for r in connection.execute(mine)}


def replace_calendar(connection: Connection, table: CalendarTable, *, keep_site: bool) -> None:
    """Put `table` in the place of the calendar that was there; the site's own days may stay over it."""
    gone = delete(calendar_days)
    if keep_site:
        gone = gone.where(calendar_days.c.source == Origin.PACKAGE)
    else:
        put_meta(connection, _SITE_YEARS, "[]")
    connection.execute(gone)
    put_seasons(connection, table.seasons)
    _insert(connection, Origin.PACKAGE, table.days, table.names)
    put_meta(connection, _KNOWN_YEARS, json.dumps(sorted(table.known_years)))
    put_meta(connection, _SOURCE, table.source)


def add_official(connection: Connection, official: OfficialDays) -> frozenset[int]:
    """Take up the years that the city's official table does not hold yet; which these were."""
    new = years_not_taken(connection, official)
    if new:
        coming = {day: works for day, works in official.days.items() if day.year in new}
        connection.execute(
            delete(calendar_days).where(
                calendar_days.c.source == Origin.PACKAGE, calendar_days.c.day.in_(list(coming))
            )
        )
        _insert(connection, Origin.PACKAGE, coming, official.names)
        put_meta(connection, _KNOWN_YEARS, json.dumps(sorted(_years(connection, _KNOWN_YEARS) | new)))
        touch(connection)
    return new


def put_site_days(
    connection: Connection, days: Mapping[date, SiteDay], whole_years: Iterable[int] = ()
) -> None:
    """Set days as the site says; `whole_years` are known from now on."""
    _forget(connection, days)
    works = {day: told.works for day, told in days.items()}
    _insert(connection, Origin.SITE, works, {day: told.name for day, told in days.items()})
    known = _years(connection, _SITE_YEARS).union(whole_years)
    put_meta(connection, _SITE_YEARS, json.dumps(sorted(known)))
    touch(connection)


def remove_site_days(connection: Connection, days: Iterable[date]) -> None:
    """Let the official table, or the weekday, speak of these days again."""
    _forget(connection, days)
    touch(connection)


def put_seasons(connection: Connection, seasons: Iterable[WorkPeriods]) -> None:
    """Put these seasons in the place of those that were there."""
    connection.execute(delete(work_periods))
    rows = [
        {
            "since": season.since,
            "periods": json.dumps(
                [[a.isoformat("minutes"), b.isoformat("minutes")] for a, b in season.periods]
            ),
            "weekdays": "".join(map(str, sorted(season.weekdays))),
        }
        for season in seasons
    ]
    if rows:
        connection.execute(insert(work_periods), rows)
    touch(connection)


def _forget(connection: Connection, days: Iterable[date]) -> None:
    connection.execute(
        delete(calendar_days).where(
            calendar_days.c.source == Origin.SITE, calendar_days.c.day.in_(list(days))
        )
    )


def _insert(
    connection: Connection, source: Origin, days: Mapping[date, bool], names: Mapping[date, str]
) -> None:
    rows = [
        {"day": day, "source": source.value, "works": works, "name": names.get(day, "")}
        for day, works in days.items()
    ]
    if rows:
        connection.execute(insert(calendar_days), rows)


def _years(connection: Connection, name: str) -> frozenset[int]:
    return frozenset(json.loads(get_meta(connection, name) or "[]"))
