"""What the tests share: a store on SQLite and on a real PostgreSQL server, empty or with the small city."""

import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from console.runtime.desk import Desk
from console.services.city import load_city
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city
from tests.servers import Server, binaries, running

os.environ["GRID_CONSOLE_SITE_SETTINGS"] = os.devnull  # this machine's administrator sets nothing here
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell ignores Ctrl+C for what it runs in the background, and every child inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

EMPTY, CITY = "empty", "city"
DATABASES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


@dataclass(frozen=True)
class Databases:
    """New databases of one kind: copies of one with the schema, or with the small city in it."""

    folder: Path
    server: Server | None

    def new(self, template: str, folder: Path) -> URL:
        if self.server is not None:
            return database_url(_full(self.server.new_database(_template(template))), folder)
        shutil.copyfile(self._file(template), folder / "console.sqlite")
        return database_url(None, folder)

    def blank(self, folder: Path) -> URL:
        """A database without even a schema."""
        told = None if self.server is None else _full(self.server.new_database())
        return database_url(told, folder)

    def drop(self, url: URL) -> None:
        if self.server is not None:
            self.server.drop(str(url.database))

    def make(self) -> None:
        """Both templates, once per session."""
        for template in (EMPTY, CITY):
            if self.server is not None:
                url = self.server.new_database(name=_template(template))
                store = Store(database_url(_full(url), self.folder))
            else:
                store = Store(database_url(f"sqlite:///{self._file(template)}", self.folder))
            store.prepare()
            if template == CITY:
                with store.write() as unit:
                    load_city(unit, small_city(), by=LOADER, at=LOADED)
            store.close()

    def _file(self, template: str) -> Path:
        return self.folder / f"{template}.sqlite"


def _template(name: str) -> str:
    return f"template_{name}"


def _full(url: URL) -> str:
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for the session. Where none is installed: skipped here, an error in CI."""
    programs = binaries()
    if programs is None:
        reason = "no PostgreSQL server is installed under /usr/lib/postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    made = Databases(tmp_path_factory.mktemp("databases"), None)
    made.make()
    return made


@pytest.fixture(scope="session")
def postgres_databases(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    made = Databases(tmp_path_factory.mktemp("databases"), postgres)
    made.make()
    return made


@pytest.fixture(params=DATABASES)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Of the kind this run of the test is about."""
    kind = "sqlite_databases" if request.param == "sqlite" else "postgres_databases"
    found: Databases = request.getfixturevalue(kind)
    return found


@pytest.fixture
def empty_url(databases: Databases, tmp_path: Path) -> Iterator[URL]:
    """A database with the schema and nothing in it."""
    url = databases.new(EMPTY, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def city_url(databases: Databases, tmp_path: Path) -> Iterator[URL]:
    """A database with the small city in it."""
    url = databases.new(CITY, tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def store(empty_url: URL, tmp_path: Path) -> Iterator[Store]:
    opened = Store(empty_url, tmp_path / "evidence")
    opened.prepare()
    yield opened
    opened.close()


@pytest.fixture
def city_store(city_url: URL, tmp_path: Path) -> Iterator[Store]:
    opened = Store(city_url, tmp_path / "evidence")
    opened.prepare()
    yield opened
    opened.close()


@pytest.fixture
def desk(city_url: URL, tmp_path: Path) -> Iterator[Desk]:
    """The door to a store with the small city in it."""
    opened = Desk(Store(city_url, tmp_path / "evidence"))
    opened.store.prepare()
    yield opened
    opened.close()
