"""The one table is whole: every state can be reached and left, every operation has its place."""

from collections import Counter

import pytest

from console.domain.flow import (
    ENDED,
    OPEN,
    STEP_OF,
    TRANSITIONS,
    Clock,
    Need,
    State,
    Step,
    operations,
    transition,
)
from console.domain.operation import Operation
from tests.lives import WAY, walked

OUTSIDE = {Operation.UNDO, Operation.IMPORT}


def test_that_every_state_can_be_reached_from_a_report() -> None:
    reached = {State.REPORTED}
    while more := {row.target for row in TRANSITIONS if row.sources & reached} - reached:
        reached |= more
    assert reached == set(State)


@pytest.mark.parametrize("state", State)
def test_that_the_acts_lead_to_every_state(state: State) -> None:
    case, _ = walked(*WAY[state])
    assert case.state is state


def test_that_every_open_state_leads_to_an_end() -> None:
    for state in OPEN:
        seen = {state}
        while more := {row.target for row in TRANSITIONS if row.sources & seen} - seen:
            seen |= more
        assert seen & ENDED, state


def test_that_nothing_leaves_an_end() -> None:
    assert {state for state in State if not operations(state)} == ENDED


def test_that_every_operation_has_a_row_but_those_outside_the_table() -> None:
    assert {row.operation for row in TRANSITIONS} == set(Operation) - OUTSIDE


def test_that_a_state_and_an_operation_have_at_most_one_row() -> None:
    places = Counter((source, row.operation) for row in TRANSITIONS for source in row.sources)
    assert max(places.values()) == 1


@pytest.mark.parametrize("state", sorted(OPEN))
def test_that_an_open_state_has_one_primary_operation_and_names_it_first(state: State) -> None:
    rows = operations(state)
    assert [row.primary for row in rows] == [True] + [False] * (len(rows) - 1)


def test_that_the_primary_operations_walk_the_seven_steps_in_their_order() -> None:
    state, steps = State.REPORTED, []
    while state not in ENDED:
        row = operations(state)[0]
        steps.append(row.step)
        state = row.target
    assert state is State.CLOSED
    assert steps == [step for step in Step if step is not Step.EVALUATION]


def test_that_every_state_waits_in_a_step_and_every_step_has_a_state() -> None:
    assert set(STEP_OF) == set(State)
    assert set(STEP_OF.values()) == set(Step)
    assert {state for state, step in STEP_OF.items() if step is Step.EVALUATION} == ENDED


@pytest.mark.parametrize("operation", [Operation.REJECT, Operation.VOID, Operation.REWORK])
def test_that_whatever_goes_against_somebody_needs_a_reason(operation: Operation) -> None:
    assert all(Need.REASON in row.needs for row in TRANSITIONS if row.operation is operation)


def test_that_the_clock_starts_at_dispatch_and_rework_and_stops_at_feedback() -> None:
    moved = {row.operation: row.clock for row in TRANSITIONS if row.clock is not Clock.KEEP}
    assert moved == {
        Operation.DISPATCH: Clock.START,
        Operation.REWORK: Clock.START,
        Operation.FEED_BACK: Clock.STOP,
    }


def test_that_an_operation_out_of_place_has_no_row() -> None:
    assert transition(State.REPORTED, Operation.CLOSE) is None
    assert transition(State.CLOSED, Operation.REWORK) is None
    assert all(transition(state, operation) is None for state in State for operation in OUTSIDE)
