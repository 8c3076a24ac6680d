"""Who may do what to a case: the one guard of the acts, and of the buttons that are greyed."""

from console.domain.actor import Actor, Post
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import Goes, State, Transition
from console.domain.operation import Operation, Request
from console.domain.practice import Practice

# What happens when its time comes, not because a post wills it: no site can take it from the system.
_BY_ITSELF = frozenset({Operation.RESUME, Operation.RECLOCK})

# Whose hands a case is in: there a named holder shuts out the others of his post. In the states not
# named here he shuts out everybody.
_HOLDS = {
    State.PRE_CHECK: Post.PATROLLER,
    State.POST_CHECK: Post.PATROLLER,
    State.TO_HANDLE: Post.DEPARTMENT_DESK,
    State.HANDLING: Post.DEPARTMENT_DESK,
    State.SUSPENDED: Post.DEPARTMENT_DESK,
}
_OVER_HOLDERS = frozenset({Post.SHIFT_LEADER, Post.LEADER})

# An appeal is refused by whoever could grant it at that review.
_GRANTS = {Request.APPEAL: Operation.PASS_APPEAL, Request.APPEAL_REVIEW: Operation.ALLOW_APPEAL}


def permitted(case: Case, row: Transition, actor: Actor, practice: Practice) -> Refused | None:
    """Why `actor` may not do what `row` says to `case` now, or None where he may.

    Codes: `wrong_post` (posts), `other_department`, `other_division`, `not_holder` (handler),
    `returned_to_you`, `own_request`, `not_asker` (asker), `unknown_staff`.
    """
    found = acting(case, row, actor, practice)
    return found if isinstance(found, Refused) else None


def acting(case: Case, row: Transition, actor: Actor, practice: Practice) -> Post | Refused:
    """The post in which `actor` does what `row` says to `case`, or why he may not, see `permitted`."""
    operation = row.operation
    if Post.SYSTEM in actor.posts and operation in _BY_ITSELF:
        return Post.SYSTEM
    refused: Refused | None = None
    for post, states in practice.rights.get(operation, {}).items():
        if post not in actor.posts or (states is not None and case.state not in states):
            continue
        if not _may_refuse(row, post, practice):
            continue
        refused = _out_of_reach(case, row, actor, post)
        if refused is None:
            return _separated(case, row, actor, practice) or post
    return refused or _wrong_post(actor, operation, case.state, practice)


def post_for(actor: Actor, operation: Operation, state: State, practice: Practice) -> Post | None:
    """The first post of `actor` that may do `operation` in `state`, whatever the case; None: none."""
    if Post.SYSTEM in actor.posts and operation in _BY_ITSELF:
        return Post.SYSTEM
    for post, states in practice.rights.get(operation, {}).items():
        if post in actor.posts and (states is None or state in states):
            return post
    return None


def may_at_all(actor: Actor, operation: Operation, state: State, practice: Practice) -> Refused | None:
    """`unknown_staff` or `wrong_post` where no post of `actor` may; for acts that have no case yet."""
    if post_for(actor, operation, state, practice) is not None:
        return None
    return _wrong_post(actor, operation, state, practice)


def _wrong_post(actor: Actor, operation: Operation, state: State, practice: Practice) -> Refused:
    if not actor.posts:
        return Refused("unknown_staff", name=actor.name)
    rights = practice.rights.get(operation, {})
    may = tuple(post.value for post, states in rights.items() if states is None or state in states)
    return Refused("wrong_post", operation=operation.value, posts=may, name=actor.name)


def _may_refuse(row: Transition, post: Post, practice: Practice) -> bool:
    if row.operation is not Operation.REFUSE_APPEAL or row.answers is None:
        return True
    return post in practice.rights.get(_GRANTS[row.answers], {})


def _out_of_reach(case: Case, row: Transition, actor: Actor, post: Post) -> Refused | None:
    if post is Post.DEPARTMENT_DESK and not _of_department(case, row, actor):
        return Refused("other_department", department=case.department)
    if post is Post.DISTRICT_DISPATCHER and actor.division not in ("", case.district, case.committee):
        return Refused("other_division", division=case.district)
    if case.handler and case.handler != actor.name and post not in _OVER_HOLDERS and _is_holders(row):
        holds = _HOLDS.get(case.state)
        if holds is None or holds is post:
            return Refused("not_holder", handler=case.handler)
    return None


def _of_department(case: Case, row: Transition, actor: Actor) -> bool:
    if not actor.department or not case.department:
        return True
    if row.operation is Operation.ATTACH and actor.department in case.assisting:
        return True  # those who help show what they did; the main department answers
    return actor.department in (case.department, case.unit)


def _is_holders(row: Transition) -> bool:
    """Whether the act is part of the work in hand, and not a word said beside it or a decision on it."""
    if row.answers is not None:
        return False
    return row.target is not Goes.NOWHERE or row.asks is not None or row.operation is Operation.HAND_OVER


def _separated(case: Case, row: Transition, actor: Actor, practice: Practice) -> Refused | None:
    if row.operation is Operation.WITHDRAW:
        return None if actor.name == case.asked_by else Refused("not_asker", asker=case.asked_by)
    if row.answers is not None and practice.asker_decides_not and actor.name == case.asked_by:
        return Refused("own_request")
    if row.primary and practice.receiver_rests and case.barred and actor.name == case.barred:
        return Refused("returned_to_you")
    return None
