"""The operations of a case alone tell the stretches that its fields hold."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Fact, opening
from console.domain.clock import Visit
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.visits import told_visits
from tests.lives import BY, MINUTE, MONDAY, opened, possible, stepped, walked
from tests.storage.seats import simple_case

DISPATCHED = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.data())
def test_that_any_legal_life_has_the_visits_its_operations_tell(data: st.DataObject) -> None:
    case, facts = opened()
    for _ in range(data.draw(st.integers(0, 25))):
        choice = possible(case, facts)
        if not choice:
            break
        case, facts = stepped(case, facts, data.draw(st.sampled_from(choice)))
        assert told_visits(facts) == case.visits


def test_that_a_clock_taken_back_never_ran() -> None:
    case, facts = walked(*DISPATCHED, Operation.UNDO)
    assert case.visits == ()
    assert told_visits(facts) == ()


def test_that_a_suspension_is_told_by_two_stretches() -> None:
    case, facts = walked(*DISPATCHED, Operation.ASK_SUSPENSION, Operation.ALLOW_SUSPENSION, Operation.RESUME)
    assert [visit.joins for visit in told_visits(facts)] == [False, True]
    assert told_visits(facts) == case.visits


def test_that_a_stop_that_the_fields_forgot_is_told_all_the_same() -> None:
    case, facts = walked(*DISPATCHED, Operation.RECEIVE, Operation.FEED_BACK)
    last = facts[-1]
    silent = replace(last, changes={name: told for name, told in last.changes.items() if name != "visits"})
    assert told_visits([*facts[:-1], silent]) == case.visits
    assert case.visits[-1].stop == last.at


def test_that_lines_from_before_stretches_were_kept_tell_none() -> None:
    case = replace(simple_case("1")[0], state=State.TO_DISPATCH)
    old: list[Fact] = [
        opening(case, operation=Operation.REGISTER, at=MONDAY, by=BY),
        Fact(2, Operation.DISPATCH, MONDAY, BY, {"state": State.TO_HANDLE, "department": "D105"}),
        Fact(3, Operation.FEED_BACK, MONDAY + MINUTE, BY, {"state": State.FED_BACK}),
    ]
    assert told_visits(old) == ()


def test_that_what_a_migration_brings_goes_on_by_the_operations() -> None:
    brought = (Visit("D105", MONDAY),)
    told: list[Fact] = [
        simple_case("1")[1],
        Fact(2, Operation.RECLOCK, MONDAY, "系统", {"visits": brought}),
        Fact(3, Operation.FEED_BACK, MONDAY + MINUTE, BY, {}),
    ]
    assert told_visits(told) == (Visit("D105", MONDAY, MONDAY + MINUTE),)
