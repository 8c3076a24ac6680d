"""Statements of the hot path: compiled once, then handed to the driver with plain values.

A statement layer that looks at every row costs ten times what the database does. Errors of the driver
come out as SQLAlchemy's, as those of every other statement do.
"""

from collections.abc import Generator, Sequence
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


class Direct:
    """The driver under a connection in one transaction, with one cursor for statement after statement."""

    __slots__ = ("_connection", "_cursor")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._cursor: Any = _driver(connection).cursor()

    def one(self, statement: Statement, values: Values = ()) -> Row | None:
        """The first row, None where there is none."""
        try:
            row: Row | None = self._run(statement, values).fetchone()
        except _errors(self._connection) as problem:
            raise _told(self._connection, statement, problem) from problem
        return row

    def every(self, statement: Statement, values: Values = ()) -> list[Row]:
        try:
            rows: list[Row] = self._run(statement, values).fetchall()
        except _errors(self._connection) as problem:
            raise _told(self._connection, statement, problem) from problem
        return rows

    def changed(self, statement: Statement, values: Values = ()) -> int:
        """How many rows it changed."""
        try:
            count: int = self._run(statement, values).rowcount
        except _errors(self._connection) as problem:
            raise _told(self._connection, statement, problem) from problem
        return count

    def many(self, statement: Statement, rows: Sequence[Values]) -> int:
        """The statement once for each row; how many rows it changed in all."""
        try:
            self._cursor.executemany(statement.words(self._connection.dialect), rows)
            count: int = self._cursor.rowcount
        except _errors(self._connection) as problem:
            raise _told(self._connection, statement, problem) from problem
        return count

    def _run(self, statement: Statement, values: Values) -> Any:
        return self._cursor.execute(statement.words(self._connection.dialect), values)


def streamed(connection: Connection, statement: Statement, values: Values = ()) -> Generator[Row, None, None]:
    """The rows one by one, a few thousand in memory at a time; close it, or read to the end."""
    driver = _driver(connection)
    if connection.dialect.name == "postgresql":  # which would else send them all at once
        cursor = driver.cursor(f"streamed_{next(_NUMBERS)}")
        cursor.itersize = _STREAMED
    else:
        cursor = driver.cursor()
    try:
        yield from cursor.execute(statement.words(connection.dialect), values)
    except _errors(connection) as problem:
        raise _told(connection, statement, problem) from problem
    finally:
        cursor.close()


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _errors(connection: Connection) -> type[Exception]:
    errors: type[Exception] = connection.dialect.loaded_dbapi.Error
    return errors


def _told(connection: Connection, statement: Statement, problem: Exception) -> BaseException:
    """The driver's error as the statement layer would have told it."""
    return DBAPIError.instance(
        statement.words(connection.dialect),
        None,
        problem,
        _errors(connection),
        hide_parameters=True,
        dialect=connection.dialect,
    )
