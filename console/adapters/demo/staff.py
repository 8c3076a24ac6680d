"""The demo city's staff: the posts of the centre, one desk a department, one collector a patrol area."""

from collections.abc import Iterable, Iterator, Sequence

from console.adapters.demo.posts import PEOPLE, named
from console.domain.actor import EVERY_POST, Post
from console.domain.city import Department, ResponsibilityGrid
from console.domain.staff import Member
from console.settings import Settings

# Who tries the demo by himself holds every post; the first is the name settings start with.
OPERATORS = tuple(dict.fromkeys((Settings().operator, "操作员")))

_IN_THE_CENTRE = (Post.ACCEPTOR, Post.SHIFT_LEADER, Post.DISPATCHER, Post.EVALUATOR, Post.LEADER)

_DISTRICT, _DESK, _PATROL = (
    frozenset({post}) for post in (Post.DISTRICT_DISPATCHER, Post.DEPARTMENT_DESK, Post.PATROLLER)
)


def demo_staff(
    bodies: Sequence[str], departments: Iterable[Department], grids: Iterable[ResponsibilityGrid]
) -> tuple[Member, ...]:
    """Everybody, in the order of posts; `bodies` are the codes of districts and committees.

    Collectors are told no position: they stand at the centres of their areas.
    """
    return (
        *(Member(name, EVERY_POST) for name in OPERATORS),
        *_centre(),
        *(
            Member(named(Post.DISTRICT_DISPATCHER, at), _DISTRICT, division=code)
            for at, code in enumerate(bodies, start=1)
        ),
        *(
            Member(named(Post.DEPARTMENT_DESK, at), _DESK, department=one.code, division=one.division)
            for at, one in enumerate(departments, start=1)
        ),
        *(
            Member(named(Post.PATROLLER, at), _PATROL, division=one.district, responsibility_grid=one.code)
            for at, one in enumerate(grids, start=1)
        ),
    )


def _centre() -> Iterator[Member]:
    for post in _IN_THE_CENTRE:
        for number in range(1, PEOPLE[post][1] + 1):
            yield Member(named(post, number), frozenset({post}))
