"""How commands answer: words for people, one JSON object for scripts, stable exit codes."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any
from unicodedata import category, east_asian_width

import click

from console.domain.errors import Refused
from console.words import refusal

_CELL_COLUMNS = 40
_CONTINUED = "\n    | "
# These turn the reading direction around: with them a text could look like another command's answer.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE = re.compile(f"[\x7f-\x9f\u2028\u2029{''.join(sorted(_BIDI))}]")  # what JSON leaves as it is
_LAYOUT = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Exit(IntEnum):
    DONE = 0
    FINDINGS = 1
    REFUSED = 2


class Answer:
    """The one answer of a command. `say` speaks to people only, `give` is what scripts read."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, text: str) -> None:
        if not self.as_json:
            click.echo(shown(text))

    def give(self, told: Mapping[str, Any]) -> None:
        if self.as_json:
            text = json.dumps(told, ensure_ascii=False, default=plain)
            click.echo(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Columns aligned for Chinese: a full-width character takes two places."""
        if self.as_json:
            return
        lines = [[_cell(str(cell)) for cell in row] for row in (heads, *rows)]
        widths = [max(_width(line[at]) for line in lines) for at in range(len(heads))]
        for line in lines:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True))
            click.echo("  ".join(cells).rstrip())

    def progress(self, what: str) -> Callable[[int, int | None], None]:
        """A line on standard error that counts; silent where nobody watches a terminal for it."""
        shown = -1

        def tell(done: int, whole: int | None) -> None:
            nonlocal shown
            percent = 100 * done // whole if whole else done
            if percent == shown:
                return
            shown = percent
            mark = f"{percent:3d} %" if whole else str(done)
            end = "\n" if whole and done >= whole else ""
            if sys.stderr.isatty():
                click.echo(f"\r{what} {mark}{end}", err=True, nl=False)
            elif end or (whole and percent % 25 == 0):
                click.echo(f"{what} {mark}", err=True)

        return tell


def refuse(answer: Answer, problem: Refused) -> None:
    """Say why nothing was done and leave with code 2."""
    if answer.as_json:
        answer.give(told_refusal(problem))
    else:
        click.echo(shown(refusal(problem)), err=True)
    raise SystemExit(Exit.REFUSED)


def told_refusal(problem: Refused) -> dict[str, Any]:
    """A refusal as JSON: its code, its sentence, its facts."""
    facts = {name: plain(value) for name, value in problem.facts.items()}
    return {"refused": problem.code, "message": refusal(problem), "facts": facts}


def shown(text: str) -> str:
    """The text as a terminal may show it.

    What would move the cursor, colour or turn the reading direction is written as `\\x1b` or `\\u202e`;
    every further line is indented and marked, so that no line of a case passes for one of the answer.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return _CONTINUED.join("".join(map(_visible, line)) for line in lines)


def plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (bool, int, float, str)) or value is None:
        return value
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return str(value)


def _visible(letter: str) -> str:
    if letter not in _BIDI and category(letter) not in _LAYOUT:
        return letter
    return f"\\x{ord(letter):02x}" if ord(letter) < 0x100 else f"\\u{ord(letter):04x}"


def _cell(text: str) -> str:
    """One line of at most 40 columns."""
    line = shown(re.sub(r"[\r\n\t ]+", " ", text))
    if _width(line) <= _CELL_COLUMNS:
        return line
    while _width(line) >= _CELL_COLUMNS:
        line = line[:-1]
    return line + "…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
