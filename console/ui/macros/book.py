"""Macros: a name, a key and lines of the command language; those of one user are kept as readable text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.command.readings import Acting, Filtering
from console.domain.errors import Refused
from console.domain.shared_macro import LONGEST_NAME, MOST, MOST_LINES

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon

FILE = "macros.json"
KEYS = tuple(f"Alt+{number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Macro:
    """`key` is one of KEYS or empty; `lines` are filters and acts, each on the cases that were chosen."""

    name: str
    lines: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A macro in the list: one's own where `owner` is empty, otherwise one that `owner` shares, by its `id`.

    `withdrawable`: one's own too, kept at another place, and only to be taken back or copied here.
    """

    macro: Macro
    shared: bool = False
    owner: str = ""
    id: int = 0
    withdrawable: bool = False


def copy_of(macro: Macro, taken: Collection[str]) -> Macro:
    """The same under a name that is free, without a key."""
    name, number = macro.name, 2
    while name in taken:
        ending = f" {number}"
        name, number = macro.name[: LONGEST_NAME - len(ending)] + ending, number + 1
    return Macro(name, macro.lines)


def checked(lines: Sequence[str], lexicon: "Lexicon", now: Any) -> tuple[Filtering | Acting, ...]:
    """The lines read. Raises Refused("macro_line") naming the first that is no filter and no whole act."""
    from console.command.reader import read  # with the store: the window is painted without it

    found: list[Filtering | Acting] = []
    for number, line in enumerate(lines, 1):
        reading = read(line, lexicon, now)
        whole = isinstance(reading, Acting) and not reading.lacks
        if not (whole or isinstance(reading, Filtering)):
            raise Refused("macro_line", number=number, line=line)
        assert isinstance(reading, Acting | Filtering)
        found.append(reading)
    if not found:
        raise Refused("macro_empty")
    return tuple(found)


def written(macros: Sequence[Macro]) -> list[dict[str, Any]]:
    return [{"name": one.name, "key": one.key, "lines": list(one.lines)} for one in macros]


def of_document(document: Any) -> tuple[list[Macro], str]:
    """The whole ones of a kept document, and what in it is none; empty where all is well."""
    if document is None:
        return [], ""
    if not isinstance(document, list):
        return [], repr(document)[:80]
    found: dict[str, Macro] = {}
    wrong = []
    for one in document:
        macro = _macro(one)
        if macro is None or macro.name in found or len(found) == MOST:
            wrong.append(one)
        else:
            found[macro.name] = macro
    return list(found.values()), repr(wrong)[:80] if wrong else ""


def _macro(told: Any) -> Macro | None:
    if not isinstance(told, dict):
        return None
    name, key, lines = told.get("name"), told.get("key", ""), told.get("lines")
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or not isinstance(lines, list):
        return None
    if not 0 < len(lines) <= MOST_LINES or not all(isinstance(one, str) and one.strip() for one in lines):
        return None
    return Macro(name, tuple(lines), key if key in KEYS else "")
