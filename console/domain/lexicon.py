"""The words of a city looked up by what hands type: pinyin initials, pinyin, parts of Chinese or English."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

Readings = Sequence[Sequence[str]]  # of every character how it may be read, the likeliest first

_MOST_WAYS = 8  # of reading one name: more than three characters of two readings are no name
_MOST_LETTERS = 60  # of a name that is found by its sound: every end of it is a line of its own
_AFTER_ALL = 99


class Kind(StrEnum):
    """What a word names; of equally good finds the kinds come in this order."""

    CLASS = "class"
    DEPARTMENT = "department"
    DIVISION = "division"
    STREET = "street"
    STATE = "state"
    STEP = "step"
    OPERATION = "operation"
    SOURCE = "source"
    FLAG = "flag"
    MAJOR = "major"
    COMMUNITY = "community"
    ROAD = "road"
    PERSON = "person"


_PLACE = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A word: `code` is what the store calls it (a class key, a department's code, a state's value; of a
    road and a person the name itself), `initials` how its name is mostly shortened in Latin letters."""

    kind: Kind
    code: str
    name: str
    name_en: str
    initials: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A word with the names people use for it, each with its readings; the first is the full name."""

    kind: Kind
    code: str
    name: str
    name_en: str
    names: Sequence[tuple[str, Readings]]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a name that typed initials stand for, and where in the name they begin.

    `called` is the name among those of the entry that holds them.
    """

    entry: Entry
    called: str
    start: int
    characters: str

    @property
    def whole(self) -> bool:
        return self.characters == self.called


class Lexicon:
    """Words to be looked up; built once, then a lookup is a few searches through one long text each."""

    def __init__(self, words: Iterable[Spelled]) -> None:
        self.entries: list[Entry] = []
        initials, full, names, english = _Lines(), _Lines(), _Lines(), _Lines()
        for place, word in enumerate(words):
            sounds = [readings[:_MOST_LETTERS] for _, readings in word.names]
            ways = [tuple(dict.fromkeys(_initials(readings))) for readings in sounds]
            first = ways[0][0] if ways and ways[0] else ""
            self.entries.append(Entry(word.kind, word.code, word.name, word.name_en, first))
            for (name, _), readings, shortened in zip(word.names, sounds, ways, strict=True):
                names.add(name, place, name, 0)
                for way in shortened:
                    initials.add(way, place, name, 0)
                for syllables in _spoken(readings):
                    for start in range(len(syllables)):
                        full.add("".join(syllables[start:]), place, name, start)
            english.add(word.name_en.lower(), place, word.name, 0)
        self._initials, self._full = initials.closed(), full.closed()
        self._names, self._english = names.closed(), english.closed()

    def find(self, typed: str, kinds: Collection[Kind] = (), limit: int = 20) -> list[Entry]:
        """The entries that `typed` may mean, the likeliest first; all kinds unless some are asked for.

        A whole name comes before a beginning, a beginning before a part; then the kind, then the shorter.
        """
        typed = "".join(typed.lower().split()) if typed.isascii() else typed.strip().lower()
        ranked: dict[int, int] = {}
        for place, quality in self._found(typed):
            if quality < ranked.get(place, _AFTER_ALL):
                ranked[place] = quality
        wanted = [
            (quality, _PLACE[entry.kind], len(entry.name), entry.code, place)
            for place, quality in ranked.items()
            for entry in [self.entries[place]]
            if not kinds or entry.kind in kinds
        ]
        return [self.entries[place] for *_, place in sorted(wanted)[:limit]]

    def runs(self, initials: str) -> Iterator[Run]:
        """Every run of characters whose initials these are, in every word."""
        for line, at, _ in self._initials.holding(initials.lower()):
            characters = line.name[at : at + len(initials)]
            yield Run(self.entries[line.place], line.name, at, characters)

    def _found(self, typed: str) -> Iterator[tuple[int, int]]:
        if not typed:
            return
        if not typed.isascii():
            for line, at, whole in self._names.holding(typed):
                yield line.place, 0 if whole else 1 if at == 0 else 3
            return
        for line, at, whole in self._initials.holding(typed):
            yield line.place, 0 if whole else 1 if at == 0 else 3
        for line, _, whole in self._full.beginning(typed):
            yield line.place, (0 if whole else 2) if line.start == 0 else 4
        if len(typed) > 1:
            for line, at, whole in self._english.holding(typed):
                yield line.place, 0 if whole else 2 if at == 0 else 5
            for line, at, whole in self._names.holding(typed):  # digits and Latin letters in a name
                yield line.place, 0 if whole else 1 if at == 0 else 3


@dataclass(frozen=True, slots=True)
class _Line:
    place: int
    name: str
    start: int


class _Lines:
    """Lines in one text, so that all of them are searched by one call, and what each belongs to."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 1
        self._text = ""
        self._starts: list[int] = []
        self._lines: list[_Line] = []

    def add(self, line: str, place: int, name: str, start: int) -> None:
        line = "".join(line.lower().split()) if line.isascii() else line.lower()
        if line and "\n" not in line:
            self._starts.append(self._length)
            self._lines.append(_Line(place, name, start))
            self._parts.append(line)
            self._length += len(line) + 1

    def closed(self) -> "_Lines":
        self._text = "\n" + "".join(f"{part}\n" for part in self._parts)
        self._parts.clear()
        return self

    def holding(self, typed: str) -> Iterator[tuple[_Line, int, bool]]:
        """Lines with `typed` in them, where in the line, and whether it is the whole of it."""
        return self._all(typed, 0)

    def beginning(self, typed: str) -> Iterator[tuple[_Line, int, bool]]:
        return self._all(f"\n{typed}", 1)

    def _all(self, asked: str, skip: int) -> Iterator[tuple[_Line, int, bool]]:
        at = self._text.find(asked)
        while at >= 0:
            begins, ends = at + skip, at + len(asked)
            number = bisect_right(self._starts, begins) - 1
            within = begins - self._starts[number]
            yield self._lines[number], within, within == 0 and self._text[ends] == "\n"
            at = self._text.find(asked, at + 1)


def _initials(readings: Readings) -> Iterator[str]:
    letters = [tuple(dict.fromkeys(reading[0] for reading in one if reading)) or ("?",) for one in readings]
    return ("".join(way) for way in islice(product(*letters), _MOST_WAYS))


def _spoken(readings: Readings) -> Iterator[tuple[str, ...]]:
    return islice(product(*(tuple(one) or ("?",) for one in readings)), _MOST_WAYS)
