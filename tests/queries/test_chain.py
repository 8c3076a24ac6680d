"""A line changed, dropped, put in or moved is found; so is a chain rewritten or cut, by its anchors."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from console.domain.anchor import Anchor
from console.domain.operation import Operation
from console.queries.chain import Break, breaks, journal_end, strays
from console.storage.chain import FIRST, link
from console.storage.unit import Store
from tests.lives import MONDAY, registered, taken
from tests.queries.test_verify_findings import FREE

HOUR = timedelta(hours=1)
TOLD = 'case_id, number, operation, at, "by", post, changes, details, note, evidence'


@pytest.fixture
def six(city_store: Store) -> Store:
    """A store with two cases of three facts each, lines first to first + 5, and no guard left."""
    for _ in range(2):
        taken(city_store, registered(city_store), Operation.ACCEPT, Operation.FILE)
    with city_store.write() as unit:
        for statement in FREE[city_store.engine.dialect.name]:
            unit.connection.execute(text(statement))
    return city_store


def lines(store: Store) -> list[int]:
    """The ids of the cases' lines."""
    with store.read() as view:
        return list(
            view.connection.execute(
                text("SELECT id FROM journal WHERE case_id IS NOT NULL ORDER BY id")
            ).scalars()
        )


def say(store: Store, *statements: str) -> None:
    with store.write() as unit:
        for statement in statements:
            unit.connection.execute(text(statement))


def broken(store: Store) -> list[Break]:
    with store.read() as view:
        return list(breaks(view.connection))


def anchor(store: Store, hours: int = 0) -> Anchor:
    with store.read() as view:
        found = journal_end(view, MONDAY + hours * HOUR)
    assert found is not None
    return found


def contradicted(store: Store, anchors: Sequence[Anchor]) -> list[tuple[str, int]]:
    with store.read() as view:
        return [(found.problem, found.line) for found in strays(view.connection, anchors)]


def rewrite(store: Store) -> None:
    """Make every hash anew, as whoever can write the database can."""
    with store.write() as unit:
        head = FIRST
        for line, *told in unit.connection.execute(text(f"SELECT id, {TOLD} FROM journal ORDER BY id")).all():
            head = link(head, tuple(told))
            unit.connection.execute(
                text("UPDATE journal SET hash = :head WHERE id = :line"), {"head": head, "line": line}
            )


def test_that_a_journal_as_it_was_written_has_no_break(six: Store) -> None:
    assert broken(six) == []


@pytest.mark.parametrize("column", TOLD.split(", "))
def test_that_a_line_changed_in_any_column_is_named(six: Store, column: str) -> None:
    line = lines(six)[1]
    value = {"case_id": "NULL", "number": "9", "at": "at + 1"}.get(column, "'x'")
    say(six, f"UPDATE journal SET {column} = {value} WHERE id = {line}")
    (found,) = broken(six)
    assert (found.line, found.problem) == (line, "chain_broken")


def test_that_the_line_after_one_that_was_dropped_is_named(six: Store) -> None:
    first, _, third, *_ = lines(six)
    say(six, f"DELETE FROM journal WHERE id = {third}")
    assert [found.line for found in broken(six)] == [third + 1]
    say(six, f"DELETE FROM journal WHERE id = {first}")
    assert [found.line for found in broken(six)] == [first + 1, third + 1]


def test_that_a_line_that_was_put_in_is_named(six: Store) -> None:
    line = lines(six)[2]
    say(
        six,
        f"UPDATE journal SET id = id + 100 WHERE id > {line}",
        f'INSERT INTO journal SELECT id + 1, case_id, 9, operation, at, "by", post, changes, details, note, '
        f"evidence, hash FROM journal WHERE id = {line}",
    )
    assert broken(six)[0].line == line + 1


def test_that_the_first_of_two_lines_that_changed_places_is_named(six: Store) -> None:
    first, second = lines(six)[1], lines(six)[3]
    say(
        six,
        f"UPDATE journal SET id = 9999 WHERE id = {first}",
        f"UPDATE journal SET id = {first} WHERE id = {second}",
        f"UPDATE journal SET id = {second} WHERE id = 9999",
    )
    assert broken(six)[0].line == first


def test_that_whole_anchors_have_nothing_to_say(six: Store) -> None:
    anchors = [anchor(six)]
    taken(six, registered(six), Operation.ACCEPT)
    anchors.append(anchor(six, 1))
    assert contradicted(six, anchors) == []


def test_that_a_chain_made_anew_is_found_by_the_first_anchor_past_it(six: Store) -> None:
    anchors = [anchor(six)]
    taken(six, registered(six), Operation.ACCEPT)
    anchors.append(anchor(six, 1))
    say(six, f"UPDATE journal SET note = 'x' WHERE id = {anchors[0].line + 1}")
    rewrite(six)
    assert broken(six) == [], "the chain alone cannot tell"
    assert contradicted(six, anchors) == [("chain_rewritten", anchors[1].line)]


def test_that_a_tail_that_was_cut_is_found(six: Store) -> None:
    taken(six, registered(six), Operation.ACCEPT)
    anchors = [anchor(six), anchor(six, 1)]
    say(six, f"DELETE FROM journal WHERE id = {anchors[0].line}")
    assert broken(six) == [], "the chain alone cannot tell"
    assert contradicted(six, anchors) == [("tail_cut", anchors[0].line)]


def test_that_a_tail_written_anew_under_the_same_ids_is_found(six: Store) -> None:
    anchors = [anchor(six)]
    say(six, f"UPDATE journal SET note = 'x' WHERE id = {anchors[0].line}")
    rewrite(six)
    assert contradicted(six, anchors) == [("chain_rewritten", anchors[0].line)]


def test_that_another_database_in_the_same_place_is_found(six: Store) -> None:
    anchors = [anchor(six)]
    say(six, "UPDATE meta SET value = 'another' WHERE name = 'store'")
    assert contradicted(six, anchors) == [("store_exchanged", anchors[0].line)]


def test_that_the_anchors_of_other_databases_say_nothing(six: Store) -> None:
    strange = replace(anchor(six), store="other", database="elsewhere", hash=FIRST)
    assert contradicted(six, [strange]) == []


def test_that_an_anchor_names_no_password(six: Store) -> None:
    url = six.url
    assert anchor(six).database.endswith(str(url.database))
    assert not url.password or url.password not in anchor(six).database
    assert "@" not in anchor(six).database
