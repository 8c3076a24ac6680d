"""How commands answer: words for people, one JSON object for scripts, stable exit codes."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import click

from console.domain.errors import Refused
from console.words import refusal


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
            click.echo(text)

    def give(self, told: Mapping[str, Any]) -> None:
        if self.as_json:
            click.echo(json.dumps(told, ensure_ascii=False, default=plain))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Columns aligned for Chinese: a full-width character takes two places."""
        if self.as_json:
            return
        lines = [[str(cell) for cell in row] for row in (heads, *rows)]
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
        facts = {name: plain(value) for name, value in problem.facts.items()}
        answer.give({"refused": problem.code, "message": refusal(problem), "facts": facts})
    else:
        click.echo(refusal(problem), err=True)
    raise SystemExit(Exit.REFUSED)


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


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
