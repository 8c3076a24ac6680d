"""A filter of console.domain.wanted as SQL, for the queue, the map and the figures of the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, func, or_, select, type_coerce

from console.domain.flow import STEP_OF, State, Step
from console.domain.wanted import CaseFilter, Order
from console.queries.figures import counted
from console.storage.tables import cases, still_open


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text filter, and the codes whose names hold them."""

    text: str
    classes: Sequence[str] = field(default=())
    departments: Sequence[str] = field(default=())


# The running clocks come first, then those that stopped, by the deadline they had.
_BY: Mapping[Order, Sequence[str]] = {Order.DUE: ("current_due_at", "due_at")}


def states_of(step: Step) -> tuple[State, ...]:
    return tuple(state for state, at in STEP_OF.items() if at is step)


def selected(wanted: CaseFilter, now: datetime, words: Sequence[Words] = ()) -> Select[Any]:
    """Ids of the cases that `wanted` lets through, in its order."""
    query = select(cases.c.id).where(*conditions(wanted, now, words))
    for column in _BY.get(wanted.order, (wanted.order.value,)):
        found = cases.c[column]
        # Where a column may be empty the empty ones come last in both directions: nothing runs there.
        if found.nullable:
            query = query.order_by(found.is_(None))
        query = query.order_by(found.desc() if wanted.descending else found)
    return query.order_by(cases.c.id.desc() if wanted.descending else cases.c.id)


def conditions(wanted: CaseFilter, now: datetime, words: Sequence[Words] = ()) -> list[ColumnElement[bool]]:
    """The filter as SQL conditions."""
    found: list[ColumnElement[bool]] = []
    if wanted.figure is not None:
        found.append(counted(wanted.figure, now))
    elif wanted.step is not None:
        found.append(cases.c.state.in_(states_of(wanted.step)))
        if wanted.step is not Step.EVALUATION:
            found.append(still_open)
    elif not wanted.everything and wanted.state is None and wanted.request is None:
        found.append(still_open)
    if wanted.late:
        found.append(cases.c.current_due_at < now)
    if wanted.ended_since is not None:
        found.append(cases.c.ended_at >= wanted.ended_since)
    if wanted.department:
        found.append(cases.c.department == wanted.department)
    if wanted.division:
        found.append(or_(cases.c.district == wanted.division, cases.c.committee == wanted.division))
    if wanted.classes:
        found.append(cases.c.class_key.startswith(wanted.classes, autoescape=True))
    if wanted.cell:
        found.append(cases.c.cell == wanted.cell)
    if wanted.state is not None:
        found.append(cases.c.state == wanted.state)
    if wanted.request is not None:
        found.append(cases.c.request == wanted.request)
    if wanted.flag is not None:  # a JSON array of codes that hold no quotes
        found.append(type_coerce(cases.c.flags, Text).contains(f'"{wanted.flag.value}"'))
    if wanted.handler:
        found.append(cases.c.handler == wanted.handler)
    found.extend(_says(word) for word in words)
    return found


def _says(word: Words) -> ColumnElement[bool]:
    """A case says a word in its text, address, code or outside number, or by its class or department."""
    hits: list[ColumnElement[bool]] = [
        column.icontains(word.text, autoescape=True)  # LIKE minds the case on PostgreSQL only
        for column in (cases.c.description, cases.c.address, cases.c.code, cases.c.external_id)
    ]
    if word.classes:
        hits.append(cases.c.class_key.in_(word.classes))
    if word.departments:
        hits.append(cases.c.department.in_(word.departments))
    return or_(*hits)


def number_of(wanted: CaseFilter, now: datetime, words: Sequence[Words] = ()) -> Select[Any]:
    """How many cases `wanted` lets through."""
    return select(func.count()).select_from(cases).where(*conditions(wanted, now, words))
