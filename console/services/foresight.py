"""What an act would do, worked out by its own guards and written nowhere: before many are acted on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain import acts
from console.domain.actor import Actor
from console.domain.acts import Inputs
from console.domain.case import Case
from console.domain.decision import Decision, meant_for
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.services.steps import Wanted, as_seen
from console.services.told import NOTHING, Told, resolved
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one case: `case` as it stands now, None where there is none, and why not."""

    code: str
    case: Case | None
    problem: Refused | None = None


def foreseen(
    view: View,
    wanted: Sequence[Wanted],
    operation: Operation | Decision,
    told: Told = NOTHING,
    *,
    by: str,
    at: datetime,
) -> list[Foreseen]:
    """What console.services.steps.take_steps would do to these cases if it were asked now.

    Each case is looked at as it stands: what the act on one of them brings upon another is not foreseen.
    """
    actor = view.reference.actor(by)
    view.cases.read_ahead([code for code, _seen in wanted], facts=operation is Operation.SEND_BACK)
    return [_foreseen(view, one, operation, told, actor, at) for one in wanted]


def foreseen_undoing(
    view: View, wanted: Sequence[Wanted], *, by: str, at: datetime, note: str = ""
) -> list[Foreseen]:
    """What console.services.steps.undo_steps would do to these cases if it were asked now."""
    actor = view.reference.actor(by)
    view.cases.read_ahead([code for code, _seen in wanted], facts=True)
    return [_undoing(view, one, actor, at, note) for one in wanted]


def way(
    view: View, code: str, steps: Sequence[Operation], *, by: str, at: datetime, seen: int | None = None
) -> list[tuple[Operation, Inputs, Case]]:
    """How far `by` could take a case by these steps, one after another, each by the city's lists.

    Every step that he may do now with what it is told and the case after it; steps that lie behind the
    case are passed over. It ends before the first that is refused.
    """
    try:
        case = as_seen(view.cases.by_code(code), seen)
    except Refused:
        return []
    return list(_way(view, case, steps, view.reference.actor(by), at))


def _way(
    view: View, case: Case, steps: Sequence[Operation], actor: Actor, at: datetime
) -> Iterator[tuple[Operation, Inputs, Case]]:
    begun = False
    for operation in steps:
        try:
            inputs = resolved(view, case, operation, Told(by_advice=True))
            case = _after(view, case, operation, inputs, actor, at)
        except Refused as problem:
            if begun or problem.code != "wrong_step":
                return
        else:
            begun = True
            yield operation, inputs, case


def _foreseen(
    view: View, one: Wanted, wanted: Operation | Decision, told: Told, actor: Actor, at: datetime
) -> Foreseen:
    code, seen = one
    case: Case | None = None
    try:
        case = view.cases.by_code(code)
        operation = meant_for(as_seen(case, seen), wanted)
        _after(view, case, operation, resolved(view, case, operation, told), actor, at)
    except Refused as problem:
        return Foreseen(code, case, problem)
    return Foreseen(code, case)


def _undoing(view: View, one: Wanted, actor: Actor, at: datetime, note: str) -> Foreseen:
    code, seen = one
    case: Case | None = None
    try:
        case = as_seen(view.cases.by_code(code), seen)
        acts.undo(
            view.cases.facts(case.id),
            case,
            actor=actor,
            at=at,
            calendar=view.reference.calendar,
            practice=view.reference.practice,
            note=note,
        )
    except Refused as problem:
        return Foreseen(code, case, problem)
    return Foreseen(code, case)


def _after(view: View, case: Case, operation: Operation, inputs: Inputs, actor: Actor, at: datetime) -> Case:
    reference = view.reference
    after, _fact = acts.act(
        case,
        operation,
        inputs,
        actor=actor,
        at=at,
        calendar=reference.calendar,
        practice=reference.practice,
    )
    return after
