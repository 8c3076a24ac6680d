"""The one door for every operation, and its undoing, on both databases."""

import pytest

from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.services.steps import Told, take_step, undo_step
from console.storage.unit import Store
from tests.lives import BY, MINUTE, MONDAY, SEVEN_STEPS, registered, taken
from tests.storage.seats import whole

LATER = MONDAY + 30 * MINUTE
LOOP = (
    *SEVEN_STEPS[:5],
    Operation.REWORK, Operation.RECEIVE, Operation.FEED_BACK, Operation.CHECK, Operation.CLOSE,
)  # fmt: skip


def refused(store: Store, code: str, operation: Operation, told: Told, seen: int | None = None) -> Refused:
    with pytest.raises(Refused) as caught, store.write() as unit:
        take_step(unit, code, operation, told, by=BY, at=LATER, seen=seen)
    return caught.value


def test_that_a_case_goes_through_all_seven_steps_with_a_rework_loop(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *LOOP)
    assert (case.state, case.reworks, case.version) == (State.CLOSED, 1, 1 + len(LOOP))
    with city_store.write() as unit:
        assert unit.cases.by_code(case.code) == case
        assert [fact.operation for fact in unit.cases.facts(case.id)] == [Operation.REGISTER, *LOOP]
    assert whole(city_store) == 1


def test_that_an_undo_is_one_more_fact(city_store: Store) -> None:
    before = taken(city_store, registered(city_store), Operation.ACCEPT, Operation.FILE)
    taken(city_store, before, Operation.DISPATCH, at=LATER)
    with city_store.write() as unit:
        after = undo_step(unit, before.code, by=BY, at=LATER + MINUTE)
    assert (after.state, after.due_at, after.version) == (before.state, before.due_at, before.version + 2)
    with city_store.write() as unit:
        assert undo_step(unit, before.code, by=BY, at=LATER + MINUTE).state is State.TO_FILE
        assert undo_step(unit, before.code, by=BY, at=LATER + MINUTE).state is State.REPORTED
    with pytest.raises(Refused, match="nothing_to_undo"), city_store.write() as unit:
        undo_step(unit, before.code, by=BY, at=LATER + MINUTE)
    assert whole(city_store) == 1


def test_that_each_refusal_leaves_the_case_as_it_was(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), Operation.ACCEPT)
    asked = [
        (Operation.DISPATCH, Told(department="D105"), None, "wrong_step"),
        (Operation.FILE, Told(), None, "needs_condition"),
        (Operation.FILE, Told(class_key="event:9999", condition=1), None, "unknown_class"),
        (Operation.FILE, Told(condition=7), None, "unknown_condition"),
        (Operation.FILE, Told(condition=1, department="X"), None, "unknown_department"),
        (Operation.VOID, Told(note=" "), None, "needs_reason"),
        (Operation.VOID, Told(note="重复"), 1, "stale"),
    ]
    for operation, told, seen, code in asked:
        assert refused(city_store, case.code, operation, told, seen).code == code
    assert refused(city_store, "9", Operation.ACCEPT, Told()).code == "no_such_case"
    with pytest.raises(Refused, match="stale"), city_store.write() as unit:
        undo_step(unit, case.code, by=BY, at=LATER, seen=1)
    with city_store.write() as unit:
        assert unit.cases.by_code(case.code) == case
    assert whole(city_store) == 1


def test_that_who_looked_at_the_newest_version_may_act(city_store: Store) -> None:
    case = registered(city_store)
    with city_store.write() as unit:
        after = take_step(unit, case.code, Operation.ACCEPT, by=BY, at=LATER, seen=1)
        assert undo_step(unit, case.code, by=BY, at=LATER, seen=after.version).state is State.REPORTED


def test_that_a_case_may_be_filed_under_another_class(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), Operation.ACCEPT)
    with city_store.write() as unit:
        after = take_step(
            unit, case.code, Operation.FILE, Told(class_key="part:0103", condition=2), by=BY, at=LATER
        )
    assert (after.class_key, after.condition, after.limit_unit, after.edition) == (
        "part:0103", 2, "work_day", "2013",
    )  # fmt: skip
