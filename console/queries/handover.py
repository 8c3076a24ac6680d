"""The brief of a shift that ends, gathered from rows and journal by small indexes, however much has ended."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import orjson
from sqlalchemy import Select, and_, bindparam, func, or_, select

from console.domain.actor import Actor
from console.domain.case import Flag
from console.domain.catalogue import ClassKind, LimitUnit
from console.domain.duty import Turn, after, running, turns
from console.domain.flow import STEP_OF, State, Step
from console.domain.handover import (
    CALL_BACK_GIVEN_UP,
    CALL_BACK_WITHIN,
    Brief,
    Item,
    Reason,
    StepLeft,
    Totals,
    Why,
    ranked,
)
from console.domain.operation import Operation, Request
from console.domain.reach import Awaited, concerns, reaches
from console.domain.waiting import awaited_posts
from console.queries.duty import on_duty
from console.storage.city import Reference
from console.storage.roster import read_duties, read_shifts
from console.storage.tables import cases, journal, noted, still_open, to_call_back
from console.storage.unit import View

_SHOWN = 40
_UNROSTERED = timedelta(hours=8)  # the shift where the site's shifts leave a gap
_HANDS_OVER_LATE = timedelta(hours=2)
_CHUNK = 500

# What says which case it is and whom it concerns; each query adds what it goes by, for instants take time.
_COLUMNS = (
    cases.c.id,
    cases.c.code,
    cases.c.state,
    cases.c.class_key,
    cases.c.edition,
    func.substr(cases.c.address, 1, _SHOWN).label("address"),
    func.substr(cases.c.description, 1, _SHOWN).label("description"),
    cases.c.department,
    cases.c.unit,
    cases.c.district,
    cases.c.committee,
    cases.c.handler,
)


def _cases(*conditions: Any, also: Sequence[str] = ("current_due_at",)) -> Select[Any]:
    return select(*_COLUMNS, *(cases.c[name] for name in also)).where(*conditions)


_NOTED = _cases(noted, also=("flags", "supervision", "current_due_at"))
_RUNNING_OUT = _cases(
    still_open, cases.c.current_due_at >= bindparam("since"), cases.c.current_due_at < bindparam("until")
)
_RESTING = _cases(
    cases.c.suspended_until.is_not(None),
    cases.c.suspended_until < bindparam("until"),
    also=("suspended_until",),
)
_ASKED = _cases(cases.c.request.is_not(None), also=("request", "asked_at", "asked_until"))
_BACK = _cases(cases.c.state.in_([State.RETURNED, State.TO_FILE]), also=("barred", "asked_at"))
_TO_CALL = _cases(
    to_call_back,
    cases.c.ended_at >= bindparam("since"),
    cases.c.ended_at < bindparam("until"),
    also=("ended_at",),
)
_TOLD_OF = frozenset(
    {
        Operation.SUPERVISE,
        Operation.REPLY_SUPERVISION,
        Operation.CONSULT,
        Operation.GIVE_AUTHORITY,
        Operation.ALLOW_RETURN,
        Operation.REFUSE_RETURN,
    }
)
_FACTS = (
    select(journal.c.case_id, journal.c.operation, journal.c.at, journal.c.details)
    .where(
        journal.c.case_id.in_(bindparam("ids", expanding=True)),
        journal.c.operation.in_(sorted(_TOLD_OF)),
    )
    .order_by(journal.c.case_id, journal.c.number)
)
# Row by row: grouped by the database, SQLite walks an index of all cases instead of the few that it is about.
_LEFT = select(
    cases.c.state,
    cases.c.department,
    cases.c.unit,
    cases.c.district,
    cases.c.committee,
    cases.c.handler,
    cases.c.current_due_at,
    cases.c.soon_at,
).where(still_open)
_DONE = {
    name: select(
        cases.c.department, cases.c.unit, cases.c.district, cases.c.committee, cases.c.handler
    ).where(column >= bindparam("since"), column < bindparam("until"))
    for name, column in (
        ("reported", cases.c.reported_at),
        ("dispatched", cases.c.dispatched_at),
        ("ended", cases.c.ended_at),
    )
}

Found = Iterator[tuple[Item, Reason]]


class _Reach(NamedTuple):
    """Where a group of cases lies: what console.domain.reach looks at."""

    state: State
    department: str
    unit: str
    district: str
    committee: str
    handler: str = ""


@dataclass(frozen=True)
class _Shift:
    """What is being handed over, by whom, at which instant."""

    turn: Turn
    next_until: datetime
    now: datetime
    actor: Actor
    awaited: Awaited
    reference: Reference


def handover_brief(view: View, now: datetime, by: str) -> Brief:
    """What `by` has to tell whoever follows him, of the cases in his reach. Raises Refused("no_city")."""
    reference = view.reference
    actor = reference.actor(by)
    turn, following = ending_turn(view, now, by)
    shift = _Shift(turn, following.until, now, actor, awaited_posts(reference.practice), reference)
    found: list[tuple[Item, Reason]] = []
    for gathered in (_noted, _emergencies, _running_out, _resting, _asked, _sent_back, _to_call):
        found += gathered(view, shift)
    items, counts = ranked(found)
    return Brief(
        turn.since,
        turn.until,
        following.until,
        (turn.shift.name, turn.shift.name_en),
        (following.shift.name, following.shift.name_en),
        items,
        _totals(view, shift),
        counts,
    )


def ending_turn(view: View, now: datetime, by: str) -> tuple[Turn, Turn]:
    """The turn that `by` hands over at `now`, and the one that follows.

    It is the present one; the one before where he was on duty then, is not now, and it is not long ago.
    """
    zone = ZoneInfo(view.reference.profile.timezone)
    shifts = read_shifts(view.connection)
    today = now.astimezone(zone).date()
    duty = on_duty(view, now, by)
    turn = duty.turn
    if duty.duty_of(by) is None:
        known = read_duties(view.connection, today - timedelta(days=2), today)
        own = {(one.day, one.shift) for one in known if one.person == by}
        before = [
            one
            for one in turns(shifts, today - timedelta(days=2), today, zone)
            if one.until <= now < one.until + _HANDS_OVER_LATE and (one.day, one.shift.code) in own
        ]
        turn = before[-1] if before else turn
    if turn is None:  # the shifts leave a gap: the last hours, named after what comes
        coming = after(shifts, now, zone) or running(shifts, now, zone)[0]
        turn = Turn(coming.shift, today, now - _UNROSTERED, now)
    following = after(shifts, turn.since, zone)
    if following is None or following.until <= turn.until:
        following = Turn(turn.shift, turn.day, turn.until, turn.until + _UNROSTERED)
    return turn, following


def _noted(view: View, shift: _Shift) -> Found:
    rows = [row for row in view.connection.execute(_NOTED) if reaches(shift.actor, row)]
    facts: dict[int, list[Any]] = {}
    for fact in _facts(view, [row.id for row in rows]):
        facts.setdefault(fact.case_id, []).append(fact)
    for row in rows:
        told = facts.get(row.id, [])
        mention = partial(_item, shift, row)
        if Flag.URGENT in row.flags:
            yield mention(), Reason(Why.URGENT, row.current_due_at)
        if row.supervision:
            asked, replied = (
                _last(told, Operation.SUPERVISE),
                _last(told, Operation.REPLY_SUPERVISION),
            )
            answered = replied is not None and (asked is None or replied >= asked)
            yield mention(), Reason(Why.SUPERVISED if answered else Why.UNANSWERED, asked)
        promised = [at for at in map(_promised, told) if at is not None]
        if promised and promised[-1] < shift.next_until:
            yield mention(), Reason(Why.PROMISE, promised[-1])
        sent = max(
            (fact.at for fact in told if fact.operation in {Operation.ALLOW_RETURN, Operation.REFUSE_RETURN}),
            default=None,
        )
        if sent is not None and sent >= shift.turn.since:
            yield mention(), Reason(Why.RETURNED, sent)


def _emergencies(view: View, shift: _Shift) -> Found:
    """What is urgent by its class, or as a component that was filed to be put right at once."""
    named = shift.reference.practice.emergencies
    by_class = (cases.c.class_key.startswith(one, autoescape=True) for one in named)
    endangers = and_(
        cases.c.limit_unit == LimitUnit.URGENT_HOUR.value, cases.c.class_key.startswith(f"{ClassKind.PART}:")
    )
    for row in view.connection.execute(_cases(still_open, or_(endangers, *by_class))):
        if reaches(shift.actor, row):
            yield _item(shift, row), Reason(Why.URGENT, row.current_due_at)


def _running_out(view: View, shift: _Shift) -> Found:
    """What became late in this shift; what is in its last fifth or has no more than the next shift."""
    asked = {"since": shift.turn.since, "until": shift.next_until}
    for row in view.connection.execute(_RUNNING_OUT, asked):
        if reaches(shift.actor, row):
            why = Why.LATE if row.current_due_at < shift.now else Why.SOON
            yield _item(shift, row), Reason(why, row.current_due_at)


def _resting(view: View, shift: _Shift) -> Found:
    for row in view.connection.execute(_RESTING, {"until": shift.next_until}):
        if reaches(shift.actor, row):
            yield _item(shift, row), Reason(Why.SUSPENSION, row.suspended_until)


def _asked(view: View, shift: _Shift) -> Found:
    for row in view.connection.execute(_ASKED):
        if not reaches(shift.actor, row):
            continue
        if row.request is not Request.RETURN:  # told as sent back
            yield _item(shift, row), Reason(Why.APPLICATION, row.asked_at)
        if row.asked_until is not None and row.asked_until < shift.next_until:
            yield _item(shift, row), Reason(Why.PROMISE, row.asked_until)


def _sent_back(view: View, shift: _Shift) -> Found:
    """What waits for a decision on its return, and what was sent back to be filed anew."""
    for row in view.connection.execute(_BACK):
        if (row.state is State.RETURNED or row.barred) and reaches(shift.actor, row):
            yield _item(shift, row), Reason(Why.RETURNED, row.asked_at)


def _to_call(view: View, shift: _Shift) -> Found:
    asked = {"since": shift.now - CALL_BACK_GIVEN_UP, "until": shift.next_until - CALL_BACK_WITHIN}
    for row in view.connection.execute(_TO_CALL, asked):
        if reaches(shift.actor, row):
            yield _item(shift, row), Reason(Why.CALL_BACK, row.ended_at + CALL_BACK_WITHIN)


def _totals(view: View, shift: _Shift) -> Totals:
    left: dict[Step, list[int]] = {step: [0, 0, 0] for step in Step if step is not Step.EVALUATION}
    for state, *place, due, soon in view.connection.execute(_LEFT):
        if reaches(shift.actor, _Reach(state, *place)):
            counts = left[STEP_OF[state]]
            counts[0] += 1
            if due is not None and due < shift.now:
                counts[1] += 1
            elif due is not None and soon is not None and soon <= shift.now:
                counts[2] += 1
    asked = {"since": shift.turn.since, "until": shift.now}
    done = {
        name: sum(
            reaches(shift.actor, _Reach(State.CLOSED, *place))
            for place in view.connection.execute(query, asked)
        )
        for name, query in _DONE.items()
    }
    return Totals(**done, left=tuple(StepLeft(step, *counts) for step, counts in left.items()))


def _facts(view: View, ids: Sequence[int]) -> Iterable[Any]:
    for first in range(0, len(ids), _CHUNK):
        yield from view.connection.execute(_FACTS, {"ids": ids[first : first + _CHUNK]})


def _last(facts: Iterable[Any], operation: Operation) -> datetime | None:
    found: datetime | None = None
    for fact in facts:
        if fact.operation == operation:
            found = fact.at
    return found


def _promised(fact: Any) -> datetime | None:
    """The date that was told with an act."""
    if '"until"' not in fact.details:
        return None
    told = orjson.loads(fact.details).get("until")
    return datetime.fromisoformat(told) if told else None


def _item(shift: _Shift, row: Any) -> Item:
    named = shift.reference.edition(row.edition).by_key.get(row.class_key)
    return Item(
        row.id,
        row.code,
        STEP_OF[row.state],
        (),
        (named.name, named.name_en) if named else ("", ""),
        row.address or row.description,
        concerns(shift.actor, row, shift.awaited),
    )
