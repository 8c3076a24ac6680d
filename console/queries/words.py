"""What the words of a text are taken for: themselves, names that hold them, and the initials of names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.lexicon import Kind, Run
from console.domain.text import cleaned
from console.queries.vocabulary import city_lexicon
from console.storage.city import Reference
from console.storage.text.folding import folded
from console.storage.unit import View

_TYPED_TEXT = 200  # letters; a search is a few words
_INITIALS = re.compile("[A-Za-z]{2,12}")
_MOST_TEXTS = 40  # of one word; two letters begin many names
_BEGINNING = 3  # letters that tell a department by the beginning of its name
_PLACES = frozenset({Kind.ROAD, Kind.STREET, Kind.COMMUNITY, Kind.DIVISION})


@dataclass(frozen=True, slots=True)
class Word:
    """A case says a word if it holds one of these texts, or has one of these classes or departments."""

    texts: Sequence[str]
    classes: Sequence[str]
    departments: Sequence[str]


def words_of(view: View, text: str) -> list[Word]:
    """The words of a text (its first 200 letters); a case has to say each of them."""
    return [_word(view, one) for one in cleaned(text[:_TYPED_TEXT]).split()]


def _word(view: View, word: str) -> Word:
    classes, departments = _named(view.reference, folded(word))
    texts = {word: None}
    half = folded(word)
    if _INITIALS.fullmatch(half):
        for run in city_lexicon(view).runs(half):
            if run.entry.kind is Kind.CLASS:
                classes[run.entry.code] = None
                texts[run.characters] = None
            elif run.entry.kind is Kind.DEPARTMENT and _tells(run):
                departments[run.entry.code] = None
            elif run.entry.kind in _PLACES and run.whole:
                texts[run.characters] = None
    return Word(list(texts)[:_MOST_TEXTS], list(classes), list(departments))


def _tells(run: Run) -> bool:
    """The initials are those of the whole name or of enough of its beginning."""
    return run.whole or (run.start == 0 and len(run.characters) >= _BEGINNING)


def _named(reference: Reference, word: str) -> tuple[dict[str, None], dict[str, None]]:
    """The classes and the departments whose names hold a word, which is folded."""
    classes = dict.fromkeys(
        item.key
        for catalogue in reference.catalogues
        for item in catalogue.classes
        if word in folded(item.name) or word in folded(item.name_en)
    )
    departments = dict.fromkeys(
        item.code
        for item in reference.departments.values()
        if word in folded(item.name) or word in folded(item.name_en)
    )
    return classes, departments
