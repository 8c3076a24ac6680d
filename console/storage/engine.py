"""The database opened the one way: SQLite in WAL with FULL sync and one writer, or PostgreSQL by URL."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from console.domain.errors import Refused

BUSY_TIMEOUT_MS = 5000
WRITES = "writes"


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
    raise Refused("database_url", url=url)


def open_engine(url: URL) -> Engine:
    """An engine whose SQLite transactions begin IMMEDIATE when they are opened to write."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=4, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: pysqlite would open it too late
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA mmap_size=0")
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that turns to writing gets SQLITE_BUSY at once, whatever the timeout.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
