"""Who acts: a person with posts, and how far they reach."""

from dataclasses import dataclass
from enum import StrEnum


class Post(StrEnum):
    """The posts of a command centre and around it (domain.md 3.1); `system` acts by itself."""

    ACCEPTOR = "acceptor"
    SHIFT_LEADER = "shift_leader"
    DISPATCHER = "dispatcher"
    DISTRICT_DISPATCHER = "district_dispatcher"
    DEPARTMENT_DESK = "department_desk"
    PATROLLER = "patroller"
    EVALUATOR = "evaluator"
    LEADER = "leader"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work. `department` and `division` narrow the reach; empty ones reach everywhere."""

    name: str
    posts: frozenset[Post]
    department: str = ""
    division: str = ""


SYSTEM = Actor("系统", frozenset({Post.SYSTEM}))

# What a seat holds where a city keeps no list of its staff.
EVERY_POST: frozenset[Post] = frozenset(Post) - {Post.SYSTEM}
