"""The copies of which the benchmarks' year is made are true cases, and a lent store comes back untouched."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.verify import Mismatch, mismatches
from console.services.city import load_city
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, small_city
from tests.lives import SEVEN_STEPS, WAY, registered, taken
from tests.perf import borrowed as lending
from tests.perf.borrowed import borrowed, note_untouched, untouched
from tests.perf.year_copies import Move, moved, rows_of
from tests.perf.year_lives import MONTHS, Months
from tests.perf.year_rows import FILE, Written, bring_up, empty_store

SUSPENDED = WAY[State.SUSPENDED]
BACK = Move(-28, -2)


@pytest.fixture
def month(tmp_path: Path) -> Path:
    """Two cases, one closed and one suspended."""
    folder = tmp_path / "month"
    store = opened(folder)
    with store.write() as unit:
        load_city(unit, small_city(), by=LOADER, at=LOADED)
    taken(store, registered(store), *SEVEN_STEPS)
    taken(store, registered(store), *SUSPENDED)
    store.close()
    return folder


@pytest.fixture
def year(month: Path, tmp_path: Path) -> Path:
    """The month as it is, and once more four weeks earlier."""
    folder = tmp_path / "year"
    folder.mkdir()
    empty_store(folder)
    with closing(Written(folder, month)) as written:
        written.add(rows_of(month, 1, 2))
        written.add(moved(month, 1, 2, BACK))
        written.finish()
    bring_up(folder)
    return folder


def opened(folder: Path) -> Store:
    store = Store(database_url(None, folder))
    store.prepare()
    return store


def test_that_copies_verify_against_their_journals_and_the_chain(year: Path) -> None:
    store = opened(year)
    with store.read() as view:
        told = list(mismatches(view))
    assert [one for one in told if isinstance(one, Mismatch)] == []
    assert told[-1] == 4
    store.close()


def test_that_a_copy_differs_by_its_weeks_its_code_and_its_house(year: Path) -> None:
    store = opened(year)
    with store.write() as unit:
        first, copy = (unit.cases.by_id(number) for number in (2, 4))
        asked = [
            next(one for one in unit.cases.facts(number) if one.operation is Operation.ASK_SUSPENSION)
            for number in (2, 4)
        ]
    store.close()
    assert copy.code == "2026020900002"
    assert copy.reported_at == first.reported_at - timedelta(28)
    assert copy.visits[0].start == first.visits[0].start - timedelta(28)
    assert copy.address.startswith(f"{first.address}（")
    assert [one.details["until"][:10] for one in asked] == ["2026-04-08", "2026-03-11"]


def test_that_the_next_report_gets_a_code_of_its_own(year: Path) -> None:
    store = opened(year)
    assert registered(store).code == "2026030900003"
    store.close()


def test_that_the_months_make_up_the_year() -> None:
    months = Months.of(3_200_000)
    assert (MONTHS - 1) * months.copied + months.last == 3_200_000


def test_that_nothing_written_to_a_borrowed_store_stays(year: Path) -> None:
    before = sha256((year / FILE).read_bytes()).digest()
    with borrowed(year) as folder:
        store = opened(folder)
        for _report in range(40):
            registered(store)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
    with closing(sqlite3.connect(year / FILE)) as kept:
        assert kept.execute("SELECT count(*) FROM cases").fetchone() == (4,)
    assert sha256((year / FILE).read_bytes()).digest() == before


def test_that_who_keeps_a_borrowed_store_open_writes_nothing_into_it(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lending, "_PATIENCE_S", 0.2)
    note_untouched(year)
    with borrowed(year) as folder:
        store = opened(folder)
        registered(store)
    registered(store)  # the lending is over, the file is still open
    store.close()
    assert untouched(year)
    with borrowed(year) as folder:  # waits until what was written is thrown away
        store = opened(folder)
        assert registered(store).id == 5
        store.close()
    assert untouched(year)


def test_that_a_store_that_was_written_in_is_known(year: Path) -> None:
    assert not untouched(year)
    note_untouched(year)
    assert untouched(year)
    store = opened(year)
    registered(store)
    store.close()
    assert not untouched(year)
