"""Each guard of an operation: what it needs to be told, and what a case's past forbids."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.acts import Inputs
from console.domain.case import Case, CheckResult, Flag
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.domain.practice import OPEN
from console.words import REFUSALS
from tests.cities import small_catalogue
from tests.domain.ready import NOW, done, late_case, refused
from tests.lives import (
    BY,
    CHIEF,
    CLASS,
    FORM,
    MINUTE,
    PHOTO,
    SEVEN_STEPS,
    WAY,
    calendar,
    inputs,
    opened,
    walked,
)

O = Operation  # noqa: E741  the tables are read across: a short word keeps a row on a line
FOUND = small_catalogue().by_key[CLASS]
HOUR = timedelta(hours=1)
GUARDS: tuple[tuple[State, Operation, Inputs, str], ...] = (
    (State.TO_FILE, O.FILE, Inputs(), "needs_condition"),
    (State.TO_FILE, O.FILE, Inputs(FOUND), "needs_condition"),
    (State.TO_FILE, O.FILE, Inputs(condition=1), "needs_condition"),
    (State.TO_FILE, O.FILE, Inputs(FOUND, 9), "unknown_condition"),
    (State.TO_DISPATCH, O.DISPATCH, Inputs(), "needs_department"),
    (State.TO_HANDLE, O.REDISPATCH, Inputs(), "needs_department"),
    (State.TO_HANDLE, O.REDISPATCH, Inputs(department="D105"), "same_department"),
    (State.TO_HANDLE, O.SECOND_DISPATCH, Inputs(), "needs_unit"),
    (State.REPORTED, O.REJECT, Inputs(), "needs_reason"),
    (State.REPORTED, O.ANSWER, Inputs(), "needs_reason"),
    (State.REPORTED, O.CONFIRM_SELF, Inputs(), "not_self_handled"),
    (State.TO_FILE, O.VOID, Inputs(note=" \n"), "needs_reason"),
    (State.FED_BACK, O.REWORK, Inputs(note=""), "needs_reason"),
    (State.HANDLING, O.ASK_RETURN, Inputs(), "needs_reason"),
    (State.HANDLING, O.ASK_SUSPENSION, Inputs(note="冬季"), "needs_until"),
    (State.HANDLING, O.ASK_SUSPENSION, Inputs(note="冬季", until=NOW), "bad_until"),
    (State.HANDLING, O.ASK_SUSPENSION, Inputs(note="冬季", until=NOW - HOUR), "bad_until"),
    (State.HANDLING, O.ASK_SUSPENSION, Inputs(note="久", until=NOW + timedelta(days=366)), "bad_until"),
    (State.PRE_CHECK, O.PRE_CHECK_RESULT, Inputs(), "needs_result"),
    (State.PRE_CHECK, O.PRE_CHECK_RESULT, Inputs(result=CheckResult.PASSED), "bad_result"),
    (State.CLOSED, O.SPOT_CHECK, Inputs(), "needs_result"),
    (State.CLOSED, O.SPOT_CHECK, Inputs(result=CheckResult.EXISTS), "bad_result"),
    (State.CLOSED, O.CALL_BACK, Inputs(), "needs_satisfaction"),
    (State.CLOSED, O.APPEAL, Inputs(note="已按时"), "not_late"),
    (State.CLOSED, O.REOPEN, Inputs(), "needs_reason"),
    (State.HANDLING, O.SUPERVISE, Inputs(level=1), "needs_reason"),
    (State.HANDLING, O.SUPERVISE, Inputs(note="速办"), "needs_level"),
    (State.HANDLING, O.SUPERVISE, Inputs(note="速办", level=4), "bad_level"),
    (State.HANDLING, O.SUPERVISE, Inputs(note="速办", level=-1), "bad_level"),
    (State.HANDLING, O.REPLY_SUPERVISION, Inputs(note="好"), "not_supervised"),
    (State.HANDLING, O.END_SUPERVISION, Inputs(), "not_supervised"),
    (State.HANDLING, O.MARK, Inputs(), "needs_flag"),
    (State.HANDLING, O.MARK, Inputs(flag=Flag.EXEMPT), "bad_flag"),
    (State.HANDLING, O.UNMARK, Inputs(flag=Flag.URGENT), "not_marked"),
    (State.HANDLING, O.ATTACH, Inputs(), "needs_evidence"),
    (State.HANDLING, O.HAND_OVER, Inputs(), "needs_person"),
    (State.HANDLING, O.RELOCATE, Inputs(note="有误"), "needs_place"),
    (State.TO_DISPATCH, O.SPLIT, Inputs(), "needs_parts"),
    (State.REPORTED, O.MERGE, Inputs(), "needs_other_case"),
    (State.REPORTED, O.MERGE, Inputs(other=opened()[0]), "merge_self"),
    (State.REPORTED, O.MERGE, Inputs(other=replace(opened("9")[0], state=State.VOIDED)), "merge_ended"),
    (State.FED_BACK, O.CLOSE, Inputs(FOUND, open_parts=1), "parts_open"),
    (State.FED_BACK, O.CLOSE, Inputs(FOUND, 9), "unknown_condition"),
)


@pytest.mark.parametrize(("state", "operation", "told", "code"), GUARDS)
def test_that_what_an_operation_needs_is_asked_for(
    state: State, operation: Operation, told: Inputs, code: str
) -> None:
    case, _ = walked(*WAY[state])
    problem = refused(case, operation, told)
    assert problem.code == code
    assert code in REFUSALS


# What the case has been through stands against it: how it came, the operation, the refusal.
Made = Callable[[], Case]
HISTORY: tuple[tuple[str, Made, Operation, str], ...] = (
    ("check failed", lambda: walked(*WAY[State.POST_CHECK], O.FAIL_CHECK)[0], O.CLOSE, "check_failed"),
    ("appealed", lambda: walked(O.APPEAL, O.REFUSE_APPEAL, start=late_case())[0], O.APPEAL, "appealed_once"),
    ("never late", lambda: walked(*SEVEN_STEPS)[0], O.APPEAL, "not_late"),
    (
        "suspended before",
        lambda: walked(*WAY[State.SUSPENDED], O.RESUME)[0],
        O.ASK_SUSPENSION,
        "no_more_suspensions",
    ),
    (
        "extended twice",
        lambda: walked(*WAY[State.HANDLING], *(2 * (O.ASK_EXTENSION, O.ALLOW_EXTENSION)))[0],
        O.ASK_EXTENSION,
        "no_more_extensions",
    ),
    (
        "others rest in it",
        lambda: replace(opened()[0], flags=(Flag.SIMILAR,)),
        O.MERGE,
        "others_merged",
    ),
    (
        "no limit",
        lambda: replace(walked(*WAY[State.HANDLING])[0], due_at=None),
        O.ASK_EXTENSION,
        "no_clock",
    ),
)


@pytest.mark.parametrize(("name", "made", "operation", "code"), HISTORY)
def test_that_what_a_case_went_through_stands_against_it(
    name: str, made: Made, operation: Operation, code: str
) -> None:
    case = made()
    assert refused(case, operation, inputs(operation, case)).code == code, name


def test_that_an_extension_is_asked_for_before_the_deadline_and_granted_whenever_decided() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    assert case.due_at is not None
    told = inputs(O.ASK_EXTENSION, case)
    assert refused(case, O.ASK_EXTENSION, told, at=case.due_at + MINUTE).code == "overdue"
    asked = done(case, O.ASK_EXTENSION, told, at=case.due_at)
    granted = done(asked, O.ALLOW_EXTENSION, Inputs(), at=case.due_at + HOUR)
    assert granted.due_at is not None
    assert calendar().worked(case.due_at, granted.due_at) == timedelta(hours=4)
    assert granted.extensions == 1


def test_that_a_refused_extension_does_not_count() -> None:
    case, _ = walked(*WAY[State.HANDLING], O.ASK_EXTENSION, O.REFUSE_EXTENSION)
    assert (case.extensions, case.request) == (0, None)


def test_that_the_second_extension_needs_the_signed_form() -> None:
    case, _ = walked(*WAY[State.HANDLING], O.ASK_EXTENSION, O.ALLOW_EXTENSION)
    bare = Inputs(note="配件未到", evidence=(PHOTO,))
    assert refused(case, O.ASK_EXTENSION, bare).code == "needs_form"
    assert done(case, O.ASK_EXTENSION, replace(bare, evidence=(FORM,))).request is Request.EXTENSION
    lenient = replace(OPEN, form_from_extension=0)
    assert done(case, O.ASK_EXTENSION, bare, practice=lenient).request is Request.EXTENSION


def test_that_a_suspension_nobody_decided_in_time_cannot_be_granted_any_more() -> None:
    case, _ = walked(*WAY[State.HANDLING], O.ASK_SUSPENSION)
    assert case.asked_until is not None
    assert refused(case, O.ALLOW_SUSPENSION, Inputs(), at=case.asked_until).code == "bad_until"
    assert done(case, O.REFUSE_SUSPENSION, Inputs(note="过期"), at=case.asked_until).request is None


def test_that_a_practice_may_ask_for_photos_and_for_a_check() -> None:
    case, _ = walked(*WAY[State.HANDLING])
    strict = replace(OPEN, feedback_needs_photo=True, close_needs_check=True)
    assert refused(case, O.FEED_BACK, Inputs(evidence=(FORM,)), practice=strict).code == "needs_photo"
    answered = done(case, O.FEED_BACK, Inputs(evidence=(PHOTO,)), practice=strict)
    assert refused(answered, O.CLOSE, inputs(O.CLOSE, answered), practice=strict).code == "needs_check"
    checked, _ = walked(*WAY[State.TO_CLOSE])
    assert done(checked, O.CLOSE, inputs(O.CLOSE, checked), practice=strict).state is State.CLOSED


def test_that_nobody_decides_on_his_own_application_nor_takes_the_step_after_a_return() -> None:
    asked, _ = walked(*WAY[State.HANDLING], O.ASK_FORCED_CLOSE)
    assert refused(asked, O.ALLOW_FORCED_CLOSE, Inputs(), by=BY).code == "own_request"
    assert refused(asked, O.WITHDRAW, Inputs(), by=CHIEF).code == "not_asker"
    returned, _ = walked(*WAY[State.RETURNED], O.ALLOW_RETURN)
    assert returned.barred == CHIEF
    told = Inputs(department="P01")
    assert refused(returned, O.DISPATCH, told, by=CHIEF).code == "returned_to_you"
    assert done(returned, O.DISPATCH, told, by=BY).barred == ""
    sent_back, _ = walked(*WAY[State.TO_DISPATCH], O.SEND_BACK)
    assert refused(sent_back, O.FILE, inputs(O.FILE, sent_back), by=BY).code == "returned_to_you"
