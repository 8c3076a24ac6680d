"""What happened that a seat must be told: read from where it left off in the journal, and off the clocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import bindparam, func, select

from console.domain.attention import (
    PATIENCE,
    Event,
    Happened,
    News,
    Seen,
    Watcher,
    clock_event,
    decides,
    is_critical,
    over_by,
    told_by,
    unanswered_event,
    watcher,
)
from console.domain.duty import OnDuty
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.reach import concerns
from console.queries.duty import on_duty
from console.storage.tables import cases, journal, noted, still_open
from console.storage.unit import View

AT_ONCE = 500  # lines of the journal in one reading: a storm or an import must not hold up the seat

_SEEN = (
    cases.c.id,
    cases.c.state,
    cases.c.class_key,
    cases.c.limit_unit,
    cases.c.flags,
    cases.c.request,
    cases.c.asked_by,
    cases.c.department,
    cases.c.unit,
    cases.c.district,
    cases.c.committee,
    cases.c.handler,
    cases.c.supervision,
)
_LINES = (
    select(
        journal.c.id.label("line"), journal.c.operation, journal.c.at, journal.c.by, journal.c.changes, *_SEEN
    )
    .join(cases, cases.c.id == journal.c.case_id)
    .where(journal.c.id > bindparam("line"))
    .order_by(journal.c.id)
    .limit(bindparam("most"))
)
_HEAD = select(func.max(journal.c.id))
_LATE = select(*_SEEN).where(
    still_open, cases.c.current_due_at >= bindparam("since"), cases.c.current_due_at < bindparam("until")
)
_SOON = select(*_SEEN).where(
    still_open,
    cases.c.current_due_at >= bindparam("until"),
    cases.c.soon_at >= bindparam("since"),
    cases.c.soon_at < bindparam("until"),
)
_SUPERVISED = select(*_SEEN).where(noted, cases.c.supervision > 0)
_ASKED_AND_REPLIED = (
    select(journal.c.case_id, journal.c.operation, journal.c.at, journal.c.by)
    .where(
        journal.c.case_id.in_(bindparam("ids", expanding=True)),
        journal.c.operation.in_([Operation.SUPERVISE, Operation.REPLY_SUPERVISION]),
    )
    .order_by(journal.c.case_id, journal.c.number)
)
_REQUESTED = select(*_SEEN).where(cases.c.request.is_not(None))
_WAITS_IN = (State.REPORTED, State.TO_FILE, State.TO_DISPATCH, State.TO_HANDLE)
_NOTED = select(*_SEEN).where(noted)
_STAGED = select(*_SEEN).where(still_open, cases.c.state.in_(_WAITS_IN))
_NEWEST = select(func.max(cases.c.reported_at))


@dataclass(frozen=True, slots=True)
class Step:
    """One case after another in their order: what is over for it, then what is news."""

    case_id: int
    over: frozenset[Event]
    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """`line` is how far the journal was read, `more` whether there is more of it."""

    line: int
    steps: tuple[Step, ...]
    more: bool = False


@dataclass(frozen=True)
class SeatWatch:
    """A seat's attention and the turn it is in; `newest` is when the last report came in."""

    watcher: Watcher
    duty: OnDuty
    newest: datetime | None


def seat_watch(view: View, now: datetime, by: str) -> SeatWatch:
    """Who watches, under which roster. Raises Refused("no_city")."""
    reference = view.reference
    duty = on_duty(view, now, by)
    posts = {one.person: reference.actor(one.person).posts for one in duty.duties}
    newest = view.connection.execute(_NEWEST).scalar_one()
    return SeatWatch(watcher(reference.actor(by), reference.practice, duty, posts), duty, newest)


def heard_since(view: View, seat: Watcher, line: int) -> Heard:
    """What the lines after `line` are for a seat, at most some hundreds at once."""
    rows = view.connection.execute(_LINES, {"line": line, "most": AT_ONCE}).all()
    steps = []
    for row in rows:
        happened = _happened(row)
        over, news = over_by(happened, seat), told_by(happened, seat)
        if over or news:
            steps.append(Step(happened.case.id, over, tuple(news)))
    more = len(rows) == AT_ONCE
    last: int = rows[-1].line if more else view.connection.execute(_HEAD).scalar_one() or 0
    return Heard(max(line, last), tuple(steps), more)


def clocks_between(view: View, seat: Watcher, since: datetime, until: datetime) -> list[News]:
    """The clocks that ran out or came into their last fifth, and supervision nobody replied to in time."""
    asked = {"since": since, "until": until}
    found: list[News | None] = []
    for query, late in ((_LATE, True), (_SOON, False)):
        for row in view.connection.execute(query, asked):
            found.append(clock_event(_seen(row), late, seat))
    for case, asked_at, asked_by in _unanswered(view):
        if since <= asked_at + PATIENCE.get(case.supervision, PATIENCE[1]) < until:
            found.append(unanswered_event(case, asked_by, seat))
    return [one for one in found if one is not None]


def standing(view: View, seat: Watcher) -> Heard:
    """What is so already when somebody sits down: grave cases of his, and applications for him to decide."""
    news: dict[tuple[Event, int], News] = {}
    for query in (_NOTED, _STAGED):
        for row in view.connection.execute(query):
            case = _seen(row)
            mine = seat.leading or concerns(seat.actor, case, seat.awaited)
            if mine and is_critical(case, seat.emergencies):
                news[Event.CRITICAL, case.id] = News(Event.CRITICAL, case.id, case.place)
    if not seat.resting:
        for row in view.connection.execute(_REQUESTED):
            case = _seen(row)
            if decides(case, seat):
                news[Event.APPLICATION, case.id] = News(Event.APPLICATION, case.id, case.place)
    line: int = view.connection.execute(_HEAD).scalar_one() or 0
    return Heard(line, tuple(Step(one.case_id, frozenset(), (one,)) for one in news.values()))


def _unanswered(view: View) -> Iterator[tuple[Seen, datetime, str]]:
    """Supervised cases with when and by whom a reply was last asked for."""
    supervised = {row.id: _seen(row) for row in view.connection.execute(_SUPERVISED)}
    if not supervised:
        return
    last: dict[int, Any] = {}
    for fact in view.connection.execute(_ASKED_AND_REPLIED, {"ids": list(supervised)}):
        last[fact.case_id] = fact
    for case_id, fact in last.items():
        if fact.operation == Operation.SUPERVISE:
            yield supervised[case_id], fact.at, fact.by


def _happened(row: Any) -> Happened:
    changed = frozenset(orjson.loads(row.changes))
    return Happened(row.line, Operation(row.operation), row.at, row.by, changed, _seen(row))


def _seen(row: Any) -> Seen:
    return Seen(
        row.id,
        row.state,
        row.class_key,
        row.limit_unit,
        row.flags,
        row.request,
        row.asked_by,
        row.department,
        row.unit,
        row.district,
        row.committee,
        row.handler,
        row.supervision,
    )
