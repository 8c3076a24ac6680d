"""Whom a case concerns: who holds it, and those for whose posts it waits within their reach."""

from collections.abc import Mapping
from typing import Protocol

from console.domain.actor import Actor, Post
from console.domain.flow import State

_OVER_ALL = frozenset({Post.SHIFT_LEADER, Post.LEADER})


class Placed(Protocol):
    """What of a case says whom it concerns; see console.domain.case.Case."""

    @property
    def state(self) -> State: ...
    @property
    def department(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def district(self) -> str: ...
    @property
    def committee(self) -> str: ...
    @property
    def handler(self) -> str: ...


Awaited = Mapping[State, frozenset[Post]]


def concerns(actor: Actor, case: Placed, awaited: Awaited) -> bool:
    """Whether `actor` holds the case by name, or it waits for one of his posts and lies in his reach."""
    if case.handler:
        return case.handler == actor.name
    waits = awaited.get(case.state, frozenset())
    return any(within(post, actor, case) for post in actor.posts & waits)


def within(post: Post, actor: Actor, case: Placed) -> bool:
    """Whether a case lies in the reach of one post of somebody; a patroller's is what he holds."""
    match post:
        case Post.DEPARTMENT_DESK:
            return not actor.department or actor.department in (case.department, case.unit)
        case Post.DISTRICT_DISPATCHER:
            return actor.division in ("", case.district, case.committee)
        case Post.PATROLLER:
            return case.handler == actor.name
    return True


def reaches(actor: Actor, case: Placed) -> bool:
    """Whether a case lies in the reach of any post of somebody, whatever step it is in."""
    return case.handler == actor.name or any(within(post, actor, case) for post in actor.posts)


def leads(actor: Actor) -> bool:
    """Whether somebody answers for what others hold."""
    return bool(actor.posts & _OVER_ALL)
