"""For whom a case waits: the states whose main next step a post may take in a site's practice."""

from collections.abc import Iterable, Mapping

from console.domain.actor import Post
from console.domain.flow import OPEN, State, operations
from console.domain.operation import Operation
from console.domain.practice import Practice


def waiting_states(practice: Practice, posts: Iterable[Post]) -> tuple[State, ...]:
    """The open states whose main next step is for one of `posts`, in the order of the process."""
    held = frozenset(posts)
    if not held:
        return ()
    return tuple(state for state in State if state in OPEN and held & _awaited(practice, state))


def awaited_posts(practice: Practice) -> Mapping[State, frozenset[Post]]:
    """For every open state the posts whose main next step it waits for."""
    return {state: frozenset(_awaited(practice, state)) for state in State if state in OPEN}


def _awaited(practice: Practice, state: State) -> frozenset[Post]:
    found: set[Post] = set()
    for row in operations(state):
        if row.primary:
            found |= _may(practice, row.operation, state)
    return frozenset(found)


def _may(practice: Practice, operation: Operation, state: State) -> set[Post]:
    rights = practice.rights.get(operation, {})
    return {post for post, states in rights.items() if states is None or state in states}
