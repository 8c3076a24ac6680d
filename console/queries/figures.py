"""What each figure of the board counts, as the very condition that also lists its cases."""

from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, or_, type_coerce

from console.domain.case import Flag
from console.domain.evaluation import Count
from console.domain.flow import State
from console.domain.wanted import Figure, Grouping
from console.storage.sets.dimensions import area, moment
from console.storage.tables import cases

# When a case counts for handling and closing: at its deadline, or earlier where it was handled early.
# 应处置数 = those whose deadline falls in the period plus those done early (domain.md 4.1).
UNCOUNTED = (State.VOIDED, State.FORCED_CLOSED)
_exempt = type_coerce(cases.c.flags, Text).contains(f'"{Flag.EXEMPT}"')


def counted(figure: Figure, now: datetime) -> ColumnElement[bool]:
    """The condition under which a case counts in `figure`."""
    condition = measure(figure.count, figure.since, figure.until, now)
    if figure.code is None:
        return condition
    return and_(condition, group(figure.grouping) == figure.code)


def group(grouping: Grouping) -> ColumnElement[str]:
    """The code by which cases are told apart; a committee's cases are not its host district's."""
    if grouping == "area":
        return area
    return cases.c[grouping]


def measure(count: Count, since: datetime, until: datetime, now: datetime) -> ColumnElement[bool]:
    """The condition of one count over a period.

    Left out of handling and closing: voided cases, cases closed by force, and those whose appeal was
    upheld; that they were late stays in the case (domain.md 3.3).
    """
    due = and_(moment >= since, moment < until, cases.c.state.not_in(UNCOUNTED), ~_exempt)
    past = and_(due, moment <= now)
    filed = and_(cases.c.filed_at >= since, cases.c.filed_at < until)
    dispatched = and_(cases.c.dispatched_at >= since, cases.c.dispatched_at < until)
    in_time = cases.c.fed_back_at <= cases.c.due_at
    closed = cases.c.state == State.CLOSED
    table: dict[Count, ColumnElement[bool]] = {
        "accepted": and_(cases.c.accepted_at >= since, cases.c.accepted_at < until),
        "filed": filed,
        "dispatched": dispatched,
        "effective": and_(dispatched, cases.c.redispatches == 0),
        "to_handle": due,
        "handled": and_(due, cases.c.fed_back_at.is_not(None)),
        "handled_in_time": and_(due, in_time),
        "to_close": past,
        "closed": and_(past, closed),
        "closed_in_time": and_(past, closed, in_time),
        "reworked": and_(past, cases.c.reworks > 0),
        "extended": and_(past, cases.c.extensions > 0),
    }
    return table[count]


def touched(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Every case that could count somewhere in the period."""
    columns = (
        cases.c.accepted_at,
        cases.c.filed_at,
        cases.c.dispatched_at,
        cases.c.due_at,
        cases.c.fed_back_at,
    )
    return or_(*(and_(column >= since, column < until) for column in columns))
