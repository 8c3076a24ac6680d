"""Which cases say the words of a text: as conditions of a query, or as the set of their ids."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import ColumnElement, or_

from console.queries.words import words_of
from console.storage.tables import cases
from console.storage.text.literal import among
from console.storage.unit import View

_MOST_LISTED = 50_000  # a word that more cases say is met soon enough by looking at them


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a text, in one view: the cases whose own texts say it, or whose class or department does.

    `hits` is None where only the rows can tell.
    """

    texts: Sequence[str]
    hits: BitMap | None
    classes: Sequence[str]
    departments: Sequence[str]

    @property
    def by_text(self) -> ColumnElement[bool]:
        """A case's own texts say it."""
        if self.hits is not None and len(self.hits) <= _MOST_LISTED:
            return among(cases.c.id, self.hits)
        from console.storage.text.search import said_by_row

        return or_(*map(said_by_row, self.texts))

    @property
    def by_name(self) -> list[ColumnElement[bool]]:
        """A case's class says it, or its department."""
        found: list[ColumnElement[bool]] = []
        if self.classes:
            found.append(cases.c.class_key.in_(self.classes))
        if self.departments:
            found.append(cases.c.department.in_(self.departments))
        return found

    @property
    def condition(self) -> ColumnElement[bool]:
        return or_(self.by_text, *self.by_name)


def said(view: View, text: str) -> list[Said]:
    """The words of a text (its first 200 letters), as this view shows the cases."""
    words = words_of(view, text)
    if not words:
        return []
    from console.storage.text.search import Search  # numpy: the first rows are there without it

    search = Search(view.connection)

    def hits(texts: Sequence[str]) -> BitMap | None:
        return BitMap.union(*map(search.holding, texts)) if search.indexed else None

    return [Said(word.texts, hits(word.texts), word.classes, word.departments) for word in words]
