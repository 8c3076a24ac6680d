"""The store, and the unit of work: one transaction that is kept whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine

from console.domain.case import Case, Fact
from console.domain.catalogue import Catalogue
from console.domain.city import CityContent, CityProfile, Department
from console.domain.city_act import CityAct, CityFact
from console.domain.errors import Refused
from console.domain.practice import OPEN, Practice
from console.storage import city, journal, migrate
from console.storage.backup import Tell
from console.storage.cases import Cases, SeenCases
from console.storage.city import Reference
from console.storage.engine import READS, WRITES, embedded_writing, give_room, open_engine
from console.storage.evidence import FOLDER, EvidenceFolder
from console.storage.known import forget, known
from console.storage.meta import revision, touch
from console.storage.places import Places, read_places
from console.storage.sets.live import LiveSets
from console.storage.told import told

REMEMBERED = 1000  # cases that a seat acts on again soon


@dataclass(frozen=True, slots=True)
class Changes:
    """What was committed: cases with the versions they have now, or more than is worth listing.

    `acts` are those on the city itself.
    """

    cases: Mapping[int, int] = field(default_factory=dict)
    everything: bool = False
    acts: frozenset[CityAct] = frozenset()


class View:
    """One consistent reading of the store."""

    def __init__(self, connection: Connection, store: "Store") -> None:
        self.connection = connection
        self._store = store
        forget(connection)

    @cached_property
    def cases(self) -> SeenCases:
        """The cases, to look at; a unit has them to change."""
        return SeenCases(self.connection, self._store.recent)

    @property
    def reference(self) -> Reference:
        """Reference data as this transaction sees it. Raises Refused("no_city")."""
        told = known(self.connection)
        if told.reference is None:
            told.reference = self._store.reference(self.connection)
        found: Reference = told.reference
        return found

    @property
    def places(self) -> Places:
        """Where points lie, in the city this transaction sees. Raises Refused: `no_city`, `no_grids`."""
        return self._store.places(self.connection)

    def sets(self) -> AbstractContextManager[LiveSets | None]:
        """The sets of cases as this transaction sees them; None where SQL has to do."""
        return self._store.sets.at(self.connection)


class Unit(View):
    """One open write transaction. Its facts become the journal and the notice of change alike."""

    cases: Cases

    def __init__(self, connection: Connection, store: "Store") -> None:
        super().__init__(connection, store)
        self.cases = Cases(connection, store.recent)
        self._changed: dict[int, int] = {}
        self._everything = False
        self._acts: set[CityAct] = set()

    def save(self, case: Case, fact: Fact) -> None:
        self.cases.save(case, fact)
        self._changed[case.id] = case.version

    def add(self, case: Case, fact: Fact) -> int:
        case_id = self.cases.add(case, fact)
        self._changed[case_id] = case.version
        return case_id

    def city(self) -> CityProfile | None:
        """The loaded city, or None."""
        return city.profile(self.connection)

    def load_city(self, content: CityContent) -> None:
        city.replace_city(self.connection, content)
        self._everything = True

    def name_city(self, profile: CityProfile) -> None:
        """Give the loaded city another head: its name, and what it is."""
        city.put_profile(self.connection, profile)
        self._everything = True

    def add_departments(self, departments: Iterable[Department]) -> None:
        city.add_departments(self.connection, departments)
        touch(self.connection)
        self._everything = True

    def add_catalogue(self, catalogue: Catalogue) -> None:
        """Add an edition, or put it in the place of the one of its name."""
        city.add_catalogue(self.connection, catalogue)
        touch(self.connection)
        self._everything = True

    def note_city(
        self,
        act: CityAct,
        *,
        by: str,
        at: datetime,
        note: str = "",
        post: str = "",
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Tell the journal of an act on the city itself; `details` are plain JSON values."""
        journal.append_city(self.connection, CityFact(act, at, by, note, post, details or {}))
        self._acts.add(act)

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the transaction that leaves nothing behind when it does not end well."""
        self.cases.write_out()
        changed, saved, acts = dict(self._changed), dict(self.cases.saved), set(self._acts)
        try:
            with self.connection.begin_nested():
                yield
                self.cases.write_out()
        except BaseException:
            self.cases.let_go()
            self._changed, self.cases.saved, self._acts = changed, saved, acts
            forget(self.connection)
            raise

    def touch_everything(self) -> None:
        """Say that more changed than is worth listing."""
        self._everything = True

    @property
    def changes(self) -> Changes:
        return Changes(dict(self._changed), self._everything, frozenset(self._acts))


class Store:
    """An opened database with its schema up to date. Safe for many threads; one of them writes.

    Photos and files lie in the folder `evidence`; an embedded database needs none named, they lie
    beside it. `practice` holds in a city that has none of its own.
    """

    def __init__(self, url: URL, evidence: Path | None = None, practice: Practice = OPEN) -> None:
        self.url = url
        if evidence is None and url.get_backend_name() == "sqlite":
            evidence = Path(url.database or "").parent / FOLDER
        self._evidence = evidence
        self.engine: Engine = open_engine(url)
        self._writing = Lock()
        self._kept: Connection | None = None
        self.recent: dict[str, Case] = {}  # as they were last committed here
        self._practice = practice
        self._reference: Reference | None = None
        self._indexing = Lock()
        self._places: Places | None = None
        self.sets = LiveSets()

    @property
    def evidence(self) -> EvidenceFolder:
        """The photos and files. Raises ValueError where a server's store was opened without their folder."""
        if self._evidence is None:
            raise ValueError(f"no folder for evidence was named with {self.url!r}")
        return EvidenceFolder(self._evidence)

    def prepare(self, tell: Tell | None = None) -> None:
        """Bring the schema up to date, after a copy of an embedded database; `tell` hears of it.

        Raises Refused: `database_unreachable`, `database_not_writable`, `database_damaged`,
        `database_newer`, `database_full`, `backup_no_room`, `backup_not_writable`.
        """
        if self.url.database and self.url.get_backend_name() == "sqlite":
            try:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise Refused("database_not_writable", url=str(self.url)) from problem
        with told(self.url):
            migrate.upgrade(self.engine, tell)

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit that commits when the block ends well and leaves nothing behind when it does not."""
        with self._writing, told(self.url):
            with self._transaction() as connection:
                unit = Unit(connection, self)
                yield unit
            self._remember(unit.cases.saved)

    def _remember(self, saved: Mapping[str, Case]) -> None:
        self.recent.update(saved)
        while len(self.recent) > REMEMBERED:
            del self.recent[next(iter(self.recent))]

    def _transaction(self) -> AbstractContextManager[Connection]:
        if self.engine.dialect.name != "sqlite":
            return self._served_writing()
        if self._kept is None:  # kept for the next time: a file has no other end that hangs up
            self._kept = self.engine.connect().execution_options(**{WRITES: True})
            give_room(self._kept)
        return embedded_writing(self._kept)

    @contextmanager
    def _served_writing(self) -> Iterator[Connection]:
        with (
            self.engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def read(self) -> Iterator[View]:
        """A view that sees one consistent state."""
        with (
            told(self.url),
            self.engine.connect().execution_options(**READS[self.engine.dialect.name]) as connection,
            connection.begin(),
        ):
            yield View(connection, self)

    def reference(self, connection: Connection) -> Reference:
        """The city's reference data, read anew only when its revision moved."""
        known = self._reference
        if known is None or known.revision != revision(connection):
            known = city.read_reference(connection, self._practice)
            if known is None:
                raise Refused("no_city")
            self._reference = known
        return known

    def places(self, connection: Connection) -> Places:
        """The city's points-to-grids index, built anew only when the grids moved."""
        revision = city.grids_revision(connection)
        with self._indexing:
            if self._places is None or self._places.revision != revision:
                if city.profile(connection) is None:
                    raise Refused("no_city")
                self._places = read_places(connection, revision)
            return self._places

    def profile(self) -> CityProfile | None:
        with self.read() as view:
            return city.profile(view.connection)

    def about(self) -> str:
        """The database and its version, without a password."""
        with self.read() as view:
            kind = self.engine.dialect.name
            ask = "SELECT sqlite_version()" if kind == "sqlite" else "SHOW server_version"
            version = view.connection.exec_driver_sql(ask).scalar_one()
        return f"{kind} {version} · {self.url.render_as_string(hide_password=True)}"

    def close(self) -> None:
        with self._writing:
            if self._kept is not None:
                self._kept.close()
                self._kept = None
        self.engine.dispose()
