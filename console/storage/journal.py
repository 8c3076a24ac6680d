"""The append-only record of facts: written with the change it tells, read back for the fold."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, select

from console.domain.case import Fact, Source
from console.domain.flow import State
from console.storage.bulk import insert_rows
from console.storage.tables import instant, journal, ticks

_READ = {"state": State, "source": Source}

_LINE = ("case_id", "number", "operation", "at", "by", "changes", "note")
# Made once, and instants left to its hook: a third less time than json.dumps takes.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=ticks)
_INSERT = journal.insert()
_OF_CASE = (
    select(
        journal.c.number,
        journal.c.operation,
        journal.c.at,
        journal.c.by,
        journal.c.changes,
        journal.c.note,
    )
    .where(journal.c.case_id == bindparam("case_id"))
    .order_by(journal.c.number)
)
_ALL = select(
    journal.c.case_id,
    journal.c.number,
    journal.c.operation,
    journal.c.at,
    journal.c.by,
    journal.c.changes,
    journal.c.note,
).order_by(journal.c.case_id, journal.c.number)


def row(case_id: int, fact: Fact) -> dict[str, Any]:
    """The journal row of a fact."""
    return {
        "case_id": case_id,
        "number": fact.number,
        "operation": fact.operation,
        "at": fact.at,
        "by": fact.by,
        "changes": written(fact.changes),
        "note": fact.note,
    }


def append(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(_INSERT, rows)


def append_many(connection: Connection, facts: Iterable[tuple[int, Fact]]) -> None:
    """Append facts, each with the id of its case."""
    rows = [
        (case_id, fact.number, fact.operation, ticks(fact.at), fact.by, written(fact.changes), fact.note)
        for case_id, fact in facts
    ]
    insert_rows(connection, journal, _LINE, rows)


def facts_of(connection: Connection, case_id: int) -> list[Fact]:
    """The facts of one case in their order."""
    return [_fact(*line) for line in connection.execute(_OF_CASE, {"case_id": case_id})]


def every_case(connection: Connection) -> Iterator[tuple[int, list[Fact] | None]]:
    """Each case id with its facts, None where a line cannot be read; one case in memory at a time."""
    lines = connection.execute(_ALL, execution_options={"yield_per": 5000})
    for case_id, group in groupby(lines, key=lambda line: line[0]):
        try:
            facts = [_fact(*line[1:]) for line in group]
        except (ValueError, TypeError, AttributeError):
            yield case_id, None
        else:
            yield case_id, facts


def written(changes: Mapping[str, Any]) -> str:
    """Changed fields as JSON: instants become microseconds since 1970 UTC."""
    return _ENCODER.encode(changes)


def read(text: str) -> dict[str, Any]:
    """The changed fields back in their types, told by the field's name."""
    return dict(_typed(json.loads(text).items()))


def _typed(items: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for name, value in items:
        if value is not None and name.endswith("_at"):
            yield name, instant(value)
        else:
            yield name, _READ[name](value) if name in _READ else value


def _fact(number: int, operation: Any, at: datetime, by: str, changes: str, note: str) -> Fact:
    return Fact(number, operation, at, by, read(changes), note)
