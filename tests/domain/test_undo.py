"""The journal can take an act back: by a counter-entry, once, and only where the centre acted."""

from dataclasses import replace

import pytest

from console.domain.acts import undo
from console.domain.case import Case, Fact, difference, fold
from console.domain.errors import Refused
from console.domain.flow import TRANSITIONS, State
from console.domain.operation import Operation
from tests.lives import BY, MINUTE, MONDAY, WAY, opened, stepped, walked

UNDOABLE = [(source, row.operation) for row in TRANSITIONS if row.undoable for source in sorted(row.sources)]


def refused(facts: list[Fact], case: Case) -> str:
    with pytest.raises(Refused) as caught:
        undo(facts, case, by=BY, at=MONDAY)
    return caught.value.code


@pytest.mark.parametrize(("state", "operation"), UNDOABLE)
def test_that_done_and_undone_leaves_the_case_as_it_was(state: State, operation: Operation) -> None:
    before, facts = walked(*WAY[state])
    done, longer = stepped(before, facts, operation)
    assert difference(before, done)
    undone, whole = stepped(done, longer, Operation.UNDO)
    assert undone == replace(before, version=before.version + 2)
    assert whole[:-1] == longer, "nothing is taken out of the journal"
    assert fold(whole, undone.id) == undone


def test_that_every_row_but_the_opening_can_be_undone() -> None:
    assert {row.operation for row in TRANSITIONS if not row.undoable} == {Operation.REGISTER}


def test_that_a_rework_undone_gives_the_feedback_and_its_old_deadline_back() -> None:
    before, facts = walked(*WAY[State.FED_BACK])
    case, facts = stepped(before, facts, Operation.REWORK)
    assert case.due_at != before.due_at
    case, _ = stepped(case, facts, Operation.UNDO)
    assert (case.state, case.due_at, case.soon_at) == (State.FED_BACK, before.due_at, before.soon_at)
    assert (case.fed_back_at, case.reworks) == (before.fed_back_at, 0)


def test_that_the_counter_entry_names_what_it_takes_back() -> None:
    case, facts = walked(Operation.ACCEPT)
    _, fact = undo(facts, case, by="值班长", at=MONDAY + MINUTE)
    assert (fact.operation, fact.note, fact.by) == (Operation.UNDO, "accept", "值班长")


def test_that_a_report_cannot_be_undone() -> None:
    case, facts = opened()
    assert refused(facts, case) == "nothing_to_undo"


def test_that_an_undo_cannot_be_undone() -> None:
    case, facts = walked(Operation.ACCEPT, Operation.UNDO)
    assert refused(facts, case) == "nothing_to_undo"


def test_that_what_another_system_told_cannot_be_undone() -> None:
    case, facts = walked(Operation.ACCEPT)
    told = Fact(3, Operation.IMPORT, MONDAY + 5 * MINUTE, "nb", {"address": "新址"})
    assert refused([*facts, told], case) == "nothing_to_undo"
