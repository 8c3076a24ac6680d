"""The standard practice gives each post what the table of domain.md 3.1 and 3.3 gives it, state by state."""

import pytest

from console.adapters.practice import builtin, standard
from console.domain.actor import Actor, Post
from console.domain.errors import Refused
from console.domain.flow import TRANSITIONS, State, Transition
from console.domain.operation import OUTSIDE, Operation, Request
from console.domain.rights import acting, post_for
from tests.domain.ready import every_row, named, ready

O = Operation  # noqa: E741  the table is read across: a short word keeps a row on a line
A, S, D, P = Post.ACCEPTOR, Post.SHIFT_LEADER, Post.DISPATCHER, Post.PATROLLER
DESK, AREA, E, L = Post.DEPARTMENT_DESK, Post.DISTRICT_DISPATCHER, Post.EVALUATOR, Post.LEADER
CENTRE = {A, S, D, E, L}
EVERYBODY = {*CENTRE, P, DESK, AREA}

# The column "who" of domain.md 3.3, widened by who stands in for whom in 3.1: the shift leader for the
# acceptors, and in approvals the dispatcher and the shift leader for each other.
WHO: dict[Operation, set[Post]] = {
    O.REGISTER: {A, P, S},
    O.ACCEPT: {A, S},
    O.REJECT: {A, S},
    O.ANSWER: {A, S},
    O.CONFIRM_SELF: {A, S},
    O.PRE_CHECK: {A, S},
    O.PRE_CHECK_RESULT: {P, A},
    O.FILE: {S},
    O.VOID: {S},
    O.ASK_VOID: {A, D},
    O.ALLOW_VOID: {S, L},
    O.REFUSE_VOID: {S, L},
    O.MERGE: {A, S, D},
    O.UNMERGE: {A, S, D},
    O.DISPATCH: {D},
    O.SECOND_DISPATCH: {AREA},
    O.REDISPATCH: {D},
    O.SEND_BACK: {D},
    O.CONSULT: {D, L},
    O.SPLIT: {D},
    O.ASK_AUTHORITY: {D, S},
    O.GIVE_AUTHORITY: {L},
    O.REFUSE_AUTHORITY: {L},
    O.RECEIVE: {DESK},
    O.ASK_RETURN: {DESK},
    O.ALLOW_RETURN: {D, S},
    O.REFUSE_RETURN: {D, S},
    O.ASK_EXTENSION: {DESK},
    O.ALLOW_EXTENSION: {D, S},
    O.REFUSE_EXTENSION: {D, S},
    O.ASK_SUSPENSION: {DESK},
    O.ALLOW_SUSPENSION: {D, S},
    O.REFUSE_SUSPENSION: {D, S},
    O.RESUME: {D, DESK},
    O.FEED_BACK: {DESK},
    O.CHECK: {A, S},
    O.PASS_CHECK: {P, A},
    O.FAIL_CHECK: {P, A},
    O.CLOSE: {S},
    O.REWORK: {D, A, S},
    O.ASK_FORCED_CLOSE: {S, D},
    O.ALLOW_FORCED_CLOSE: {L},
    O.REFUSE_FORCED_CLOSE: {L},
    O.SPOT_CHECK: {E, S, L},
    O.REOPEN: {S, E, L},
    O.CALL_BACK: {A},
    O.APPEAL: {DESK},
    O.PASS_APPEAL: {D},
    O.ALLOW_APPEAL: {A, E},
    O.REFUSE_APPEAL: {D, A, E},
    O.WITHDRAW: {A, D, S, DESK},
    O.SUPERVISE: {D, L, S},
    O.REPLY_SUPERVISION: {DESK, AREA},
    O.END_SUPERVISION: {D, L, S},
    O.URGE: {D, S, A},
    O.MARK: CENTRE,
    O.UNMARK: CENTRE,
    O.ATTACH: EVERYBODY,
    O.HAND_OVER: EVERYBODY,
    O.RELOCATE: {A, S, D, L},
}
# Where a post has an operation in some of its states only.
NARROWED: dict[tuple[Operation, Post], set[State]] = {
    (O.ASK_VOID, A): {State.TO_FILE},
    (O.ASK_VOID, D): {State.TO_DISPATCH},
    (O.MERGE, D): {State.TO_DISPATCH},
    (O.URGE, A): {State.PRE_CHECK, State.POST_CHECK},
}
# Who decides on an appeal at its first and at its second review.
REVIEWS = {Request.APPEAL: {D}, Request.APPEAL_REVIEW: {A, E}}


def expected(operation: Operation, post: Post, state: State) -> bool:
    return post in WHO[operation] and state in NARROWED.get((operation, post), {state})


def test_that_the_table_names_every_operation() -> None:
    assert WHO.keys() == set(Operation) - OUTSIDE
    assert WHO.keys() == {row.operation for row in TRANSITIONS}


@pytest.mark.parametrize("post", sorted(EVERYBODY))
def test_that_a_post_may_what_the_table_gives_it_and_nothing_else(post: Post) -> None:
    somebody, practice = Actor("甲", frozenset({post})), standard()
    for row in TRANSITIONS:
        for state in sorted(row.sources):
            found = post_for(somebody, row.operation, state, practice) is post
            assert found == expected(row.operation, post, state), (row.operation, state)


@pytest.mark.parametrize(("state", "row"), list(every_row()), ids=named)
def test_that_the_guard_of_a_real_case_says_the_same(state: State, row: Transition) -> None:
    practice = standard()
    life = ready(state, row)
    assert life is not None
    case, _ = life
    operation = row.operation
    for post in sorted(EVERYBODY):
        asker = case.asked_by if operation is O.WITHDRAW else ""
        answer = acting(case, row, Actor(asker or case.handler or "丙", frozenset({post})), practice)
        may = expected(operation, post, state)
        if operation is O.REFUSE_APPEAL and case.request is not None:
            may = may and post in REVIEWS[case.request]
        assert (answer is post) == may, (post, answer)
        assert may or isinstance(answer, Refused)


def test_that_without_a_shift_leader_the_acceptor_files_voids_and_closes() -> None:
    somebody, practice = Actor("甲", frozenset({A})), builtin("no_shift_leader")
    for operation in (O.FILE, O.VOID, O.CLOSE):
        assert post_for(somebody, operation, State.TO_FILE, practice) is A
        assert post_for(somebody, operation, State.TO_FILE, standard()) is None
