"""The floor of the write path: the rows that a store wrote, written again by bare sqlite3.

Nothing is read, decided or hashed here: every value is ready, one durable transaction each line.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from console.domain.case import Case

_OPENING = "register"
_LINE = (
    "id", "case_id", "number", "operation", "at", "by", "post", "changes", "details", "note", "evidence",
    "hash",
)  # fmt: skip

# What a row holds of the fields that its opening does not tell.
_UNTOLD = {one.name: "[]" if one.default == () else one.default for one in fields(Case)}


@dataclass(frozen=True, slots=True)
class Write:
    """One transaction: a row made or changed, and the journal line that tells it."""

    statement: str
    values: tuple[Any, ...]
    line: tuple[Any, ...]
    counter: str = ""


class Bare:
    """A database file with the schema of a store, opened as the store opens it."""

    def __init__(self, file: Path, synchronous: str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in (
            "journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON", "recursive_triggers=ON",
            "mmap_size=0", "cache_size=-24576", "temp_store=MEMORY",
        ):  # fmt: skip
            self._connection.execute(f"PRAGMA {pragma}")
        self._insert = f"INSERT INTO journal VALUES ({', '.join('?' * len(_LINE))})"

    def write(self, one: Write) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        if one.counter:
            execute(
                "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
                (one.counter,),
            )
        execute(one.statement, one.values)
        execute(self._insert, one.line)
        execute("COMMIT")

    def write_all(self, many: Iterable[Write]) -> None:
        """All of them in one transaction."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        for one in many:
            execute(one.statement, one.values)
            execute(self._insert, one.line)
        execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


def journal_end(file: Path) -> int:
    """The id of the last line of a store's journal."""
    with sqlite3.connect(file) as connection:
        last: int = connection.execute("SELECT max(id) FROM journal").fetchone()[0]
    connection.close()
    return last


def written_since(file: Path, last: int, again: int = 0) -> list[Write]:
    """What a store wrote after the line `last`, ready to be written again into a copy of it.

    Into the very same file with `again`: as many facts of each case later, after all lines that there are.
    """
    connection = sqlite3.connect(file)
    connection.row_factory = sqlite3.Row
    try:
        found = connection.execute(f"SELECT {_names(_LINE)} FROM journal WHERE id > ? ORDER BY id", (last,))
        lines = [dict(line) for line in found.fetchall()]
    finally:
        connection.close()
    further = len(lines) if again else 0
    return [_write({**one, "id": one["id"] + further, "number": one["number"] + again}) for one in lines]


def _write(line: Mapping[str, Any]) -> Write:
    changes = {name: _kept(value) for name, value in json.loads(line["changes"]).items()}
    if line["operation"] != _OPENING:
        told = {**changes, "version": line["number"]}
        fields = ", ".join(f'"{name}" = ?' for name in told)
        statement = f"UPDATE cases SET {fields} WHERE id = ? AND version = ?"
        return Write(statement, (*told.values(), line["case_id"], line["number"] - 1), tuple(line.values()))
    values = _UNTOLD | changes | {"id": line["case_id"], "version": line["number"]}
    statement = f"INSERT INTO cases ({_names(values)}) VALUES ({', '.join('?' * len(values))})"
    return Write(statement, tuple(values.values()), tuple(line.values()), counter="bare")


def _kept(value: Any) -> Any:
    return json.dumps(value, separators=(",", ":")) if isinstance(value, list) else value


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
