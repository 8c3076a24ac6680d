"""The card of a case tells everything, and advises what the city's lists say."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Source
from console.domain.city import Level
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.case import CaseCard, case_card
from console.queries.city import city_lists
from console.queries.waiting import newest_report, waiting_in
from console.queries.warm import warm
from console.storage.unit import Store
from tests.cities import ERQI, JINSHUI, SOUTH, STEP_LAT, STEP_LON, WEST, ZHENGDONG
from tests.lives import MINUTE, MONDAY, REPORT, registered, taken

NORTH_EAST = (WEST + 9.5 * STEP_LON, SOUTH + 7.5 * STEP_LAT)  # 郑东新区 manages it, 二七区 hosts it


def card(store: Store, asked: int | str) -> CaseCard:
    with store.read() as view:
        return case_card(view, asked, MONDAY)


def test_that_a_card_is_found_by_code_and_by_id(city_store: Store) -> None:
    case = registered(city_store)
    assert card(city_store, case.code) == card(city_store, case.id)
    assert card(city_store, case.id).case == case


@pytest.mark.parametrize("asked", ["2026030999999", 999, "", "' OR 1=1 --"])
def test_that_a_case_nobody_has_is_refused(city_store: Store, asked: int | str) -> None:
    registered(city_store)
    with pytest.raises(Refused) as caught:
        card(city_store, asked)
    assert (caught.value.code, caught.value.facts) == ("no_such_case", {"code": asked})


def test_that_the_gravest_condition_is_advised_until_one_is_filed(city_store: Store) -> None:
    case = registered(city_store)
    found = card(city_store, case.id)
    assert found.advice.condition is not None
    assert (found.advice.condition.number, found.advice.due_at) == (1, None)
    taken(city_store, case, Operation.ACCEPT, Operation.FILE)
    found = card(city_store, case.id)
    assert found.advice.condition is None
    assert found.condition is not None
    assert found.condition.number == 1
    assert found.advice.due_at == MONDAY + timedelta(hours=6), "nine to one with the noon break between"


def test_that_who_manages_the_place_is_advised_first(city_store: Store) -> None:
    there = registered(city_store, replace(REPORT, lon=NORTH_EAST[0], lat=NORTH_EAST[1]))
    found = card(city_store, there.id)
    assert [item.code for item in found.advice.departments] == ["D171", "D103"]
    assert found.names[ZHENGDONG][0] == "郑东新区"
    assert found.names[ERQI][0] == "二七区"
    assert found.names.keys() >= {there.street, there.responsibility_grid}


def test_that_a_case_without_class_or_place_gets_no_advice(city_store: Store) -> None:
    bare = registered(city_store, replace(REPORT, class_key="", lon=None, lat=None))
    found = card(city_store, bare.id)
    assert (found.case_class, found.condition, found.department) == (None, None, None)
    assert (found.advice.condition, found.advice.departments, found.advice.due_at) == (None, (), None)


def test_that_the_facts_are_told_in_their_order(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)
    found = card(city_store, case.id)
    assert [fact.operation for fact in found.facts] == [
        Operation.REGISTER, Operation.ACCEPT, Operation.FILE, Operation.DISPATCH,
    ]  # fmt: skip
    assert found.department is not None
    assert found.department.name == "金水区城管局"


def test_that_the_lists_offer_districts_before_committees(city_store: Store) -> None:
    with city_store.read() as view:
        lists = city_lists(view)
    assert [(item.code, item.level) for item in lists.divisions] == [
        (ERQI, Level.DISTRICT), (JINSHUI, Level.DISTRICT), (ZHENGDONG, Level.COMMITTEE),
    ]  # fmt: skip
    assert len(lists.departments) == 4
    assert len(lists.classes) == 12


def test_that_waiting_cases_know_since_when(city_store: Store) -> None:
    first, second = registered(city_store), registered(city_store, replace(REPORT, source=Source.VIDEO))
    taken(city_store, first, Operation.ACCEPT, at=MONDAY + 5 * MINUTE)
    with city_store.read() as view:
        waiting = waiting_in(view, [State.REPORTED, State.TO_FILE])
        assert [(item.code, item.since) for item in waiting] == [
            (first.code, MONDAY + 5 * MINUTE), (second.code, MONDAY),
        ]  # fmt: skip
        assert [item.source for item in waiting_in(view, [State.REPORTED])] == [Source.VIDEO]
        assert newest_report(view) == (second.id, MONDAY)


def test_that_nothing_is_newest_in_an_empty_city(city_store: Store) -> None:
    with city_store.read() as view:
        assert newest_report(view) is None
        warm(view)
