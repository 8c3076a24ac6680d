"""A filter of console.domain.wanted as SQL, for the queue, the map and the figures of the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    type_coerce,
)

from console.domain.area import Area
from console.domain.flow import STEP_OF, State, Step
from console.domain.waiting import waiting_states
from console.domain.wanted import CaseFilter
from console.queries.figures import counted
from console.queries.order import columns_of
from console.queries.search import Said, said
from console.storage.columns import Instant
from console.storage.tables import cases, still_open
from console.storage.unit import View

if TYPE_CHECKING:
    from console.queries.within import Within


@dataclass(frozen=True, slots=True)
class Meant:
    """What a filter's words mean in a city as it is now: see `meant`."""

    words: Sequence[Said] = ()
    waiting: Sequence[State] = ()
    within: "Within | None" = None


NOTHING = Meant()


def meant(view: View, wanted: CaseFilter) -> Meant:
    """Who says the words of its text in this view, which states wait for its posts, where its area lies."""
    return Meant(
        said(view, wanted.text),
        waiting_states(view.reference.practice, wanted.posts),
        None if wanted.within is None else _within(view, wanted.within),
    )


def _within(view: View, area: Area) -> "Within":
    from console.queries.within import within  # shapes and their libraries: few filters have an area

    return within(view, area)


# When the clock that runs in a state began, by the wall; the disposal clock's beginning stands last.
CLOCK_FROM = case(
    (cases.c.state == State.REPORTED, cases.c.reported_at),
    (cases.c.state.in_((State.PRE_CHECK, State.TO_FILE)), cases.c.accepted_at),
    (cases.c.state == State.TO_DISPATCH, cases.c.filed_at),
    (cases.c.state.in_((State.FED_BACK, State.POST_CHECK, State.TO_CLOSE)), cases.c.fed_back_at),
    else_=cases.c.dispatched_at,
)


def states_of(step: Step) -> tuple[State, ...]:
    return tuple(state for state, at in STEP_OF.items() if at is step)


def selected(wanted: CaseFilter, now: datetime, told: Meant = NOTHING) -> Select[Any]:
    """Ids of the cases that `wanted` lets through, in its order: the empty ones last in both directions."""
    query = select(cases.c.id).where(*conditions(wanted, now, told))
    for found in columns_of(wanted.order):
        if found.nullable:
            query = query.order_by(found.said.is_(None))
        query = query.order_by(found.said.desc() if wanted.descending else found.said)
    return query.order_by(cases.c.id.desc() if wanted.descending else cases.c.id)


def conditions(wanted: CaseFilter, now: datetime, told: Meant = NOTHING) -> list[ColumnElement[bool]]:
    """The filter as SQL conditions."""
    found: list[ColumnElement[bool]] = []
    if wanted.figure is not None:
        found.append(counted(wanted.figure, now))
    elif wanted.step is not None:
        found.append(cases.c.state.in_(states_of(wanted.step)))
        if wanted.step is not Step.EVALUATION:
            found.append(still_open)
    elif not wanted.everything and not wanted.states and wanted.request is None:
        found.append(still_open)
    if wanted.ids:
        found.append(cases.c.id.in_(wanted.ids))
    if wanted.late:
        found.append(cases.c.current_due_at < now)
    if wanted.late_times:
        found.append(late_by(wanted.late_times, now))
    if wanted.due_within is not None:
        found += (cases.c.current_due_at >= now, cases.c.current_due_at < now + wanted.due_within)
    for column, since, until in (
        (cases.c.reported_at, wanted.reported_since, wanted.reported_until),
        (cases.c.ended_at, wanted.ended_since, wanted.ended_until),
        (cases.c.reported_at, _ago(now, wanted.newer_than), _ago(now, wanted.older_than)),
    ):
        if since is not None:
            found.append(column >= since)
        if until is not None:
            found.append(column < until)
    if wanted.department:
        found.append(cases.c.department == wanted.department)
    if wanted.division:
        found.append(or_(cases.c.district == wanted.division, cases.c.committee == wanted.division))
    if wanted.classes:
        found.append(cases.c.class_key.startswith(wanted.classes, autoescape=True))
    for one in ("street", "responsibility_grid", "cell", "source"):
        asked = getattr(wanted, one)
        if asked:
            found.append(cases.c[one] == asked)
    if wanted.states:
        found.append(cases.c.state.in_(wanted.states))
    if wanted.request is not None:
        found.append(cases.c.request == wanted.request)
    if wanted.flag is not None:  # a JSON array of codes that hold no quotes
        found.append(type_coerce(cases.c.flags, Text).contains(f'"{wanted.flag.value}"'))
    if wanted.handler:
        found.append(cases.c.handler == wanted.handler)
    if wanted.posts:
        found.append(cases.c.state.in_(told.waiting))
    if told.within is not None:
        found.append(told.within.condition)
    found.extend(word.condition for word in told.words)
    return found


def _ago(now: datetime, span: timedelta | None) -> datetime | None:
    return None if span is None else now - span


def late_by(times: float, now: datetime) -> ColumnElement[bool]:
    due, began = (type_coerce(one, BigInteger) for one in (cases.c.current_due_at, CLOCK_FROM))
    return and_(cases.c.current_due_at < now, bindparam(None, now, Instant) - due >= (due - began) * times)


def number_of(wanted: CaseFilter, now: datetime, told: Meant = NOTHING) -> Select[Any]:
    """How many cases `wanted` lets through."""
    return select(func.count()).select_from(cases).where(*conditions(wanted, now, told))
