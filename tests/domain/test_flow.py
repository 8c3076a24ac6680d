"""The one table is whole: every state can be reached and left, every operation has its place."""

import pytest

from console.domain.flow import (
    ENDED,
    OPEN,
    STEP_OF,
    TRANSITIONS,
    Clock,
    Goes,
    Need,
    State,
    Step,
    operations,
    row_of,
    transition,
)
from console.domain.operation import OUTSIDE, Operation, Request
from tests.lives import WAY, walked

ASKS = {row.asks: row.operation for row in TRANSITIONS if row.asks is not None}
AFTERWARDS = {
    Operation.SPOT_CHECK, Operation.REOPEN, Operation.CALL_BACK, Operation.APPEAL, Operation.UNMERGE,
    Operation.END_SUPERVISION, Operation.MARK, Operation.UNMARK, Operation.ATTACH,
}  # fmt: skip


def leads(state: State) -> set[State]:
    return {row.target for row in operations(state) if isinstance(row.target, State)}


def test_that_every_state_can_be_reached_from_a_report() -> None:
    reached = {State.REPORTED}
    while more := {row.target for row in TRANSITIONS if row.sources & reached} - reached - set(Goes):
        reached |= more
    assert reached == set(State)


@pytest.mark.parametrize("state", State)
def test_that_the_acts_lead_to_every_state(state: State) -> None:
    case, _ = walked(*WAY[state])
    assert case.state is state
    assert (case.ended_at is not None) == (state in ENDED)


def test_that_every_open_state_leads_to_an_end() -> None:
    for state in OPEN:
        seen = {state}
        rows = [row for row in TRANSITIONS if row.answers is None or row.sources & seen]
        while more := {row.target for row in rows if row.sources & seen} - seen - set(Goes):
            seen |= more
        assert seen & ENDED, state


def test_that_an_ended_case_is_only_spoken_of_reopened_or_taken_apart() -> None:
    for state in ENDED:
        assert {row.operation for row in operations(state)} <= AFTERWARDS
    assert {state for state in ENDED if State.TO_DISPATCH in leads(state)} == {
        State.CLOSED, State.FORCED_CLOSED,
    }  # fmt: skip


def test_that_every_operation_has_a_row_but_those_outside_the_table() -> None:
    assert {row.operation for row in TRANSITIONS} == set(Operation) - OUTSIDE
    assert all(row_of(operation) is None for operation in OUTSIDE)


@pytest.mark.parametrize("request_", [None, *Request])
def test_that_a_state_and_an_operation_have_one_row_while_an_application_waits_or_none(
    request_: Request | None,
) -> None:
    for state in State:
        for operation in Operation:
            fitting = [
                row
                for row in TRANSITIONS
                if row.operation is operation
                and state in row.sources
                and (row.answers is request_ or (row.answers is None and (row.asks is None or not request_)))
            ]
            assert len(fitting) <= 1
            assert transition(state, operation, request_) is (fitting[0] if fitting else None)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_that_an_open_state_has_one_primary_operation_and_names_it_first(state: State) -> None:
    rows = operations(state, Request.RETURN if state is State.RETURNED else None)
    assert [row.primary for row in rows] == [True] + [False] * (len(rows) - 1)


def test_that_the_primary_operations_walk_the_seven_steps_in_their_order() -> None:
    state, steps = State.REPORTED, []
    while state not in ENDED:
        row = operations(state)[0]
        steps.append(row.step)
        assert isinstance(row.target, State)
        state = row.target
    assert state is State.CLOSED
    assert steps == [step for step in Step if step is not Step.EVALUATION]


def test_that_every_state_waits_in_a_step_and_every_step_has_a_state() -> None:
    assert set(STEP_OF) == set(State)
    assert set(STEP_OF.values()) == set(Step)
    assert {state for state, step in STEP_OF.items() if step is Step.EVALUATION} == ENDED


@pytest.mark.parametrize("request_", Request)
def test_that_every_application_is_granted_and_refused_and_withdrawn_by_its_own_rows(
    request_: Request,
) -> None:
    asks = ASKS[request_]
    answering = {row.operation for row in TRANSITIONS if row.answers is request_}
    assert len(answering) == (2 if request_ is Request.APPEAL_REVIEW else 3)
    assert (Operation.WITHDRAW in answering) == (request_ is not Request.APPEAL_REVIEW)
    for row in TRANSITIONS:
        if row.asks is request_ and row.answers is None:
            assert transition(next(iter(row.sources)), asks, request_) is None, "one waits at a time"


@pytest.mark.parametrize(
    "operation",
    [one for one in Operation if one.value.startswith(("ask_", "refuse_"))]
    + [Operation.REJECT, Operation.VOID, Operation.REWORK, Operation.SEND_BACK, Operation.REOPEN]
    + [Operation.FAIL_CHECK, Operation.APPEAL, Operation.UNMERGE, Operation.SUPERVISE],
)
def test_that_whatever_is_asked_refused_or_goes_against_somebody_needs_a_reason(operation: Operation) -> None:
    assert all(Need.REASON in row.needs for row in TRANSITIONS if row.operation is operation)


def test_that_the_disposal_clock_is_moved_by_these_and_no_others() -> None:
    moved = {row.operation: row.clock for row in TRANSITIONS if row.clock is not Clock.KEEP}
    assert moved == {
        Operation.DISPATCH: Clock.START,
        Operation.RELOCATE: Clock.RELIMIT,
        Operation.REDISPATCH: Clock.START,
        Operation.REWORK: Clock.START,
        Operation.FEED_BACK: Clock.STOP,
        Operation.ALLOW_RETURN: Clock.DROP,
        Operation.ALLOW_FORCED_CLOSE: Clock.DROP,
        Operation.ALLOW_EXTENSION: Clock.EXTEND,
        Operation.ALLOW_SUSPENSION: Clock.PAUSE,
        Operation.RESUME: Clock.RESUME,
    }


def test_that_an_operation_out_of_place_has_no_row() -> None:
    assert transition(State.REPORTED, Operation.CLOSE) is None
    assert transition(State.CLOSED, Operation.REWORK) is None
    assert transition(State.HANDLING, Operation.ALLOW_EXTENSION) is None, "nobody asked"
    assert transition(State.HANDLING, Operation.ALLOW_EXTENSION, Request.RETURN) is None
    assert all(
        transition(state, operation, request_) is None
        for state in State
        for operation in OUTSIDE
        for request_ in (None, *Request)
    )


@pytest.mark.parametrize("state", [State.RETURNED, State.TO_DISPATCH])
def test_that_a_returned_case_is_dispatched_and_not_closed(state: State) -> None:
    """domain.md 3.3: after a department's return the dispatcher may not pass to closing."""
    for request_ in (None, *Request):
        assert transition(state, Operation.CLOSE, request_) is None
    assert State.CLOSED not in leads(state)
