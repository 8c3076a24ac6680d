"""A database that cannot is a refusal with a sentence, and what was there stays."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import event, text

from console.domain.errors import Refused
from console.storage.engine import database_url
from console.storage.unit import Store
from console.words import REFUSALS, refusal
from tests.conftest import EMPTY, Databases
from tests.servers import Server, free_port
from tests.storage.seats import add_case, codes, simple_case, whole

NOBODY = 65534


@pytest.fixture
def file(tmp_path: Path, sqlite_databases: Databases) -> Path:
    """An embedded database with one case in it, closed."""
    store = Store(sqlite_databases.new(EMPTY, tmp_path))
    add_case(store, "1")
    store.close()
    return tmp_path / "console.sqlite"


@pytest.fixture
def shared(file: Path) -> Iterator[Path]:
    """The same in a folder that other users may read but not write."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(file, folder)
    (folder / file.name).chmod(0o444)
    folder.chmod(0o555)
    yield folder / file.name
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def unprivileged() -> Iterator[None]:
    """As an ordinary user: root may write what nobody may."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def opened(file: Path) -> Store:
    return Store(database_url(f"sqlite:///{file}", file.parent))


def refused(problem: Refused, code: str) -> None:
    assert problem.code == code
    assert "{" not in REFUSALS[code].format(**problem.facts)
    assert refusal(problem)


def test_that_a_full_disk_is_told_and_loses_nothing(file: Path) -> None:
    store = opened(file)
    limited = {"pages": 0}

    def limit(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.execute(f"PRAGMA max_page_count={limited['pages']}")

    with store.read() as view:
        pages = view.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limited["pages"] = pages + 20
    event.listen(store.engine, "checkout", limit)
    written = {"1"}

    def fill() -> None:
        for number in range(2, 1000):
            case, fact = simple_case(str(number), "文" * 2000)
            with store.write() as unit:
                unit.add(case, fact)
            written.add(str(number))

    with pytest.raises(Refused) as caught:
        fill()
    refused(caught.value, "database_full")
    assert codes(store) == written
    assert whole(store) == len(written)
    limited["pages"] = pages + 1000
    add_case(store, "space again")
    assert whole(store) == len(written) + 1
    store.close()


def test_that_a_read_only_database_is_told_before_anything_is_done(shared: Path) -> None:
    store = opened(shared)
    with unprivileged(), pytest.raises(Refused) as caught:
        store.prepare()
    refused(caught.value, "database_not_writable")
    store.close()


def test_that_a_read_only_folder_without_a_database_is_told(shared: Path) -> None:
    store = opened(shared.parent / "new.sqlite")
    with unprivileged(), pytest.raises(Refused) as caught:
        store.prepare()
    refused(caught.value, "database_not_writable")
    deeper = opened(shared.parent / "new" / "new.sqlite")
    with unprivileged(), pytest.raises(Refused) as caught:
        deeper.prepare()
    refused(caught.value, "database_not_writable")


def test_that_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        opened(tmp_path).prepare()
    refused(caught.value, "database_not_writable")


@pytest.mark.parametrize(
    "begins", [b"this is a text file\n", b"SQLite format 3\x00" + b"\xff" * 100, b"\x00" * 512]
)
def test_that_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path, begins: bytes) -> None:
    file = tmp_path / "console.sqlite"
    file.write_bytes(begins * 40)
    store = opened(file)
    with pytest.raises(Refused) as caught:
        store.prepare()
    refused(caught.value, "database_damaged")
    store.close()
    assert file.read_bytes() == begins * 40


def test_that_a_damaged_page_is_told(file: Path) -> None:
    store = opened(file)
    with store.write() as unit:
        for number in range(2, 60):
            case, fact = simple_case(str(number), "文" * 1000)
            unit.add(case, fact)
    store.close()
    content = bytearray(file.read_bytes())
    size = 4096
    for page in range(2, len(content) // size):
        content[page * size : page * size + 200] = b"\xa5" * 200
    file.write_bytes(bytes(content))
    store = opened(file)
    with pytest.raises(Refused) as caught:
        codes(store)
    refused(caught.value, "database_damaged")
    store.close()


def test_that_a_server_that_is_not_there_is_told_with_its_words_and_without_the_password(
    tmp_path: Path,
) -> None:
    store = Store(database_url(f"postgresql://u:secret@127.0.0.1:{free_port()}/console", tmp_path))
    with pytest.raises(Refused) as caught:
        store.prepare()
    refused(caught.value, "database_unreachable")
    assert "refused" in str(caught.value.facts["said"])
    assert "secret" not in refusal(caught.value)
    store.close()


@pytest.mark.postgres
class TestAServer:
    """A PostgreSQL server that says no."""

    @pytest.fixture
    def store(self, postgres_databases: Databases, tmp_path: Path) -> Iterator[Store]:
        opened = Store(postgres_databases.new(EMPTY, tmp_path))
        add_case(opened, "1")
        yield opened
        opened.close()

    def test_that_a_wrong_password_is_told_and_not_shown(self, store: Store, tmp_path: Path) -> None:
        wrong = store.url.set(password="mistaken")
        locked_out = Store(database_url(wrong.render_as_string(False), tmp_path))
        with pytest.raises(Refused) as caught:
            locked_out.prepare()
        refused(caught.value, "database_unreachable")
        assert "password authentication failed" in refusal(caught.value)
        assert "mistaken" not in refusal(caught.value)
        locked_out.close()

    def test_that_a_server_set_read_only_is_told(self, store: Store, postgres: Server) -> None:
        with psycopg.connect(
            postgres.url("postgres").render_as_string(False).replace("+psycopg", "")
        ) as admin:
            admin.execute(f"ALTER DATABASE {store.url.database} SET default_transaction_read_only = on")
        standby = Store(store.url)
        standby.prepare()
        with pytest.raises(Refused) as caught:
            add_case(standby, "2")
        refused(caught.value, "database_not_writable")
        assert codes(standby) == {"1"}, "looking still works"
        standby.close()

    def test_that_a_user_without_rights_is_told(self, postgres: Server, tmp_path: Path) -> None:
        blank = postgres.new_database()
        with psycopg.connect(blank.render_as_string(False), autocommit=True) as admin:
            admin.execute("CREATE ROLE clerk LOGIN PASSWORD 'clerk'")
        url = blank.set(username="clerk", password="clerk")
        store = Store(database_url(url.render_as_string(False), tmp_path))
        with pytest.raises(Refused) as caught:
            store.prepare()
        refused(caught.value, "database_not_writable")
        store.close()

    def test_that_a_seat_goes_on_after_its_connections_were_cut(self, store: Store) -> None:
        with store.write() as unit:
            unit.connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert codes(store) == {"1"}
        add_case(store, "2")
        assert whole(store) == 2

    def test_that_a_connection_cut_in_the_middle_of_a_write_keeps_nothing_of_it(self, store: Store) -> None:
        other = Store(store.url)

        def cut() -> None:
            with store.write() as unit:
                unit.add(*simple_case("2"))
                pid = unit.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
                with other.read() as view:
                    view.connection.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
                unit.add(*simple_case("3"))

        with pytest.raises(Refused) as caught:
            cut()
        refused(caught.value, "database_unreachable")
        assert codes(store) == {"1"}
        add_case(store, "4")
        assert whole(store) == 2
        other.close()


def test_that_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "console.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    store = Store(database_url(None, tmp_path))
    with pytest.raises(Refused, match="database_foreign"):
        store.prepare()
    store.close()
    assert path.read_bytes()[100:] == before[100:], "only the header tells of WAL"
