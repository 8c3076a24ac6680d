"""What each operation writes down, and each guard that refuses it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.acts import Inputs, Part, act
from console.domain.case import Case, Flag, Satisfaction, difference
from console.domain.errors import Refused
from console.domain.flow import ENDED, Goes, State, Transition, transition
from console.domain.operation import OUTSIDE, Operation, Request
from console.domain.practice import OPEN
from console.words import REFUSALS
from tests.cities import small_catalogue
from tests.domain.ready import NOW, done, every_row, named, ready, refused
from tests.lives import (
    BY,
    CLASS,
    MINUTE,
    MONDAY,
    PHOTO,
    WAY,
    anybody,
    calendar,
    inputs,
    opened,
    walked,
)

HOUR = timedelta(hours=1)
O = Operation  # noqa: E741  the tables are read across: a short word keeps a row on a line
FOUND = small_catalogue().by_key[CLASS]
ASKED = sorted(set(Operation) - OUTSIDE - {Operation.REGISTER})


def tried(case: Case, operation: Operation) -> tuple[Case, Refused | None]:
    """The case after an operation, or as it was with the refusal."""
    try:
        return done(case, operation, inputs(operation, case)), None
    except Refused as problem:
        return case, problem


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("request_", [None, *Request])
def test_that_whatever_is_asked_goes_by_the_table_or_is_refused_in_words(
    state: State, request_: Request | None
) -> None:
    walk, _ = walked(*WAY[state])
    case = replace(walk, request=request_, asked_by=BY, asked_at=NOW, asked_until=NOW + timedelta(days=9))
    for operation in ASKED:
        row = transition(state, operation, request_)
        after, problem = tried(case, operation)
        if problem is None:
            assert row is not None
            target = {Goes.NOWHERE: state, Goes.BACK: case.held}.get(row.target, row.target)
            assert (after.state, after.version) == (target, case.version + 1)
            continue
        assert problem.code in REFUSALS
        if row is None:
            waits = request_ is not None and transition(state, operation) is not None
            assert problem.code == ("request_waits" if waits else "wrong_step")
        else:
            assert problem.code not in ("request_waits", "wrong_step")


@pytest.mark.parametrize(("state", "row"), list(every_row()), ids=named)
def test_that_a_row_does_what_it_says(state: State, row: Transition) -> None:
    life = ready(state, row)
    assert life is not None
    case, facts = life
    at = facts[-1].at + MINUTE
    after = done(case, row.operation, inputs(row.operation, case), at=at)
    target = {Goes.NOWHERE: state, Goes.BACK: case.held}.get(row.target, row.target)
    assert after.state is target
    assert (after.ended_at is not None) == (target in ENDED)
    if row.asks is not None:
        assert (after.request, after.asked_at) == (row.asks, at)
    elif row.answers is not None:
        assert (after.request, after.asked_by, after.asked_at, after.asked_until) == (None, "", None, None)


def test_that_all_but_a_few_rows_can_be_reached_by_acts() -> None:
    reached = {(state, row.operation, row.answers) for state, row in every_row()}
    assert {operation for _, operation, _ in reached} == set(ASKED)


def test_that_a_deadline_beyond_the_calendar_is_refused_and_not_guessed() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    endless = replace(case, limit_value=10_000.0)
    assert refused(endless, O.DISPATCH, Inputs(department="D105")).code == "calendar_out_of_range"


def test_that_filing_sets_the_limit_of_its_condition() -> None:
    case, _ = walked(O.ACCEPT)
    grave, mild = (done(case, O.FILE, Inputs(FOUND, number, "2013")) for number in (1, 2))
    assert (grave.limit_value, mild.limit_value) == (4, 8)
    assert (grave.limit_unit, grave.condition, grave.filed_at) == ("work_hour", 1, NOW)


def test_that_filing_under_another_class_changes_the_class_and_its_edition() -> None:
    case, _ = walked(O.ACCEPT)
    other = small_catalogue().by_key["part:0103"]
    after = done(case, O.FILE, Inputs(other, 1, "2026"))
    assert (after.class_key, after.edition, after.limit_unit) == ("part:0103", "2026", "work_day")


def test_that_dispatch_starts_the_clock_of_the_limit() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    after = done(case, O.DISPATCH, Inputs(department="D105", assisting=("P01", "D105", "P01")))
    assert after.dispatched_at == NOW
    assert after.due_at is not None
    assert after.current_due_at == after.due_at
    assert calendar().worked(NOW, after.due_at) == timedelta(hours=4)
    assert after.soon_at is not None
    assert NOW < after.soon_at < after.due_at
    assert after.assisting == ("P01",), "the main department does not assist itself"


def test_that_no_clock_runs_where_no_limit_was_set() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    after = done(replace(case, limit_unit="", limit_value=0.0), O.DISPATCH, Inputs(department="D105"))
    assert (after.due_at, after.soon_at, after.current_due_at) == (None, None, None)


def test_that_feedback_stops_the_clock_and_keeps_the_deadline() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    after = done(case, O.FEED_BACK, Inputs())
    assert (after.fed_back_at, after.due_at, after.current_due_at) == (NOW, case.due_at, None)


def test_that_rework_goes_on_with_what_the_department_has_left_of_its_limit() -> None:
    case, _ = walked(*WAY[State.FED_BACK])
    after = done(case, O.REWORK, Inputs(note="未清理"))
    assert (after.state, after.department, after.reworks) == (State.TO_HANDLE, "D105", 1)
    assert (after.fed_back_at, len(after.visits)) == (None, 2)
    assert after.due_at is not None
    assert case.due_at is not None
    away = NOW - case.visits[-1].stop if case.visits[-1].stop else None
    assert after.due_at - case.due_at == away, "only the time it lay with the centre is added"
    anew = done(case, O.REWORK, Inputs(note="未清理"), practice=replace(OPEN, bundled=False))
    assert anew.due_at is not None
    assert calendar().worked(NOW, anew.due_at) == timedelta(hours=4)


def test_that_another_department_gets_a_clock_of_its_own_and_is_counted() -> None:
    case, _ = walked(*WAY[State.HANDLING], O.ASK_EXTENSION, O.ALLOW_EXTENSION)
    after = done(case, O.REDISPATCH, Inputs(department="P01"))
    assert (after.state, after.department, after.redispatches) == (State.TO_HANDLE, "P01", 1)
    assert (after.dispatched_at, after.extensions) == (case.dispatched_at, 0)
    assert after.due_at is not None
    assert calendar().worked(NOW, after.due_at) == timedelta(hours=4)
    back = done(after, O.REDISPATCH, Inputs(department="D105"), at=NOW + HOUR)
    assert back.due_at is not None
    used = sum((v.stop - v.start for v in back.visits if v.department == "D105" and v.stop), timedelta())
    assert calendar().worked(NOW + HOUR, back.due_at) == timedelta(hours=4) - used, "捆绑计时"


def test_that_a_return_stops_the_clock_only_when_it_is_granted() -> None:
    case, _ = walked(*WAY[State.RETURNED])
    assert (case.visits[-1].stop, case.current_due_at) == (None, case.due_at)
    granted, _ = walked(*WAY[State.RETURNED], O.ALLOW_RETURN)
    assert (granted.due_at, granted.department, granted.returns) == (None, "", 1)
    assert granted.visits[-1].stop is not None
    refused_one, _ = walked(*WAY[State.RETURNED], O.REFUSE_RETURN)
    assert (refused_one.due_at, refused_one.shuffles, refused_one.returns) == (case.due_at, 1, 0)


def test_that_a_suspension_gives_back_exactly_the_time_that_was_left() -> None:
    case, _ = walked(*WAY[State.SUSPENDED])
    assert (case.due_at, case.current_due_at) == (None, None)
    later = MONDAY + timedelta(days=7)
    after = done(case, O.RESUME, Inputs(), at=later)
    assert after.state is State.HANDLING
    assert after.due_at is not None
    ran = case.visits[0].stop - case.visits[0].start if case.visits[0].stop else None
    assert ran is not None
    assert calendar().worked(later, after.due_at) == timedelta(hours=4) - ran


def test_that_the_fact_says_who_in_which_post_when_why_and_what_changed() -> None:
    case, _ = walked(*WAY[State.FED_BACK])
    told = Inputs(note="未清理", evidence=(PHOTO,))
    actor = anybody("值班长")
    after, fact = act(case, O.REWORK, told, actor=actor, at=NOW, calendar=calendar(), practice=OPEN)
    assert (fact.number, fact.operation, fact.by, fact.at, fact.note) == (
        case.version + 1, O.REWORK, "值班长", NOW, "未清理",
    )  # fmt: skip
    assert fact.post in actor.posts
    assert fact.evidence == (PHOTO,)
    assert after.version == fact.number
    assert difference(case, after).items() <= dict(fact.changes).items()


def test_that_what_becomes_no_field_is_told_in_the_details() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    told = Inputs(note="今日办结", level=2)
    _, fact = act(
        case, O.SUPERVISE, told, actor=anybody(), at=NOW, calendar=calendar(), practice=OPEN
    )  # fmt: skip
    assert fact.details == {"level": 2}
    ended, _ = walked(*WAY[State.CLOSED])
    told = Inputs(satisfaction=Satisfaction.NOT_SATISFIED)
    _, fact = act(ended, O.CALL_BACK, told, actor=anybody(), at=NOW, calendar=calendar(), practice=OPEN)
    assert fact.details == {"satisfaction": "not_satisfied"}


def test_that_parts_may_be_without_a_department() -> None:
    case, _ = walked(*WAY[State.TO_DISPATCH])
    after = done(case, O.SPLIT, Inputs(parts=(Part("清运"), Part("修复", "P01"))))
    assert after.flags == (Flag.SPLIT,)
    assert after.state is State.TO_DISPATCH


def test_that_a_note_keeps_what_can_be_written_and_marks_what_cannot() -> None:
    case, _ = opened()
    told = Inputs(note="a\x00b\udcffc\u2028d")
    _, fact = act(case, O.REJECT, told, actor=anybody(), at=NOW, calendar=calendar(), practice=OPEN)
    assert fact.note == "a\ufffdb\ufffdc\u2028d"
