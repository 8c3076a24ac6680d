"""The sets of cases say what the rows say, whatever was done to the store and whoever seals when."""

import random
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import URL, text

from console.domain.calendar import SiteDay
from console.domain.case import Case
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.queries.paging import queue_beside, queue_count, queue_page
from console.queries.set_faults import set_faults, set_progress
from console.runtime.sealing import sealed
from console.services.calendar import set_days
from console.services.city import load_city
from console.services.steps import undo_step
from console.storage.unit import Store
from tests.cities import small_city
from tests.lives import BY, MINUTE, MONDAY, SEVEN_STEPS, registered, taken
from tests.queries.population import NOW, populate
from tests.runtime import sealer
from tests.storage.seats import ROOT, add_case
from tests.whole_queue import queue_ids

EVERY = CaseFilter(everything=True)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.runtime.sealing.BLOCK_BITS", sealer.BITS)
    monkeypatch.setattr("console.storage.sets.reading.BLOCK_BITS", sealer.BITS)
    monkeypatch.setattr("console.storage.sets.reading.CHUNK", sealer.CHUNK)


def seal(store: Store) -> None:
    list(sealed(store, worth=1, loose=1))


def sound(store: Store) -> None:
    """Every set says what the rows say, and every order counts and lists the same cases as plain SQL."""
    with store.read() as view:
        assert list(set_faults(view)) == []
        with view.sets() as sets:
            assert sets is not None
        for order in Order:
            for wanted in (
                CaseFilter(order=order),
                CaseFilter(everything=True, order=order, descending=True),
            ):
                whole = list(queue_ids(view, wanted, NOW))
                assert queue_count(view, wanted, NOW) == len(whole)
                assert [row.id for row in queue_page(view, wanted, NOW, 0, 1000).rows] == whole, wanted


def test_that_every_kind_of_act_is_seen_before_the_next_sealing_and_after(city_store: Store) -> None:
    closed = taken(city_store, registered(city_store), *SEVEN_STEPS)
    running = taken(city_store, registered(city_store), *SEVEN_STEPS[:4])
    seal(city_store)
    at = MONDAY + 60 * MINUTE
    later: list[Case] = [taken(city_store, closed, Operation.REOPEN, at=at)]
    sound(city_store)
    with city_store.write() as unit:
        undo_step(unit, later[0].code, by=BY, at=at + MINUTE)
    sound(city_store)
    with city_store.write() as unit:  # writes deadlines past the usual way
        marks = {date(2026, 3, day): SiteDay(False, "休") for day in range(9, 20)}
        told = set_days(unit, marks, by=BY, at=at)
    assert told.moved
    sound(city_store)
    with city_store.write() as unit:
        load_city(unit, small_city(), by=BY, at=at)
    for number in range(100):
        add_case(city_store, f"imported{number}")
    sound(city_store)
    seal(city_store)
    with city_store.read() as view:
        assert set_progress(view).loose == 0
    sound(city_store)
    assert running.code


def test_that_two_seats_that_seal_at_once_do_not_spoil_it(city_url: URL, city_store: Store) -> None:
    populate(city_store, 300)
    dice = random.Random(3)
    other = Store(city_url)
    for round_ in range(3):
        work = [sealed(city_store, worth=1, loose=1), sealed(other, worth=1, loose=1)]
        for one in work:
            next(one)  # both know what is to be done before either has done it
        while work:
            one = dice.choice(work)
            for _piece in range(dice.randint(1, 9)):
                if not next(one, False):
                    work.remove(one)
                    break
        with city_store.read() as view:
            assert (set_progress(view).waiting, set_progress(view).loose) == (0, 0)
        sound(city_store)
        sound(other)
        add_case(other, f"later{round_}")
    with city_store.read() as view:
        kept = "SELECT count(*) FROM {0} s WHERE NOT EXISTS (SELECT 1 FROM case_blocks b WHERE b.block = s.block AND b.generation = s.generation)"  # noqa: E501  one sentence of SQL
        for table in ("case_sets", "case_keys"):
            assert view.connection.execute(text(kept.format(table))).scalar_one() == 0
    other.close()


@pytest.mark.parametrize("pieces", [1, 7, 23, 60])
def test_that_a_seat_killed_while_it_seals_leaves_nothing_wrong(
    city_url: URL, city_store: Store, pieces: int
) -> None:
    populate(city_store, 300)
    told = city_url.render_as_string(hide_password=False)
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.runtime.sealer", told], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    for _piece in range(pieces):
        assert child.stdout.readline() == "piece\n"
    child.kill()
    child.communicate()
    with city_store.read() as view:
        assert queue_count(view, EVERY, NOW) == 300
        assert list(set_faults(view)) == []
    add_case(city_store, "later")
    seal(city_store)
    sound(city_store)


def test_that_what_was_there_all_along_is_shown_once_though_others_come_and_go(city_store: Store) -> None:
    populate(city_store, 300)
    seal(city_store)
    for order in (Order.DUE, Order.REPORTED, Order.CODE, Order.CLASS, Order.ENDED):
        for before in (False, True):
            wanted = CaseFilter(everything=True, order=order, descending=before)
            with city_store.read() as view:
                there = set(queue_ids(view, wanted, NOW))
                count = len(there)
                page = queue_page(view, wanted, NOW, count - 40 if before else 0, 40)
            seen: list[int] = []
            while page.rows:
                seen += [row.id for row in page.rows]
                if len(seen) < 250:  # where new cases stand last there would be no end of them
                    added = add_case(city_store, f"{order}{before}{len(seen)}")
                    assert added.id not in there
                with city_store.read() as view:
                    row = page.rows[0 if before else -1]
                    place = page.first if before else page.first + len(page.rows) - 1
                    page = queue_beside(view, wanted, NOW, row, place, 40, before=before)
            assert sorted(one for one in seen if one in there) == sorted(there), wanted
            assert len(seen) == len(set(seen))


def test_that_a_small_store_is_left_to_sql(city_store: Store) -> None:
    populate(city_store, 50)
    assert list(sealed(city_store)) == []
    with city_store.read() as view, view.sets() as sets:
        assert sets is None
