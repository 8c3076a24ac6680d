"""The acts on a case: one door for every operation of the table, and its undoing."""

from dataclasses import dataclass
from datetime import datetime

from console.domain import acts
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Told:
    """What the operator told an operation; empty means not told."""

    class_key: str = ""
    condition: int = 0
    department: str = ""
    note: str = ""


NOTHING = Told()


def take_step(
    unit: Unit,
    code: str,
    operation: Operation,
    told: Told = NOTHING,
    *,
    by: str,
    at: datetime,
    seen: int | None = None,
) -> Case:
    """Do `operation` to the case `code`; the case after it.

    `seen` is the version the operator looked at: Refused("stale") when the case has moved on since.
    Raises Refused, see console.domain.acts; `unknown_class`, `unknown_department`, `no_such_case`.
    """
    case = _seen(unit.cases.by_code(code), seen)
    after, fact = acts.act(
        case, operation, _inputs(unit, case, told), by=by, at=at, calendar=unit.reference.calendar
    )
    unit.save(after, fact)
    return after


def undo_step(unit: Unit, code: str, *, by: str, at: datetime, seen: int | None = None) -> Case:
    """Take back the last act on `code` by a counter-entry. Raises Refused("nothing_to_undo")."""
    case = _seen(unit.cases.by_code(code), seen)
    after, fact = acts.undo(unit.cases.facts(case.id), case, by=by, at=at)
    unit.save(after, fact)
    return after


def _seen(case: Case, version: int | None) -> Case:
    if version is not None and case.version != version:
        raise Refused("stale", code=case.code)
    return case


def _inputs(unit: Unit, case: Case, told: Told) -> acts.Inputs:
    reference = unit.reference
    if told.department and told.department not in reference.departments:
        raise Refused("unknown_department", department=told.department)
    key = told.class_key or case.class_key
    catalogue = reference.catalogue if told.class_key else reference.edition(case.edition)
    found = catalogue.by_key.get(key)
    if told.class_key and found is None:
        raise Refused("unknown_class", key=told.class_key)
    return acts.Inputs(found, told.condition, catalogue.edition, told.department, told.note)
