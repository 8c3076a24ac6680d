"""What the simulated posts tell an operation: condition, department, words."""

from console.adapters.demo import texts
from console.adapters.demo.course import Turn
from console.adapters.demo.town import Town
from console.domain.case import Case
from console.domain.operation import Operation
from console.services.steps import NOTHING, Told

_WORDS = {
    Operation.REJECT: texts.REJECTED,
    Operation.VOID: texts.VOIDED,
    Operation.REWORK: texts.REWORKED,
    Operation.REDISPATCH: texts.REDISPATCHED,
    Operation.CHECK: (texts.CHECKED,),
}


def told(town: Town, case: Case, turn: Turn, *, astray: bool = False) -> Told:
    """What an operation is told; `astray` sends a first dispatch to a department that is not responsible."""
    if turn.operation is Operation.FILE:
        return Told(condition=_condition(town, case, turn.word))
    if turn.operation is Operation.DISPATCH:
        right = town.responsible(case)
        return Told(department=town.another(case) if astray and right else right)
    if turn.operation is Operation.FEED_BACK:
        return Told(note=_closing(town, case))
    words = _WORDS.get(turn.operation)
    if words is None:
        return NOTHING
    note = words[int(turn.word * len(words))]
    return Told(
        department=town.responsible(case) if turn.operation is Operation.REDISPATCH else "", note=note
    )


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
