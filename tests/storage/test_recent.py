"""A seat that knows a case need not read it, and never acts on one that is not as it stands."""

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import event

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import State
from console.storage import unit as units
from console.storage.unit import Store
from tests.lives import BY
from tests.storage.seats import accepted, add_case, whole
from tests.storage.test_schema import InterruptionError


def by_code(store: Store, code: str) -> Case:
    with store.write() as unit:
        return unit.cases.by_code(code)


def saved(store: Store, case: Case, by: str = BY) -> Case:
    after, fact = accepted(case, by)
    with store.write() as unit:
        unit.save(after, fact)
    return after


def read(store: Store) -> Case:
    """The case 1 as its row tells it, whatever this seat knows."""
    with store.write() as unit:
        return unit.cases.by_id(1)


def test_that_a_case_saved_here_is_the_one_in_its_row(store: Store) -> None:
    after = saved(store, add_case(store, "1"))
    assert by_code(store, "1") is after
    assert read(store) == after


def test_that_a_case_another_seat_moved_on_is_read_anew(store: Store) -> None:
    after = saved(store, add_case(store, "1"))
    other = Store(store.url)
    moved, fact = accepted(after, "另一席")
    with other.write() as unit:
        unit.save(replace(moved, address="新"), replace(fact, changes={**fact.changes, "address": "新"}))
    other.close()
    assert by_code(store, "1").address == "新"
    assert whole(store) == 1


def test_that_what_was_rolled_back_is_forgotten(store: Store) -> None:
    case = add_case(store, "1")
    never = replace(case, address="从未", version=2)
    with suppress(InterruptionError), store.write() as unit:
        unit.save(never, replace(accepted(case)[1], changes={"address": "从未"}))
        assert unit.cases.by_code("1") is never
        raise InterruptionError
    other = Store(store.url)
    saved(other, case)  # the same version number, but another truth
    other.close()
    assert by_code(store, "1").address == ""
    assert by_code(store, "1").state is State.TO_FILE


def test_that_a_part_rolled_back_is_forgotten_within_its_transaction(store: Store) -> None:
    case = add_case(store, "1")
    with store.write() as unit:
        with suppress(InterruptionError), unit.part():
            unit.save(replace(case, address="从未", version=2), accepted(case)[1])
            raise InterruptionError
        assert unit.cases.by_code("1") == case
        unit.save(*accepted(case))
    assert by_code(store, "1") == read(store)


def test_that_a_case_that_is_gone_is_not_remembered_into_being(store: Store) -> None:
    saved(store, add_case(store, "1"))
    with pytest.raises(Refused, match="no_such_case"):
        by_code(store, "2")


def test_that_only_the_last_cases_are_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "REMEMBERED", 2)
    for code in ("1", "2", "3"):
        saved(store, add_case(store, code))
    assert list(store.recent) == ["2", "3"]
    assert by_code(store, "1") == read(store)


def test_that_a_write_asks_the_statement_layer_nothing(store: Store) -> None:
    case = add_case(store, "1")
    said: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda _c, _k, text, *_r: said.append(text))
    saved(store, case)
    assert [text for text in said if "lock" not in text] == []
