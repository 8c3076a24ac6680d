"""The schema is what the tables say, comes whole or not at all, and never goes back."""

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import URL, event, inspect, text

from console.domain.errors import Refused
from console.storage import migrate
from console.storage.engine import database_url
from console.storage.seat_tables import presence
from console.storage.tables import metadata
from console.storage.text.tables import text_blocks
from console.storage.unit import Store
from tests.conftest import Databases
from tests.storage.seats import add_case, whole

NEWER = "UPDATE alembic_version SET version_num = '9999'"


class InterruptionError(Exception):
    """The power switch."""


@pytest.fixture
def blank_url(databases: Databases, tmp_path: Path) -> Iterator[URL]:
    """A database that was never opened before."""
    url = databases.blank(tmp_path)
    yield url
    databases.drop(url)


def test_that_the_migrations_make_the_schema_that_the_tables_tell(store: Store) -> None:
    with store.read() as view:
        context = MigrationContext.configure(view.connection, opts={"compare_server_default": True})
        assert presence.metadata is text_blocks.metadata is metadata
        assert compare_metadata(context, metadata) == []


def test_that_both_databases_have_the_same_tables_and_indexes(store: Store) -> None:
    with store.read() as view:
        found = inspect(view.connection)
        names = set(found.get_table_names())
        assert names == {*metadata.tables, "alembic_version"}
        for name, table in metadata.tables.items():
            assert {
                item["name"] for item in found.get_indexes(name) if "duplicates_constraint" not in item
            } == {item.name for item in table.indexes}


def test_that_a_second_start_changes_nothing(store: Store) -> None:
    add_case(store, "1")
    store.prepare()
    assert migrate.version_of(store.engine) == migrate.versions()[-1]
    assert whole(store) == 1


def test_that_a_database_of_a_newer_program_is_left_alone(store: Store) -> None:
    with store.write() as unit:
        unit.connection.execute(text(NEWER))
    with pytest.raises(Refused) as caught:
        store.prepare()
    assert (caught.value.code, caught.value.facts) == ("database_newer", {"version": "9999"})
    assert migrate.version_of(store.engine) == "9999"


@pytest.mark.parametrize("at", [1, 12, 27])
def test_that_a_migration_broken_off_leaves_nothing_behind(blank_url: URL, at: int) -> None:
    store = Store(blank_url)
    seen = 0

    def interrupt(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        seen += statement.lstrip().startswith(("CREATE", "INSERT"))
        if seen == at:
            raise InterruptionError

    event.listen(store.engine, "before_cursor_execute", interrupt)
    with pytest.raises(InterruptionError):
        store.prepare()
    event.remove(store.engine, "before_cursor_execute", interrupt)
    with store.read() as view:
        assert inspect(view.connection).get_table_names() == []
    store.prepare()
    add_case(store, "1")
    assert whole(store) == 1
    store.close()


def test_that_several_seats_may_make_the_schema_at_once(blank_url: URL) -> None:
    seats = [Store(blank_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Store.prepare, seats))
    assert {migrate.version_of(seat.engine) for seat in seats} == {migrate.versions()[-1]}
    for seat in seats:
        seat.close()


def test_that_an_embedded_database_is_copied_before_its_schema_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(database_url(None, tmp_path))
    store.prepare()
    add_case(store, "1")
    newest = migrate.versions()[-1]
    later = f"{int(newest) + 1:04}"
    versions = tmp_path / "migrations"
    shutil.copytree(migrate._FOLDER, versions)
    (versions / "versions" / f"{later}_later.py").write_text(
        f'"""Later."""\n\nfrom alembic import op\n\nrevision = "{later}"\ndown_revision = "{newest}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE later (id INTEGER)")\n'
    )
    monkeypatch.setattr(migrate, "_FOLDER", versions)
    store.prepare()
    assert migrate.version_of(store.engine) == later
    store.close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.startswith(f"console-{newest}-")
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT version_num FROM alembic_version").fetchone() == (newest,)
    assert kept.execute("SELECT code FROM cases").fetchall() == [("1",)]
    assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []
    kept.close()


def test_that_a_first_start_keeps_no_copy_of_nothing(tmp_path: Path) -> None:
    store = Store(database_url(None, tmp_path / "new" / "folder"))
    store.prepare()
    store.close()
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["console.sqlite"]
