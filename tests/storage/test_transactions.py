"""A unit is kept whole or not at all, a view sees one state, and writers take turns over all seats."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import URL, func, select
from sqlalchemy.exc import DatabaseError

from console.domain.errors import Refused
from console.queries.watch import changed_since, journal_head
from console.storage import engine
from console.storage.tables import cases, journal
from console.storage.unit import Store
from tests.storage.seats import accepted, add_case, added, codes, seat, simple_case, whole


class FaultError(Exception):
    """Something of the program's own that went wrong half way."""


@pytest.fixture
def other(store: Store, empty_url: URL) -> Iterator[Store]:
    """Another seat at the same database."""
    opened = Store(empty_url)
    yield opened
    opened.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seats opened from now on wait for each other for a tenth of a second only."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 100)


def test_that_row_and_fact_are_written_together(store: Store) -> None:
    case = add_case(store, "1")
    with store.write() as unit:
        unit.save(*accepted(case))
        assert unit.changes.cases == {case.id: 2}
    assert whole(store) == 1


def test_that_a_unit_that_fails_leaves_nothing(store: Store) -> None:
    case = add_case(store, "1")

    def half() -> None:
        with store.write() as unit:
            unit.save(*accepted(case))
            added(unit, "2")
            raise FaultError

    with pytest.raises(FaultError):
        half()
    assert codes(store) == {"1"}
    with store.write() as unit:
        assert unit.cases.by_code("1") == case
        assert len(unit.cases.facts(case.id)) == 1


def test_that_a_failed_unit_gives_the_lock_back(store: Store, other: Store) -> None:
    with pytest.raises(FaultError), store.write():
        raise FaultError
    add_case(other, "1")
    add_case(store, "2")
    assert codes(other) == {"1", "2"}


def test_that_the_second_of_two_who_saw_the_same_version_is_told(store: Store, other: Store) -> None:
    case = add_case(store, "1")
    with store.write() as unit:
        unit.save(*accepted(case, "甲"))
    with pytest.raises(Refused) as caught, other.write() as unit:
        unit.save(*accepted(case, "乙"))
    assert (caught.value.code, caught.value.facts) == ("stale", {"code": "1"})
    with store.write() as unit:
        assert [fact.by for fact in unit.cases.facts(case.id)][1:] == ["甲"]
    assert whole(store) == 1


def test_that_a_code_is_given_to_one_case_only(store: Store) -> None:
    add_case(store, "1")
    with pytest.raises(DatabaseError):
        add_case(store, "1")
    assert whole(store) == 1


def test_that_an_outside_number_is_given_to_one_case_only_but_none_to_many(store: Store) -> None:
    for code, external in [("1", ""), ("2", ""), ("3", "sf:1")]:
        case, fact = simple_case(code)
        with store.write() as unit:
            unit.add(
                replace(case, external_id=external),
                replace(fact, changes={**fact.changes, "external_id": external}),
            )
    case, fact = simple_case("4")
    with pytest.raises(DatabaseError), store.write() as unit:
        unit.add(replace(case, external_id="sf:1"), fact)
    with store.write() as unit:
        found = unit.cases.by_external_id("sf:1")
        assert found is not None
        assert found.code == "3"
        assert unit.cases.by_external_id("sf:2") is None


def test_that_a_case_nobody_has_is_refused_by_its_name(store: Store) -> None:
    with pytest.raises(Refused, match=r"no_such_case\(code=9\)"), store.write() as unit:
        unit.cases.by_code("9")
    with pytest.raises(Refused, match="no_such_case"), store.write() as unit:
        unit.cases.by_id(9)


def test_that_a_view_sees_one_state_while_others_write(store: Store, other: Store) -> None:
    add_case(store, "1")
    count = select(func.count()).select_from(cases)
    with store.read() as view:
        before = view.connection.execute(count).scalar_one()
        add_case(other, "2")
        assert view.connection.execute(count).scalar_one() == before == 1
    assert codes(store) == {"1", "2"}


def test_that_readers_do_not_wait_for_a_writer(store: Store, other: Store) -> None:
    with store.write() as unit:
        added(unit, "1")
        assert codes(other) == set()
        assert codes(store) == set(), "also at the same seat"
    assert codes(other) == {"1"}


def test_that_who_reads_before_writing_is_not_overtaken(store: Store, other: Store) -> None:
    """Where the lock came with the first write, the second seat's read would be out of date by then."""
    case = add_case(store, "1")
    read, go = Event(), Event()

    def second_seat() -> None:
        with other.write() as unit:
            found = unit.cases.by_code("1")
            read.set()
            go.wait(10)
            unit.save(*accepted(found, "乙"))

    thread = Thread(target=second_seat)
    thread.start()
    assert read.wait(10)
    overtaken = Thread(target=lambda: add_case(store, "2"))
    overtaken.start()
    go.set()
    thread.join(20)
    overtaken.join(20)
    assert codes(store) == {"1", "2"}
    assert whole(store) == 2
    with store.write() as unit:
        assert unit.cases.by_code("1").version == case.version + 1


@pytest.mark.usefixtures("impatient")
def test_that_a_seat_that_does_not_finish_is_told_to_the_others(empty_url: URL) -> None:
    slow, quick = Store(empty_url), Store(empty_url)
    with slow.write() as unit:
        added(unit, "1")
        with pytest.raises(Refused) as caught:
            add_case(quick, "2")
    assert caught.value.code == "database_busy"
    assert codes(quick) == {"1"}
    add_case(quick, "2")
    assert codes(slow) == {"1", "2"}
    for opened in (slow, quick):
        opened.close()


def test_that_facts_are_committed_in_the_order_of_their_ids(store: Store, other: Store) -> None:
    """Else a seat that asks for what came after the last id it knows would miss the late ones."""
    holds, go = Event(), Event()

    def slow_seat() -> None:
        with other.write() as unit:
            added(unit, "slow")
            holds.set()
            go.wait(10)

    first = Thread(target=slow_seat)
    first.start()
    assert holds.wait(10)
    with store.read() as view:
        head = journal_head(view)
    second = Thread(target=lambda: add_case(store, "quick"))
    second.start()
    second.join(0.3)
    with other.read() as view:
        seen = changed_since(view, head.fact, 100)
        head = journal_head(view)
    go.set()
    first.join(20)
    second.join(20)
    with other.read() as view:
        seen |= changed_since(view, head.fact, 100)
        assert len(seen) == 2, "no fact came with an id below what was already seen"
        ids = view.connection.execute(select(journal.c.id).order_by(journal.c.id)).scalars().all()
    assert list(ids) == sorted(ids)


def test_that_threads_of_one_seat_write_one_after_another(store: Store) -> None:
    inside, most = 0, 0
    counting = threading.Lock()

    def write(number: int) -> None:
        nonlocal inside, most
        with store.write() as unit:
            with counting:
                inside += 1
                most = max(most, inside)
            added(unit, str(number))
            with counting:
                inside -= 1

    threads = [Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == 1
    assert whole(store) == 12


def test_that_a_counter_never_gives_a_number_twice(store: Store, other: Store) -> None:
    drawn: list[int] = []

    def draw(seat: Store) -> None:
        for _ in range(20):
            with seat.write() as unit:
                drawn.append(unit.cases.reserve("day"))

    threads = [Thread(target=draw, args=(seat,)) for seat in (store, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(drawn) == list(range(1, 41))
    with store.write() as unit:
        assert unit.cases.reserve("day", 5) == 41
        assert unit.cases.reserve("day") == 46
        assert unit.cases.reserve("another day") == 1


def test_that_a_number_drawn_in_a_failed_unit_is_given_again(store: Store) -> None:
    drawn = []

    def half() -> None:
        with store.write() as unit:
            drawn.append(unit.cases.reserve("day"))
            raise FaultError

    with pytest.raises(FaultError):
        half()
    assert drawn == [1]
    with store.write() as unit:
        assert unit.cases.reserve("day") == 1


def test_that_two_processes_write_and_lose_nothing(store: Store, empty_url: URL) -> None:
    writers = [seat(empty_url, name, 60) for name in ("a", "b")]
    said = [set(writer.communicate(timeout=60)[0].split()) for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    assert codes(store) == said[0] | said[1]
    assert whole(store) == 120
