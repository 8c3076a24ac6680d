"""A case as it stands, the facts that brought it there, and the fold from one to the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from console.domain.clock import Visit
from console.domain.evidence import Evidence
from console.domain.flow import State
from console.domain.operation import Operation, Request


class Source(StrEnum):
    """Where a report came from (domain.md 5.1)."""

    PATROL = "patrol"
    HOTLINE = "hotline"
    PUBLIC = "public"
    VIDEO = "video"
    LEADER = "leader"
    TRANSFER = "transfer"
    IMPORTED = "imported"


class Flag(StrEnum):
    """What is said of a case beside its state (domain.md 3.2); being over time is read off the clock."""

    URGENT = "urgent"
    SUPERVISED = "supervised"
    TYPICAL = "typical"
    SIMILAR = "similar"
    CONSULTED = "consulted"
    AUTHORISED = "authorised"
    APPEALED = "appealed"
    EXEMPT = "exempt"
    SELF_HANDLED = "self_handled"
    ANSWERED = "answered"
    SPLIT = "split"


class CheckResult(StrEnum):
    """What a check on the spot found: before filing the first three, after disposal the last two."""

    EXISTS = "exists"
    ABSENT = "absent"
    UNCLEAR = "unclear"
    PASSED = "passed"
    FAILED = "failed"


class Satisfaction(StrEnum):
    """What the caller said when he was called back (回访)."""

    VERY = "very"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"


@dataclass(frozen=True, slots=True)
class Case:
    """One problem of the city on its way through the seven steps.

    `lon`, `lat` are EPSG:4490 degrees or None where the place is unknown; `cell` is a unit grid
    code, empty outside every grid. Instants are aware UTC.

    `due_at` is the disposal clock's deadline, kept after it stopped at `fed_back_at`; `visits` are the
    stretches in which it ran. `current_due_at` and `soon_at` belong to whichever clock runs now, a
    stage's or the disposal clock; they are None where none runs.

    `department` answers for the case, `unit` is its section, `assisting` help it. `handler` is the one
    person who holds the case, empty where anybody of the post may take it. `request` waits for a
    decision since `asked_at`; `barred` may not take the next main step. `held` is where a suspended,
    returned or merged case goes back to.
    """

    code: str
    state: State
    source: Source
    description: str
    reported_at: datetime
    class_key: str = ""
    edition: str = ""
    condition: int = 0
    address: str = ""
    lon: float | None = None
    lat: float | None = None
    cell: str = ""
    responsibility_grid: str = ""
    street: str = ""
    district: str = ""
    committee: str = ""
    department: str = ""
    reporter: str = ""
    limit_value: float = 0.0
    limit_unit: str = ""
    accepted_at: datetime | None = None
    filed_at: datetime | None = None
    dispatched_at: datetime | None = None
    due_at: datetime | None = None
    soon_at: datetime | None = None
    fed_back_at: datetime | None = None
    ended_at: datetime | None = None
    redispatches: int = 0
    reworks: int = 0
    external_id: str = ""
    current_due_at: datetime | None = None
    visits: tuple[Visit, ...] = ()
    unit: str = ""
    assisting: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    request: Request | None = None
    asked_by: str = ""
    asked_at: datetime | None = None
    asked_until: datetime | None = None
    barred: str = ""
    handler: str = ""
    checked: CheckResult | None = None
    held: State | None = None
    suspended_until: datetime | None = None
    extensions: int = 0
    suspensions: int = 0
    returns: int = 0
    shuffles: int = 0
    appeals: int = 0
    supervision: int = 0
    merged_into: str = ""
    split_from: str = ""
    closed_condition: int = 0
    satisfaction: Satisfaction | None = None
    id: int = 0
    version: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the journal: who did what when, and the fields that changed by it.

    `changes` hold new values by field name of Case, instants as datetime. `note` is free text
    (reason, opinion, outside remarks), `details` what else was told, in plain JSON values. `post` is
    the one in which `by` acted, empty where nobody was asked for it. `number` counts from 1 within
    the case.
    """

    number: int
    operation: Operation
    at: datetime
    by: str
    changes: Mapping[str, Any]
    note: str = ""
    post: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


_NAMES = tuple(one.name for one in fields(Case))
_PLACES = {name: place for place, name in enumerate(_NAMES)}
_VALUES = attrgetter(*_NAMES)
_DEFAULTS = tuple(one.default for one in fields(Case))
_FIELDS = frozenset(_NAMES) - {"id", "version"}
_SORTED = tuple(sorted(_FIELDS))
_SORTED_VALUES = attrgetter(*_SORTED)


def applied(case: Case, fact: Fact) -> Case:
    """The case after `fact`; its version is the number of the fact. Raises KeyError on an unknown field."""
    return changed(case, fact.changes, version=fact.number)


def changed(case: Case, changes: Mapping[str, Any] = MappingProxyType({}), **more: Any) -> Case:
    """The case with some fields changed. Raises KeyError on an unknown field.

    dataclasses.replace does the same in three times the time, and a quarter's history does it 330,000
    times.
    """
    values = list(_VALUES(case))
    for name, value in changes.items():
        values[_PLACES[name]] = value
    for name, value in more.items():
        values[_PLACES[name]] = value
    return Case(*values)


def fold(facts: Iterable[Fact], case_id: int = 0) -> Case:
    """The case as its journal tells it, from the first fact on.

    Raises TypeError when the facts do not make a whole case or name an unknown field.
    """
    told: dict[str, Any] = {}
    version = 0
    for fact in facts:
        told.update(fact.changes)
        version = fact.number
    return Case(id=case_id, version=version, **told)


def opening(
    case: Case,
    *,
    operation: Operation,
    at: datetime,
    by: str,
    note: str = "",
    post: str = "",
    evidence: tuple[Evidence, ...] = (),
) -> Fact:
    """The first fact of a case: every field that is not at its default."""
    told = {
        name: value
        for name, value, default in zip(_NAMES, _VALUES(case), _DEFAULTS, strict=True)
        if value != default and name in _FIELDS
    }
    return Fact(1, operation, at, by, told, note, post, evidence=evidence)


def difference(before: Case, after: Case) -> dict[str, Any]:
    """The fields in which two states of one case differ, with the values of `after`."""
    told = zip(_SORTED, _SORTED_VALUES(before), _SORTED_VALUES(after), strict=True)
    return {name: new for name, old, new in told if old != new}
