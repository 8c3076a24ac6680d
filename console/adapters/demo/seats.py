"""What the simulated posts tell an operation: condition, department, person, result, words."""

from collections.abc import Sequence
from datetime import timedelta

from console.adapters.demo import rare, texts
from console.adapters.demo.course import Turn
from console.adapters.demo.town import Town
from console.domain.case import Case, CheckResult, Satisfaction
from console.domain.operation import Operation
from console.services.steps import NOTHING, Told

_WORDS: dict[Operation, Sequence[str]] = {
    Operation.REJECT: texts.REJECTED,
    Operation.VOID: texts.VOIDED,
    Operation.REWORK: texts.REWORKED,
    Operation.FAIL_CHECK: texts.FAILED,
    Operation.REDISPATCH: texts.REDISPATCHED,
    Operation.CHECK: (texts.CHECKED,),
    Operation.ASK_RETURN: texts.RETURNED,
    Operation.REFUSE_RETURN: texts.KEPT,
    Operation.ASK_EXTENSION: texts.LONGER,
    Operation.REFUSE_EXTENSION: texts.NOT_LONGER,
    Operation.ASK_SUSPENSION: texts.RESTING,
    Operation.REFUSE_SUSPENSION: texts.NOT_LONGER,
    Operation.ASK_VOID: texts.VOIDED,
    Operation.ASK_FORCED_CLOSE: texts.FORCED,
    Operation.ASK_AUTHORITY: texts.AUTHORITY,
    Operation.GIVE_AUTHORITY: ("同意",),
    Operation.APPEAL: texts.APPEALED,
    Operation.REFUSE_APPEAL: texts.NOT_APPEALED,
    Operation.REOPEN: (texts.REOPENED,),
    Operation.SUPERVISE: texts.SUPERVISED,
    Operation.REPLY_SUPERVISION: texts.REPLIED,
    Operation.URGE: (texts.URGED,),
    Operation.CONSULT: texts.CONSULTED,
    Operation.MERGE: (texts.MERGED,),
}
_TO_DEPARTMENT = frozenset({Operation.DISPATCH, Operation.REDISPATCH})
_TO_COLLECTOR = frozenset({Operation.PRE_CHECK, Operation.CHECK})
_SHORTEST, _LONGEST = 5, 60  # days of a suspension


def told(town: Town, case: Case, turn: Turn, *, astray: bool = False) -> Told:
    """What an operation is told; `astray` sends a first dispatch to a department that is not responsible."""
    operation, word = turn.operation, turn.word
    note = said(operation, word)
    if operation is Operation.FILE:
        return Told(condition=_condition(town, case, word))
    if operation in _TO_DEPARTMENT:
        right = town.responsible(case)
        wrong = astray and right and operation is Operation.DISPATCH
        return Told(department=town.another(case) if wrong else right, note=note)
    if operation is Operation.FEED_BACK:
        return Told(note=_closing(town, case))
    if operation in _TO_COLLECTOR:
        return Told(person=town.crew.nearest(case), note=note)
    if operation is Operation.PRE_CHECK_RESULT:
        return Told(result=_found(word))
    if operation is Operation.SPOT_CHECK:
        failed = word < rare.SPOT_FAILED
        return Told(result=CheckResult.FAILED if failed else CheckResult.PASSED)
    if operation is Operation.CALL_BACK:
        return Told(satisfaction=_satisfaction(word))
    if operation is Operation.ASK_SUSPENSION:
        days = _SHORTEST + int(word * (_LONGEST - _SHORTEST))
        return Told(note=note, until=turn.at + timedelta(days=days))
    if operation is Operation.ANSWER:
        return Told(note=dict(texts.QUESTIONS).get(_question(case), "已当场答复"))
    return Told(note=note) if note else NOTHING


def is_answered(operation: Operation, told: Told) -> bool:
    """Whether the city's lists give what the operation needs; where they do not, it waits for a person."""
    if operation is Operation.FILE:
        return told.condition > 0
    if operation in _TO_COLLECTOR:
        return bool(told.person)
    return bool(told.department) or operation not in _TO_DEPARTMENT


def said(operation: Operation, word: float) -> str:
    """The words that go with an operation, empty where it needs none."""
    words = _WORDS.get(operation)
    return words[int(word * len(words))] if words else ""


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


def _found(chance: float) -> CheckResult:
    if chance < rare.ABSENT:
        return CheckResult.ABSENT
    return CheckResult.UNCLEAR if chance < rare.ABSENT + rare.UNCLEAR else CheckResult.EXISTS


def _satisfaction(chance: float) -> Satisfaction:
    very, satisfied = rare.SATISFACTION
    if chance < very:
        return Satisfaction.VERY
    return Satisfaction.SATISFIED if chance < satisfied else Satisfaction.NOT_SATISFIED


def _question(case: Case) -> str:
    return next((asked for asked, _ in texts.QUESTIONS if asked in case.description), "")
