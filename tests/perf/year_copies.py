"""A month of whole lives moved by whole weeks: other instants, codes and house numbers, the same acts.

Rows come and go as the database keeps them: making objects of them takes ten times as long.
"""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

# The schema that the rows are written in; newer ones are reached as a site reaches them, by migration.
REVISION = "0002"
CASE = (
    "id", "code", "state", "source", "description", "reported_at", "class_key", "edition", "condition",
    "address", "lon", "lat", "cell", "responsibility_grid", "street", "district", "committee", "department",
    "reporter", "limit_value", "limit_unit", "accepted_at", "filed_at", "dispatched_at", "due_at", "soon_at",
    "fed_back_at", "ended_at", "redispatches", "reworks", "external_id", "version", "current_due_at",
    "visits", "unit", "assisting", "flags", "request", "asked_by", "asked_at", "asked_until", "barred",
    "handler", "checked", "held", "suspended_until", "extensions", "suspensions", "returns", "shuffles",
    "appeals", "supervision", "merged_into", "split_from", "closed_condition", "satisfaction",
)  # fmt: skip
LINE = ("case_id", "number", "operation", "at", "by", "post", "changes", "details", "note", "evidence")
_MOVED = (
    "reported_at", "accepted_at", "filed_at", "dispatched_at", "due_at", "soon_at", "fed_back_at",
    "ended_at", "current_due_at", "asked_at", "asked_until", "suspended_until",
)  # fmt: skip
_INSTANTS = tuple(CASE.index(name) for name in _MOVED)
_ID, _CODE, _SAID, _ADDRESS, _VISITS = map(CASE.index, ("id", "code", "description", "address", "visits"))
_OF_TICKS = re.compile(r"(?<=[:,\[])1\d{15}(?=[,\]}])")  # in JSON; nothing else there is a number so long
_OF_DAYS = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+\+00:00")
_TICK = timedelta(microseconds=1)
_HOUSES = 688  # in the longest street
CHUNK = 4000  # cases


@dataclass(frozen=True, slots=True)
class Move:
    """By how many days, and what is taken from every id."""

    days: int
    ids: int


@dataclass(frozen=True, slots=True)
class Rows:
    """Some cases and their lines, in order."""

    cases: list[Row]
    lines: list[Row]


def rows_of(data: Path, first: int, last: int) -> Rows:
    """The cases from one id to another and their whole journals, case by case."""
    source = sqlite3.connect(f"file:{data / 'console.sqlite'}?mode=ro", uri=True)
    try:
        cases = source.execute(f"SELECT {named(CASE)} FROM cases WHERE id BETWEEN ? AND ?", (first, last))
        lines = source.execute(
            f"SELECT {named(LINE)} FROM journal WHERE case_id BETWEEN ? AND ? ORDER BY case_id, number",
            (first, last),
        )
        return Rows(cases.fetchall(), lines.fetchall())
    finally:
        source.close()


def chunks(data: Path) -> Iterator[tuple[int, int]]:
    """The ids of a month in pieces that fit into memory."""
    source = sqlite3.connect(f"file:{data / 'console.sqlite'}?mode=ro", uri=True)
    first, last = source.execute("SELECT min(id), max(id) FROM cases").fetchone()
    source.close()
    for start in range(first, last + 1, CHUNK):
        yield start, min(start + CHUNK - 1, last)


def moved(data: Path, first: int, last: int, move: Move) -> Rows:
    """The same as `rows_of`, moved. Runs in a process of its own."""
    found = rows_of(data, first, last)
    shift = timedelta(move.days) // _TICK
    texts: dict[int, Texts] = {}
    cases = [_case(row, move, shift, texts) for row in found.cases]
    return Rows(cases, [_line(row, move, shift, texts) for row in found.lines])


# What an opening line says in the words of its case: the code and the address, before and after.
Texts = tuple[str, str, str, str]


def _case(row: Row, move: Move, shift: int, texts: dict[int, Texts]) -> Row:
    values = list(row)
    for place in _INSTANTS:
        if values[place] is not None:
            values[place] += shift
    case_id, code, address = row[_ID] - move.ids, row[_CODE], row[_ADDRESS]
    values[_ID] = case_id
    values[_CODE] = _day(code[:8], move.days) + code[8:]
    values[_ADDRESS] = f"{address}（{_house(case_id)}号）" if address else ""
    values[_SAID] = _replaced(row[_SAID], address, values[_ADDRESS])
    values[_VISITS] = _ticks(row[_VISITS], shift)
    texts[row[_ID]] = code, values[_CODE], address, values[_ADDRESS]
    return tuple(values)


def _line(row: Row, move: Move, shift: int, texts: dict[int, Texts]) -> Row:
    case_id, number, operation, at, by, post, changes, details, note, evidence = row
    changes = _ticks(changes, shift)
    if number == 1:
        code, moved_code, address, housed = texts[case_id]
        changes = _replaced(changes.replace(f'"{code}"', f'"{moved_code}"', 1), address, housed)
    if "+00:00" in details:
        details = _OF_DAYS.sub(lambda found: _later(found[0], move.days), details)
    return case_id - move.ids, number, operation, at + shift, by, post, changes, details, note, evidence


def _ticks(told: str, shift: int) -> str:
    return _OF_TICKS.sub(lambda found: str(int(found[0]) + shift), told)


def _replaced(text: str, old: str, new: str) -> str:
    return text.replace(old, new) if old else text


def _house(case_id: int) -> int:
    return case_id * 2_654_435_761 % 4_294_967_296 % _HOUSES + 1


def _later(told: str, days: int) -> str:
    return (datetime.fromisoformat(told) + timedelta(days)).isoformat()


@lru_cache(maxsize=512)
def _day(day: str, days: int) -> str:
    return f"{date(int(day[:4]), int(day[4:6]), int(day[6:])) + timedelta(days):%Y%m%d}"


def named(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
