"""A case at the brink of every row of the table, brought there by acts alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.domain.acts import Inputs, act
from console.domain.case import Case, Fact
from console.domain.errors import Refused
from console.domain.flow import TRANSITIONS, State, Transition, transition
from console.domain.operation import Operation, Request
from console.domain.practice import OPEN, Practice
from tests.lives import MINUTE, MONDAY, SEVEN_STEPS, WAY, anybody, calendar, opened, stepped, walked, who

Life = tuple[Case, list[Fact]]

ASKING: dict[Request, Operation] = {
    row.asks: row.operation for row in TRANSITIONS if row.asks is not None and row.answers is None
}
NOW = MONDAY + 10 * MINUTE
_LONG = timedelta(days=3)  # later than any limit of the small catalogue
_SUPERVISED = {Operation.REPLY_SUPERVISION, Operation.END_SUPERVISION}
_BY_WAY_OF_FILING = {
    State.TO_FILE: (Operation.SEND_BACK,),
    State.PRE_CHECK: (Operation.SEND_BACK, Operation.PRE_CHECK),
    State.VOIDED: (Operation.VOID,),
    State.MERGED: (Operation.MERGE,),
}


def every_row() -> Iterator[tuple[State, Transition]]:
    """Each row with each state it leaves, where acts lead there."""
    for row in TRANSITIONS:
        for state in sorted(row.sources):
            if ready(state, row) is not None:
                yield state, row


def named(part: object) -> str:
    """The id of a test over `every_row`."""
    return part.operation.value if isinstance(part, Transition) else str(part)


def ready(state: State, row: Transition) -> Life | None:
    """A case in `state` to which `row` applies, with its journal; None where no acts lead to that."""
    if row.operation is Operation.CONFIRM_SELF:
        return opened(self_handled=True)
    late = row.operation is Operation.APPEAL or row.answers in (Request.APPEAL, Request.APPEAL_REVIEW)
    if row.operation in _SUPERVISED:
        life = _supervised(state)
    elif row.operation is Operation.UNMARK:
        life = walked(Operation.MARK, *WAY[state])
    elif late:
        life = _late(state)
    else:
        life = walked(*WAY[state])
    if life is not None and row.answers is not None:
        life = _asked(life, row.answers)
    if life is None or transition(state, row.operation, life[0].request) is not row:
        return None
    return life


def done(
    case: Case,
    operation: Operation,
    told: Inputs,
    *,
    at: datetime = NOW,
    by: str = "",
    practice: Practice = OPEN,
) -> Case:
    """The case after an operation by somebody of every post."""
    actor = anybody(by or who(case, operation))
    return act(case, operation, told, actor=actor, at=at, calendar=calendar(), practice=practice)[0]


def refused(case: Case, operation: Operation, told: Inputs, **how: Any) -> Refused:
    """The refusal of an operation that must not go."""
    with pytest.raises(Refused) as caught:
        done(case, operation, told, **how)
    return caught.value


def late_case(state: State = State.CLOSED) -> Life:
    """A closed case that was answered three days after it came."""
    life = _late(state)
    assert life is not None
    return life


def _asked(life: Life, request: Request) -> Life | None:
    case, facts = life
    if case.request is not request:
        steps = (ASKING[Request.APPEAL], Operation.PASS_APPEAL)
        wanted = steps if request is Request.APPEAL_REVIEW else (ASKING[request],)
        for operation in wanted:
            if transition(case.state, operation, case.request) is None:
                return None
            case, facts = stepped(case, facts, operation)
    return (case, facts) if case.request is request else None


def _late(state: State) -> Life | None:
    case, facts = walked(*SEVEN_STEPS[:4])
    case, facts = stepped(case, facts, Operation.FEED_BACK, pause=_LONG)
    ends = {
        State.CLOSED: (Operation.CLOSE,),
        State.FORCED_CLOSED: (Operation.ASK_FORCED_CLOSE, Operation.ALLOW_FORCED_CLOSE),
    }
    return walked(*ends[state], start=(case, facts)) if state in ends else None


def _supervised(state: State) -> Life | None:
    way = WAY[state]
    filed = (*SEVEN_STEPS[:2], Operation.SUPERVISE)
    if Operation.FILE in way:
        return walked(*filed, *way[2:])
    return walked(*filed, *_BY_WAY_OF_FILING[state]) if state in _BY_WAY_OF_FILING else None
