"""Cases in and out of the store, each change with its journal line."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, text, update

from console.domain.case import Case, Fact
from console.domain.errors import Refused
from console.storage import journal
from console.storage.bulk import follow_ids, insert_rows
from console.storage.columns import Kept
from console.storage.tables import cases

_COLUMNS = list(cases.columns)
_NAMES = [column.name for column in _COLUMNS]
_ALL_VALUES = attrgetter(*_NAMES)
_KEPT = [column.type if isinstance(column.type, Kept) else None for column in _COLUMNS]
_BY_CODE = select(*_COLUMNS).where(cases.c.code == bindparam("code")).with_for_update()
_BY_ID = select(*_COLUMNS).where(cases.c.id == bindparam("id")).with_for_update()
# The second condition says nothing new, but without its very words SQLite does not use the partial index.
_BY_EXTERNAL = select(*_COLUMNS).where(
    cases.c.external_id == bindparam("external_id"), text("cases.external_id != ''")
)
_INSERT = insert(cases)
_UPDATE = (
    update(cases)
    .where(cases.c.id == bindparam("of_id"), cases.c.version == bindparam("of_version"))
    .values({name: bindparam(name) for name in _NAMES if name != "id"})
)
# Both databases know this sentence; SQLAlchemy writes it for each in another class.
_RAISE = text(
    "INSERT INTO counters (name, value) VALUES (:name, :count) "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + :count RETURNING value"
)


class Cases:
    """The cases of one open transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_code(self, code: str) -> Case:
        """The case people call `code`, held against other writers. Raises Refused("no_such_case")."""
        return self._one(self._connection.execute(_BY_CODE, {"code": code}).one_or_none(), code)

    def by_id(self, case_id: int) -> Case:
        return self._one(self._connection.execute(_BY_ID, {"id": case_id}).one_or_none(), case_id)

    def by_external_id(self, external_id: str) -> Case | None:
        found = self._connection.execute(_BY_EXTERNAL, {"external_id": external_id}).one_or_none()
        return None if found is None else case_of(found)

    def facts(self, case_id: int) -> list[Fact]:
        return journal.facts_of(self._connection, case_id)

    def save(self, case: Case, fact: Fact) -> None:
        """Write a changed case and its fact. Raises Refused("stale") if another seat was quicker."""
        values = _values(case) | {"of_id": case.id, "of_version": fact.number - 1}
        if self._connection.execute(_UPDATE, values).rowcount != 1:
            raise Refused("stale", code=case.code)
        journal.append(self._connection, case.id, fact)

    def add(self, case: Case, fact: Fact) -> int:
        """Write a new case with its opening fact; its id."""
        result = self._connection.execute(_INSERT, _values(case))
        assert result.inserted_primary_key is not None
        case_id: int = result.inserted_primary_key[0]
        journal.append(self._connection, case_id, fact)
        return case_id

    def add_many(self, lives: Iterable[tuple[Case, Sequence[Fact]]]) -> int:
        """Write whole lives at once, ids given by the caller; their number."""
        rows: list[tuple[Any, ...]] = []
        told: list[tuple[int, Fact]] = []
        for case, facts in lives:
            rows.append(tuple(map(_simple, _KEPT, _ALL_VALUES(case))))
            told.extend((case.id, fact) for fact in facts)
        if rows:
            insert_rows(self._connection, cases, _NAMES, rows)
            follow_ids(self._connection, cases)
            journal.append_many(self._connection, told)
        return len(rows)

    def reserve(self, name: str, count: int = 1) -> int:
        """Draw `count` numbers from a counter that never goes back; the first of them, from 1."""
        value: int = self._connection.execute(_RAISE, {"name": name, "count": count}).scalar_one()
        return value - count + 1

    def _one(self, found: Row[Any] | None, asked: object) -> Case:
        if found is None:
            raise Refused("no_such_case", code=asked)
        return case_of(found)


def case_of(found: Row[Any]) -> Case:
    """The case of a row that holds every column."""
    return Case(**found._mapping)


def _simple(kept: Kept | None, value: Any) -> Any:
    return value if kept is None or value is None else kept.simple(value)


def _values(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _NAMES if name != "id"}
