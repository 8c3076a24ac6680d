"""The board: the counts of a period by district or department, in one pass over the cases."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Column, ColumnElement, func, select

from console.domain.evaluation import COUNTS, RATIOS, Count, ratio
from console.domain.flow import State
from console.domain.wanted import Grouping
from console.queries.figures import group, measure, touched
from console.storage.tables import cases, divisions
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board; `code` None is the whole city, an empty code is nobody's."""

    code: str | None
    name: str
    name_en: str
    counts: dict[Count, int]
    ratios: dict[str, float | None]


def board(view: View, since: datetime, until: datetime, grouping: Grouping, now: datetime) -> list[BoardRow]:
    """The city's line first, then a line for each district or department, by name."""
    key = group(grouping)
    sums = [func.count().filter(measure(count, since, until, now)).label(count) for count in COUNTS]
    found = view.connection.execute(select(key, *sums).where(touched(since, until)).group_by(key)).all()
    names = _names(view, grouping)
    lines = [
        _line(line[0], *names.get(line[0], (line[0], line[0])), dict(zip(COUNTS, line[1:], strict=True)))
        for line in found
        if line[0] or grouping != "department"
    ]
    total = {count: sum(getattr(line, count) for line in found) for count in COUNTS}
    return [_line(None, "", "", total), *sorted(lines, key=lambda line: (not line.code, line.code or ""))]


@dataclass(frozen=True, slots=True)
class Day:
    """What came in and what was closed on one local day."""

    day: date
    accepted: int
    closed: int


def daily(view: View, since: datetime, until: datetime, grouping: Grouping, code: str | None) -> list[Day]:
    """Every day of the period in the city's time zone, for one line of the board."""
    mine = [] if code is None else [group(grouping) == code]
    zone = ZoneInfo(view.reference.profile.timezone)

    def counted(column: Column[datetime], *also: ColumnElement[bool]) -> Counter[date]:
        found = view.connection.execute(select(column).where(column >= since, column < until, *mine, *also))
        return Counter(at.astimezone(zone).date() for at in found.scalars())

    accepted = counted(cases.c.accepted_at)
    closed = counted(cases.c.ended_at, cases.c.state == State.CLOSED)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    days = (first + timedelta(days=at) for at in range((last - first).days))
    return [Day(day, accepted[day], closed[day]) for day in days]


def _line(code: str | None, name: str, name_en: str, counts: dict[Count, int]) -> BoardRow:
    return BoardRow(code, name, name_en, counts, {row.key: ratio(counts, row) for row in RATIOS})


def _names(view: View, grouping: Grouping) -> dict[str, tuple[str, str]]:
    if grouping == "department":
        return {code: (item.name, item.name_en) for code, item in view.reference.departments.items()}
    found = view.connection.execute(select(divisions.c.code, divisions.c.name, divisions.c.name_en))
    return {code: (name, name_en) for code, name, name_en in found}
