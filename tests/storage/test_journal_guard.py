"""The database itself refuses to change or drop a line of the journal."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from console.storage.unit import Store
from tests.storage.seats import accepted, add_case, whole

TAMPERING = {
    "change": "UPDATE journal SET note = 'never happened'",
    "one field of one line": "UPDATE journal SET \"by\" = 'somebody else' WHERE number = 2",
    "drop": "DELETE FROM journal WHERE number = 2",
    "drop all": "DELETE FROM journal",
    "renumber": "UPDATE journal SET number = number + 1",
}
REPLACE = {
    "sqlite": (
        "INSERT OR REPLACE INTO journal "
        "SELECT id, case_id, number, operation, at, 'x', post, changes, details, note, evidence, hash "
        "FROM journal"
    ),
    "postgresql": "TRUNCATE journal",
}


@pytest.fixture
def told(store: Store) -> Store:
    """A store with a case of two facts."""
    case, fact = accepted(add_case(store, "1"))
    with store.write() as unit:
        unit.save(case, fact)
    return store


@pytest.mark.parametrize("how", TAMPERING)
def test_that_the_journal_is_append_only(told: Store, how: str) -> None:
    refused(told, TAMPERING[how])


def test_that_it_is_so_for_the_back_doors_of_each_database(told: Store) -> None:
    refused(told, REPLACE[told.engine.dialect.name])


def test_that_a_case_with_a_journal_cannot_be_dropped(told: Store) -> None:
    with pytest.raises(DatabaseError), told.write() as unit:
        unit.connection.execute(text("DELETE FROM cases"))
    assert whole(told) == 1


def refused_by_guard(store: Store, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), store.write() as unit:
        unit.connection.execute(text(statement))


def refused(store: Store, statement: str) -> None:
    refused_by_guard(store, statement)
    assert whole(store) == 1
    with store.read() as view:
        assert view.connection.execute(text("SELECT count(*) FROM journal")).scalar_one() == 2
