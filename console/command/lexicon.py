"""What words name in one city: areas, streets, departments, classes and people, by name or by sound."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from console.command.spelling import learn_to_spell, may_be_pinyin, spellings
from console.command.tokens import folded
from console.command.trade_words import SHORT, Means, trade_words
from console.command.verbs import VERBS
from console.domain.actor import Actor


class Kind(StrEnum):
    """What a name is the name of, by the field of CaseFilter it narrows."""

    DIVISION = "division"
    STREET = "street"
    DEPARTMENT = "department"
    CLASS = "classes"
    PERSON = "handler"
    AREA = "within"  # an area of the map under its name, its code the text that tells of it
    WORD = "text"  # a road, or the part of a name that people say: 井盖


@dataclass(frozen=True, slots=True)
class Name:
    """One thing that has a name. `division` is the district or committee a department serves.

    `said` are other names for it, `sounds` how all of them are spelt; worked out where not given.
    """

    kind: Kind
    code: str
    name: str
    name_en: str = ""
    division: str = ""
    said: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Who reads: his name, posts, and the area his right reaches."""

    name: str
    posts: tuple[str, ...] = ()
    department: str = ""
    division: str = ""

    @classmethod
    def of(cls, actor: Actor) -> "Seat":
        return cls(actor.name, tuple(sorted(actor.posts)), actor.department, actor.division)


_ENDINGS = {
    Kind.DIVISION: ("回族区", "管委会", "新区", "区", "县", "市"),
    Kind.STREET: ("街道办事处", "街道", "镇", "乡"),
    Kind.DEPARTMENT: (),
    Kind.CLASS: (),
    Kind.PERSON: (),
    Kind.AREA: (),
    Kind.WORD: (),
}
_ROADS = ("路", "街", "道", "巷")  # a street office named after a road is not meant by the road's name
_MARKS = (("(", ")"), ("(", ")"))
_PART, _RARE = "part", "rare"  # in the place of a code: the end of many names, or of one, and no name itself
_SAID = (2, 3)  # so many letters at the end of a class's name are what people say: 井盖, 小广告
_PLAIN = {  # by sound, words of the trade come before names, and names in this order
    Kind.CLASS: 1,
    Kind.DIVISION: 2,
    Kind.DEPARTMENT: 3,
    Kind.STREET: 4,
    Kind.WORD: 5,
    Kind.PERSON: 8,
}

Found = Means | Name


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The words of a city and its trade, indexed once; `windows` are the window's actions by their words."""

    names: Sequence[Name] = ()
    seat: Seat = Seat("")
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    windows: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _exact: dict[str, list[Found]] = field(default_factory=lambda: defaultdict(list), init=False, repr=False)
    _sounds: dict[str, list[tuple[int, Found]]] = field(
        default_factory=lambda: defaultdict(list), init=False, repr=False
    )

    def __post_init__(self) -> None:
        learn_to_spell(to_spell(self.names, self.windows))
        for word, means in trade_words():
            self._exact[folded(word)].append(means)
            for sound in spellings(word):
                self._sounds[sound].append((0, means))
        said = _said(self.names)
        # An area is found by its key alone: what is typed without one means cases, or opens a view.
        for one in (one for one in (*self.names, *said) if one.kind is not Kind.AREA):
            code = "" if one.kind is Kind.WORD else folded(one.code)
            for word in dict.fromkeys((*called(one), folded(one.name_en), code)):
                if word:
                    self._exact[word].append(one)
            for sound in spelt(one):
                self._sounds[sound].append((_rank(one), one))

    def exact(self, word: str) -> tuple[Found, ...]:
        """What is called exactly so; what comes first among several is meant first."""
        found = self._exact.get(folded(word), ())
        best = min((_rank(one) for one in found), default=0)
        return _distinct(one for one in found if _rank(one) == best)

    def sounding(self, word: str) -> tuple[Found, ...]:
        """What is spelt so, by initials or whole; of several kinds the first."""
        if not may_be_pinyin(word):
            return ()
        found = self._sounds.get(word, ())
        best = min((rank for rank, _one in found), default=0)
        return _distinct(one for rank, one in found if rank == best)

    def turning(self, word: str) -> str:
        """The window's action of these words or spelt so; empty where it is none or not one."""
        asked = folded(word)
        found = [name for name, said in self.windows.items() if asked in map(folded, said)]
        if not found and may_be_pinyin(asked) and not self._sounds.get(asked):
            found = [
                name for name, said in self.windows.items() if any(asked in spellings(one) for one in said)
            ]
        return found[0] if len(found) == 1 else ""

    def within(self, kind: Kind, word: str) -> tuple[Name, ...]:
        """The names of a kind that are called so, are said so for short, or hold its letters in order."""
        asked = folded(word)
        of_kind = [one for one in self.names if one.kind is kind]
        for fits in (_is, _is_short_for, _holds):
            found = tuple(one for one in of_kind if fits(one, asked))
            if found:
                return found
        return ()

    def named(self, kind: Kind, code: str) -> Name | None:
        return next((one for one in self.names if one.kind is kind and one.code == code), None)

    def words(self) -> Iterable[str]:
        """Every word that is known by itself, folded."""
        return self._exact


def called(one: Name) -> tuple[str, ...]:
    """How a thing is called: its name, without what stands in brackets, without 区 or 街道."""
    name = folded(one.name)
    for opening, closing in _MARKS:
        if name.endswith(closing) and opening in name:
            name = name[: name.rindex(opening)]
    short = next((name[: -len(end)] for end in _ENDINGS[one.kind] if name.endswith(end)), name)
    usable = len(short) >= 2 and not (one.kind is Kind.STREET and short.endswith(_ROADS))
    said = map(folded, one.said)
    return tuple(dict.fromkeys((folded(one.name), name, *([short] if usable else []), *said)))


def to_spell(names: Sequence[Name], windows: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Whatever may be asked for by its sounds."""
    yield from (word for word, _means in trade_words())
    for one in (*names, *_said(names)):
        yield from called(one)
        yield from short_for(one.name)
    yield from (word for verb in VERBS for word in verb.chinese)
    yield from (word for said in windows.values() for word in said)


def spelt(one: Name) -> tuple[str, ...]:
    """How what a thing is called is typed by its sounds."""
    return tuple(dict.fromkeys((*one.sounds, *(sound for word in called(one) for sound in spellings(word)))))


def _said(names: Sequence[Name]) -> list[Name]:
    """The ends of class names that people say for many classes, unless it is a name itself."""
    taken = {word for one in names for word in called(one)}
    ends = Counter(
        one.name[-letters:]
        for one in names
        if one.kind is Kind.CLASS
        for letters in _SAID
        if len(one.name) > letters and one.name.isalpha()
    )
    return [
        Name(Kind.WORD, _PART if count > 1 else _RARE, end)
        for end, count in ends.items()
        if folded(end) not in taken and (count > 1 or len(end) == _SAID[0])
    ]


def _rank(found: Found) -> int:
    if isinstance(found, Means):
        return 0
    return _PLAIN[found.kind] + (("", _PART, _RARE).index(found.code) if found.kind is Kind.WORD else 0)


def _distinct(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(found))


def _is(one: Name, asked: str) -> bool:
    words = called(one)
    return asked in (*words, folded(one.name_en), folded(one.code)) or (
        may_be_pinyin(asked) and asked in spelt(one)
    )


def _is_short_for(one: Name, asked: str) -> bool:
    said = short_for(one.name)
    return asked in said or (may_be_pinyin(asked) and any(asked in spellings(word) for word in said))


def short_for(name: str) -> tuple[str, ...]:
    """What is said for a part of a name: 环卫 for 环境卫生."""
    return tuple(short for long, short in SHORT if long in name or short in name)


def _holds(one: Name, asked: str) -> bool:
    """A part of the name, the beginning of an English word, or Chinese letters of it in their order."""
    if len(asked) < 2:
        return False
    name = folded(one.name)
    if asked.isascii():
        return f" {asked}" in f" {folded(one.name_en)}" or asked in name
    letters = iter(name)
    return all(letter in letters for letter in asked)
