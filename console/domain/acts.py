"""What each operation decides: from a case and its inputs to the next fact, or a refusal.

One function an operation, bound to its row of the table in console.domain.flow.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Fact, applied, difference, fold
from console.domain.catalogue import CaseClass, Limit, LimitUnit
from console.domain.errors import Refused
from console.domain.flow import Clock, Need, State, Transition, transition
from console.domain.lamp import soon_from
from console.domain.operation import Operation
from console.domain.text import cleaned


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an operation is told. Empty means not told; `closing` is the closing condition met."""

    case_class: CaseClass | None = None
    condition: int = 0
    edition: str = ""
    department: str = ""
    note: str = ""


def act(
    case: Case, operation: Operation, inputs: Inputs, *, by: str, at: datetime, calendar: WorkCalendar
) -> tuple[Case, Fact]:
    """The case after `operation` and the fact to write down.

    Raises Refused: `wrong_step`, `needs_condition`, `needs_department`, `needs_reason`,
    `same_department`, `unknown_condition`; `calendar_out_of_range` where the clock starts.
    """
    row = transition(case.state, operation)
    if row is None:
        raise Refused("wrong_step", operation=operation.value, state=case.state.value, code=case.code)
    _check_needs(row, inputs)
    changes = {"state": row.target} | _DECIDE.get(operation, _nothing)(case, inputs, at)
    changes |= _clock(row.clock, case, at, calendar)
    fact = Fact(case.version + 1, operation, at, by, changes, cleaned(inputs.note))
    return applied(case, fact), fact


def undo(facts: list[Fact], case: Case, *, by: str, at: datetime) -> tuple[Case, Fact]:
    """Take back the last act by a counter-entry that restores every field as it was before it.

    Raises Refused("nothing_to_undo") at the opening fact, after an undo and after acts that left
    the centre.
    """
    last = facts[-1]
    row = next((t for t in _rows_of(last.operation)), None)
    if len(facts) < 2 or row is None or not row.undoable:
        raise Refused("nothing_to_undo", code=case.code)
    before = fold(facts[:-1], case.id)
    changes = difference(case, before)
    fact = Fact(case.version + 1, Operation.UNDO, at, by, changes, last.operation.value)
    return applied(case, fact), fact


def _rows_of(operation: Operation) -> tuple[Transition, ...]:
    return tuple(row for state in State if (row := transition(state, operation)) is not None)


def _check_needs(row: Transition, inputs: Inputs) -> None:
    if Need.CONDITION in row.needs and (inputs.case_class is None or not inputs.condition):
        raise Refused("needs_condition")
    if Need.DEPARTMENT in row.needs and not inputs.department:
        raise Refused("needs_department")
    if Need.REASON in row.needs and not inputs.note.strip():
        raise Refused("needs_reason")


def _clock(effect: Clock, case: Case, at: datetime, calendar: WorkCalendar) -> dict[str, Any]:
    # An imported case may carry no limit: then no clock runs, rather than one that nobody set.
    if effect is Clock.START and case.limit_unit:
        due = calendar.due(at, Limit(case.limit_value, LimitUnit(case.limit_unit)))
        return {"due_at": due, "soon_at": soon_from(at, due), "fed_back_at": None}
    if effect is Clock.STOP:
        return {"fed_back_at": at}
    return {}


def _nothing(_case: Case, _inputs: Inputs, _at: datetime) -> dict[str, Any]:
    return {}


def _accept(_case: Case, _inputs: Inputs, at: datetime) -> dict[str, Any]:
    return {"accepted_at": at}


def _end(_case: Case, _inputs: Inputs, at: datetime) -> dict[str, Any]:
    return {"ended_at": at}


def _file(_case: Case, inputs: Inputs, at: datetime) -> dict[str, Any]:
    assert inputs.case_class is not None
    condition = inputs.case_class.condition(inputs.condition)
    if condition is None:
        raise Refused("unknown_condition", key=inputs.case_class.key, number=inputs.condition)
    return {
        "class_key": inputs.case_class.key,
        "edition": inputs.edition,
        "condition": condition.number,
        "limit_value": condition.limit.value,
        "limit_unit": condition.limit.unit.value,
        "filed_at": at,
    }


def _dispatch(_case: Case, inputs: Inputs, at: datetime) -> dict[str, Any]:
    return {"department": inputs.department, "dispatched_at": at}


def _redispatch(case: Case, inputs: Inputs, _at: datetime) -> dict[str, Any]:
    if inputs.department == case.department:
        raise Refused("same_department", department=case.department)
    return {"department": inputs.department, "redispatches": case.redispatches + 1}


def _rework(case: Case, _inputs: Inputs, _at: datetime) -> dict[str, Any]:
    return {"reworks": case.reworks + 1}


_DECIDE: Mapping[Operation, Callable[[Case, Inputs, datetime], dict[str, Any]]] = {
    Operation.ACCEPT: _accept,
    Operation.REJECT: _end,
    Operation.FILE: _file,
    Operation.VOID: _end,
    Operation.DISPATCH: _dispatch,
    Operation.REDISPATCH: _redispatch,
    Operation.CLOSE: _end,
    Operation.REWORK: _rework,
}
