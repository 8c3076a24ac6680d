"""Our readers of geometry files beside GDAL's, which writes the files here and reads what we write."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely
from pyproj import CRS

from console.adapters.pack import parser
from console.adapters.pack.features import read_features
from console.adapters.pack.geopackage import write_layer
from console.domain.errors import Refused

DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".geojson": "GeoJSON"}
WEST, SOUTH = 113.6, 34.7
ISLAND = shapely.box(WEST, SOUTH, WEST + 0.03, SOUTH + 0.03)
LAKE = shapely.box(WEST + 0.01, SOUTH + 0.01, WEST + 0.02, SOUTH + 0.02)
ISLET = shapely.box(WEST + 0.013, SOUTH + 0.013, WEST + 0.016, SOUTH + 0.016)
FAR = shapely.box(WEST + 0.1, SOUTH, WEST + 0.13, SOUTH + 0.03)
SHAPES: dict[str, tuple[str, list[Any]]] = {
    "polygons": ("Polygon", [ISLAND, FAR, None]),
    "with a lake": ("Polygon", [ISLAND - LAKE, FAR]),
    "an island in a lake": ("MultiPolygon", [shapely.MultiPolygon([ISLAND - LAKE, ISLET, FAR])]),
    "with heights": ("Polygon Z", [shapely.force_3d(FAR, 7.5)]),
    "lines": ("LineString", [FAR.exterior, shapely.LineString([(WEST, SOUTH), (WEST + 1, SOUTH)])]),
    "points": ("Point", [shapely.Point(WEST, SOUTH), shapely.Point(WEST + 0.1, SOUTH)]),
}


def written(path: Path, shapes: list[Any], kind: str, crs: str = "EPSG:4490", **fields: Any) -> Path:
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        field_data=[np.asarray(column) for column in fields.values()],
        fields=list(fields),
        geometry_type=kind,
        crs=crs,
        driver=DRIVERS[path.suffix],
    )
    return path


def by_gdal(path: Path) -> tuple[str | None, dict[str, list[str]], list[Any]]:
    meta, _, shapes, fields = pyogrio.raw.read(str(path), force_2d=True)
    columns = {
        str(name): [parser.plain(value.item() if hasattr(value, "item") else value) for value in column]
        for name, column in zip(meta["fields"], fields, strict=True)
    }
    return meta["crs"], columns, shapely.from_wkb(shapes).tolist()


@pytest.mark.parametrize("suffix", DRIVERS)
@pytest.mark.parametrize("name", SHAPES)
def test_that_shapes_fields_and_system_are_those_that_gdal_reads(
    tmp_path: Path, suffix: str, name: str
) -> None:
    kind, shapes = SHAPES[name]
    count = len(shapes)
    path = written(
        tmp_path / f"layer{suffix}",
        shapes,
        kind,
        code=np.array(["小城甲", "  乙 <b>", ""][:count], dtype=object),
        number=np.arange(count) * 1_000_003,
        share=np.array([0.25, -3.0, 12345.5][:count]),
        # A date as it is kept: GeoJSON has none, GDAL takes it from the text.
        since=np.array([date(2026, 2, 28)] * count, dtype="datetime64[D]"),
    )
    crs, columns, expected = by_gdal(path)
    found = read_features(path, path.name, encoding="utf-8")
    assert found.crs == crs == "EPSG:4490"
    assert list(found.columns) == list(columns)
    assert [text.strip() for text in found.columns["code"]] == [text.strip() for text in columns["code"]]
    for field in ("number", "share", "since"):
        assert found.columns[field] == columns[field]
    for ours, theirs in zip(found.shapes, expected, strict=True):
        assert (ours is None) == (theirs is None)
        assert ours is None or (ours.geom_type == theirs.geom_type and ours.equals(theirs))
        assert ours is None or not ours.has_z


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
@pytest.mark.parametrize("number", [4326, 4490, 4214, 4610, 3857, 4507, 4526, 4547, 2435, 32649])
def test_that_a_coordinate_system_is_known_by_its_number(tmp_path: Path, suffix: str, number: int) -> None:
    path = written(tmp_path / f"layer{suffix}", [ISLAND], "Polygon", f"EPSG:{number}", code=["1"])
    assert CRS(read_features(path, path.name).crs).to_epsg() == number


def test_that_a_system_of_a_citys_own_comes_through(tmp_path: Path) -> None:
    own = "+proj=tmerc +lon_0=113.65 +x_0=500000 +ellps=GRS80 +units=m +no_defs"
    for suffix in (".gpkg", ".shp"):
        path = written(tmp_path / f"layer{suffix}", [ISLAND], "Polygon", own, code=["1"])
        found = CRS(read_features(path, path.name).crs)
        assert found.is_projected
        assert found.coordinate_operation is not None
        assert {item.name: item.value for item in found.coordinate_operation.params}[
            "Longitude of natural origin"
        ] == pytest.approx(113.65)


def test_that_gdal_reads_what_was_written_and_finds_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "own.gpkg"
    shapes = np.array([ISLAND - LAKE, FAR], dtype=object)
    fields = {
        "code": np.array(["甲", 'x"y'], dtype=object),
        "area_m2": np.array([1.25, 2.0]),
        "end_date": np.array([None, "2026-01-01"], dtype=object),
    }
    write_layer(path, "unit_grids", fields, shapes, system="EPSG:4490")
    meta, _, wkb, columns = pyogrio.raw.read(str(path), layer="unit_grids")
    assert (meta["crs"], meta["geometry_type"]) == ("EPSG:4490", "Polygon")
    assert [list(column) for column in columns] == [["甲", 'x"y'], [1.25, 2.0], [None, "2026-01-01"]]
    assert shapely.equals_exact(shapely.from_wkb(wkb), shapes).all()
    assert pyogrio.read_info(str(path))["total_bounds"] == pytest.approx(
        (*ISLAND.bounds[:2], *FAR.bounds[2:])
    )
    write_layer(tmp_path / "again.gpkg", "unit_grids", fields, shapes, system="EPSG:4490")
    assert (tmp_path / "again.gpkg").read_bytes() == path.read_bytes()


def test_that_a_row_taken_out_of_a_shapefiles_table_is_no_feature(tmp_path: Path) -> None:
    path = written(tmp_path / "layer.shp", [ISLAND, FAR], "Polygon", code=np.array(["1", "2"], dtype=object))
    table = path.with_suffix(".dbf")
    data = bytearray(table.read_bytes())
    data[int.from_bytes(data[8:10], "little")] = ord("*")
    table.write_bytes(data)
    found = read_features(path, path.name)
    assert found.columns == {"code": ["2"]}
    assert [shape.equals(FAR) for shape in found.shapes] == [True]


def test_that_a_table_in_another_encoding_is_refused_by_that_encoding(tmp_path: Path) -> None:
    path = tmp_path / "layer.shp"
    written(path, [ISLAND], "Polygon", code=np.array(["x"], dtype=object))
    data = path.with_suffix(".dbf").read_bytes()
    path.with_suffix(".dbf").write_bytes(data.replace(b"x ", "城".encode("gbk")[:1] + b"\xff"))
    with pytest.raises(Refused) as refusal:
        read_features(path, path.name)
    assert refusal.value.code == "wrong_encoding"


@pytest.mark.parametrize("suffix", DRIVERS)
def test_that_a_file_cut_anywhere_is_read_or_refused_and_never_worse(tmp_path: Path, suffix: str) -> None:
    whole = written(
        tmp_path / f"layer{suffix}", [ISLAND, FAR], "Polygon", code=np.array(["1", "2"], dtype=object)
    )
    data = whole.read_bytes()
    refused = []
    for share in (0.2, 0.5, 0.9, 0.99):
        whole.write_bytes(data[: int(len(data) * share)])
        try:
            read_features(whole, whole.name)
        except Refused as refusal:
            refused.append(refusal.code)
    assert set(refused) <= {"geometry_unreadable", "geometry_layer", "geometry_format"}
    assert len(refused) >= 2


def test_that_curves_are_refused_by_their_feature(tmp_path: Path) -> None:
    path = written(tmp_path / "layer.gpkg", [ISLAND], "Polygon", code=["1"])
    import sqlite3

    base = sqlite3.connect(path)
    (blob,) = base.execute("SELECT geom FROM layer").fetchone()
    at = 8 + 32
    base.create_function("ST_IsEmpty", 1, lambda _: 0)
    for name in ("MinX", "MaxX", "MinY", "MaxY"):
        base.create_function(f"ST_{name}", 1, lambda _: 0.0)
    base.execute("UPDATE layer SET geom = ?", [blob[: at + 1] + b"\x0a\0\0\0" + blob[at + 5 :]])
    base.commit()
    base.close()
    with pytest.raises(Refused) as refusal:
        read_features(path, path.name)
    assert refusal.value.code == "geometry_unreadable"
    assert "feature 1: curves" in str(refusal.value.facts["said"])
