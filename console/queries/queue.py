"""The rows of the case queue, and the counts by step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import NamedTuple

import orjson
from sqlalchemy import and_, bindparam, func, select

from console.domain.case import Flag, Source
from console.domain.flow import OPEN, STEP_OF, State, Step
from console.domain.operation import Request
from console.storage.city import Reference
from console.storage.columns import instant
from console.storage.direct import Direct, Row, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.sorted_by import SORTED_TEXT, cut
from console.storage.tables import cases
from console.storage.unit import View


class QueueRow(NamedTuple):
    """One line of the queue; names are looked up, instants aware UTC, `lon`/`lat` EPSG:4490.

    A tuple, because a page makes two hundred of them: a frozen dataclass takes six times as long.
    """

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


SHOWN_TEXT = SORTED_TEXT  # a row shows one line; a case text may hold 100 kB

_ROWS = Statement(
    select(
        cases.c.id,
        cases.c.code,
        cases.c.state,
        cases.c.source,
        cases.c.class_key,
        cases.c.edition,
        cut("description", SHOWN_TEXT),
        cut("address", SHOWN_TEXT),
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
    ).where(Among())
)
_STATES = {state.value: state for state in State}
_SOURCES = {source.value: source for source in Source}
_REQUESTS = {request.value: request for request in Request}

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


def queue_rows(view: View, ids: Sequence[int]) -> dict[int, QueueRow]:
    """The rows of some cases by id; an id that is gone is left out."""
    row = _reader(view.reference)
    return {line[0]: row(line) for line in Direct(view.connection).every(_ROWS, (told_ids(ids),))}


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


def _reader(reference: Reference) -> Callable[[Row], QueueRow]:
    """What makes a row of the values that the database keeps."""

    @cache
    def named(edition: str, key: str) -> tuple[str, str]:
        found = reference.edition(edition).by_key.get(key)
        return (found.name, found.name_en) if found else ("", "")

    @cache
    def department(code: str) -> tuple[str, str]:
        found = reference.departments.get(code)
        return (found.name, found.name_en) if found else (code, code)

    def row(line: Row) -> QueueRow:
        case_id, code, state, source, key, edition, description, address, cell, district = line[:10]
        answers, reported_at, current_due_at, due_at, soon_at, fed_back_at, ended_at = line[10:17]
        reworks, lon, lat, version, flags, request, suspended_until, held = line[17:25]
        return QueueRow(
            case_id,
            code,
            _STATES[state],
            _SOURCES[source],
            key,
            *named(edition, key),
            description,
            address,
            cell,
            district,
            answers,
            *department(answers),
            instant(reported_at),
            _moment(current_due_at),
            _moment(due_at),
            _moment(soon_at),
            _moment(fed_back_at),
            _moment(ended_at),
            reworks,
            lon,
            lat,
            version,
            () if flags == "[]" else tuple(map(Flag, orjson.loads(flags))),
            None if request is None else _REQUESTS[request],
            _moment(suspended_until),
            None if held is None else _STATES[held],
            *line[25:],
        )

    return row


def _moment(count: int | None) -> datetime | None:
    return None if count is None else instant(count)
