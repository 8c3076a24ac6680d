"""Patrollers' places: the latest holds, strangers and the future are told, and how sure each is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.adapters.demo.patrol import patrol, walking
from console.domain.actor import EVERY_POST, Post
from console.domain.errors import Refused
from console.domain.position import FRESH, Placed, Position, Sureness
from console.domain.staff import Member, distance_m
from console.queries.positions import patrollers
from console.services.city import load_city
from console.services.positions import report_positions
from console.services.practice import load_staff
from console.storage.unit import Store
from tests.cities import small_city
from tests.lives import BY, MONDAY

GRID = small_city().responsibility_grids[0].code
PATROL = frozenset({Post.PATROLLER})
PEOPLE = (
    Member("值守", EVERY_POST),
    Member("集员01", PATROL, responsibility_grid=GRID),
    Member("集员02", PATROL, lon=113.67, lat=34.75),
    Member("集员03", PATROL),
    Member("受理01", frozenset({Post.ACCEPTOR})),
)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def staffed(city_store: Store) -> Store:
    with city_store.write() as unit:
        load_staff(unit, PEOPLE, by=BY, at=MONDAY)
    return city_store


def told(store: Store, *positions: Position, at: datetime = MONDAY) -> dict[str, list[str]]:
    with store.write() as unit:
        return report_positions(unit, positions, at=at)


def shown(store: Store, now: datetime = MONDAY) -> dict[str, Placed]:
    with store.read() as view:
        return {one.name: one for one in patrollers(view, now)}


def test_that_without_a_told_place_the_list_or_the_grid_places_them_and_says_so(staffed: Store) -> None:
    found = shown(staffed)
    assert found.keys() == {"集员01", "集员02"}
    assert (found["集员01"].sureness, found["集员01"].at) == (Sureness.GRID, None)
    assert (found["集员02"].sureness, found["集员02"].lon) == (Sureness.LISTED, 113.67)


def test_that_the_latest_place_holds_whatever_comes_in_which_order(staffed: Store) -> None:
    late, early = Position("集员03", 113.68, 34.76, MONDAY), Position("集员03", 113.6, 34.7, MONDAY - MINUTE)
    assert told(staffed, late, early) == {"unknown": [], "ahead": []}
    told(staffed, replace(early, at=MONDAY - 2 * MINUTE))
    assert shown(staffed)["集员03"] == Placed("集员03", 113.68, 34.76, Sureness.FRESH, MONDAY)
    told(staffed, replace(early, at=MONDAY + MINUTE))
    assert shown(staffed)["集员03"].lon == 113.6


def test_that_a_place_is_fresh_for_a_quarter_of_an_hour(staffed: Store) -> None:
    told(staffed, Position("集员01", 113.66, 34.74, MONDAY))
    assert shown(staffed, MONDAY + FRESH)["集员01"].sureness is Sureness.FRESH
    assert shown(staffed, MONDAY + FRESH + MINUTE)["集员01"].sureness is Sureness.EARLIER


def test_that_strangers_and_the_future_are_told_and_not_taken(staffed: Store) -> None:
    good = Position("集员01", 113.66, 34.74, MONDAY + 4 * MINUTE)
    strangers = [replace(good, name=name) for name in ("受理01", "没有此人", "没有此人")]
    ahead = replace(good, name="集员02", at=MONDAY + 6 * MINUTE)
    assert told(staffed, good, *strangers, ahead) == {"unknown": ["受理01", "没有此人"], "ahead": ["集员02"]}
    found = shown(staffed)
    assert found["集员01"].sureness is Sureness.FRESH
    assert found["集员02"].sureness is Sureness.LISTED


def test_that_a_city_of_many_patrollers_is_told_at_once(staffed: Store) -> None:
    many = [Member(f"集员{at:04d}", PATROL, lon=113.66, lat=34.74) for at in range(1_000)]
    with staffed.write() as unit:
        load_staff(unit, [PEOPLE[0], *many], by="值守", at=MONDAY)
    positions = [Position(one.name, 113.67, 34.75, MONDAY) for one in many]
    assert told(staffed, *positions) == {"unknown": [], "ahead": []}
    assert {one.sureness for one in shown(staffed).values()} == {Sureness.FRESH}


def places(at: datetime) -> Sequence[Position]:
    crowd = [Member(f"集员{n:03d}", PATROL, lon=113.66, lat=34.74, by_grid=True) for n in range(200)]
    return list(walking([*crowd, PEOPLE[0]], at))


def test_that_the_demo_walks_near_its_grids_the_same_at_the_same_time_and_some_devices_are_off() -> None:
    first, again, later = places(MONDAY), places(MONDAY), places(MONDAY + MINUTE)
    assert first == again
    assert 150 < len(first) < 200
    assert {one.name for one in first} == {one.name for one in later}
    for before, after in zip(first, later, strict=True):
        assert distance_m(113.66, 34.74, before.lon, before.lat) < 260
        assert 0 < distance_m(before.lon, before.lat, after.lon, after.lat) < 120  # walking, not flying


def test_that_invented_places_are_refused_in_a_real_city(staffed: Store) -> None:
    city = small_city()
    with staffed.write() as unit:
        patrol(unit, MONDAY)
    with staffed.write() as unit:
        load_city(unit, replace(city, profile=replace(city.profile, generated=False)), by=BY, at=MONDAY)
    with pytest.raises(Refused) as refusal, staffed.write() as unit:
        patrol(unit, MONDAY + MINUTE)
    assert refusal.value.code == "feed_in_real_city"
