"""Every line of the journal carries the hash of the one before it and of its own words."""

import json
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from console.domain.city_act import CityAct
from console.domain.operation import Operation
from console.storage import journal
from console.storage.chain import FIRST, link
from console.storage.unit import Store
from tests.lives import BY, MONDAY, registered, taken
from tests.storage.seats import accepted, add_case, simple_case, whole
from tests.storage.test_schema import InterruptionError

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
LINES = text(
    'SELECT case_id, number, operation, at, "by", post, changes, details, note, evidence, hash '
    "FROM journal ORDER BY id"
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.none() | st.integers(1), st.integers(0), st.integers(), st.lists(texts, min_size=7, max_size=7))
def test_that_a_link_is_the_hash_of_the_line_as_compact_json(
    case_id: int | None, number: int, at: int, told: list[str]
) -> None:
    operation, by, post, changes, details, note, evidence = told
    line = (case_id, number, operation, at, by, post, changes, details, note, evidence)
    said = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    assert link(FIRST, line) == sha256(f"{FIRST}\n{said}".encode()).hexdigest()


def hashes(store: Store) -> list[str]:
    """The hashes as anybody can make them from the lines, after comparing them with those kept."""
    with store.read() as view:
        rows = view.connection.execute(LINES).all()
    head, made = FIRST, []
    for *line, kept in rows:
        said = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        head = sha256(f"{head}\n{said}".encode()).hexdigest()
        assert kept == head
        made.append(head)
    return made


def test_that_the_chain_runs_over_all_cases_and_the_city(city_store: Store) -> None:
    before = len(hashes(city_store))
    first, second = registered(city_store), registered(city_store)
    taken(city_store, first, Operation.ACCEPT, Operation.FILE)
    with city_store.write() as unit:
        unit.note_city(CityAct.STAFF_CHANGED, by=BY, at=MONDAY, note="换班", details={"added": 2})
    taken(city_store, second, Operation.ACCEPT)
    with city_store.write() as unit:  # whole lives at once hang on the same chain
        lives = [simple_case(f"B{number}") for number in range(3)]
        numbered = [(replace(case, id=100 + at), [fact]) for at, (case, fact) in enumerate(lives)]
        assert unit.cases.add_many(numbered) == 3
    taken(city_store, second, Operation.FILE)
    assert len(hashes(city_store)) == before + 2 + 2 + 1 + 1 + 3 + 1
    with city_store.read() as view:
        assert journal.city_facts(view.connection)[-1].note == "换班"


def test_that_two_seats_write_one_chain(store: Store) -> None:
    other = Store(store.url)
    for number in range(6):
        add_case(store if number % 2 else other, str(number))
    other.close()
    assert len(hashes(store)) == 6


def test_that_what_is_rolled_back_leaves_no_gap_in_the_chain(store: Store) -> None:
    add_case(store, "1")

    def broken_off() -> None:
        with store.write() as unit:
            case, fact = simple_case("2")
            unit.add(case, fact)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    add_case(store, "3")
    assert len(hashes(store)) == 2


def test_that_a_part_that_failed_leaves_no_line(store: Store) -> None:
    first = add_case(store, "1")
    with store.write() as unit:
        with suppress(InterruptionError), unit.part():
            unit.save(*accepted(first))
            raise InterruptionError
        unit.save(*accepted(first))
    assert len(hashes(store)) == 2
    assert whole(store) == 1


def test_that_a_line_without_a_hash_is_refused_by_the_database(store: Store) -> None:
    case = add_case(store, "1")
    for hash_ in ("", "0" * 63):
        with pytest.raises(DatabaseError), store.write() as unit:
            unit.connection.execute(
                text(
                    'INSERT INTO journal (case_id, number, operation, at, "by", post, changes, details, '
                    "note, evidence, hash) VALUES (:id, 2, 'accept', 0, 'x', '', '{}', '{}', '', '[]', :hash)"
                ),
                {"id": case.id, "hash": hash_},
            )
    assert whole(store) == 1
