"""Which cases say the words of a text: as conditions of a query, or as the set of their ids."""

from pyroaring import BitMap
from sqlalchemy import ColumnElement, or_, select

from console.queries.words import Word, words_of
from console.storage.tables import cases
from console.storage.text.literal import among
from console.storage.text.search import Search, said_by_row
from console.storage.unit import View

_MOST_LISTED = 50_000  # a word that more cases say is met soon enough by looking at them


def text_hits(view: View, text: str) -> BitMap | None:
    """Ids of the cases that say every word of `text` as CaseFilter.text means it; None where it has none."""
    words = words_of(view, text)
    if not words:
        return None
    search = Search(view.connection)
    return BitMap.intersection(*(_hits(view, search, word) for word in words))


def text_conditions(view: View, text: str) -> list[ColumnElement[bool]]:
    """The same as conditions on the rows of cases, one a word; they hold in this view."""
    words = words_of(view, text)
    if not words:
        return []
    search = Search(view.connection)
    return [_condition(search, word) for word in words]


def _condition(search: Search, word: Word) -> ColumnElement[bool]:
    said: list[ColumnElement[bool]] | None = None
    if search.indexed:
        hits = BitMap.union(*(search.holding(text) for text in word.texts))
        if len(hits) <= _MOST_LISTED:
            said = [among(cases.c.id, hits)]
    if said is None:
        said = [said_by_row(text) for text in word.texts]
    return or_(*said, *_named(word))


def _hits(view: View, search: Search, word: Word) -> BitMap:
    hits = BitMap.union(*(search.holding(text) for text in word.texts))
    if named := _named(word):
        hits.update(view.connection.execute(select(cases.c.id).where(or_(*named))).scalars())
    return hits


def _named(word: Word) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if word.classes:
        found.append(cases.c.class_key.in_(word.classes))
    if word.departments:
        found.append(cases.c.department.in_(word.departments))
    return found
