"""The lexicon of the city in the store, for who sits here: its lists, streets, roads, people, in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from console.command.lexicon import Kind, Lexicon, Name, Seat, to_spell
from console.command.spelling import learn_to_spell
from console.domain.lexicon import Kind as Known
from console.domain.lexicon import Lexicon as Vocabulary
from console.queries.areas import saved_areas
from console.queries.city import city_lists
from console.queries.seats import sitting
from console.queries.vocabulary import city_words
from console.storage.unit import View
from console.words.vocabulary import lexicon

_KINDS = {
    Known.CLASS: Kind.CLASS,
    Known.MAJOR: Kind.CLASS,
    Known.DEPARTMENT: Kind.DEPARTMENT,
    Known.DIVISION: Kind.DIVISION,
    Known.STREET: Kind.STREET,
    Known.COMMUNITY: Kind.WORD,
    Known.ROAD: Kind.WORD,
    Known.PERSON: Kind.PERSON,
}


def city_lexicon(
    view: View, by: str, windows: Mapping[str, Sequence[str]], shown: Sequence[str] = ()
) -> tuple[Lexicon, Vocabulary]:
    """The words lines are read by, and those completions are found in. Raises Refused("no_city").

    `shown` are texts of the window that are looked for by their sounds too.
    """
    zone = ZoneInfo(view.reference.profile.timezone)
    names = (*_names(view), *_areas(view, by))
    learn_to_spell((*to_spell(names, windows), *shown))
    return Lexicon(names, Seat.of(sitting(view, by)), zone, windows), lexicon(view)


def _names(view: View) -> Iterator[Name]:
    """What a filter can narrow by: classes of the edition in force, areas that cases lie in."""
    lists = city_lists(view)
    classes = {item.key for item in lists.classes}
    areas = {item.code for item in lists.divisions}
    serves = {item.code: item.division for item in lists.departments}
    taken: set[tuple[Kind, str]] = set()
    for word in city_words(view):
        kind = _KINDS.get(word.kind)
        strange = (word.kind is Known.CLASS and word.code not in classes) or (
            word.kind is Known.DIVISION and word.code not in areas
        )
        if kind is None or strange or (kind is not Kind.WORD and (kind, word.code) in taken):
            continue
        taken.add((kind, word.code))
        sounds = tuple(dict.fromkeys(sound for _name, readings in word.names for sound in _sounds(readings)))
        said = tuple(name for name, _readings in word.names[1:])
        code = "" if kind is Kind.WORD else word.code
        yield Name(kind, code, word.name, word.name_en, serves.get(word.code, ""), said, sounds)


def _areas(view: View, by: str) -> Iterator[Name]:
    for area in saved_areas(view, by):
        yield Name(Kind.AREA, area.told(), area.name)


def _sounds(readings: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """By initials and whole, as each character is mostly read."""
    first = [one[0] for one in readings if one and one[0]]
    return "".join(sound[0] for sound in first), "".join(first)
