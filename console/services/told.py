"""What an operator tells an operation, in codes, and the looking up of those codes in the city's lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.acts import NO_INPUTS, Inputs, Part
from console.domain.advice import concluded, serving
from console.domain.case import Case, CheckResult, Flag, Satisfaction
from console.domain.city import Department, DepartmentKind
from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.domain.operation import Operation
from console.domain.spot import Spot
from console.domain.staff import nearest_patrollers
from console.storage.kin import parts_of
from console.storage.unit import View

_TO_PATROLLER = frozenset({Operation.PRE_CHECK, Operation.CHECK})
# What has something to be looked up although nothing was told.
_LOOKED_UP = frozenset({Operation.CLOSE, Operation.SEND_BACK})
_AREAS = frozenset({DepartmentKind.DISTRICT, DepartmentKind.COMMITTEE})


@dataclass(frozen=True, slots=True)
class Told:
    """What the operator told an operation; empty means not told.

    `other` is a case code, `until` aware. `territory` names the department of the case's own area
    (属地兜底), `among` several of which the one of that area is meant. With `by_advice` what was not told
    is taken from the city's lists: condition, department, patroller.
    `place` is lon, lat in EPSG:4490 degrees.
    """

    class_key: str = ""
    condition: int = 0
    department: str = ""
    among: tuple[str, ...] = ()
    note: str = ""
    unit: str = ""
    assisting: tuple[str, ...] = ()
    until: datetime | None = None
    level: int = 0
    result: CheckResult | None = None
    satisfaction: Satisfaction | None = None
    flag: Flag | None = None
    person: str = ""
    other: str = ""
    parts: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    territory: bool = False
    by_advice: bool = False
    place: tuple[float, float] | None = None


NOTHING = Told()


def resolved(view: View, case: Case, operation: Operation, told: Told) -> Inputs:
    """What was told, looked up.

    Raises Refused: `unknown_department`, `unknown_class`, `unknown_person`, `not_of_department`,
    `no_territory`, `no_such_case`, `command_elsewhere`, `place_outside`.
    """
    reference = view.reference
    if told is NOTHING and operation not in _LOOKED_UP:
        return NO_INPUTS
    if told.by_advice:
        told = _advised(view, case, operation, told)
    if told.among:
        told = replace(told, department=serving(_departments(view, told.among), case).code)
    if told.territory:
        told = replace(told, department=_territory(view, case).code)
    for code in (told.department, told.unit, *told.assisting, *(part.department for part in told.parts)):
        if code and code not in reference.departments:
            raise Refused("unknown_department", department=code)
    if told.unit and not _inside(reference.departments[told.unit], case):
        raise Refused("not_of_department", unit=told.unit, department=case.department)
    if told.person and reference.staff and told.person not in reference.staff:
        raise Refused("unknown_person", name=told.person)
    key = told.class_key or case.class_key
    catalogue = reference.catalogue if told.class_key else reference.edition(case.edition)
    found = catalogue.by_key.get(key)
    if told.class_key and found is None:
        raise Refused("unknown_class", key=told.class_key)
    return Inputs(
        case_class=found,
        condition=told.condition,
        edition=catalogue.edition,
        department=told.department,
        note=told.note,
        unit=told.unit,
        assisting=told.assisting,
        until=told.until,
        level=told.level,
        result=told.result,
        satisfaction=told.satisfaction,
        flag=told.flag,
        person=told.person,
        other=view.cases.by_code(told.other) if told.other else None,
        parts=told.parts,
        evidence=told.evidence,
        territory=told.territory,
        filed_by=_filed_by(view, case) if operation is Operation.SEND_BACK else "",
        open_parts=_open_parts(view, case) if operation is Operation.CLOSE else 0,
        spot=spot_at(view, told.place) if told.place else None,
    )


def spot_at(view: View, place: tuple[float, float]) -> Spot:
    """The place with its grids and divisions. Raises Refused: `place_outside`, `no_grids`."""
    found = view.places.at(*place)
    if found is None:
        raise Refused("place_outside")
    divisions = (found.cell, found.responsibility_grid, found.street, found.district, found.committee)
    return Spot(*place, *divisions)


def _advised(view: View, case: Case, operation: Operation, told: Told) -> Told:
    reference = view.reference
    if operation is Operation.FILE and not told.condition and not told.class_key:
        found = reference.edition(case.edition).by_key.get(case.class_key)
        if found is not None and found.conditions:
            return replace(told, condition=found.conditions[0].number)
    if operation is Operation.DISPATCH and not told.department and not told.territory:
        said = concluded(view.cases.facts(case.id)) if Flag.CONSULTED in case.flags else ""
        places = (case.committee, case.district, case.street)
        codes = [said] if said else reference.advised(case.class_key, places)
        return replace(told, department=next((one for one in codes if one in reference.departments), ""))
    if operation in _TO_PATROLLER and not told.person and case.lon is not None and case.lat is not None:
        close = nearest_patrollers(reference.staff, case.lon, case.lat, 1)
        return replace(told, person=close[0].member.name) if close else told
    return told


def _departments(view: View, codes: Sequence[str]) -> list[Department]:
    for code in codes:
        if code not in view.reference.departments:
            raise Refused("unknown_department", department=code)
    return [view.reference.departments[code] for code in codes]


def _territory(view: View, case: Case) -> Department:
    departments = [one for one in view.reference.departments.values() if one.kind in _AREAS]
    for place in (case.committee, case.district):
        for department in departments:
            if place and department.division == place:
                return department
    raise Refused("no_territory", code=case.code)


def _inside(unit: Department, case: Case) -> bool:
    """A section of the department that answers, or a department of the area it answers for."""
    return unit.code != case.department and (
        unit.parent == case.department or (bool(unit.division) and unit.division in _places(case))
    )


def _places(case: Case) -> tuple[str, str]:
    return case.committee, case.district


def _filed_by(view: View, case: Case) -> str:
    return next((f.by for f in reversed(view.cases.facts(case.id)) if f.operation is Operation.FILE), "")


def _open_parts(view: View, case: Case) -> int:
    if Flag.SPLIT not in case.flags:
        return 0
    view.cases.write_out()  # parts may have ended a moment ago
    return sum(part.ended_at is None for part in parts_of(view.connection, case.code))
