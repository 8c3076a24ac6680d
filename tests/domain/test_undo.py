"""The journal can take an act back: undone by whoever did it while it is here, countered afterwards."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.actor import Actor, Post
from console.domain.acts import released_at, standing, undo
from console.domain.case import Case, Fact, difference, fold
from console.domain.errors import Refused
from console.domain.flow import TRANSITIONS, State, Transition
from console.domain.operation import Operation
from console.domain.practice import OPEN, Practice
from tests.domain.ready import every_row, named, ready
from tests.lives import (
    BY,
    CHIEF,
    MINUTE,
    MONDAY,
    WAY,
    anybody,
    calendar,
    opened,
    possible,
    stepped,
    walked,
)

DAYS = calendar()
SLOW = replace(OPEN, grace=dict.fromkeys(Operation, timedelta(days=1)))
HASTY = replace(OPEN, grace=dict.fromkeys(Operation, timedelta(seconds=10)))


def refused(
    facts: list[Fact],
    case: Case,
    *,
    actor: Actor | None = None,
    at: datetime = MONDAY,
    practice: Practice = OPEN,
    note: str = "",
) -> str:
    with pytest.raises(Refused) as caught:
        undo(
            facts,
            case,
            calendar=calendar(),
            actor=actor or anybody(facts[-1].by),
            at=at,
            practice=practice,
            note=note,
        )
    return caught.value.code


@pytest.mark.parametrize(("state", "row"), list(every_row()), ids=named)
def test_that_done_and_undone_leaves_the_case_as_it_was(state: State, row: Transition) -> None:
    life = ready(state, row)
    assert life is not None
    before, facts = life
    done, longer = stepped(before, facts, row.operation)
    undone, whole = stepped(done, longer, Operation.UNDO)
    assert undone == replace(before, version=before.version + 2)
    assert whole[:-1] == longer, "nothing is taken out of the journal"
    assert fold(whole, undone.id) == undone


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_that_any_life_can_be_taken_back_to_its_report_act_by_act(data: st.DataObject) -> None:
    case, facts = opened()
    lived = [case]
    for _ in range(data.draw(st.integers(0, 20))):
        choice = [one for one in possible(case, facts) if one is not Operation.UNDO]
        case, facts = stepped(case, facts, data.draw(st.sampled_from(choice)))
        lived.append(case)
    for before in reversed(lived[:-1]):
        case, facts = stepped(case, facts, Operation.UNDO, pause=timedelta(seconds=1), practice=SLOW)
        assert difference(before, case) == {}
        assert fold(facts, case.id) == case
    assert refused(facts, case) == "nothing_to_undo"


def test_that_every_row_but_the_opening_can_be_undone() -> None:
    assert {row.operation for row in TRANSITIONS if not row.undoable} == {Operation.REGISTER}


def test_that_a_rework_undone_gives_the_feedback_and_its_old_deadline_back() -> None:
    before, facts = walked(*WAY[State.FED_BACK])
    case, facts = stepped(before, facts, Operation.REWORK)
    assert case.due_at != before.due_at
    case, _ = stepped(case, facts, Operation.UNDO)
    assert (case.state, case.due_at, case.soon_at) == (State.FED_BACK, before.due_at, before.soon_at)
    assert (case.fed_back_at, case.reworks, case.visits) == (before.fed_back_at, 0, before.visits)


def test_that_a_merge_of_states_held_comes_back_to_where_it_was() -> None:
    for state in (State.TO_HANDLE, State.HANDLING):
        before, facts = walked(*WAY[state])
        case, facts = stepped(before, facts, Operation.ASK_RETURN)
        assert (case.state, case.held) == (State.RETURNED, state)
        case, facts = stepped(case, facts, Operation.REFUSE_RETURN)
        assert (case.state, case.held) == (state, None)
        case, facts = stepped(case, facts, Operation.UNDO)
        assert (case.state, case.held, case.shuffles) == (State.RETURNED, state, 0)


def test_that_the_undoing_names_what_it_takes_back() -> None:
    case, facts = walked(Operation.ACCEPT)
    _, fact, last = undo(
        facts, case, calendar=calendar(), actor=anybody(), at=MONDAY + 2 * MINUTE, practice=OPEN
    )
    assert (fact.operation, fact.by, fact.post) == (Operation.UNDO, BY, "")
    assert fact.details == {"number": 2, "operation": "accept"}
    assert last is facts[-1]


def test_that_an_act_may_be_undone_until_it_has_left_the_centre_and_is_countered_afterwards() -> None:
    case, facts = walked(Operation.ACCEPT)
    over = released_at(facts[-1], HASTY)
    assert over == facts[-1].at + timedelta(seconds=10)
    _, fact, _ = undo(facts, case, calendar=DAYS, actor=anybody(), at=over, practice=HASTY)
    assert fact.operation is Operation.UNDO
    late = over + timedelta(microseconds=1)
    assert refused(facts, case, at=late, practice=HASTY) == "needs_reason"
    after, fact, _ = undo(
        facts, case, calendar=calendar(), actor=anybody(), at=late, practice=HASTY, note="误操作"
    )
    assert (fact.operation, fact.note, after.state) == (Operation.COUNTER, "误操作", State.REPORTED)
    assert fact.post in Post


def test_that_another_s_act_is_not_simply_undone_but_countered_by_who_may() -> None:
    case, facts = walked(Operation.ACCEPT)
    nobody = Actor(CHIEF, frozenset({Post.PATROLLER}))
    strict = replace(OPEN, rights={**OPEN.rights, Operation.COUNTER: {Post.SHIFT_LEADER: None}})
    assert refused(facts, case, actor=nobody, practice=strict) == "not_yours"
    late = facts[-1].at + timedelta(days=2)
    assert refused(facts, case, actor=nobody, at=late, practice=strict) == "grace_over"
    leader = Actor(CHIEF, frozenset({Post.SHIFT_LEADER}))
    _, fact, _ = undo(
        facts, case, calendar=calendar(), actor=leader, at=MONDAY, practice=strict, note="代为更正"
    )
    assert (fact.operation, fact.post) == (Operation.COUNTER, Post.SHIFT_LEADER)


def test_that_what_was_taken_back_no_longer_stands_and_the_one_before_is_next() -> None:
    case, facts = walked(Operation.ACCEPT, Operation.FILE)
    case, facts = stepped(case, facts, Operation.UNDO)
    assert [fact.operation for fact in standing(facts)] == [Operation.REGISTER, Operation.ACCEPT]
    case, facts = stepped(case, facts, Operation.UNDO)
    assert case.state is State.REPORTED
    assert refused(facts, case) == "nothing_to_undo"


def test_that_a_report_cannot_be_undone() -> None:
    case, facts = opened()
    assert refused(facts, case) == "nothing_to_undo"


@pytest.mark.parametrize("operation", [Operation.IMPORT, Operation.TAKE_IN])
def test_that_what_nobody_here_did_cannot_be_undone(operation: Operation) -> None:
    case, facts = walked(Operation.ACCEPT)
    facts = [*facts, Fact(3, operation, MONDAY, "别处", {"address": "新"})]
    assert refused(facts, replace(case, address="新", version=3)) == "nothing_to_undo"
