"""Every word the command line and the palette know: the city's names, and the words for codes."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from threading import Lock

from console.domain.lexicon import Kind, Lexicon
from console.i18n import in_english
from console.queries.vocabulary import Word, city_words, spelled
from console.storage.unit import View
from console.words.codes import FLAGS, OPERATIONS, SHORT_STEPS, SOURCES, STATES, STEPS

_CODES: tuple[tuple[Kind, Iterable[tuple[StrEnum, str]]], ...] = (
    (Kind.STATE, STATES.items()),
    (Kind.STEP, STEPS.items()),
    (Kind.STEP, SHORT_STEPS.items()),
    (Kind.OPERATION, OPERATIONS.items()),
    (Kind.SOURCE, SOURCES.items()),
    (Kind.FLAG, FLAGS.items()),
)
_known: dict[str, Lexicon] = {}
_building = Lock()


def lexicon(view: View) -> Lexicon:
    """The whole lexicon of the city this view sees, built once for each revision of the city.

    The first call for a revision takes some tenths of a second. Raises Refused("no_city").
    """
    revision = view.reference.revision
    with _building:
        found = _known.get(revision)
        if found is None:
            found = Lexicon([*city_words(view), *spelled(_code_words())])
            _known.clear()
            _known[revision] = found
    return found


def _code_words() -> Iterator[Word]:
    for kind, words in _CODES:
        for code, name in words:
            yield Word(kind, code.value, name, in_english(name), [name])
