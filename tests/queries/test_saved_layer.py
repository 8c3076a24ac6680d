"""The areas that the seat's views have under a name, as a layer of the map."""

import pytest
import shapely

from console.domain.area import Area, Piece, shape
from console.domain.filter_form import NOWHERE
from console.domain.wanted import CaseFilter
from console.geography.site_layers import unpacked_layer
from console.queries.areas import saved_layer
from console.services.views import keep_view
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_city

BY = "测试员"
CITY = small_city()
EAST, NORTH = WEST + 3 * STEP_LON, SOUTH + 2 * STEP_LAT
BOX = shape((((WEST, SOUTH), (EAST, SOUTH), (EAST, NORTH), (WEST, NORTH)),))


def keep(store: Store, name: str, *pieces: Piece) -> None:
    with store.write() as unit:
        keep_view(unit, name, CaseFilter(within=Area(pieces)), NOWHERE, by=BY)


def drawn(store: Store, owner: str = BY) -> dict[str, shapely.geometry.base.BaseGeometry]:
    with store.read() as view:
        packed = saved_layer(view, owner)
    return dict(unpacked_layer(packed).shapes) if packed else {}


def test_that_shapes_and_grids_are_drawn_as_they_were_put_together(city_store: Store) -> None:
    grid = CITY.unit_grids[0].code
    keep(city_store, "片区", BOX)
    keep(city_store, "缺一格", BOX, Piece("cells", (grid,), (), adds=False))
    found = drawn(city_store)
    assert list(found) == ["片区", "缺一格"]
    assert found["片区"].area == pytest.approx(6 * STEP_LON * STEP_LAT, rel=1e-3)
    assert found["缺一格"].area == pytest.approx(5 * STEP_LON * STEP_LAT, rel=1e-3)
    assert drawn(city_store, "别人") == {}


def test_that_what_the_city_has_not_is_left_out(city_store: Store) -> None:
    with city_store.read() as view:
        assert saved_layer(view, BY) == b""
    keep(city_store, "没有这样的网格", Piece("cells", ("999",), ()))
    keep(city_store, "<b>{{7*191}}</b>", BOX)
    assert list(drawn(city_store)) == ["<b>{{7*191}}</b>"]
