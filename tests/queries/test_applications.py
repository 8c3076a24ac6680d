"""What waits for a decision, kept from look to look: always what a fresh look sees, and never read twice."""

from collections.abc import Callable

import pytest

from console.domain.case import Case, Fact
from console.domain.operation import Operation
from console.queries.approvals import Applications, approvals
from console.services.steps import take_step
from console.services.told import Told
from console.storage import journal
from console.storage.unit import Store
from tests.lives import CHIEF, MINUTE, MONDAY, TOLD, registered, taken, who

WAY = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH, Operation.RECEIVE)
LATER = MONDAY + 5 * MINUTE
PRESSED = Told(note="请加快处置", level=1)


def asked(store: Store, operation: Operation, minutes: int = 0) -> Case:
    case = taken(store, registered(store), *WAY)
    return acted(store, case.code, operation, who(case, operation), minutes)


def acted(store: Store, code: str, operation: Operation, by: str, minutes: int) -> Case:
    with store.write() as unit:
        return take_step(
            unit, code, operation, TOLD.get(operation, PRESSED), by=by, at=LATER + minutes * MINUTE
        )


def test_that_every_look_is_a_fresh_one(city_store: Store) -> None:
    kept = Applications()

    def same(by: str = CHIEF) -> int:
        with city_store.read() as view:
            seen = kept.look(view, by)
            assert seen == approvals(view, by)
            return len(seen)

    assert same() == 0
    first = asked(city_store, Operation.ASK_EXTENSION, 2)
    asked(city_store, Operation.ASK_RETURN, 1)
    assert same() == 2
    acted(city_store, first.code, Operation.URGE, CHIEF, 3)  # the same application in a case that moved
    assert same() == 2
    assert same(by="派遣员") == 2
    acted(city_store, first.code, Operation.ALLOW_EXTENSION, CHIEF, 4)
    assert same() == 1


def test_that_only_what_moved_is_read_again(city_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, read = Applications(), []
    facts_of: Callable[..., list[Fact]] = journal.facts_of
    monkeypatch.setattr(
        journal, "facts_of", lambda connection, case: read.append(case) or facts_of(connection, case)
    )
    first, second = (asked(city_store, Operation.ASK_EXTENSION, at) for at in (0, 1))
    for expected in ({first.id, second.id}, set()):
        read.clear()
        with city_store.read() as view:
            kept.look(view, CHIEF)
        assert set(read) == expected
    acted(city_store, second.code, Operation.URGE, CHIEF, 2)
    with city_store.read() as view:
        kept.look(view, CHIEF)
    assert read == [second.id]
