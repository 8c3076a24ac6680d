"""Who may do what: post, reach, holder and the separations, over the standard practice."""

from dataclasses import replace

import pytest

from console.adapters.practice import builtin, standard
from console.domain.actor import EVERY_POST, SYSTEM, Actor, Post
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import State, Transition, transition
from console.domain.operation import Operation, Request
from console.domain.rights import acting, may_at_all, permitted, post_for
from tests.lives import opened

STANDARD = standard()
DEPARTMENT, OTHER = "D105", "D103"


def at(state: State, **fields: object) -> Case:
    case, _facts = opened()
    return replace(case, state=state, department=DEPARTMENT, district="410105", **fields)


def row(case: Case, operation: Operation) -> Transition:
    found = transition(case.state, operation, case.request)
    assert found is not None
    return found


def somebody(*posts: Post, name: str = "甲", department: str = "", division: str = "") -> Actor:
    return Actor(name, frozenset(posts), department, division)


def code(case: Case, operation: Operation, actor: Actor) -> str:
    """The refusal's code, empty where he may."""
    found = permitted(case, row(case, operation), actor, STANDARD)
    return "" if found is None else found.code


def test_that_who_has_no_such_post_is_told_which_post_may() -> None:
    case = at(State.TO_FILE)
    refused = permitted(case, row(case, Operation.FILE), somebody(Post.ACCEPTOR), STANDARD)
    assert refused is not None
    assert refused.code == "wrong_post"
    assert refused.facts == {"operation": "file", "posts": ("shift_leader",), "name": "甲"}
    no_leader = builtin("no_shift_leader")
    assert permitted(case, row(case, Operation.FILE), somebody(Post.ACCEPTOR), no_leader) is None


def test_that_who_is_not_in_the_list_is_told_so() -> None:
    assert code(at(State.TO_FILE), Operation.FILE, somebody()) == "unknown_staff"


def test_that_a_right_can_be_narrowed_to_states() -> None:
    urging = somebody(Post.ACCEPTOR)
    assert code(at(State.PRE_CHECK), Operation.URGE, urging) == ""
    assert code(at(State.HANDLING), Operation.URGE, urging) == "wrong_post"


@pytest.mark.parametrize(
    ("state", "operation"),
    [
        (State.TO_HANDLE, Operation.RECEIVE),
        (State.HANDLING, Operation.FEED_BACK),
        (State.HANDLING, Operation.ASK_RETURN),
        (State.TO_HANDLE, Operation.ASK_EXTENSION),
        (State.HANDLING, Operation.ASK_SUSPENSION),
        (State.SUSPENDED, Operation.RESUME),
        (State.CLOSED, Operation.APPEAL),
    ],
)
def test_that_a_desk_handles_the_cases_of_its_own_department(state: State, operation: Operation) -> None:
    case = at(state)
    assert code(case, operation, somebody(Post.DEPARTMENT_DESK, department=OTHER)) == "other_department"
    for department in (DEPARTMENT, ""):
        assert code(case, operation, somebody(Post.DEPARTMENT_DESK, department=department)) == ""
    section = somebody(Post.DEPARTMENT_DESK, department=OTHER)
    assert code(replace(case, unit=OTHER), operation, section) == ""


def test_that_an_assisting_department_shows_its_work_and_does_not_answer() -> None:
    case = at(State.HANDLING, assisting=(OTHER,))
    helps = somebody(Post.DEPARTMENT_DESK, department=OTHER)
    assert code(case, Operation.ATTACH, helps) == ""
    assert code(case, Operation.FEED_BACK, helps) == "other_department"


def test_that_a_district_dispatches_inside_itself_and_where_it_manages() -> None:
    case = at(State.TO_HANDLE, committee="410171")
    for division in ("410105", "410171", ""):
        local = somebody(Post.DISTRICT_DISPATCHER, division=division)
        assert code(case, Operation.SECOND_DISPATCH, local) == ""
    foreign = somebody(Post.DISTRICT_DISPATCHER, division="410103")
    assert code(case, Operation.SECOND_DISPATCH, foreign) == "other_division"


def test_that_a_named_holder_shuts_out_his_colleagues_but_not_the_leaders_of_the_shift() -> None:
    case = at(State.TO_DISPATCH, handler="乙")
    assert code(case, Operation.DISPATCH, somebody(Post.DISPATCHER)) == "not_holder"
    assert code(case, Operation.DISPATCH, somebody(Post.DISPATCHER, name="乙")) == ""
    assert code(case, Operation.VOID, somebody(Post.SHIFT_LEADER)) == ""
    assert code(case, Operation.MARK, somebody(Post.ACCEPTOR)) == ""  # beside the work in hand


def test_that_a_holder_in_a_department_does_not_stop_who_decides_or_takes_the_case_away() -> None:
    case = at(State.HANDLING, handler="乙", request=Request.EXTENSION, asked_by="乙")
    assert code(case, Operation.ALLOW_EXTENSION, somebody(Post.DISPATCHER)) == ""
    assert code(case, Operation.REDISPATCH, somebody(Post.DISPATCHER)) == ""
    assert code(case, Operation.FEED_BACK, somebody(Post.DEPARTMENT_DESK)) == "not_holder"


def test_that_the_result_of_a_check_is_told_by_who_was_sent() -> None:
    case = at(State.POST_CHECK, handler="乙")
    for operation in (Operation.PASS_CHECK, Operation.FAIL_CHECK):
        assert code(case, operation, somebody(Post.PATROLLER)) == "not_holder"
        assert code(case, operation, somebody(Post.PATROLLER, name="乙")) == ""
        assert code(case, operation, somebody(Post.ACCEPTOR)) == ""  # passes on what was told by telephone


def test_that_of_several_posts_the_first_that_reaches_acts() -> None:
    case = at(State.POST_CHECK, handler="乙")
    both = somebody(Post.PATROLLER, Post.ACCEPTOR)
    assert acting(case, row(case, Operation.PASS_CHECK), both, STANDARD) is Post.ACCEPTOR
    held = replace(case, handler="甲")
    assert acting(held, row(held, Operation.PASS_CHECK), both, STANDARD) is Post.PATROLLER


def test_that_who_received_a_return_leaves_the_next_main_step_to_another() -> None:
    case = at(State.TO_DISPATCH, barred="甲")
    assert code(case, Operation.DISPATCH, somebody(Post.DISPATCHER)) == "returned_to_you"
    assert code(case, Operation.DISPATCH, somebody(Post.DISPATCHER, name="乙")) == ""
    assert code(case, Operation.CONSULT, somebody(Post.DISPATCHER)) == ""
    lenient = replace(STANDARD, receiver_rests=False)
    dispatch = row(case, Operation.DISPATCH)
    assert permitted(case, dispatch, somebody(Post.DISPATCHER), lenient) is None


def test_that_nobody_decides_on_his_own_application() -> None:
    case = at(State.TO_DISPATCH, request=Request.VOID, asked_by="甲")
    for operation in (Operation.ALLOW_VOID, Operation.REFUSE_VOID):
        assert code(case, operation, somebody(Post.SHIFT_LEADER)) == "own_request"
        assert code(case, operation, somebody(Post.SHIFT_LEADER, name="乙")) == ""
    lenient = replace(STANDARD, asker_decides_not=False)
    allow = row(case, Operation.ALLOW_VOID)
    assert permitted(case, allow, somebody(Post.SHIFT_LEADER), lenient) is None


def test_that_only_who_applied_withdraws() -> None:
    case = at(State.TO_DISPATCH, request=Request.VOID, asked_by="乙")
    assert code(case, Operation.WITHDRAW, somebody(Post.DISPATCHER)) == "not_asker"
    assert code(case, Operation.WITHDRAW, somebody(Post.DISPATCHER, name="乙")) == ""


def test_that_an_appeal_is_refused_by_who_could_grant_it_at_that_review() -> None:
    first = at(State.CLOSED, request=Request.APPEAL, asked_by="乙")
    second = replace(first, request=Request.APPEAL_REVIEW)
    for case, post in ((first, Post.DISPATCHER), (second, Post.ACCEPTOR), (second, Post.EVALUATOR)):
        assert code(case, Operation.REFUSE_APPEAL, somebody(post)) == ""
    for case, post in ((first, Post.ACCEPTOR), (second, Post.DISPATCHER)):
        assert code(case, Operation.REFUSE_APPEAL, somebody(post)) == "wrong_post"


def test_that_the_system_resumes_and_does_nothing_else() -> None:
    case = at(State.SUSPENDED)
    assert acting(case, row(case, Operation.RESUME), SYSTEM, STANDARD) is Post.SYSTEM
    assert post_for(SYSTEM, Operation.RECLOCK, State.HANDLING, STANDARD) is Post.SYSTEM
    assert code(at(State.TO_FILE), Operation.FILE, SYSTEM) == "wrong_post"


def test_that_without_a_case_only_the_post_counts() -> None:
    assert post_for(somebody(*EVERY_POST), Operation.REGISTER, State.REPORTED, STANDARD) is Post.ACCEPTOR
    refused = may_at_all(somebody(Post.LEADER), Operation.REGISTER, State.REPORTED, STANDARD)
    assert isinstance(refused, Refused)
    assert refused.code == "wrong_post"
    assert may_at_all(somebody(Post.PATROLLER), Operation.REGISTER, State.REPORTED, STANDARD) is None
