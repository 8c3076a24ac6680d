"""Geometry that no city has: a million vertices, no numbers, crossings, hostile columns; told, or taken."""

import json
import math
from pathlib import Path

import pytest

from console.adapters.pack.content import check_pack, read_pack
from console.adapters.pack.features import read_features
from console.domain.errors import Refused
from console.words import refusal
from tests.adapters.packs import SOUTH, STEP, WEST, Pack, small_pack

MILLION = 1_000_000


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return small_pack(tmp_path / "pack")


def circle(vertices: int) -> list[list[float]]:
    ring = [
        [
            round(WEST + STEP * (0.5 + 0.49 * math.cos(2 * math.pi * k / vertices)), 9),
            round(SOUTH + STEP * (0.5 + 0.49 * math.sin(2 * math.pi * k / vertices)), 9),
        ]
        for k in range(vertices)
    ]
    return [*ring, ring[0]]


def test_that_a_polygon_of_a_million_vertices_is_read_whole(tmp_path: Path) -> None:
    geometry = {"type": "Polygon", "coordinates": [circle(MILLION)]}
    feature = {"type": "Feature", "properties": {"code": "1"}, "geometry": geometry}
    path = tmp_path / "huge.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    read = read_features(path, path.name)
    assert len(read.shapes) == 1
    assert read.shapes[0].area == pytest.approx(math.pi * (0.49 * STEP) ** 2, rel=1e-3)


def test_that_a_pack_with_a_cell_of_a_hundred_thousand_vertices_is_told_by_its_rules(pack: Pack) -> None:
    def widen(features: list[dict[str, object]]) -> None:
        features[0]["geometry"] = {"type": "Polygon", "coordinates": [circle(100_000)]}

    pack.grids(widen)
    found = check_pack(pack.folder)
    assert {item.rule for item in found} == {"overlap"}  # it bulges over its neighbours: told with both codes
    assert all(item.code for item in found)


@pytest.mark.parametrize("rings", [40_000])
def test_that_a_polygon_of_many_rings_is_read_or_told(tmp_path: Path, rings: int) -> None:
    holes = [
        [[WEST + k * 1e-7, SOUTH], [WEST + k * 1e-7 + 5e-8, SOUTH], [WEST + k * 1e-7, SOUTH + 5e-8],
         [WEST + k * 1e-7, SOUTH]]
        for k in range(rings)
    ]  # fmt: skip
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": holes}}
    path = tmp_path / "rings.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    read = read_features(path, path.name)
    assert len(read.shapes) == 1


HOSTILE = ["{{7*191}}", "'; DROP TABLE cases;--", "<img src=x onerror=alert(1)>", "\u202e名", "a" * 5000, ""]


@pytest.mark.parametrize("name", HOSTILE)
def test_that_hostile_columns_and_values_are_text_and_nothing_else(tmp_path: Path, name: str) -> None:
    feature = {
        "type": "Feature",
        "properties": {name: name, "code": name},
        "geometry": {"type": "Point", "coordinates": [WEST, SOUTH]},
    }
    path = tmp_path / "names.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    read = read_features(path, path.name)
    assert read.columns["code"] == [name]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp"])
@pytest.mark.parametrize("content", [b"", b"\0" * 4096])
def test_that_a_file_of_nothing_is_told_by_name(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(content)
    with pytest.raises(Refused) as told:
        read_features(path, path.name)
    assert path.name in refusal(told.value)


def test_that_a_pack_whose_roads_are_gone_or_empty_still_loads(pack: Pack) -> None:
    pack.write("roads.geojson", '{"type": "FeatureCollection", "features": []}')
    assert json.loads(read_pack(pack.folder, tolerant=True).layers["roads"])["features"] == []
    pack.replace("city.toml", '[roads]\nfile = "roads.geojson"\n', "")
    assert json.loads(read_pack(pack.folder, tolerant=True).layers["roads"])["features"] == []
