"""What the city's lists say for a case now: condition, departments, sections, patrollers, deadline."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.acts.clocks import stopped
from console.domain.advice import concluded
from console.domain.case import Case, Fact, Flag
from console.domain.catalogue import CaseClass, FilingCondition, Limit, LimitUnit
from console.domain.city import Department
from console.domain.clock import Visit, counted, due
from console.domain.flow import State
from console.domain.staff import Near, nearest_patrollers
from console.storage.city import Reference

PATROLLERS_SHOWN = 5
_BEFORE_FILING = frozenset({State.REPORTED, State.TO_FILE})
_CHECKED_NEXT = frozenset({State.TO_FILE, State.FED_BACK})


@dataclass(frozen=True, slots=True)
class Advice:
    """What the city's lists say for a case now.

    `departments` are those the responsibility list names, or the last consultation, the best first;
    `due_at` the deadline if it were dispatched to the first of them at the asked instant, None where
    no limit is set yet. `units` are the sections a case may be passed to inside its department,
    `patrollers` the nearest who could check it.
    """

    condition: FilingCondition | None
    departments: tuple[Department, ...]
    due_at: datetime | None
    units: tuple[Department, ...] = ()
    patrollers: tuple[Near, ...] = ()


def advice(
    reference: Reference, case: Case, facts: tuple[Fact, ...], case_class: CaseClass | None, now: datetime
) -> Advice:
    """What to file under, whom to dispatch to; the first condition is the gravest of its class."""
    condition = None
    if case_class is not None and case.state in _BEFORE_FILING and case_class.conditions:
        condition = case_class.conditions[0]
    departments = _departments(reference, case, facts)
    units: tuple[Department, ...] = ()
    if case.state in {State.TO_HANDLE, State.HANDLING}:
        known = sorted(reference.departments.values(), key=lambda one: one.code)
        units = tuple(one for one in known if one.parent == case.department and one.code != case.unit)
    patrollers: tuple[Near, ...] = ()
    if case.state in _CHECKED_NEXT and case.lon is not None and case.lat is not None:
        patrollers = tuple(nearest_patrollers(reference.staff, case.lon, case.lat, PATROLLERS_SHOWN))
    return Advice(condition, departments, _due(reference, case, departments, now), units, patrollers)


def _departments(reference: Reference, case: Case, facts: tuple[Fact, ...]) -> tuple[Department, ...]:
    said = concluded(facts) if Flag.CONSULTED in case.flags else ""
    listed: tuple[str, ...] = ()
    if case.class_key:
        listed = reference.advised(case.class_key, (case.committee, case.district, case.street))
    codes = dict.fromkeys(code for code in (said, *listed) if code in reference.departments)
    return tuple(reference.departments[code] for code in codes)


def _due(
    reference: Reference, case: Case, departments: tuple[Department, ...], now: datetime
) -> datetime | None:
    """As the bundled clock would have it: what the department has used of its limit stays used."""
    if not case.limit_unit:
        return None
    department = departments[0].code if departments else case.department
    limit = Limit(case.limit_value, LimitUnit(case.limit_unit))
    visits = counted((*stopped(case.visits, now), Visit(department, now)), bundled=reference.practice.bundled)
    return due(reference.calendar, limit, 0, visits)
