"""Who may edit what belongs to the whole city."""

from console.domain.actor import Post
from console.domain.errors import Refused
from console.storage.unit import Unit

LEADERS = frozenset({Post.LEADER})  # else anybody could give himself any post


def editing_post(unit: Unit, by: str, posts: frozenset[Post] = LEADERS) -> Post:
    """The post of `posts` in which `by` edits. Raises Refused: `needs_post`, `no_city`."""
    held = sorted(unit.reference.actor(by).posts & posts)
    if not held:
        raise Refused("needs_post", name=by, posts=tuple(sorted(posts)))
    return held[0]
