"""One case in full: what it is, where it lies, what happened to it, and what is advised now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from console.domain.advice import advised
from console.domain.case import Case, Fact
from console.domain.catalogue import CaseClass, FilingCondition, Limit, LimitUnit
from console.domain.city import Department
from console.domain.errors import Refused
from console.domain.flow import State
from console.storage import journal
from console.storage.cases import case_of
from console.storage.city import Reference
from console.storage.tables import cases, divisions, responsibility_grids
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Advice:
    """What the city's lists say for a case now.

    `departments` are those the responsibility list names, the best first; `due_at` the deadline
    if it were dispatched at the asked instant, None where no limit is set yet.
    """

    condition: FilingCondition | None
    departments: tuple[Department, ...]
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Everything the case panel shows; `names` maps the codes of its divisions
    to their Chinese and English names.
    """

    case: Case
    case_class: CaseClass | None
    condition: FilingCondition | None
    department: Department | None
    facts: tuple[Fact, ...]
    advice: Advice
    names: dict[str, tuple[str, str]]
    timezone: str


_BY_ID = select(*cases.columns).where(cases.c.id == bindparam("id"))
_BY_CODE = select(*cases.columns).where(cases.c.code == bindparam("code"))


def case_card(view: View, asked: int | str, now: datetime) -> CaseCard:
    """The card of a case by id (int) or code (str). Raises Refused("no_such_case")."""
    if isinstance(asked, int):
        found = view.connection.execute(_BY_ID, {"id": asked}).one_or_none()
    else:
        found = view.connection.execute(_BY_CODE, {"code": asked}).one_or_none()
    if found is None:
        raise Refused("no_such_case", code=asked)
    case = case_of(found)
    reference = view.reference
    case_class = reference.edition(case.edition).by_key.get(case.class_key)
    return CaseCard(
        case,
        case_class,
        case_class.condition(case.condition) if case_class else None,
        reference.departments.get(case.department),
        tuple(journal.facts_of(view.connection, case.id)),
        advice(reference, case, case_class, now),
        _names(view, case),
        reference.profile.timezone,
    )


def advice(reference: Reference, case: Case, case_class: CaseClass | None, now: datetime) -> Advice:
    """What to file under and whom to dispatch to; the first condition is the gravest of its class."""
    condition = None
    if case_class is not None and case.state in {State.REPORTED, State.TO_FILE} and case_class.conditions:
        condition = case_class.conditions[0]
    departments: tuple[Department, ...] = ()
    if case.class_key:
        codes = advised(reference.rules, case.class_key, (case.committee, case.district, case.street))
        departments = tuple(reference.departments[code] for code in codes if code in reference.departments)
    due_at = None
    if case.limit_unit:
        due_at = reference.calendar.due(now, Limit(case.limit_value, LimitUnit(case.limit_unit)))
    return Advice(condition, departments, due_at)


def _names(view: View, case: Case) -> dict[str, tuple[str, str]]:
    codes = [code for code in (case.district, case.committee, case.street) if code]
    found = view.connection.execute(
        select(divisions.c.code, divisions.c.name, divisions.c.name_en).where(divisions.c.code.in_(codes))
    )
    names = {code: (name, name_en) for code, name, name_en in found}
    grid = view.connection.execute(
        select(responsibility_grids.c.name).where(responsibility_grids.c.code == case.responsibility_grid)
    ).scalar_one_or_none()
    return names | ({case.responsibility_grid: (grid, "")} if grid else {})
