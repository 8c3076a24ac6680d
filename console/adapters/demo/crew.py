"""Who of a city's staff does what in the simulation; where a city keeps no list, made-up names do it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from console.adapters.demo.dice import dice
from console.adapters.demo.posts import PEOPLE, named
from console.domain.actor import EVERY_POST, SYSTEM, Actor, Post
from console.domain.case import Case
from console.domain.decision import DECIDES
from console.domain.flow import State, transition
from console.domain.operation import Operation
from console.domain.staff import Member
from console.storage.city import Reference

_EAST = 0.82  # a degree east in degrees north at the latitude of the demo city: enough to compare by


class Crew:
    """The people of the simulation, by the rights of the city's practice.

    Who holds every post is the operator at the seat, not a simulated colleague.
    """

    def __init__(self, reference: Reference) -> None:
        self._rights = reference.practice.rights
        people = [one for one in reference.staff.values() if not one.posts >= EVERY_POST]
        by_post = _by_post(people if reference.staff else _made_up())
        self._names = {post: tuple(one.name for one in listed) for post, listed in by_post.items()}
        self._actors = {name: reference.actor(name) for names in self._names.values() for name in names}
        self._desks = _grouped(by_post[Post.DEPARTMENT_DESK], "department")
        self._districts = _grouped(by_post[Post.DISTRICT_DISPATCHER], "division")
        self._patrols = _grouped(by_post[Post.PATROLLER], "responsibility_grid")
        placed = [one for one in by_post[Post.PATROLLER] if one.lon is not None]
        self._placed = [one.name for one in placed]
        self._where = np.array([(one.lon, one.lat) for one in placed], dtype=np.float64).reshape(-1, 2)
        self._order: dict[tuple[Operation, State], tuple[Post, ...]] = {}

    def actor(self, operation: Operation, case: Case, chance: float) -> Actor | None:
        """Who does `operation` to `case`; None where the city has nobody who might."""
        if operation is Operation.RESUME:
            return SYSTEM
        for post in self._deciding(operation, case):
            names = self._of(post, case)
            if names:
                return self._actors[_other_than(case, operation, names, chance)]
        return None

    def posts(self, operation: Operation, state: State) -> tuple[Post, ...]:
        """The posts that may, the usual one first."""
        known = self._order.get((operation, state))
        if known is None:
            rights = self._rights.get(operation, {})
            known = tuple(post for post, states in rights.items() if states is None or state in states)
            self._order[operation, state] = known
        return known

    def acceptor(self, chance: float) -> str:
        """Who takes what citizens and others report."""
        names = self._names[Post.ACCEPTOR] or self._names[Post.SHIFT_LEADER]
        return names[int(chance * len(names))] if names else ""

    def patroller(self, responsibility_grid: str) -> str:
        """The collector of a patrol area, or one who helps out."""
        names = self._patrols.get(responsibility_grid) or self._names[Post.PATROLLER]
        return names[int(dice(responsibility_grid)[0] * len(names))] if names else ""

    def nearest(self, case: Case) -> str:
        """The collector who stands nearest to a case."""
        if not self._placed or case.lon is None or case.lat is None:
            return self.patroller(case.responsibility_grid)
        away = (self._where - (case.lon, case.lat)) * (_EAST, 1.0)
        return self._placed[int(np.einsum("ij,ij->i", away, away).argmin())]

    def _deciding(self, operation: Operation, case: Case) -> Sequence[Post]:
        """An appeal is refused by whoever could grant it at that review."""
        posts = self.posts(operation, case.state)
        if operation is not Operation.REFUSE_APPEAL or case.request is None:
            return posts
        grants, _ = DECIDES[case.request]
        return [post for post in posts if post in self.posts(grants, case.state)]

    def _of(self, post: Post, case: Case) -> Sequence[str]:
        if post is Post.PATROLLER and case.handler:
            return (case.handler,) if case.handler in self._actors else ()
        if post is Post.DEPARTMENT_DESK:
            return self._desks.get(case.unit or case.department) or self._desks.get("", ())
        if post is Post.DISTRICT_DISPATCHER:
            return self._districts.get(case.committee or case.district) or self._districts.get("", ())
        return self._names.get(post, ())


def _other_than(case: Case, operation: Operation, names: Sequence[str], chance: float) -> str:
    """One of `names`, not who asked for what is decided now, nor who received a return."""
    first = int(chance * len(names))
    if case.request is None and not case.barred:
        return names[first]
    row = transition(case.state, operation, case.request)
    rests = {case.asked_by} if row is not None and row.answers is not None else {case.barred}
    turned = (*names[first:], *names[:first])
    return next((name for name in turned if name not in rests), names[first])


def _made_up() -> list[Member]:
    return [
        Member(named(post, number), frozenset({post}))
        for post, (_, many) in PEOPLE.items()
        for number in range(1, many + 1)
    ]


def _by_post(people: Sequence[Member]) -> Mapping[Post, Sequence[Member]]:
    found: dict[Post, list[Member]] = {post: [] for post in Post}
    for one in sorted(people, key=lambda member: member.name):
        for post in one.posts:
            found[post].append(one)
    return found


def _grouped(people: Sequence[Member], field: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in people:
        found[getattr(one, field)].append(one.name)
    return found
