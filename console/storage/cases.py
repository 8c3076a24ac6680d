"""Cases in and out of the store, each change with its journal line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text, update
from sqlalchemy import Row as SelectedRow

from console.domain.case import Case, Fact
from console.domain.errors import Refused
from console.storage import journal
from console.storage.bulk import follow_ids, insert_rows
from console.storage.direct import Direct, Row, Statement
from console.storage.known import known
from console.storage.meta import revision_now
from console.storage.rows import READ, WRITTEN, read_case, row_of, simple
from console.storage.tables import cases

NONE: Mapping[str, Case] = {}
_ALL = select(*READ)
# What a step needs to know of a case it knows already, and of the store around it, in one asking.
_NOW = select(cases.c.id, cases.c.version, revision_now, journal.head_now).where(
    cases.c.code == bindparam("code")
)
_BY_ID = _ALL.where(cases.c.id == bindparam("id"))
_AT_ONCE = 100
_MANY = _ALL.where(cases.c.code.in_([bindparam(f"code{at}") for at in range(_AT_ONCE)]))
# The second condition says nothing new, but without its very words SQLite does not use the partial index.
_BY_EXTERNAL = Statement(
    _ALL.where(cases.c.external_id == bindparam("external_id"), text("cases.external_id != ''"))
)
_INSERT = Statement(insert(cases).returning(cases.c.id), WRITTEN[1:])
# Both databases know this sentence; SQLAlchemy writes it for each in another class.
_RAISE = Statement(
    text(
        "INSERT INTO counters (name, value) VALUES (:name, :count) "
        "ON CONFLICT (name) DO UPDATE SET value = counters.value + :count RETURNING value"
    )
)


@dataclass(frozen=True, slots=True)
class _Ways:
    """The statements that look at cases, with or without holding them against other writers."""

    now: Statement
    by_id: Statement
    many: Statement


_LOOKING = _Ways(Statement(_NOW), Statement(_BY_ID), Statement(_MANY))
_HOLDING = _Ways(*(Statement(one.with_for_update()) for one in (_NOW, _BY_ID, _MANY)))


class SeenCases:
    """The cases as one transaction sees them; `read_ahead` reads many in one asking."""

    _ways = _LOOKING

    def __init__(self, connection: Connection, recent: Mapping[str, Case] = NONE) -> None:
        self._connection = connection
        self._direct = Direct(connection)
        self._recent = recent
        self._ahead: dict[str, Case] = {}
        self._facts: dict[int, list[Fact]] = {}
        self.saved: dict[str, Case] = {}

    def by_code(self, code: str) -> Case:
        """The case people call `code`. Raises Refused("no_such_case").

        Its row is only read where nobody here knows the case in the version that it has now.
        """
        if code in self._ahead:
            return self.saved.get(code) or self._ahead[code]
        self.write_out()
        found = self._direct.one(self._ways.now, (code,))
        if found is None:
            raise Refused("no_such_case", code=code)
        told = known(self._connection)
        case_id, version, told.revision, told.head = found
        for case in (self.saved.get(code), self._recent.get(code)):
            if case is not None and case.version == version and case.id == case_id:
                return case
        return self.by_id(case_id)

    def by_id(self, case_id: int) -> Case:
        self.write_out()
        return self._one(self._direct.one(self._ways.by_id, (case_id,)), case_id)

    def facts(self, case_id: int) -> list[Fact]:
        if case_id in self._facts:
            return self._facts[case_id]
        self.write_out()
        return journal.facts_of(self._connection, case_id)

    def read_ahead(self, codes: Sequence[str], *, facts: bool = False) -> None:
        """Read these cases now, a hundred in one statement, and with `facts` their journals."""
        self.write_out()
        for first in range(0, len(codes), _AT_ONCE):
            some = codes[first : first + _AT_ONCE]
            padded = (*some, *repeat(some[-1], _AT_ONCE - len(some)))
            for case in map(read_case, self._direct.every(self._ways.many, padded)):
                self._ahead[case.code] = case
        if facts:
            ids = [self._ahead[code].id for code in codes if code in self._ahead]
            self._facts.update(journal.facts_of_many(self._connection, ids))

    def write_out(self) -> None:
        """Write what is still gathered: who only looks has nothing."""

    def _one(self, found: Row | None, asked: object) -> Case:
        if found is None:
            raise Refused("no_such_case", code=asked)
        return read_case(found)


class Cases(SeenCases):
    """The cases of one open transaction, held against other writers. `saved` are those it changed."""

    _ways = _HOLDING

    def __init__(self, connection: Connection, recent: Mapping[str, Case] = NONE) -> None:
        super().__init__(connection, recent)
        self._gathered: list[tuple[Case, Fact]] | None = None

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Write what is saved meanwhile in few statements; the journal stands in the order of the saves.

        Whatever of it is asked for is written before. Raises Refused("stale") if another seat was quicker,
        and then nothing of the transaction may be kept.
        """
        self._gathered = []
        yield
        self.write_out()
        self._gathered = None

    def let_go(self) -> None:
        """Forget what is still gathered: it is not to be."""
        if self._gathered is not None:
            self._gathered = []

    def write_out(self) -> None:
        if not self._gathered:
            return
        told, self._gathered = self._gathered, []
        alike: dict[tuple[str, ...], list[list[Any]]] = {}
        for case, fact in told:
            alike.setdefault(tuple(fact.changes), []).append(_values(case, fact))
        for names, rows in alike.items():
            if self._direct.many(_update(names), rows) != len(rows):
                raise Refused("stale", code=told[0][0].code)
        journal.append_many(self._connection, ((case.id, fact) for case, fact in told))

    def by_external_id(self, external_id: str) -> Case | None:
        found = self._direct.one(_BY_EXTERNAL, (external_id,))
        return None if found is None else read_case(found)

    def save(self, case: Case, fact: Fact) -> None:
        """Write what `fact` changed in `case`, and the fact itself.

        Raises Refused("stale") if another seat was quicker.
        """
        if self._gathered is not None:
            if case.code in self.saved:
                self.write_out()  # its versions are written one after another
            self._gathered.append((case, fact))
        else:
            if self._direct.changed(_update(tuple(fact.changes)), _values(case, fact)) != 1:
                raise Refused("stale", code=case.code)
            journal.append(self._connection, self._direct, case.id, fact)
        self._facts.pop(case.id, None)
        self.saved[case.code] = case

    def add(self, case: Case, fact: Fact) -> int:
        """Write a new case with its opening fact; its id."""
        self.write_out()
        made = self._direct.one(_INSERT, row_of(case)[1:])
        assert made is not None
        case_id: int = made[0]
        journal.append(self._connection, self._direct, case_id, fact)
        return case_id

    def add_many(self, lives: Iterable[tuple[Case, Sequence[Fact]]]) -> int:
        """Write whole lives at once, ids given by the caller; their number."""
        rows: list[Row] = []
        told: list[tuple[int, Fact]] = []
        for case, facts in lives:
            rows.append(row_of(case))
            told.extend((case.id, fact) for fact in facts)
        if rows:
            insert_rows(self._connection, cases, WRITTEN, rows)
            follow_ids(self._connection, cases)
            journal.append_many(self._connection, told)
        return len(rows)

    def reserve(self, name: str, count: int = 1) -> int:
        """Draw `count` numbers from a counter that never goes back; the first of them, from 1."""
        found = self._direct.one(_RAISE, (name, count, count))
        assert found is not None
        value: int = found[0]
        return value - count + 1


def case_of(found: SelectedRow[Any]) -> Case:
    """The case of a selected row that holds every column."""
    return Case(**found._mapping)


def _values(case: Case, fact: Fact) -> list[Any]:
    """What `_update` takes to write `fact`."""
    values = [simple(name, value) for name, value in fact.changes.items()]
    return [*values, fact.number, case.id, fact.number - 1]


@cache
def _update(names: tuple[str, ...]) -> Statement:
    """The statement that sets these fields and the version of a case that has not moved on."""
    fields: list[tuple[Any, Any]] = [(cases.c[name], bindparam(name)) for name in (*names, "version")]
    return Statement(
        update(cases)
        .where(cases.c.id == bindparam("of_id"), cases.c.version == bindparam("of_version"))
        .ordered_values(*fields)
    )
