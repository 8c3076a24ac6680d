"""The macros of one user: a name, a key and lines of the command language, kept as readable text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.command.readings import Acting, Filtering
from console.domain.errors import Refused

if TYPE_CHECKING:
    from console.command.lexicon import Lexicon

FILE = "macros.json"
MOST, MOST_LINES, LONGEST_NAME = 40, 20, 24
KEYS = tuple(f"Alt+{number}" for number in range(1, 10))


@dataclass(frozen=True, slots=True)
class Macro:
    """`key` is one of KEYS or empty; `lines` are filters and acts, each on the cases that were chosen."""

    name: str
    lines: tuple[str, ...]
    key: str = ""


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


def of_document(document: Any) -> list[Macro]:
    """Those of a kept document that are whole; anything else in it is passed over."""
    found: list[Macro] = []
    for one in document if isinstance(document, list) else ():
        if not isinstance(one, dict):
            continue
        name, key, lines = one.get("name"), one.get("key", ""), one.get("lines")
        if isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and isinstance(lines, list):
            told = tuple(line for line in lines if isinstance(line, str) and line.strip())[:MOST_LINES]
            if told and name not in {known.name for known in found}:
                found.append(Macro(name, told, key if key in KEYS else ""))
    return found[:MOST]
