"""The points of the map, kept from look to look: always what the store holds now."""

from datetime import datetime
from random import Random

import pytest

from console.domain.flow import State
from console.domain.operation import Operation
from console.queries import map as maps
from console.queries.map import MapPoint, OpenPoints, cell_counts, map_points
from console.queries.point_columns import PointColumns, Points
from console.services.city import load_city
from console.storage.unit import Store, View
from tests.cities import LOADED, LOADER, small_city
from tests.lives import SEVEN_STEPS, WAY, registered, taken


def looked(store: Store, points: OpenPoints) -> None:
    """Hold what is kept against what is there."""
    with store.read() as view:
        there = map_points(view)
        assert sorted(points.look(view)) == sorted(there)
        counts, codes = points.state(view, _codes, LOADED)
        assert counts == dict(cell_counts(there))
        assert codes == _codes(Points(there).columns(), LOADED)


def _codes(points: PointColumns, _now: datetime) -> bytes:
    return " ".join(sorted(points.rows["code"])).encode()


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


def test_that_columns_changed_one_by_one_are_those_put_together_anew() -> None:
    chance, points, there = Random(3), Points(), dict[int, MapPoint]()
    for _step in range(3_000):
        case_id = chance.randrange(1, 200)
        if chance.random() < 0.4:
            points.drop(case_id)
            there.pop(case_id, None)
        else:
            due, soon, cell = (chance.choice((None, chance.randrange(10**15))) for _field in range(3))
            point = MapPoint(
                case_id, f"C{chance.random()}", chance.random(), 34.7, due, soon, chance.randrange(3),
                None if cell is None else cell % 40,
            )  # fmt: skip
            points.put(point)
            there[case_id] = point
    assert sorted(map(MapPoint._make, points.tuples())) == sorted(there.values())
    assert points.columns().cell_counts() == dict(cell_counts(there.values()))
