"""On which cases an act is done, as a line tells it: `3`, `3-7`, `3,5`, `选中`, `#0231`, a case's code."""

import re
from collections.abc import Sequence
from datetime import date

from console.command.readings import Target
from console.command.tokens import Token
from console.domain.errors import Refused

_ROWS = re.compile(r"(?:第|row )?(\d{1,4}(?:-\d{1,4})?(?:[,、,]\d{1,4}(?:-\d{1,4})?)*)(?:行|件|条)?")
_CODE = re.compile(r"#?(\d{13})")
_NUMBER = re.compile(r"#(\d{1,5})")
MARKED = ("选中", "所选", "已选", "全部选中", "选中的", "marked", "all marked", "selected")
_THIS = ("本件", "本案", "这件", "this")
MOST_ROWS = 500


def case_code(word: str, today: date) -> str:
    """The code a word means: 13 digits, or # and its number among those of today; empty where it is none."""
    whole = _CODE.fullmatch(word)
    if whole:
        return whole[1]
    number = _NUMBER.fullmatch(word)
    return f"{today:%Y%m%d}{int(number[1]):05d}" if number else ""


def rows(word: str) -> tuple[int, ...]:
    """The row numbers that a word means, each once. Raises Refused("command_bad_rows")."""
    told = _ROWS.fullmatch(word)
    if told is None:
        return ()
    found: list[int] = []
    for part in re.split("[,、,]", told[1]):
        first, _dash, last = part.partition("-")
        span = range(int(first), int(last or first) + 1)
        if not span or span[0] < 1 or len(found) + len(span) > MOST_ROWS:
            raise Refused("command_bad_rows", word=word, most=MOST_ROWS)
        found += span
    return tuple(dict.fromkeys(found))


def take_target(words: Sequence[Token], today: date) -> tuple[Target, list[Token]]:
    """The cases told at the beginning or the end of the words, and the words left between.

    Raises Refused: `command_bad_rows`.
    """
    left = list(words)
    found: list[Target] = []
    while left:
        target, taken = _first(left, today)
        if not taken:
            break
        found.append(target)
        left = left[taken:]
    while left:
        target, taken = _last(left, today)
        if not taken:
            break
        found.append(target)
        left = left[:-taken]
    return _together(found), left


def _first(words: Sequence[Token], today: date) -> tuple[Target, int]:
    return (
        _at(words[:2], today) if len(words) > 1 and _at(words[:2], today)[1] == 2 else _at(words[:1], today)
    )


def _last(words: Sequence[Token], today: date) -> tuple[Target, int]:
    return (
        _at(words[-2:], today)
        if len(words) > 1 and _at(words[-2:], today)[1] == 2
        else _at(words[-1:], today)
    )


def _at(words: Sequence[Token], today: date) -> tuple[Target, int]:
    if any(one.quoted or one.key for one in words):
        return Target(), 0
    word = " ".join(one.plain for one in words)
    if word in MARKED:
        return Target(marked=True), len(words)
    if word in _THIS:
        return Target(), len(words)
    code = case_code(word, today)
    if code:
        return Target(codes=(code,)), len(words)
    numbers = rows(word)
    return (Target(rows=numbers), len(words)) if numbers else (Target(), 0)


def _together(found: Sequence[Target]) -> Target:
    return Target(
        tuple(dict.fromkeys(row for one in found for row in one.rows)),
        tuple(dict.fromkeys(code for one in found for code in one.codes)),
        any(one.marked for one in found),
    )
