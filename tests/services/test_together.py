"""What acts on one case mean for others, and one case that cannot be for the many beside it."""

from datetime import timedelta

import pytest

from console.domain.calendar import SiteDay
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.approvals import suspensions_over
from console.queries.chain import breaks
from console.services.calendar import set_days
from console.services.steps import Told, resume_suspended, take_step, undo_step
from console.storage.kin import parts_of
from console.storage.unit import Store
from tests.lives import BY, CHIEF, MINUTE, MONDAY, SEVEN_STEPS, WAY, registered, taken
from tests.storage.seats import whole

NEXT_MONTH = MONDAY + timedelta(days=31)  # the suspensions of tests.lives are over
FORCED = (Operation.ASK_FORCED_CLOSE, Operation.ALLOW_FORCED_CLOSE)


def step(store: Store, case: Case, operation: Operation, **told: object) -> Case:
    with store.write() as unit:
        return take_step(unit, case.code, operation, Told(**told), by=BY, at=MONDAY + MINUTE)  # type: ignore[arg-type]  # the operation's own


def test_that_a_suspended_case_closed_by_force_does_not_keep_the_others_suspended(city_store: Store) -> None:
    closed = taken(city_store, registered(city_store), *WAY[State.SUSPENDED], *FORCED)
    assert (closed.state, closed.suspended_until) == (State.FORCED_CLOSED, None)
    waiting = taken(city_store, registered(city_store), *WAY[State.SUSPENDED])
    with city_store.read() as view:
        codes = suspensions_over(view, NEXT_MONTH)
    assert codes == [waiting.code]
    with city_store.write() as unit:
        (resumed,) = resume_suspended(unit, [closed.code, *codes], at=NEXT_MONTH)
    assert (resumed.code, resumed.state) == (waiting.code, State.HANDLING)
    assert whole(city_store) == 2


def test_that_closing_by_force_undone_gives_the_day_of_the_suspension_back(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.SUSPENDED])
    closed = taken(city_store, case, *FORCED)
    with city_store.write() as unit:
        facts = unit.cases.facts(case.id)
        after = undo_step(unit, closed.code, by=facts[-1].by, at=facts[-1].at, note="误操作")
    assert (after.state, after.suspended_until) == (State.SUSPENDED, case.suspended_until)


@pytest.mark.parametrize("end", ["voided", "merged"])
def test_that_no_case_comes_to_rest_again_in_one_that_has_ended(city_store: Store, end: str) -> None:
    first, second, third = (registered(city_store) for _number in range(3))
    step(city_store, second, Operation.MERGE, other=first.code)
    apart = step(city_store, second, Operation.UNMERGE, note="不是同一问题")
    if end == "merged":
        step(city_store, first, Operation.MERGE, other=third.code)
    else:
        taken(city_store, first, *WAY[State.VOIDED])
    with pytest.raises(Refused, match="merge_ended"), city_store.write() as unit:
        undo_step(unit, second.code, by=BY, at=MONDAY + MINUTE)
    with city_store.read() as view:
        assert view.cases.by_code(second.code) == apart
        assert list(breaks(view.connection)) == []
    assert whole(city_store) == 3


def test_that_a_splitting_can_be_taken_back_after_the_calendar_was_edited(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *SEVEN_STEPS[:2], Operation.SPLIT)
    with city_store.write() as unit:
        rest = {MONDAY.date(): SiteDay(False, "停工日")}
        assert set_days(unit, rest, by=CHIEF, at=MONDAY + 20 * MINUTE).moved == 1
    with city_store.write() as unit:
        after = undo_step(unit, case.code, by=BY, at=MONDAY + 30 * MINUTE, note="误操作")
        assert {part.state for part in parts_of(unit.connection, case.code)} == {State.VOIDED}
    assert after.state is State.TO_DISPATCH
    assert whole(city_store) == 3
