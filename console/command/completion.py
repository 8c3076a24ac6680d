"""How a line may go on: verbs, names, words of the trade, the window's actions, each as a whole line."""

from collections.abc import Iterator, Sequence

from console.command.lexicon import Lexicon
from console.command.part import Completion, Part
from console.command.spelling import may_be_pinyin, spellings
from console.command.tokens import folded, quote
from console.command.trade_words import FLAGS, LATE, MINE, OPEN, SOURCES, STATES, STEPS, WAITING_FOR_ME
from console.command.verbs import VERB_OF, VERBS, Take, Verb, spelt_verbs
from console.domain.lexicon import Entry, Kind
from console.domain.lexicon import Lexicon as Vocabulary
from console.i18n import language, named

_PARTS = {
    Kind.CLASS: Part.CLASS,
    Kind.DEPARTMENT: Part.DEPARTMENT,
    Kind.DIVISION: Part.DIVISION,
    Kind.STREET: Part.STREET,
    Kind.ROAD: Part.ROAD,
    Kind.PERSON: Part.PERSON,
}
_TAKEN: dict[Take, tuple[Kind, ...]] = {
    Take.DEPARTMENT: (Kind.DEPARTMENT,),
    Take.UNIT: (Kind.DEPARTMENT,),
    Take.CONDITION: (Kind.CLASS,),
    Take.PERSON: (Kind.PERSON,),
}
_FILTERED = tuple(_PARTS)
_EACH = 6  # of one kind at most, so that the others are seen too
MOST = 12


def completions(text: str, lexicon: Lexicon, vocabulary: Vocabulary | None) -> list[Completion]:
    """What the line may be meant to become, the likeliest first, at most MOST; nothing for an empty one."""
    if not text.strip():
        return []
    before, _space, last = text.rpartition(" ")
    before = before.strip()
    found: list[Completion] = []
    if not before:
        found += _verbs(last)
    found += _windows(text.strip(), lexicon)
    verb = _verb(before)
    if verb is not None:
        kinds = tuple(kind for take in verb.takes for kind in _TAKEN.get(take, ()))
        found += _named(before, last, vocabulary, kinds, _EACH * 2) if kinds and last else []
    elif last:
        found += _trade(before, last)
        found += _named(before, last, vocabulary, _FILTERED, _EACH)
    unique = {one.line: one for one in reversed(found)}
    return [one for one in dict.fromkeys(found) if unique.get(one.line) is one][:MOST]


def verb_word(verb: Verb) -> str:
    """The verb as we write it in the language in use."""
    return verb.english[0] if language() == "en" else verb.chinese[0]


def _verb(before: str) -> Verb | None:
    words = folded(before).split()
    for parts in range(min(3, len(words)), 0, -1):
        found = VERB_OF.get(" ".join(words[:parts]))
        if found is not None:
            return found
    spelt = spelt_verbs(words[0]) if words else ()
    return spelt[0] if len(spelt) == 1 else None


def _verbs(typed: str) -> Iterator[Completion]:
    asked = folded(typed)
    for verb in VERBS:
        if _begins(asked, verb.words, verb.chinese):
            word = verb_word(verb)
            rest = " " if verb.needs else ""
            name = verb.operation.value
            yield Completion(Part.VERB, word + rest, word, name, whole=not verb.needs)


def _windows(typed: str, lexicon: Lexicon) -> Iterator[Completion]:
    asked = folded(typed)
    for name, said in lexicon.windows.items():
        if _begins(asked, said, said):
            word = next((one for one in said if one.isascii() is (language() == "en")), said[0])
            yield Completion(Part.WINDOW, word, word, name, whole=True)


def _trade(before: str, typed: str) -> Iterator[Completion]:
    """Words of the trade, each once, as we write them."""
    asked = folded(typed)
    tables = (STATES, STEPS, FLAGS, SOURCES)
    words = [languages for table in tables for languages in table.values()]
    plain = [
        (tuple(one for one in said if not one.isascii()), tuple(one for one in said if one.isascii()))
        for said in (LATE, MINE, WAITING_FOR_ME, OPEN)
    ]
    for chinese, english in (*plain, *words):
        if _begins(asked, (*chinese, *english), chinese):
            word = english[0] if language() == "en" else chinese[0]
            yield Completion(Part.WORD, _joined(before, word), word)


def _named(
    before: str, typed: str, vocabulary: Vocabulary | None, kinds: Sequence[Kind], most: int
) -> Iterator[Completion]:
    for entry in vocabulary.find(typed, kinds, most) if vocabulary is not None else ():
        word = _written(entry)
        part = _PARTS[entry.kind]
        yield Completion(part, _joined(before, word), named(entry.name, entry.name_en))


def _written(entry: Entry) -> str:
    """The name as it is read again: without what stands in brackets."""
    name = entry.name.partition("(")[0].partition("（")[0] or entry.name
    return quote(name) if any(one.isspace() for one in name) else name


def _joined(before: str, word: str) -> str:
    return f"{before} {word}" if before else word


def _begins(asked: str, words: Sequence[str], chinese: Sequence[str]) -> bool:
    if any(folded(word).startswith(asked) for word in words):
        return True
    return may_be_pinyin(asked) and any(
        sound.startswith(asked) for word in chinese for sound in spellings(word)
    )
