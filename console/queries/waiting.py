"""Open cases with the instant since which they stand where they stand, and the newest case of all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, select

from console.domain.case import CheckResult, Flag, Source
from console.domain.flow import State
from console.domain.operation import Request
from console.storage.tables import cases, journal, still_open
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case; `since` is when its last fact was written."""

    id: int
    code: str
    version: int
    state: State
    source: Source
    since: datetime
    due_at: datetime | None
    limit_unit: str
    district: str
    committee: str
    reworks: int
    class_key: str
    flags: tuple[Flag, ...]
    checked: CheckResult | None
    request: Request | None
    extensions: int
    suspensions: int
    suspended_until: datetime | None


_WAITING = (
    select(
        cases.c.id,
        cases.c.code,
        cases.c.version,
        cases.c.state,
        cases.c.source,
        journal.c.at,
        cases.c.due_at,
        cases.c.limit_unit,
        cases.c.district,
        cases.c.committee,
        cases.c.reworks,
        cases.c.class_key,
        cases.c.flags,
        cases.c.checked,
        cases.c.request,
        cases.c.extensions,
        cases.c.suspensions,
        cases.c.suspended_until,
    )
    .join(journal, and_(journal.c.case_id == cases.c.id, journal.c.number == cases.c.version))
    .where(still_open, cases.c.state.in_(bindparam("states", expanding=True)))
    .order_by(cases.c.id)
)
_AMONG = _WAITING.where(cases.c.id.in_(bindparam("ids", expanding=True)))
_AT_ONCE = 500  # ids in one statement
_NEWEST = (
    select(cases.c.id, cases.c.reported_at).order_by(cases.c.reported_at.desc(), cases.c.id.desc()).limit(1)
)


def waiting_in(view: View, states: Iterable[State]) -> list[Waiting]:
    """The cases that wait in one of `states`, by id."""
    found: Iterable[Any] = view.connection.execute(_WAITING, {"states": sorted(states)})
    return [Waiting(*line) for line in found]


def waiting_among(view: View, ids: Iterable[int], states: Iterable[State]) -> list[Waiting]:
    """Those of some cases that wait in one of `states`."""
    asked, named = list(ids), sorted(states)
    found: list[Waiting] = []
    for first in range(0, len(asked), _AT_ONCE):
        part = asked[first : first + _AT_ONCE]
        lines: Iterable[Any] = view.connection.execute(_AMONG, {"states": named, "ids": part})
        found.extend(Waiting(*line) for line in lines)
    return found


def newest_report(view: View) -> tuple[int, datetime] | None:
    """Id and instant of the last reported case, None where there is none."""
    found = view.connection.execute(_NEWEST).one_or_none()
    return None if found is None else (found.id, found.reported_at)
