"""Pages of the queue glued together are the whole queue, wherever one begins and whichever way one goes."""

import random
from dataclasses import replace

import pytest

from console.domain.case import Case
from console.domain.flow import Step
from console.domain.wanted import CaseFilter, Order
from console.queries.paging import Page, queue_around, queue_beside, queue_count, queue_counts, queue_page
from console.storage.unit import Store, Unit, View
from tests.queries.population import NOW, populate
from tests.storage.seats import simple_case
from tests.whole_queue import queue_ids

WANTED = [
    CaseFilter(order=order, descending=descending, everything=everything)
    for order in Order
    for descending in (False, True)
    for everything in (False, True)
]


@pytest.fixture
def cases(city_store: Store) -> list[Case]:
    return populate(city_store)


def ids(page: Page) -> list[int]:
    return [row.id for row in page.rows]


def walked(view: View, wanted: CaseFilter, size: int, *, before: bool) -> list[int]:
    """The whole queue, page after page from one of its ends."""
    count = queue_count(view, wanted, NOW)
    page = queue_page(view, wanted, NOW, max(0, count - size) if before else 0, size)
    found = ids(page)
    while page.rows:
        place = page.first if before else page.first + len(page.rows) - 1
        row = page.rows[0 if before else -1]
        page = queue_beside(view, wanted, NOW, row, place, size, before=before)
        if page.rows:
            assert page.first == (count - len(found) - len(page.rows) if before else len(found))
        found = ids(page) + found if before else found + ids(page)
    return found


def test_that_pages_glued_together_are_the_whole_queue(city_store: Store, cases: list[Case]) -> None:
    assert cases
    with city_store.read() as view:
        for wanted in WANTED:
            whole = list(queue_ids(view, wanted, NOW))
            for before in (False, True):
                assert walked(view, wanted, 37, before=before) == whole, wanted
            for at in (0, 1, 50, len(whole) - 3, len(whole), len(whole) + 10):
                page = queue_page(view, wanted, NOW, at, 20)
                assert (page.first, ids(page)) == (at, whole[at : at + 20])


def test_that_a_case_is_found_at_its_very_place(city_store: Store, cases: list[Case]) -> None:
    dice = random.Random(1)
    with city_store.read() as view:
        for wanted in WANTED:
            whole = list(queue_ids(view, wanted, NOW))
            for place, case_id in dice.sample(list(enumerate(whole)), 12):
                page = queue_around(view, wanted, NOW, case_id, 9)
                assert page is not None
                assert ids(page)[place - page.first] == case_id
                assert ids(page) == whole[page.first : page.first + 9]
        outside = next(case for case in cases if case.id not in set(queue_ids(view, CaseFilter(), NOW)))
        assert queue_around(view, CaseFilter(), NOW, outside.id, 9) is None
        assert queue_around(view, CaseFilter(), NOW, 999_999, 9) is None


def test_that_counts_are_the_lengths_of_the_lists(city_store: Store, cases: list[Case]) -> None:
    assert cases
    asked = [CaseFilter(), CaseFilter(late=True), CaseFilter(text="垃圾"), CaseFilter(step=Step.EVALUATION)]
    with city_store.read() as view:
        assert queue_counts(view, asked, NOW) == [len(queue_ids(view, one, NOW)) for one in asked]


def test_that_addresses_too_long_to_show_keep_their_order(city_store: Store) -> None:
    with city_store.write() as unit:
        told = [added(unit, str(number), address="长" * 300 + end) for number, end in enumerate("cab")]
    with city_store.read() as view:
        assert walked(view, CaseFilter(order=Order.ADDRESS), 1, before=False) == [
            told[at].id for at in (1, 2, 0)
        ]


def added(unit: Unit, code: str, address: str) -> Case:
    case, fact = simple_case(code)
    case = replace(case, address=address)
    return replace(case, id=unit.add(case, replace(fact, changes={**fact.changes, "address": address})))
