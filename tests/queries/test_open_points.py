"""The points of the map, kept from look to look: always what the store holds now."""

import pytest

from console.domain.flow import State
from console.domain.operation import Operation
from console.queries import map as maps
from console.queries.map import OpenPoints, cell_counts, map_points
from console.services.city import load_city
from console.storage.unit import Store, View
from tests.cities import LOADED, LOADER, small_city
from tests.lives import SEVEN_STEPS, WAY, registered, taken


def looked(store: Store, points: OpenPoints) -> None:
    """Hold what is kept against what is there."""
    with store.read() as view:
        assert sorted(points.look(view)) == sorted(map_points(view))


def test_that_points_come_move_and_go_with_their_cases(city_store: Store) -> None:
    points = OpenPoints()
    looked(city_store, points)
    one, other = registered(city_store), registered(city_store)
    looked(city_store, points)
    one = taken(city_store, one, *WAY[State.HANDLING])
    looked(city_store, points)
    taken(city_store, other, *SEVEN_STEPS)
    looked(city_store, points)
    with city_store.read() as view:
        (left,) = points.look(view)
        assert (left.id, left.current_due_at) == (one.id, one.current_due_at)
        assert cell_counts([left]) == {left.position: 1}


def test_that_only_what_moved_is_read_again(city_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    points = OpenPoints()
    one = registered(city_store)
    looked(city_store, points)

    def unasked(view: View) -> list[maps.MapPoint]:
        raise AssertionError("every point was read")

    taken(city_store, one, Operation.ACCEPT)
    monkeypatch.setattr(maps, "map_points", unasked)
    with city_store.read() as view:
        assert len(points.look(view)) == 1


def test_that_everything_is_read_where_much_moved_or_the_city_did(
    city_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = OpenPoints()
    monkeypatch.setattr(maps, "_MOST_ONE_BY_ONE", 2)
    for _report in range(3):
        registered(city_store)
    looked(city_store, points)
    for _report in range(3):
        registered(city_store)
    looked(city_store, points)
    with city_store.write() as unit:
        load_city(unit, small_city(), by=LOADER, at=LOADED)
    looked(city_store, points)
