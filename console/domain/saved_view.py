"""A view: a filter that was given a name, by one for himself or by a leader for all."""

from dataclasses import dataclass

from console.domain.actor import Post

SHARERS = frozenset({Post.SHIFT_LEADER, Post.LEADER})
SHARED = ""  # the owner of a view that everybody has
MOST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """`owner` is a name of the staff, or SHARED; `form` is the filter as JSON, see filter_form."""

    id: int
    owner: str
    name: str
    form: str
    position: int

    @property
    def shared(self) -> bool:
        return self.owner == SHARED
