"""The case queue: which cases a filter lets through, their rows, and the counts by step."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from console.domain.case import Flag, Source
from console.domain.flow import OPEN, STEP_OF, State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter
from console.queries.filter import meant, selected
from console.storage.city import Reference
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue; names are looked up, instants aware UTC, `lon`/`lat` EPSG:4490."""

    id: int
    code: str
    state: State
    source: Source
    class_key: str
    class_name: str
    class_name_en: str
    description: str
    address: str
    cell: str
    district: str
    department: str
    department_name: str
    department_name_en: str
    reported_at: datetime
    current_due_at: datetime | None
    due_at: datetime | None
    soon_at: datetime | None
    fed_back_at: datetime | None
    ended_at: datetime | None
    reworks: int
    lon: float | None
    lat: float | None
    version: int
    flags: tuple[Flag, ...]
    request: Request | None
    suspended_until: datetime | None
    held: State | None
    street: str
    responsibility_grid: str
    handler: str
    limit_value: float
    limit_unit: str
    extensions: int
    returns: int


SHOWN_TEXT = 200  # a row shows one line; a case text may hold 100 kB

_ROWS = select(
    cases.c.id,
    cases.c.code,
    cases.c.state,
    cases.c.source,
    cases.c.class_key,
    cases.c.edition,
    func.substr(cases.c.description, 1, SHOWN_TEXT).label("description"),
    func.substr(cases.c.address, 1, SHOWN_TEXT).label("address"),
    cases.c.cell,
    cases.c.district,
    cases.c.department,
    cases.c.reported_at,
    cases.c.current_due_at,
    cases.c.due_at,
    cases.c.soon_at,
    cases.c.fed_back_at,
    cases.c.ended_at,
    cases.c.reworks,
    cases.c.lon,
    cases.c.lat,
    cases.c.version,
    cases.c.flags,
    cases.c.request,
    cases.c.suspended_until,
    cases.c.held,
    cases.c.street,
    cases.c.responsibility_grid,
    cases.c.handler,
    cases.c.limit_value,
    cases.c.limit_unit,
    cases.c.extensions,
    cases.c.returns,
).where(cases.c.id.in_(bindparam("ids", expanding=True)))

# By their names, so that each is sought in the index of states: `still_open` walks all that ever ended.
_STEPS = (
    select(
        cases.c.state,
        func.count(),
        func.count().filter(cases.c.current_due_at < bindparam("now")),
    )
    .where(cases.c.state.in_(sorted(OPEN)))
    .group_by(cases.c.state)
)


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many cases wait in a step, and how many of them are late."""

    step: Step
    number: int
    late: int


def queue_ids(view: View, wanted: CaseFilter, now: datetime) -> "array[int]":
    """Ids of the cases in the filter's order, 8 bytes each: the whole queue, however long."""
    found = view.connection.execute(selected(wanted, now, meant(view, wanted)))
    return array("q", found.scalars())


def queue_rows(view: View, ids: Sequence[int]) -> dict[int, QueueRow]:
    """The rows of some cases by id; an id that is gone is left out."""
    reference = view.reference
    found = view.connection.execute(_ROWS, {"ids": list(ids)})
    return {line.id: _row(reference, line) for line in found}


def step_counts(view: View, now: datetime, ended_since: datetime) -> dict[Step, StepCount]:
    """Waiting and late cases of every step; for the last step those ended since `ended_since`."""
    numbers = dict.fromkeys(Step, 0)
    late = dict.fromkeys(Step, 0)
    for state, number, overdue in view.connection.execute(_STEPS, {"now": now}):
        numbers[STEP_OF[state]] += number
        late[STEP_OF[state]] += overdue
    numbers[Step.EVALUATION] = view.connection.execute(
        select(func.count()).select_from(cases).where(and_(cases.c.ended_at >= ended_since))
    ).scalar_one()
    return {step: StepCount(step, numbers[step], late[step]) for step in Step}


def _row(reference: Reference, line: Any) -> QueueRow:
    named = reference.edition(line.edition).by_key.get(line.class_key)
    department = reference.departments.get(line.department)
    return QueueRow(
        line.id,
        line.code,
        line.state,
        line.source,
        line.class_key,
        named.name if named else "",
        named.name_en if named else "",
        line.description,
        line.address,
        line.cell,
        line.district,
        line.department,
        department.name if department else line.department,
        department.name_en if department else line.department,
        line.reported_at,
        line.current_due_at,
        line.due_at,
        line.soon_at,
        line.fed_back_at,
        line.ended_at,
        line.reworks,
        line.lon,
        line.lat,
        line.version,
        line.flags,
        line.request,
        line.suspended_until,
        line.held,
        line.street,
        line.responsibility_grid,
        line.handler,
        line.limit_value,
        line.limit_unit,
        line.extensions,
        line.returns,
    )
