"""Base maps at work: their datum is told by the city's roads, and drawn where it belongs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.adapters.basemap.collection import FILE, BaseMap
from console.domain.errors import Refused
from console.geography.alignment import offset
from console.runtime.basemaps import BaseMapRoom, shift_table
from tests.adapters.tile_files import (
    LAT,
    LON,
    bounds_of,
    in_datum,
    picture_tiles,
    roads_layer,
    streets,
    vector_tiles,
    write_mbtiles,
    write_pmtiles,
)

CITY = streets()
ROADS = roads_layer(CITY)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[BaseMapRoom]:
    made = BaseMapRoom(tmp_path / "data", (), tmp_path / "tiles")
    yield made
    made.close()


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("content", ["vector", "pictures"])
def test_that_the_datum_of_a_base_map_is_told_by_the_citys_roads(
    room: BaseMapRoom, tmp_path: Path, content: str, system: str
) -> None:
    lines = in_datum(CITY, system)
    if content == "vector":
        path = write_pmtiles(tmp_path / "city.pmtiles", vector_tiles(lines), bounds_of(lines))
    else:
        path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(lines, 14))
    found = room.compare(room.add(str(path)), ROADS)
    assert found is not None
    assert (found.system, found.certain) == (system, True)
    assert (found.east, found.north) == pytest.approx(offset(system, LON, LAT), abs=25)


def test_that_a_map_of_elsewhere_is_called_so(room: BaseMapRoom, tmp_path: Path) -> None:
    lines = streets(2, LON + 5, LAT)[:3]
    path = write_mbtiles(tmp_path / "far.mbtiles", picture_tiles(lines, 12))
    with pytest.raises(Refused) as told:
        room.compare(room.add(str(path)), ROADS)
    assert told.value.code == "basemap_elsewhere"


def test_that_a_map_without_contrast_or_a_city_without_roads_says_nothing(
    room: BaseMapRoom, tmp_path: Path
) -> None:
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(CITY[:1], 14))
    one = room.add(str(path))
    assert room.compare(one, roads_layer([])) is None
    found = room.compare(one, ROADS)
    assert found is None or not found.certain


def test_that_the_shift_is_that_of_the_datum_at_every_node() -> None:
    one = BaseMap("a", "a", "a.mbtiles", system="gcj02")
    bounds = (LON - 0.2, LAT - 0.1, LON + 0.2, LAT + 0.1)
    told = shift_table(one, bounds)
    assert told is not None
    middle = told["shifts"][2 * (4 * 9 + 4) :][:2]
    stretched = 1.2173  # EPSG:3857 at 34.76 N
    assert middle == pytest.approx([part * stretched for part in offset("gcj02", LON, LAT)], rel=1e-3)
    assert shift_table(replace(one, system="wgs84"), bounds) is None
    assert shift_table(replace(one, system="wgs84", east=100.0), bounds) is not None


def test_that_the_list_outlives_the_room_and_a_damaged_one_is_put_aside(
    room: BaseMapRoom, tmp_path: Path
) -> None:
    path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(CITY[:1], 14), {"name": "底图\u202e一"})
    added = room.add(str(path))
    assert added.name == "底图 一"  # a sign that turns the reading direction is none of a name
    assert room.add(str(path)).key == added.key  # the same file again is the same map
    other = BaseMapRoom(tmp_path / "data", (), tmp_path / "tiles")
    assert other.collection().maps == (added,)
    (tmp_path / "data" / FILE).write_text('{"maps": [{"key": 7}]}', "utf-8")
    with pytest.raises(Refused) as told:
        other.collection()
    assert told.value.code == "kept_damaged"
    assert other.collection().maps == ()
    other.close()
