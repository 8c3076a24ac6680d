"""The verification finds whatever was changed behind the journal's back."""

import pytest
from sqlalchemy import text

from console.domain.operation import Operation
from console.queries.verify import Mismatch, mismatches
from console.storage.unit import Store
from tests.lives import registered, taken

FREE = {
    "sqlite": (
        "DROP TRIGGER journal_no_update",
        "DROP TRIGGER journal_no_delete",
        "PRAGMA defer_foreign_keys=ON",
    ),
    "postgresql": ("ALTER TABLE journal DISABLE TRIGGER ALL", "ALTER TABLE cases DISABLE TRIGGER ALL"),
}
MIDDLE, LAST = 2, 3


def tampered(number: int, changes: str) -> str:
    told = changes.replace(":", "\\:")  # a colon names a parameter in text()
    return f"UPDATE journal SET changes = '{told}' WHERE case_id = {MIDDLE} AND number = {number}"


def row(changes: str) -> str:
    return f"UPDATE cases SET {changes} WHERE id = {MIDDLE}"


def lines(where: str) -> str:
    return f"DELETE FROM journal WHERE {where}"


# What is done, what is found of the case and in which fields, and the line where the chain breaks.
DAMAGE = {
    "a field of a row": (row("address = 'x'"), "row_differs", ("address",), ""),
    "two fields": (row("state = 'closed', district = ''"), "row_differs", ("district", "state"), ""),
    "an instant by a microsecond": (row("due_at = due_at + 1"), "row_differs", ("due_at",), ""),
    "the version": (row("version = 9"), "row_differs", ("version",), ""),
    "what a fact changed": (tampered(2, "{}"), "row_differs", ("accepted_at",), "2/2"),
    "the first fact": (lines(f"case_id = {MIDDLE} AND number = 1"), "journal_gap", (), "2/2"),
    "a fact between": (lines(f"case_id = {MIDDLE} AND number = 3"), "journal_gap", (), "2/4"),
    "the whole journal": (lines(f"case_id = {MIDDLE}"), "case_without_journal", (), "3/1"),
    "the journal of the last": (lines(f"case_id = {LAST}"), "case_without_journal", (), ""),
    "no JSON": (tampered(2, "{"), "journal_unreadable", (), "2/2"),
    "no object": (tampered(2, "[]"), "journal_unreadable", (), "2/2"),
    "a state nobody knows": (tampered(2, '{"state":"lost"}'), "journal_unreadable", (), "2/2"),
    "an instant that is none": (tampered(2, '{"accepted_at":"soon"}'), "journal_unreadable", (), "2/2"),
    "visits that are none": (tampered(2, '{"visits":[["D105"]]}'), "journal_unreadable", (), "2/2"),
    "a field nobody knows": (tampered(2, '{"colour":1}'), "journal_unreadable", (), "2/2"),
    "an opening that is no case": (tampered(1, '{"code":"1"}'), "journal_unreadable", (), "2/1"),
    "an operation nobody knows": (
        f"UPDATE journal SET operation = 'juggle' WHERE case_id = {MIDDLE} AND number = 2",
        "journal_unreadable",
        (),
        "2/2",
    ),
    "more taken back than was done": (
        f"UPDATE journal SET operation = 'undo' WHERE case_id = {MIDDLE} AND number < 3",
        "journal_unreadable",
        (),
        "2/1",
    ),
    "when the clock began": (
        f"UPDATE journal SET at = at + 1 WHERE case_id = {MIDDLE} AND number = 4",
        "deadline_differs",
        ("visits",),
        "2/4",
    ),
}


@pytest.fixture
def three(city_store: Store) -> Store:
    """A store with three dispatched cases, ids 1 to 3, and no guard left."""
    for _ in range(3):
        taken(city_store, registered(city_store), Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)
    with city_store.write() as unit:
        for statement in FREE[city_store.engine.dialect.name]:
            unit.connection.execute(text(statement))
    return city_store


def found(store: Store) -> tuple[list[Mismatch], int]:
    with store.read() as view:
        *items, total = mismatches(view)
    assert isinstance(total, int)
    return [item for item in items if isinstance(item, Mismatch)], total


def damage(store: Store, statement: str) -> None:
    with store.write() as unit:
        unit.connection.execute(text(statement))


def code(store: Store, case_id: int) -> str:
    with store.write() as unit:
        return unit.cases.by_id(case_id).code


def test_that_a_store_as_the_console_leaves_it_has_no_findings(three: Store) -> None:
    assert found(three) == ([], 3)


def test_that_each_damage_is_found_where_it_is(three: Store) -> None:
    for name, (statement, problem, fields, line) in DAMAGE.items():
        case_id = LAST if "last" in name else MIDDLE
        expected = Mismatch(code(three, case_id), problem, fields)
        with three.write() as unit:
            unit.connection.execute(text(statement))
            *items, total = mismatches(unit)
            unit.connection.rollback()
        broken = [item.fields[0] for item in items if isinstance(item, Mismatch) and item.code[0] == "@"]
        assert broken[:1] == ([line] if line else []), name
        assert items[len(broken) :] == [expected], name
        assert total == 3
    assert found(three) == ([], 3)


def test_that_the_last_fact_missing_is_a_row_that_knows_too_much(three: Store) -> None:
    damage(three, f"DELETE FROM journal WHERE case_id = {MIDDLE} AND number = 4")
    (broken, item), _ = found(three)
    assert (broken.problem, broken.fields) == ("chain_broken", ("3/1", "register"))
    assert (item.problem, "department" in item.fields, "due_at" in item.fields) == ("row_differs", True, True)


@pytest.mark.parametrize("case_id", [1, MIDDLE, LAST])
def test_that_a_row_missing_is_found_wherever_it_was(three: Store, case_id: int) -> None:
    with three.engine.connect() as connection:
        if three.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        connection.execute(text(f"DELETE FROM cases WHERE id = {case_id}"))
        connection.commit()
    assert found(three) == ([Mismatch(f"#{case_id}", "journal_without_case")], 2)


def test_that_an_empty_store_is_verified_too(store: Store) -> None:
    assert found(store) == ([], 0)
