"""The acts on cases: one door for every operation of the table and for its undoing, single or in bulk."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from console.domain import acts
from console.domain.actor import SYSTEM, Actor
from console.domain.case import Case
from console.domain.decision import Decision, meant_for
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.services.others import REACHING, after_act, after_undo
from console.services.told import NOTHING, Told, resolved
from console.storage.unit import Unit

__all__ = [
    "NOTHING",
    "Outcome",
    "Told",
    "resume_suspended",
    "take_step",
    "take_steps",
    "take_way",
    "undo_step",
    "undo_steps",
    "undo_way",
]

Wanted = tuple[str, int | None]  # the code of a case, and the version its operator saw


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case of many: the case after the act, or why nothing was done to it."""

    code: str
    case: Case | None
    problem: Refused | None = None


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
    Raises Refused, see console.domain.acts and console.services.told; `no_such_case`.
    """
    case = as_seen(unit.cases.by_code(code), seen)
    return _taken(unit, case, operation, told, unit.reference.actor(by), at)


def undo_step(
    unit: Unit, code: str, *, by: str, at: datetime, seen: int | None = None, note: str = ""
) -> Case:
    """Take back the last act on `code`. Raises Refused, see console.domain.acts.undo and services.others."""
    case = as_seen(unit.cases.by_code(code), seen)
    actor = unit.reference.actor(by)
    after, fact, taken_back = acts.undo(
        unit.cases.facts(case.id),
        case,
        actor=actor,
        at=at,
        calendar=unit.reference.calendar,
        practice=unit.reference.practice,
        note=note,
    )
    unit.save(after, fact)
    after_undo(unit, case, after, taken_back, actor=actor, at=at)
    return after


def take_steps(
    unit: Unit,
    wanted: Sequence[Wanted],
    operation: Operation | Decision,
    told: Told = NOTHING,
    *,
    by: str,
    at: datetime,
) -> list[Outcome]:
    """Do one operation to many cases in one transaction; one that refuses it does not stop the others.

    A decision is for each case that on the application that waits there.
    """
    actor = unit.reference.actor(by)
    unit.cases.read_ahead([code for code, _seen in wanted], facts=operation is Operation.SEND_BACK)

    def taken(code: str, seen: int | None) -> Case:
        case = as_seen(unit.cases.by_code(code), seen)
        return _taken(unit, case, meant_for(case, operation), told, actor, at)

    with unit.cases.gathering():
        return [
            _outcome(code, partial(taken, code, seen), unit if operation in REACHING else None)
            for code, seen in wanted
        ]


def undo_steps(
    unit: Unit, wanted: Sequence[Wanted], *, by: str, at: datetime, note: str = ""
) -> list[Outcome]:
    """Take back the last act on each of many cases in one transaction."""
    unit.cases.read_ahead([code for code, _seen in wanted], facts=True)
    undone = partial(undo_step, unit, by=by, at=at, note=note)
    with unit.cases.gathering():
        return [
            _outcome(code, partial(undone, code, seen=seen), unit if _reached(unit, code) else None)
            for code, seen in wanted
        ]


def take_way(
    unit: Unit, code: str, steps: Sequence[Operation], *, by: str, at: datetime, seen: int | None = None
) -> Case:
    """Do several steps to one case, each by the city's lists: all of them or none. Raises as take_step."""
    case = as_seen(unit.cases.by_code(code), seen)
    actor = unit.reference.actor(by)
    for operation in steps:
        case = _taken(unit, case, operation, Told(by_advice=True), actor, at)
    return case


def undo_way(
    unit: Unit, code: str, count: int, *, by: str, at: datetime, seen: int | None = None, note: str = ""
) -> Case:
    """Take back the last `count` acts on a case: all of them or none. Raises as undo_step."""
    case = undo_step(unit, code, by=by, at=at, seen=seen, note=note)
    for _further in range(count - 1):
        case = undo_step(unit, code, by=by, at=at, seen=case.version, note=note)
    return case


def resume_suspended(unit: Unit, codes: Sequence[str], *, at: datetime) -> list[Case]:
    """Take the cases up again whose suspension is over (domain.md 3.3: resumed automatically)."""
    cases = (unit.cases.by_code(code) for code in codes)
    return [
        _taken(unit, case, Operation.RESUME, NOTHING, SYSTEM, case.suspended_until)
        for case in cases
        if case.state is State.SUSPENDED and case.suspended_until is not None and case.suspended_until <= at
    ]


def as_seen(case: Case, version: int | None) -> Case:
    """The case, if `version` is what it is. Raises Refused("stale")."""
    if version is not None and case.version != version:
        raise Refused("stale", code=case.code)
    return case


def _taken(unit: Unit, case: Case, operation: Operation, told: Told, actor: Actor, at: datetime) -> Case:
    reference = unit.reference
    inputs = resolved(unit, case, operation, told)
    after, fact = acts.act(
        case,
        operation,
        inputs,
        actor=actor,
        at=at,
        calendar=reference.calendar,
        practice=reference.practice,
    )
    unit.save(after, fact)
    after_act(unit, case, operation, inputs, actor=actor, at=at)
    return after


def _reached(unit: Unit, code: str) -> bool:
    """Whether the last act on a case did something to others, which its undoing takes back."""
    try:
        stood = acts.acted(acts.standing(unit.cases.facts(unit.cases.by_code(code).id)))
    except Refused:
        return False  # and the undoing says why
    return stood[-1].operation in REACHING


def _outcome(code: str, deed: Callable[[], Case], whole: Unit | None) -> Outcome:
    """`whole`: the deed writes more than one line of the journal there, and leaves all of them or none."""
    try:
        with whole.part() if whole is not None else nullcontext():
            return Outcome(code, deed())
    except Refused as problem:
        return Outcome(code, None, problem)
