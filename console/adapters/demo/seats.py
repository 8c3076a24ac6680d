"""What the simulated posts tell an operation: condition, department, words."""

from console.adapters.demo import texts
from console.adapters.demo.course import Turn
from console.adapters.demo.town import Town
from console.domain.case import Case
from console.domain.flow import Operation
from console.services.steps import Told

_REASONS = {
    Operation.REJECT: texts.REJECTED,
    Operation.VOID: texts.VOIDED,
    Operation.REWORK: texts.REWORKED,
    Operation.REDISPATCH: texts.REDISPATCHED,
}


def told(town: Town, case: Case, turn: Turn, *, astray: bool = False) -> Told:
    """What an operation is told; `astray` sends a first dispatch to a department that is not responsible."""
    operation = turn.operation
    reasons = _REASONS.get(operation)
    note = reasons[int(turn.word * len(reasons))] if reasons else ""
    if operation is Operation.FILE:
        return Told(condition=_condition(town, case, turn.word))
    if operation is Operation.DISPATCH:
        right = town.responsible(case)
        return Told(department=town.another(case) if astray and right else right)
    if operation is Operation.REDISPATCH:
        return Told(department=town.responsible(case), note=note)
    if operation is Operation.FEED_BACK:
        return Told(note=_closing(town, case))
    if operation is Operation.CHECK:
        return Told(note=texts.CHECKED)
    return Told(note=note)


def is_answered(operation: Operation, told: Told) -> bool:
    """Whether the city's lists give what the operation needs; where they do not, it waits for a person."""
    if operation is Operation.FILE:
        return told.condition > 0
    return bool(told.department) or operation not in {Operation.DISPATCH, Operation.REDISPATCH}


def _condition(town: Town, case: Case, chance: float) -> int:
    found = town.case_class(case)
    if found is None or not found.conditions:
        return 0
    return texts.condition_told(found, case.description, chance).number


def _closing(town: Town, case: Case) -> str:
    """The department says that the closing condition is met, in the condition's own words."""
    found = town.case_class(case)
    condition = found.condition(case.condition) if found else None
    return condition.closing if condition else ""
