"""Rows as the database keeps them, written into a store past its services: chained, indexed afterwards."""

import sqlite3
from contextlib import closing
from pathlib import Path

from console.storage import migrate
from console.storage.chain import FIRST, chained
from console.storage.engine import WRITES, database_url, open_engine
from console.storage.tables import still_open
from tests.perf.year_copies import CASE, LINE, REVISION, Rows, named

FILE = "console.sqlite"
_LARGEST_CACHE_KB = 400_000
_KEPT_EMPTY = {"cases", "journal", "alembic_version"}


def empty_store(folder: Path) -> None:
    """A database in the schema of REVISION."""
    _migrate(folder, REVISION)


def bring_up(folder: Path) -> None:
    """Bring a store to the newest schema, without the copy of it that a site's upgrade keeps."""
    _migrate(folder, "head")


def _migrate(folder: Path, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    engine = open_engine(database_url(None, folder))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


class Written:
    """An empty store that is being filled: the city of another one, then cases in the order of their ids."""

    def __init__(self, folder: Path, city: Path) -> None:
        self.cases = self.lines = 0
        self._head = FIRST
        self._to = sqlite3.connect(folder / FILE, isolation_level=None)
        for pragma in (
            "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "locking_mode=EXCLUSIVE",
            f"cache_size=-{_LARGEST_CACHE_KB}", "temp_store=MEMORY",
        ):  # fmt: skip
            self._to.execute(f"PRAGMA {pragma}")
        self._indexes = self._drop_indexes()
        self._take_city(city)

    def add(self, rows: Rows) -> None:
        self._to.execute("BEGIN")
        self._to.executemany(_insert("cases", CASE), rows.cases)
        lines = list(chained(self._head, rows.lines))
        self._to.executemany(_insert("journal", (*LINE, "hash")), lines)
        self._to.execute("COMMIT")
        if lines:
            self._head = lines[-1][-1]
        self.cases += len(rows.cases)
        self.lines += len(lines)

    def finish(self) -> tuple[str, int]:
        """Build the indexes; the hash of the last line, which covers all, and how many cases are open."""
        for sql in self._indexes:
            self._to.execute(sql)
        still: int = self._to.execute(f"SELECT count(*) FROM cases WHERE {still_open}").fetchone()[0]
        return self._head, still

    def close(self) -> None:
        self._to.execute("PRAGMA locking_mode=NORMAL")
        self._to.execute("PRAGMA journal_mode=WAL")
        self._to.close()

    def _drop_indexes(self) -> list[str]:
        found = self._to.execute(
            "SELECT name, sql FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('cases', 'journal')"
        ).fetchall()
        for name, _sql in found:
            self._to.execute(f'DROP INDEX "{name}"')
        return [sql for _name, sql in found]

    def _take_city(self, city: Path) -> None:
        """Everything but cases and lines, the counters of the newest days among it; and the city's line."""
        with closing(sqlite3.connect(f"file:{city / FILE}?mode=ro", uri=True)) as source:
            tables = self._to.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if table in _KEPT_EMPTY or table.startswith("sqlite_"):
                    continue
                names = tuple(row[1] for row in self._to.execute(f'PRAGMA table_info("{table}")'))
                rows = source.execute(f'SELECT {named(names)} FROM "{table}"')
                self._to.execute(f'DELETE FROM "{table}"')
                self._to.executemany(_insert(table, names), rows)
            lines = source.execute(f"SELECT {named(LINE)} FROM journal WHERE case_id IS NULL ORDER BY id")
            self.add(Rows([], lines.fetchall()))


def _insert(table: str, names: tuple[str, ...]) -> str:
    return f'INSERT INTO "{table}" ({named(names)}) VALUES ({", ".join("?" * len(names))})'
