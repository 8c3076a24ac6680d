"""One case in full: what it is, where it lies, what happened to it, and what may be done by whom now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from console.domain import clock
from console.domain.actor import EVERY_POST, Actor
from console.domain.acts import acted, refused, released_at, standing
from console.domain.case import Case, Fact
from console.domain.catalogue import CaseClass, FilingCondition, Limit, LimitUnit
from console.domain.city import Department
from console.domain.errors import Refused
from console.domain.flow import row_of
from console.domain.operation import OUTSIDE, Operation
from console.domain.practice import Practice
from console.domain.skip import Skip
from console.queries.advice import Advice, advice
from console.storage import journal
from console.storage.cases import case_of
from console.storage.city import Reference
from console.storage.kin import parts_of
from console.storage.skips import skips_of
from console.storage.tables import cases, divisions, responsibility_grids
from console.storage.unit import View

_IN_THE_TABLE = tuple(one for one in Operation if one not in OUTSIDE and one is not Operation.REGISTER)


@dataclass(frozen=True, slots=True)
class Kin:
    """A case that belongs to the shown one: `part` of it, or a `duplicate` merged into it."""

    code: str
    state: str
    relation: str
    description: str


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Everything the case panel shows, as `actor` may see and do it.

    `why` names for every operation that may not be done now the reason; what is not in it may be done.
    `share` is used time over budget of the disposal clock, None where none was set; above 1 it is the
    overdue multiple (超时倍数). `releases_at` is until when the last act may still be undone by whoever
    did it, None where there is nothing to undo; `grace` is how long each act may be taken back. `names` maps
    the codes of the case's divisions, grid and departments to their Chinese and English names. `skips`
    are those who passed it over in triage.
    """

    case: Case
    case_class: CaseClass | None
    condition: FilingCondition | None
    department: Department | None
    facts: tuple[Fact, ...]
    advice: Advice
    names: dict[str, tuple[str, str]]
    timezone: str
    actor: Actor = field(default_factory=lambda: Actor("", EVERY_POST))
    why: Mapping[Operation, Refused] = field(default_factory=dict)
    share: float | None = None
    releases_at: datetime | None = None
    kin: tuple[Kin, ...] = ()
    grace: Mapping[Operation, timedelta] = field(default_factory=dict)
    skips: tuple[Skip, ...] = ()


_TO = ("department", "unit")

_BY_ID = select(*cases.columns).where(cases.c.id == bindparam("id"))
_BY_CODE = select(*cases.columns).where(cases.c.code == bindparam("code"))
# Empty codes belong to no case: the words of the partial index are repeated for SQLite.
_DUPLICATES = (
    select(*cases.columns)
    .where(cases.c.merged_into == bindparam("code"), cases.c.merged_into != "")
    .order_by(cases.c.id)
)


def case_card(view: View, asked: int | str, now: datetime, by: str = "") -> CaseCard:
    """The card of a case by id (int) or code (str) for the seat of `by`; an unnamed seat may do all.

    Raises Refused("no_such_case").
    """
    if isinstance(asked, int):
        found = view.connection.execute(_BY_ID, {"id": asked}).one_or_none()
    else:
        found = view.connection.execute(_BY_CODE, {"code": asked}).one_or_none()
    if found is None:
        raise Refused("no_such_case", code=asked)
    case = case_of(found)
    reference = view.reference
    case_class = reference.edition(case.edition).by_key.get(case.class_key)
    facts = tuple(journal.facts_of(view.connection, case.id))
    actor = reference.actor(by) if by else Actor("", EVERY_POST)
    return CaseCard(
        case,
        case_class,
        case_class.condition(case.condition) if case_class else None,
        reference.departments.get(case.department),
        facts,
        advice(reference, case, facts, case_class, now),
        _names(view, reference, case, facts),
        reference.profile.timezone,
        actor,
        _why(case, actor, now, reference.practice),
        used_share(reference, case, now),
        _releases_at(reference, facts),
        _kin(view, case),
        reference.practice.grace,
        skips_of(view.connection, case.id),
    )


def _why(case: Case, actor: Actor, now: datetime, practice: Practice) -> dict[Operation, Refused]:
    found = {one: refused(case, one, actor=actor, at=now, practice=practice) for one in _IN_THE_TABLE}
    return {operation: problem for operation, problem in found.items() if problem is not None}


def used_share(reference: Reference, case: Case, now: datetime) -> float | None:
    """Used time over budget of the disposal clock; None where no limit is set or no clock ever ran."""
    if not case.limit_unit or not case.visits:
        return None
    limit = Limit(case.limit_value, LimitUnit(case.limit_unit))
    visits = clock.counted(case.visits, bundled=reference.practice.bundled)
    return clock.share(reference.calendar, limit, case.extensions, visits, now)


def _releases_at(reference: Reference, facts: tuple[Fact, ...]) -> datetime | None:
    stood = acted(standing(facts))
    row = row_of(stood[-1].operation) if len(stood) > 1 else None
    return released_at(stood[-1], reference.practice) if row is not None and row.undoable else None


def _kin(view: View, case: Case) -> tuple[Kin, ...]:
    parts = [(part, "part") for part in parts_of(view.connection, case.code)]
    found = view.connection.execute(_DUPLICATES, {"code": case.code})
    duplicates = [(case_of(row), "duplicate") for row in found]
    return tuple(
        Kin(one.code, one.state.value, relation, one.description[:80])
        for one, relation in (*parts, *duplicates)
    )


def _names(
    view: View, reference: Reference, case: Case, facts: tuple[Fact, ...]
) -> dict[str, tuple[str, str]]:
    codes = [code for code in (case.district, case.committee, case.street) if code]
    found = view.connection.execute(
        select(divisions.c.code, divisions.c.name, divisions.c.name_en).where(divisions.c.code.in_(codes))
    )
    names = {code: (name, name_en) for code, name, name_en in found}
    grid = view.connection.execute(
        select(responsibility_grids.c.name).where(responsibility_grids.c.code == case.responsibility_grid)
    ).scalar_one_or_none()
    if grid:
        names[case.responsibility_grid] = (grid, "")
    told = (place.get(name) for fact in facts for place in (fact.changes, fact.details) for name in _TO)
    for code in (case.unit, *case.assisting, *(visit.department for visit in case.visits), *told):
        if code in reference.departments:
            names[code] = (reference.departments[code].name, reference.departments[code].name_en)
    return names
