"""Cases in and out of the store, each change with its journal line."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
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
_NOW = Statement(
    select(cases.c.id, cases.c.version, revision_now, journal.head_now)
    .where(cases.c.code == bindparam("code"))
    .with_for_update()
)
_BY_ID = Statement(_ALL.where(cases.c.id == bindparam("id")).with_for_update())
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


class Cases:
    """The cases of one open transaction. `saved` are those it changed, by code."""

    def __init__(self, connection: Connection, recent: Mapping[str, Case] = NONE) -> None:
        self._connection = connection
        self._direct = Direct(connection)
        self._recent = recent
        self.saved: dict[str, Case] = {}

    def by_code(self, code: str) -> Case:
        """The case people call `code`, held against other writers. Raises Refused("no_such_case").

        Its row is only read where nobody here knows the case in the version that it has now.
        """
        found = self._direct.one(_NOW, (code,))
        if found is None:
            raise Refused("no_such_case", code=code)
        told = known(self._connection)
        case_id, version, told.revision, told.head = found
        for case in (self.saved.get(code), self._recent.get(code)):
            if case is not None and case.version == version and case.id == case_id:
                return case
        return self.by_id(case_id)

    def by_id(self, case_id: int) -> Case:
        return self._one(self._direct.one(_BY_ID, (case_id,)), case_id)

    def by_external_id(self, external_id: str) -> Case | None:
        found = self._direct.one(_BY_EXTERNAL, (external_id,))
        return None if found is None else read_case(found)

    def facts(self, case_id: int) -> list[Fact]:
        return journal.facts_of(self._connection, case_id)

    def save(self, case: Case, fact: Fact) -> None:
        """Write what `fact` changed in `case`, and the fact itself.

        Raises Refused("stale") if another seat was quicker.
        """
        values = [simple(name, value) for name, value in fact.changes.items()]
        values += (fact.number, case.id, fact.number - 1)
        if self._direct.changed(_update(tuple(fact.changes)), values) != 1:
            raise Refused("stale", code=case.code)
        journal.append(self._connection, self._direct, case.id, fact)
        self.saved[case.code] = case

    def add(self, case: Case, fact: Fact) -> int:
        """Write a new case with its opening fact; its id."""
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

    def _one(self, found: Row | None, asked: object) -> Case:
        if found is None:
            raise Refused("no_such_case", code=asked)
        return read_case(found)


def case_of(found: SelectedRow[Any]) -> Case:
    """The case of a selected row that holds every column."""
    return Case(**found._mapping)


@cache
def _update(names: tuple[str, ...]) -> Statement:
    """The statement that sets these fields and the version of a case that has not moved on."""
    fields: list[tuple[Any, Any]] = [(cases.c[name], bindparam(name)) for name in (*names, "version")]
    return Statement(
        update(cases)
        .where(cases.c.id == bindparam("of_id"), cases.c.version == bindparam("of_version"))
        .ordered_values(*fields)
    )
