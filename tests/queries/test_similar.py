"""What may be the same problem is found by class, place and time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.case import Case
from console.queries.similar import WITHIN, similar_cases
from console.storage.unit import Store
from tests.lives import INSIDE, MONDAY, REPORT, registered

METRE = 1 / 111_195.0


def found(store: Store, case: Case) -> list[str]:
    with store.read() as view:
        return [one.code for one in similar_cases(view, case)]


def north(metres: float) -> dict[str, float]:
    return {"lon": INSIDE[0], "lat": INSIDE[1] + metres * METRE}


def test_that_the_nearest_case_of_the_class_comes_first(city_store: Store) -> None:
    case = registered(city_store)
    far = registered(city_store, replace(REPORT, **north(90)))
    near = registered(city_store, replace(REPORT, **north(10)))
    assert found(city_store, case) == [near.code, far.code]


@pytest.mark.parametrize(
    "other",
    [
        replace(REPORT, **north(102)),
        replace(REPORT, class_key="event:0107"),
        replace(REPORT, lon=None, lat=None),
    ],
    ids=["too far", "of another class", "nowhere"],
)
def test_that_another_problem_is_not_offered(city_store: Store, other: object) -> None:
    case = registered(city_store)
    registered(city_store, other)  # type: ignore[arg-type]
    assert found(city_store, case) == []


def test_that_last_weeks_case_is_offered_and_one_of_the_week_before_is_not(city_store: Store) -> None:
    case = registered(city_store)
    edge = registered(city_store, at=MONDAY - WITHIN)
    registered(city_store, at=MONDAY - WITHIN - timedelta(seconds=1))
    assert found(city_store, case) == [edge.code]


def test_that_a_case_without_a_place_is_like_no_other(city_store: Store) -> None:
    registered(city_store)
    lost = registered(city_store, replace(REPORT, lon=None, lat=None))
    assert found(city_store, lost) == []
