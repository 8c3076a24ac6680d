"""Geometry of packs: the right place in any system, one plain refusal for any other."""

from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely

from console.adapters.pack import check_pack, read_pack
from console.domain.errors import Refused
from console.geography.coordinates import convert
from tests.adapters.packs import SOUTH, STEP, WEST, Pack, cells, collection, refused, rules, square

Grids = list[dict[str, Any]]


pytestmark = pytest.mark.usefixtures("parsed_here")


@pytest.mark.parametrize("system", ["gcj02", "bd09", "cgcs2000_gk114", "EPSG:3857"])
def test_that_a_pack_in_another_system_lands_on_the_same_place(pack: Pack, system: str) -> None:
    def move(grids: Grids) -> None:
        for feature in grids:
            (ring,) = feature["geometry"]["coordinates"]
            lon, lat = np.array(ring).T
            x, y = convert(lon, lat, "cgcs2000", system)
            feature["geometry"]["coordinates"] = [np.column_stack((x, y)).tolist()]

    pack.grids(move).replace("city.toml", '"cgcs2000"', f'"{system}"')
    pack.replace("city.toml", '[roads]\nfile = "roads.geojson"\n', "")
    grid = read_pack(pack.folder).unit_grids[0]
    assert grid.lon == pytest.approx(WEST + STEP / 2, abs=1e-7)
    assert grid.lat == pytest.approx(SOUTH + 1.5 * STEP, abs=1e-7)


def test_that_swapped_coordinates_are_called_swapped(pack: Pack) -> None:
    def swap(grids: Grids) -> None:
        for feature in grids:
            feature["geometry"]["coordinates"] = [[[y, x] for x, y in feature["geometry"]["coordinates"][0]]]

    refusal = refused(pack.grids(swap))
    assert refusal.code == "coordinates_swapped"
    assert refusal.facts["file"] == "grids.geojson"
    pack.replace("city.toml", "place = [113.62, 34.74]\n", "")
    assert refused(pack).code == "coordinates_swapped"


def test_that_a_city_elsewhere_is_called_far(pack: Pack) -> None:
    pack.replace("city.toml", "place = [113.62, 34.74]", "place = [121.47, 31.23]")
    assert refused(pack).code == "far_from_city"


def test_that_one_stray_grid_is_told_by_its_row(pack: Pack) -> None:
    def stray(grids: Grids) -> None:
        ring = grids[4]["geometry"]["coordinates"][0]
        grids[4]["geometry"]["coordinates"] = [[[x + 10, y] for x, y in ring]]

    (finding,) = [item for item in check_pack(pack.grids(stray).folder) if item.rule == "far_from_city"]
    assert finding.facts["row"] == 5


def test_that_metres_said_to_be_degrees_are_out_of_range(pack: Pack) -> None:
    def metres(grids: Grids) -> None:
        for feature in grids:
            ring = feature["geometry"]["coordinates"][0]
            feature["geometry"]["coordinates"] = [[[x * 4000, y * 110_000] for x, y in ring]]

    assert refused(pack.grids(metres)).code == "coordinates_out_of_range"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_that_coordinates_that_are_no_numbers_are_told(pack: Pack, number: str) -> None:
    text = collection(cells()).replace(f"[{WEST}, {SOUTH + STEP}]", f"[{number}, {SOUTH}]", 2)
    pack.write("grids.geojson", text)
    try:
        assert rules(pack) & {"coordinates_not_finite", "polygon_open"}
    except Refused as refusal:
        assert refusal.code == "geometry_unreadable"  # noqa: PT017  either answer is a plain one


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"FeatureCollection","features":' + "[" * 200_000 + "]" * 200_000 + "}",
        '{"type":"Polygon","coordinates":' + "[" * 200_000 + "]" * 200_000 + "}",
        '{"type":"FeatureCollection","features":[{"type":',
        collection(cells()).replace(f"{WEST}", "1e999", 1),
    ],
    ids=["nested features", "nested coordinates", "cut short", "1e999"],
)
def test_that_broken_geojson_is_one_refusal(pack: Pack, text: str) -> None:
    pack.write("grids.geojson", text)
    with pytest.raises(Refused) as refusal:
        check_pack(pack.folder)
    assert refusal.value.code in {"geometry_unreadable", "missing_columns"}
    assert refusal.value.facts["file"] == "grids.geojson"


@pytest.mark.parametrize("content", [b"", b"<OGRVRTDataSource/>", b"SQLite format 3\0", b"PK\3\4"])
def test_that_a_file_that_is_not_what_its_name_says_is_not_parsed(pack: Pack, content: bytes) -> None:
    assert refused(pack.write("grids.geojson", content)).code == "geometry_format"


def test_that_geometry_that_says_another_system_is_refused(pack: Pack) -> None:
    pyogrio.raw.write(
        str(pack.folder / "grids.gpkg"),
        geometry=shapely.to_wkb(shapely.polygons([square(0, 0)])),
        field_data=[],
        fields=[],
        geometry_type="Polygon",
        crs="EPSG:4547",
        driver="GPKG",
    )
    refusal = refused(pack.replace("city.toml", "grids.geojson", "grids.gpkg"))
    assert refusal.code == "coordinates_differ"
    assert refusal.facts["declared"] == "cgcs2000"
    pack.replace("city.toml", '"cgcs2000"', '"EPSG:4548"')
    assert refused(pack).code == "coordinates_differ"


def test_that_a_single_swapped_cell_is_called_swapped_by_its_row_and_nothing_else(pack: Pack) -> None:
    def swap(grids: Grids) -> None:
        (ring,) = grids[4]["geometry"]["coordinates"]
        grids[4]["geometry"]["coordinates"] = [[[y, x] for x, y in ring]]

    (finding,) = check_pack(pack.grids(swap).folder)
    assert finding.rule == "coordinates_swapped"
    assert (finding.facts["file"], finding.facts["row"]) == ("grids.geojson", 5)


def test_that_an_unclosed_cell_has_one_finding_and_leads(pack: Pack) -> None:
    def open_ring(grids: Grids) -> None:
        grids[4]["geometry"]["coordinates"] = [square(1, 0)[:-1]]

    (finding,) = check_pack(pack.grids(open_ring).folder)
    assert (finding.rule, finding.lon) == ("polygon_open", None)
    pack.grids(lambda grids: (open_ring(grids), grids[5]["properties"].update(area_m2=1.0)))
    assert refused(pack).facts["rule"] == "polygon_open"
