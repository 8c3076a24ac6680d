"""Shared macros in and out."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from console.domain.shared_macro import SharedMacro
from console.storage.seat_tables import shared_macros


def all_macros(connection: Connection) -> tuple[SharedMacro, ...]:
    """Those of every owner, by name."""
    query = select(shared_macros).order_by(shared_macros.c.name, shared_macros.c.owner)
    return tuple(_macro(row) for row in connection.execute(query))


def macros_of(connection: Connection, owner: str) -> tuple[SharedMacro, ...]:
    query = select(shared_macros).where(shared_macros.c.owner == owner).order_by(shared_macros.c.name)
    return tuple(_macro(row) for row in connection.execute(query))


def add_macro(connection: Connection, owner: str, name: str, lines: Sequence[str]) -> SharedMacro:
    values = {"owner": owner, "name": name, "lines": _written(lines)}
    number = connection.execute(insert(shared_macros).values(values).returning(shared_macros.c.id))
    return SharedMacro(number.scalar_one(), owner, name, tuple(lines))


def save_macro(connection: Connection, macro: SharedMacro) -> None:
    """Written over the one of its number."""
    values = {"name": macro.name, "lines": _written(macro.lines)}
    connection.execute(update(shared_macros).where(shared_macros.c.id == macro.id).values(values))


def drop_macro(connection: Connection, number: int) -> None:
    connection.execute(delete(shared_macros).where(shared_macros.c.id == number))


def _written(lines: Sequence[str]) -> str:
    return json.dumps(list(lines), ensure_ascii=False)


def _macro(row: Any) -> SharedMacro:
    return SharedMacro(row.id, row.owner, row.name, tuple(json.loads(row.lines)))
