"""What lies near a case: the same as looking at every case, with the sets and without them."""

import random
from dataclasses import replace
from itertools import islice

import pytest

from console.domain.case import Case, opening
from console.domain.flow import ENDED
from console.domain.nearby import RADII, Kin, akin
from console.domain.operation import Operation
from console.geography.distance import metres_from, ring_around
from console.queries.near import MOST, near_cases
from console.runtime.sealing import sealed
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST
from tests.lives import BY, MONDAY
from tests.queries.population import KEYS, made

PART = next(key for key in KEYS if key.startswith("part:"))


@pytest.fixture
def cases(city_store: Store, small_blocks: None) -> list[Case]:
    """Half of them all over the city and beyond its edge, half on a few spots; some without a place."""
    dice = random.Random(3)
    found = []
    with city_store.write() as unit:
        for number in range(600):
            case = replace(made(number, dice), lon=None, lat=None, cell="", district="", committee="")
            case = replace(case, class_key=dice.choice([PART, PART, KEYS[0], ""]))
            if number % 2:
                lon = dice.uniform(WEST - STEP_LON, WEST + 13 * STEP_LON)
                case = replace(case, lon=lon, lat=dice.uniform(SOUTH - STEP_LAT, SOUTH + 10 * STEP_LAT))
            elif number % 10:
                away = dice.uniform(0, 0.0003)
                case = replace(
                    case, lon=WEST + dice.choice([2, 7]) * STEP_LON + away, lat=SOUTH + 3 * STEP_LAT
                )
            case = replace(unit.places.placed(case), version=1)
            fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
            found.append(replace(case, id=unit.add(case, fact)))
    return found


def compare(store: Store, cases: list[Case]) -> None:
    placed = [case for case in cases if case.lon is not None]
    with store.read() as view:
        for about in random.Random(2).sample(placed, 8):
            away = metres_from(about.lon, about.lat, [one.lon for one in placed], [one.lat for one in placed])
            for metres in RADII:
                for kin in Kin:
                    expected = sorted(
                        (float(far), -one.id)
                        for far, one in zip(away, placed, strict=True)
                        if far <= metres and one.id != about.id and akin(kin, about, one.class_key, far)
                    )
                    found = near_cases(view, about, metres, kin)
                    assert [(one.metres, -one.id) for one in found.cases] == expected[:MOST]
                    ended = {one.id for one in placed if one.state in ENDED}
                    assert found.past == sum(-number in ended for _far, number in expected)
                    assert found.open + found.past == found.numbers[kin] == len(expected)


def test_that_what_is_near_is_what_a_look_at_every_case_finds(city_store: Store, cases: list[Case]) -> None:
    compare(city_store, cases)


def test_that_the_sets_find_the_same(city_store: Store, cases: list[Case]) -> None:
    list(islice(sealed(city_store, worth=1, loose=1), None))
    with city_store.read() as view, view.sets() as sets:
        assert sets is not None
    compare(city_store, cases)


def test_that_nothing_is_near_a_case_without_a_place(city_store: Store, cases: list[Case]) -> None:
    with city_store.read() as view:
        found = near_cases(view, next(case for case in cases if case.lon is None), 500)
    assert (found.cases, found.open, found.past) == ((), 0, 0)


def test_that_the_ring_around_a_place_holds_all_within_reach() -> None:
    ring = ring_around(113.65, 34.76, 500)
    away = metres_from(113.65, 34.76, [lon for lon, _lat in ring], [lat for _lon, lat in ring])
    assert away.min() > 500
    assert away.max() < 510
