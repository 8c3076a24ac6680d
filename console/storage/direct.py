"""Statements of the hot path: compiled once, then handed to the driver with plain values.

A statement layer that looks at every row costs ten times what the database does. Errors of the driver
come out as SQLAlchemy's, as those of every other statement do.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

# Values go in by their place: named ones would have to be put into a dict for every call.
_STYLES = {"sqlite": "qmark", "postgresql": "format"}

_STREAMED = 5000
_NUMBERS = count()

Values = Sequence[Any]
Row = tuple[Any, ...]


class Statement:
    """One statement in the words of each database; its values come in the order of its parameters."""

    def __init__(self, said: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._said = said
        self._columns = columns
        self._words: dict[str, str] = {}

    def words(self, dialect: Dialect) -> str:
        known = self._words.get(dialect.name)
        if known is None:
            placed: Any = type(dialect)
            compiled = self._said.compile(
                dialect=placed(paramstyle=_STYLES[dialect.name]), column_keys=self._columns
            )
            known = self._words[dialect.name] = str(compiled)
        return known


def one(connection: Connection, statement: Statement, values: Values = ()) -> Row | None:
    """The first row, None where there is none."""
    try:
        row: Row | None = _cursor(connection).execute(_words(connection, statement), values).fetchone()
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem
    return row


def every(connection: Connection, statement: Statement, values: Values = ()) -> list[Row]:
    try:
        rows: list[Row] = _cursor(connection).execute(_words(connection, statement), values).fetchall()
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem
    return rows


def streamed(connection: Connection, statement: Statement) -> Iterator[Row]:
    """The rows one by one, a few thousand in memory at a time; close it, or read to the end."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":  # which would else send them all at once
        cursor = driver.cursor(f"streamed_{next(_NUMBERS)}")
        cursor.itersize = _STREAMED
    else:
        cursor = driver.cursor()
    try:
        yield from cursor.execute(_words(connection, statement))
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem
    finally:
        cursor.close()


def changed(connection: Connection, statement: Statement, values: Values = ()) -> int:
    """How many rows it changed."""
    try:
        count: int = _cursor(connection).execute(_words(connection, statement), values).rowcount
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem
    return count


def many(connection: Connection, statement: Statement, rows: Sequence[Values]) -> None:
    """The statement once for each row."""
    try:
        _cursor(connection).executemany(_words(connection, statement), rows)
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem


def _words(connection: Connection, statement: Statement) -> str:
    return statement.words(connection.dialect)


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def _errors(connection: Connection) -> type[Exception]:
    errors: type[Exception] = connection.dialect.loaded_dbapi.Error
    return errors


def _told(connection: Connection, statement: Statement, problem: Exception) -> BaseException:
    """The driver's error as the statement layer would have told it."""
    return DBAPIError.instance(
        _words(connection, statement),
        None,
        problem,
        _errors(connection),
        hide_parameters=True,
        dialect=connection.dialect,
    )
