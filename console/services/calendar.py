"""What a site edits of its working calendar; every running clock is set anew in the same transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time
from itertools import pairwise
from typing import Any

from console.domain.actor import SYSTEM, Post
from console.domain.calendar import OfficialDays, SiteDay, WorkPeriods
from console.domain.errors import Refused
from console.services.editing import editing_post
from console.services.reclock import UNWATCHED, Edit, Recomputed, Watch, recomputed
from console.storage.calendar import (
    add_official,
    put_seasons,
    put_site_days,
    remove_site_days,
    site_days,
)
from console.storage.unit import Unit

_LISTED = 3  # days that a case's fact names one by one
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def set_days(
    unit: Unit,
    days: Mapping[date, SiteDay],
    *,
    by: str,
    at: datetime,
    whole_years: Collection[int] = (),
    watch: Watch = UNWATCHED,
) -> Recomputed:
    """Say of days whether they are worked, over the official table; `whole_years` are known from now on.

    Raises Refused: `needs_post` for others than leaders, `no_city`, `no_days`, `calendar_empty`, and
    `interrupted` where the watcher cancels; then nothing changed.
    """
    post = editing_post(unit, by)
    if not days:
        raise Refused("no_days")
    put_site_days(unit.connection, days, whole_years)
    told = {day.isoformat(): [one.works, one.name] for day, one in sorted(days.items())}
    short = _short({day: "+" if one.works else "-" for day, one in days.items()})
    more = {"whole_years": sorted(whole_years)} if whole_years else {}
    return recomputed(unit, Edit(by, at, post, {"days": told, **more}, short, _since(unit, days)), watch)


def remove_days(
    unit: Unit, days: Collection[date], *, by: str, at: datetime, watch: Watch = UNWATCHED
) -> Recomputed:
    """Take back what the site said of days.

    Raises as `set_days`, and `no_site_day` for the first of which it said nothing.
    """
    post = editing_post(unit, by)
    if not days:
        raise Refused("no_days")
    known = site_days(unit.connection)
    for day in sorted(days):
        if day not in known:
            raise Refused("no_site_day", day=day)
    remove_site_days(unit.connection, days)
    short = _short(dict.fromkeys(days, "="))
    told = {"removed": [day.isoformat() for day in sorted(days)]}
    return recomputed(unit, Edit(by, at, post, told, short, _since(unit, days)), watch)


def set_seasons(
    unit: Unit, seasons: Sequence[WorkPeriods], *, by: str, at: datetime, watch: Watch = UNWATCHED
) -> Recomputed:
    """Put other work periods in the place of the present ones.

    Raises as `set_days`, and `bad_periods` where those of a day do not follow one another.
    """
    post = editing_post(unit, by)
    ordered = sorted(seasons, key=lambda season: season.since)
    for season in ordered:
        moments = [moment for period in season.periods for moment in period]
        if not moments or any(later <= earlier for earlier, later in pairwise(moments)):
            raise Refused("bad_periods", since=season.since)
    if not ordered:
        raise Refused("calendar_empty")
    put_seasons(unit.connection, ordered)
    told = {"seasons": [_season(season) for season in ordered]}
    return recomputed(unit, Edit(by, at, post, told, "seasons", _ALWAYS), watch)


def take_up_years(
    unit: Unit, official: OfficialDays, *, at: datetime, watch: Watch = UNWATCHED
) -> tuple[frozenset[int], Recomputed]:
    """Take the years into the official table that it lacks; which these were.

    Raises Refused: `no_city`, `interrupted`.
    """
    source = unit.reference.table.source
    new = add_official(unit.connection, official)
    if not new:
        return new, Recomputed(0, 0)
    told = {"source": source, "years": sorted(new)}
    since = _midnight(unit, date(min(new), 1, 1))
    years = " ".join(map(str, sorted(new)))
    return new, recomputed(unit, Edit(SYSTEM.name, at, Post.SYSTEM, told, years, since), watch)


def _since(unit: Unit, days: Collection[date]) -> datetime:
    return _midnight(unit, min(days))


def _midnight(unit: Unit, day: date) -> datetime:
    return datetime.combine(day, time(), unit.reference.calendar.zone).astimezone(UTC)


def _short(marks: Mapping[date, str]) -> str:
    """`2027-01-01 -, 2027-01-04 +`; of many days the first, the last and their number."""
    days = sorted(marks)
    if len(days) <= _LISTED:
        return ", ".join(f"{day.isoformat()} {marks[day]}" for day in days)
    return f"{days[0].isoformat()} … {days[-1].isoformat()} ({len(days)})"


def _season(season: WorkPeriods) -> dict[str, Any]:
    return {
        "since": season.since.isoformat(),
        "periods": [[a.isoformat("minutes"), b.isoformat("minutes")] for a, b in season.periods],
        "weekdays": sorted(season.weekdays),
    }
