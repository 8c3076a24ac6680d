"""The database is opened the one way, wherever it is."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event, text

from console.domain.errors import Refused
from console.storage.engine import BUSY_TIMEOUT_MS, WRITES, database_url, open_engine
from console.storage.unit import Store
from tests.conftest import CITY, EMPTY, Databases
from tests.storage.seats import add_case

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an acknowledged commit outlives a power cut
    "foreign_keys": 1,
    "busy_timeout": BUSY_TIMEOUT_MS,
    "recursive_triggers": 1,
    "mmap_size": 0,
}


@pytest.fixture
def embedded(tmp_path: Path, sqlite_databases: Databases) -> Store:
    return Store(sqlite_databases.new(CITY, tmp_path))


@pytest.mark.parametrize("pragma", PRAGMAS)
def test_that_every_sqlite_connection_is_set_safe(embedded: Store, pragma: str) -> None:
    for _ in range(3):
        with embedded.read() as view, embedded.read() as other:
            for connection in (view.connection, other.connection):
                found = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one_or_none()
                assert (found or 0) == PRAGMAS[pragma]
    embedded.close()


def test_that_a_write_takes_the_lock_before_it_reads(embedded: Store) -> None:
    said: list[str] = []
    event.listen(embedded.engine, "connect", lambda driver, _record: driver.set_trace_callback(said.append))
    add_case(embedded, "1")
    with embedded.read() as view:
        view.connection.execute(text("SELECT 1"))
    embedded.close()
    begins = [statement for statement in said if statement.startswith("BEGIN")]
    assert begins == ["BEGIN IMMEDIATE", "BEGIN"]
    asked = [
        statement for statement in said if not statement.startswith("PRAGMA cache_size")
    ]  # reads nothing
    assert asked[0] == "BEGIN IMMEDIATE"


@pytest.mark.postgres
def test_that_a_server_syncs_what_it_acknowledges(postgres_databases: Databases, tmp_path: Path) -> None:
    url = postgres_databases.new(EMPTY, tmp_path)
    store = Store(url)
    with store.read() as view:
        asked = {name: view.connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in SAFE}
    store.close()
    postgres_databases.drop(url)
    assert asked == SAFE


SAFE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "transaction_isolation": "repeatable read",
    "transaction_read_only": "on",
    "server_encoding": "UTF8",
}


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_that_a_server_is_reached_by_psycopg_3(scheme: str, tmp_path: Path) -> None:
    assert database_url(f"{scheme}://u@h/d", tmp_path).drivername == "postgresql+psycopg"


def test_that_no_url_means_the_file_in_the_data_folder(tmp_path: Path) -> None:
    assert database_url(None, tmp_path).database == str(tmp_path / "console.sqlite")


@pytest.mark.parametrize(
    "url", ["mysql://u:secret@h/d", "console.sqlite", "://", "", "postgresql+asyncpg://h/d"]
)
def test_that_another_address_is_refused_without_its_password(url: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        database_url(url, tmp_path)
    assert caught.value.code == "database_url"
    assert "secret" not in str(caught.value)


def test_that_what_the_store_says_of_itself_keeps_the_password(store: Store) -> None:
    about = store.about()
    assert store.engine.dialect.name in about
    assert store.url.password is None or store.url.password not in about


def test_that_many_seats_may_open_one_new_file_at_once(tmp_path: Path) -> None:
    """Of SQLite's own doing one round in ten fails: it does not wait to turn a new file to WAL."""
    with ThreadPoolExecutor(6) as pool:
        for number in range(80):
            folder = tmp_path / str(number)
            folder.mkdir()
            begun = Barrier(6)

            def mode(folder: Path = folder, begun: Barrier = begun) -> object:
                engine = open_engine(database_url(None, folder))
                begun.wait()
                with engine.connect().execution_options(**{WRITES: True}) as connection:
                    found = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
                engine.dispose()
                return found

            assert [one.result() for one in [pool.submit(mode) for _ in range(6)]] == ["wal"] * 6
