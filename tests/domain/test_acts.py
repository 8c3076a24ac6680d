"""What each operation writes down, and each way in which it is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.acts import Inputs, act
from console.domain.case import Case, difference
from console.domain.errors import Refused
from console.domain.flow import State, transition
from console.domain.operation import Operation
from tests.cities import small_catalogue
from tests.lives import BY, CLASS, MINUTE, MONDAY, WAY, calendar, inputs, opened, walked

FOUND = small_catalogue().by_key[CLASS]
NOW = MONDAY + 10 * MINUTE
ASKED = [
    (state, operation)
    for state in State
    for operation in Operation
    if operation not in {Operation.REGISTER, Operation.UNDO, Operation.IMPORT}
]


def done(case: Case, operation: Operation, told: Inputs) -> Case:
    return act(case, operation, told, by=BY, at=NOW, calendar=calendar())[0]


def refused(case: Case, operation: Operation, told: Inputs) -> Refused:
    with pytest.raises(Refused) as caught:
        done(case, operation, told)
    return caught.value


@pytest.mark.parametrize(("state", "operation"), ASKED)
def test_that_an_operation_is_done_where_the_table_has_it_and_nowhere_else(
    state: State, operation: Operation
) -> None:
    case, _ = walked(*WAY[state])
    row = transition(state, operation)
    if row is None:
        problem = refused(case, operation, inputs(operation, case))
        assert problem.code == "wrong_step"
        assert problem.facts == {"operation": operation.value, "state": state.value, "code": case.code}
    else:
        assert done(case, operation, inputs(operation, case)).state is row.target


@pytest.mark.parametrize(
    ("state", "operation", "told", "code"),
    [
        (State.TO_FILE, Operation.FILE, Inputs(), "needs_condition"),
        (State.TO_FILE, Operation.FILE, Inputs(FOUND), "needs_condition"),
        (State.TO_FILE, Operation.FILE, Inputs(condition=1), "needs_condition"),
        (State.TO_FILE, Operation.FILE, Inputs(FOUND, 9), "unknown_condition"),
        (State.TO_DISPATCH, Operation.DISPATCH, Inputs(), "needs_department"),
        (State.TO_HANDLE, Operation.REDISPATCH, Inputs(), "needs_department"),
        (State.TO_HANDLE, Operation.REDISPATCH, Inputs(department="D105"), "same_department"),
        (State.REPORTED, Operation.REJECT, Inputs(), "needs_reason"),
        (State.TO_FILE, Operation.VOID, Inputs(note=" \n"), "needs_reason"),
        (State.FED_BACK, Operation.REWORK, Inputs(note=""), "needs_reason"),
    ],
)
def test_that_what_an_operation_needs_is_asked_for(
    state: State, operation: Operation, told: Inputs, code: str
) -> None:
    case, _ = walked(*WAY[state])
    assert refused(case, operation, told).code == code


def test_that_a_deadline_beyond_the_calendar_is_refused_and_not_guessed() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    endless = replace(case, limit_value=10_000.0)
    assert refused(endless, Operation.DISPATCH, Inputs(department="D105")).code == "calendar_out_of_range"


def test_that_filing_sets_the_limit_of_its_condition() -> None:
    case, _ = walked(Operation.ACCEPT)
    grave, mild = (done(case, Operation.FILE, Inputs(FOUND, number, "2013")) for number in (1, 2))
    assert (grave.limit_value, mild.limit_value) == (4, 8)
    assert (grave.limit_unit, grave.condition, grave.filed_at) == ("work_hour", 1, NOW)


def test_that_filing_under_another_class_changes_the_class_and_its_edition() -> None:
    case, _ = walked(Operation.ACCEPT)
    other = small_catalogue().by_key["part:0103"]
    after = done(case, Operation.FILE, Inputs(other, 1, "2026"))
    assert (after.class_key, after.edition, after.limit_unit) == ("part:0103", "2026", "work_day")


def test_that_dispatch_starts_the_clock_of_the_limit() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    after = done(case, Operation.DISPATCH, Inputs(department="D105"))
    assert after.dispatched_at == NOW
    assert after.due_at is not None
    assert calendar().worked(NOW, after.due_at) == timedelta(hours=4)
    assert after.soon_at is not None
    assert NOW < after.soon_at < after.due_at


def test_that_no_clock_runs_where_no_limit_was_set() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    after = done(replace(case, limit_unit="", limit_value=0.0), Operation.DISPATCH, Inputs(department="D105"))
    assert (after.due_at, after.soon_at) == (None, None)


def test_that_feedback_stops_the_clock_and_keeps_the_deadline() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    after = done(case, Operation.FEED_BACK, Inputs())
    assert (after.fed_back_at, after.due_at) == (NOW, case.due_at)


def test_that_rework_goes_to_the_same_department_with_a_new_clock() -> None:
    case, _ = walked(*WAY[State.FED_BACK])
    after = done(case, Operation.REWORK, Inputs(note="未清理"))
    assert (after.state, after.department, after.reworks) == (State.TO_HANDLE, "D105", 1)
    assert after.fed_back_at is None
    assert after.due_at is not None
    assert case.due_at is not None
    assert after.due_at > case.due_at


def test_that_another_department_keeps_the_running_clock_and_is_counted() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    after = done(case, Operation.REDISPATCH, Inputs(department="P01"))
    assert (after.state, after.department, after.redispatches) == (State.TO_HANDLE, "P01", 1)
    assert (after.due_at, after.dispatched_at) == (case.due_at, case.dispatched_at)


@pytest.mark.parametrize(
    ("state", "operation"),
    [
        (State.REPORTED, Operation.REJECT),
        (State.TO_FILE, Operation.VOID),
        (State.TO_DISPATCH, Operation.VOID),
        (State.FED_BACK, Operation.CLOSE),
        (State.POST_CHECK, Operation.CLOSE),
    ],
)
def test_that_an_end_has_its_time(state: State, operation: Operation) -> None:
    case, _ = walked(*WAY[state])
    assert done(case, operation, inputs(operation, case)).ended_at == NOW


def test_that_the_fact_says_who_when_why_and_what_changed() -> None:
    case, _ = walked(*WAY[State.FED_BACK])
    after, fact = act(case, Operation.REWORK, Inputs(note="未清理"), by="值班长", at=NOW, calendar=calendar())
    assert (fact.number, fact.operation, fact.by, fact.at, fact.note) == (
        case.version + 1, Operation.REWORK, "值班长", NOW, "未清理",
    )  # fmt: skip
    assert after.version == fact.number
    assert difference(case, after).items() <= dict(fact.changes).items()


def test_that_a_note_keeps_what_can_be_written_and_marks_what_cannot() -> None:
    case, _ = opened()
    told = Inputs(note="a\x00b\udcffc\u2028d")
    _, fact = act(case, Operation.REJECT, told, by=BY, at=NOW, calendar=calendar())
    assert fact.note == "a\ufffdb\ufffdc\u2028d"
