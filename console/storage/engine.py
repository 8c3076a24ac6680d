"""The database opened the one way: SQLite in WAL with FULL sync and one writer, or PostgreSQL by URL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

from console.domain.errors import Refused
from console.storage.direct import Direct, Statement

BUSY_TIMEOUT_MS = 5000
CONNECT_TIMEOUT_S = 10
WRITES = "writes"
_AGAIN_S = 0.01
_PRIMARY = 0xFF  # of an extended result code
# PostgreSQL shows every statement the newest commits unless the whole transaction is to see one state.
READS: dict[str, dict[str, Any]] = {
    "sqlite": {},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
_BEGIN = Statement(text("BEGIN"))
_BEGIN_IMMEDIATE = Statement(text("BEGIN IMMEDIATE"))
_COMMIT = Statement(text("COMMIT"))
_ROOM = Statement(text("PRAGMA cache_size=-8192"))
_WRITERS = 4731  # the advisory lock that one writer at a time holds; any number that nobody else takes


def database_url(url: str | None, folder: Path) -> URL:
    """The database of `url`, or the embedded one in the data folder.

    `postgresql://` means psycopg 3. Raises Refused("database_url") on any other scheme.
    """
    if url is None:
        return URL.create("sqlite", database=str(folder / "console.sqlite"))
    try:
        parsed = make_url(url)
    except Exception as problem:
        raise Refused("database_url", url=url) from problem
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite":
        return parsed
    raise Refused("database_url", url=parsed.render_as_string(hide_password=True))


def open_engine(url: URL) -> Engine:
    """An engine whose writing transactions come one after another, over all seats of the database."""
    if url.get_backend_name() != "sqlite":
        waits = {"connect_timeout": str(CONNECT_TIMEOUT_S)} | dict(url.query)
        engine = create_engine(url.set(query=waits), pool_size=4, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_postgresql)
        return engine
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: pysqlite would open it too late
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")  # else INSERT OR REPLACE passes the journal's guard by
    cursor.execute("PRAGMA mmap_size=0")
    # Of each connection, and a seat has five; beyond it the system's own cache is as quick: a hundred cases
    # at random out of 3.2 million take the processor 1.05 ms with 2 MB and with 4, a page of the queue 4.6
    # with 4 and with 8. Who writes gets more: see `give_room`.
    cursor.execute("PRAGMA cache_size=-2048")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Turn to WAL. SQLite does not wait for a lock here: two seats that make one database at once meet."""
    until = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & _PRIMARY != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(_AGAIN_S)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing gets SQLITE_BUSY at once, whatever the timeout.
    if not _driver(connection).in_transaction:
        writes = connection.get_execution_options().get(WRITES, False)
        Direct(connection).changed(_BEGIN_IMMEDIATE if writes else _BEGIN)


def give_room(connection: Connection) -> None:
    """Let a connection to SQLite that writes keep the pages of many cases until it commits.

    What does not fit is written twice.
    """
    Direct(connection).changed(_ROOM)


@contextmanager
def embedded_writing(connection: Connection) -> Iterator[Connection]:
    """One write transaction of SQLite on a connection that is kept.

    The statement layer joins it when it is used; its own keeping of the books takes longer than a row.
    """
    direct = Direct(connection)
    direct.changed(_BEGIN_IMMEDIATE)
    try:
        yield connection
        if connection.in_transaction():
            connection.commit()
        elif _driver(connection).in_transaction:
            direct.changed(_COMMIT)
    except BaseException:
        connection.rollback()
        _driver(connection).rollback()
        raise


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _begin_postgresql(connection: Connection) -> None:
    # Facts are committed in the order of their ids only where writers take turns: a seat that watches
    # the last id would never see a fact that comes late with a smaller one.
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql(
            f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}; SELECT pg_advisory_xact_lock({_WRITERS})"
        )
