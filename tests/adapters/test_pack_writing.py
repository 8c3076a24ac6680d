"""Writing and building packs: whole or not at all, and what is written reads back the same."""

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from console.adapters.pack import BuildOptions, build_pack, check_pack, placing, read_pack, write_pack
from console.adapters.pack.columns import Naming, named_areas
from console.domain.city import Level
from console.domain.errors import Refused
from console.geography.cell_index import CellIndex
from console.geography.coordinates import convert
from console.geography.packed import unpacked
from tests.adapters.packs import SOUTH, WEST, small_pack

pytestmark = pytest.mark.usefixtures("parsed_here")

SF = Path(__file__).parents[3] / "shared/data/sf311"


def areas(path: Path, width: float = 0.01, **names: list[str]) -> Path:
    """Three areas of about 0.8 km2 side by side."""
    features = []
    for at in range(3):
        west = WEST + at * width
        shape = shapely.box(west, SOUTH, west + width, SOUTH + 0.008)
        properties = {column: values[at] for column, values in names.items()}
        features.append({"type": "Feature", "properties": properties, "geometry": shape.__geo_interface__})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["again", "again.zip"])
def test_that_a_written_pack_reads_back_the_same(tmp_path: Path, name: str) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    write_pack(tmp_path / name, city)
    again = read_pack(tmp_path / name)
    assert again.layers == city.layers
    for part in ("profile", "divisions", "departments", "rules", "catalogues", "calendar"):
        assert getattr(again, part) == getattr(city, part)
    for before, after in zip(city.unit_grids, again.unit_grids, strict=True):
        assert after.area_m2 == pytest.approx(before.area_m2, abs=0.01)
        assert (after.code, after.responsibility_grid) == (before.code, before.responsibility_grid)


def test_that_the_same_city_makes_the_same_zip(tmp_path: Path) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    for name in ("one.zip", "two.zip"):
        write_pack(tmp_path / name, city)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_that_a_catalogue_of_its_own_travels_with_the_pack(tmp_path: Path) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    own = replace(city.catalogues[1], edition="小城", name="小城标准", older="2013")
    profile = replace(city.profile, edition="小城")
    write_pack(tmp_path / "own", replace(city, catalogues=(*city.catalogues, own), profile=profile))
    again = read_pack(tmp_path / "own")
    assert again.profile.edition == "小城"
    assert again.catalogues[2] == own


def test_that_an_older_pack_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    write_pack(tmp_path / "pack", city)
    (tmp_path / "pack" / "stale.txt").write_text("x")
    write_pack(tmp_path / "pack", city)
    assert not (tmp_path / "pack" / "stale.txt").exists()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    (tmp_path / "note.zip").write_text("x")
    for taken in ("letters", "note.zip"):
        with pytest.raises(Refused, match="pack_place_taken"):
            write_pack(tmp_path / taken, city)
    assert (tmp_path / "letters" / "dear.txt").read_text() == "x"


def test_that_a_failure_leaves_the_old_pack_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    write_pack(tmp_path / "pack.zip", city)
    before = (tmp_path / "pack.zip").read_bytes()

    def full(_folder: Path, _path: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing, "_zipped", full)
    with pytest.raises(Refused) as refusal:
        write_pack(tmp_path / "pack.zip", city)
    assert refusal.value.code == "pack_folder_not_writable"
    assert refusal.value.facts["said"] == "No space left on device"
    assert (tmp_path / "pack.zip").read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["city", "pack.zip"]


def test_that_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    city = read_pack(small_pack(tmp_path / "city").folder)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="pack_folder_not_writable"):
        write_pack(tmp_path / "file" / "pack", city)


def test_that_a_read_only_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_args: object, **_options: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(placing, "mkdtemp", denied)  # permission bits do not bind root
    with pytest.raises(Refused) as refusal:
        build_pack(areas(tmp_path / "areas.geojson"), 120, tmp_path / "pack")
    assert refusal.value.code == "pack_folder_not_writable"
    assert refusal.value.facts["path"] == tmp_path


def test_that_areas_become_a_pack_without_findings(tmp_path: Path) -> None:
    file = areas(tmp_path / "东城.geojson", name=["甲", "乙", "丙"], 街道=["一街", "一街", "二街"])
    options = BuildOptions(code="410105", start_date=date(2026, 1, 1))
    report = build_pack(file, 120, tmp_path / "pack.zip", options=options)
    assert (report.areas, report.streets, report.communities, report.responsibility_grids) == (3, 2, 3, 3)
    assert report.mean_m2 == pytest.approx(14_400, rel=0.1)
    assert check_pack(tmp_path / "pack.zip") == []
    city = read_pack(tmp_path / "pack.zip")
    assert (city.profile.code, city.profile.name, city.profile.timezone) == (
        "410100",
        "东城",
        "Asia/Shanghai",
    )
    assert [(grid.code, grid.name) for grid in city.responsibility_grids] == [
        ("410105001001", "甲"),
        ("410105001002", "乙"),
        ("410105002001", "丙"),
    ]
    assert [d.name for d in city.divisions if d.level is Level.STREET] == ["一街", "二街"]
    assert len(city.unit_grids) == report.unit_grids
    assert {grid.start_date for grid in city.unit_grids} == {date(2026, 1, 1)}


def test_that_codes_run_west_to_east_and_north_to_south(tmp_path: Path) -> None:
    build_pack(areas(tmp_path / "a.geojson"), 120, tmp_path / "pack", options=BuildOptions(code="410105"))
    city = read_pack(tmp_path / "pack")
    grids = sorted(city.unit_grids, key=lambda grid: grid.code)
    x, y = convert([g.lon for g in grids], [g.lat for g in grids], "cgcs2000", "EPSG:4547")
    for community in {grid.community for grid in grids}:
        own = [at for at, grid in enumerate(grids) if grid.community == community]
        row = np.floor((y[own].max() - y[own]) / 120)
        assert (np.diff(row) >= 0).all()
        assert (np.diff(x[own])[np.diff(row) == 0] > 0).all()
        assert [int(grids[at].code[-3:]) for at in own] == list(range(1, len(own) + 1))


def test_that_an_area_of_more_than_999_cells_is_split_into_communities(tmp_path: Path) -> None:
    build_pack(areas(tmp_path / "a.geojson", name=["甲", "乙", "丙"]), 25, tmp_path / "pack")
    city = read_pack(tmp_path / "pack")
    communities = [item for item in city.divisions if item.level is Level.COMMUNITY]
    assert len(communities) > 3
    assert {"甲", "甲 2"} <= {item.name for item in communities}
    assert len(city.responsibility_grids) == 3
    assert len(city.unit_grids) > 3 * 999


def test_that_a_declared_system_beats_what_geojson_cannot_say(tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson")
    build_pack(file, 200, tmp_path / "gcj", options=BuildOptions(crs="gcj02"))
    build_pack(file, 200, tmp_path / "wgs")
    layers = [read_pack(tmp_path / name).layers["cells"] for name in ("gcj", "wgs")]
    shifted, plain = (unpacked(layer).xy.min(axis=0) for layer in layers)
    assert shifted - plain == pytest.approx((-0.00605, 0.00118), abs=0.0001)


def test_that_areas_that_overlap_are_refused_by_name_and_place(tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson", name=["甲", "乙", "丙"])
    text = json.loads(file.read_text())
    text["features"][1]["geometry"] = shapely.box(
        WEST + 0.005, SOUTH, WEST + 0.02, SOUTH + 0.008
    ).__geo_interface__
    file.write_text(json.dumps(text))
    with pytest.raises(Refused) as refusal:
        build_pack(file, 120, tmp_path / "pack")
    facts = refusal.value.facts
    assert refusal.value.code == "areas_overlap"
    assert (facts["first"], facts["second"]) == ("甲", "乙")
    assert facts["lon"] == pytest.approx(WEST + 0.0075, abs=0.003)
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize(
    ("options", "size", "code"),
    [
        (BuildOptions(code="4101"), 120, "city_code_form"),
        (BuildOptions(crs="mars"), 120, "coordinate_system_unknown"),
        (BuildOptions(naming=Naming(name_column="nome")), 120, "missing_columns"),
        (BuildOptions(layer="other"), 120, "geometry_no_layer"),
        (BuildOptions(encoding="klingon"), 120, "encoding_unknown"),
        (BuildOptions(edition="2007"), 120, "unknown_edition"),
        (BuildOptions(timezone="Mars/Olympus"), 120, "unknown_timezone"),
        (BuildOptions(), 0, "cell_size"),
    ],
)
def test_that_what_cannot_be_built_is_refused(
    tmp_path: Path, options: BuildOptions, size: float, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        build_pack(areas(tmp_path / "a.geojson"), size, tmp_path / "pack", options=options)
    assert not (tmp_path / "pack").exists()


def test_that_areas_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="areas_missing"):
        build_pack(tmp_path / "none.geojson", 120, tmp_path / "pack")


def test_that_a_folder_of_areas_is_called_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="areas_folder"):
        build_pack(tmp_path, 120, tmp_path / "pack")


@pytest.mark.parametrize(
    ("geometry", "rule"),
    [
        (shapely.Polygon([(0, 0), (0.01, 0.01), (0.01, 0), (0, 0.01)]), "polygon_invalid"),
        (shapely.Polygon([(0, 0), (0.01, 0), (0.02, 0)]), "area_not_positive"),
        (shapely.Point(0, 0), "polygon_missing"),
        (None, "polygon_missing"),
    ],
)
def test_that_an_area_that_is_no_sound_polygon_is_refused_by_its_row(
    tmp_path: Path, geometry: BaseGeometry | None, rule: str
) -> None:
    file = areas(tmp_path / "a.geojson")
    text = json.loads(file.read_text())
    placed = geometry and shapely.transform(geometry, lambda xy: np.add(xy, (WEST, SOUTH)))
    text["features"][1]["geometry"] = placed and placed.__geo_interface__
    file.write_text(json.dumps(text))
    with pytest.raises(Refused) as refusal:
        build_pack(file, 120, tmp_path / "pack")
    assert (refusal.value.code, refusal.value.facts) == (
        "area_invalid",
        {"file": "a.geojson", "row": 2, "rule": rule},
    )


def test_that_areas_in_a_system_nobody_knows_are_refused_unless_told(tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson")
    text = json.loads(file.read_text())
    text["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::99999"}}
    file.write_text(json.dumps(text))
    with pytest.raises(Refused, match="coordinate_system_unknown"):
        build_pack(file, 120, tmp_path / "pack")
    build_pack(file, 120, tmp_path / "pack", options=BuildOptions(crs="wgs84"))


@pytest.mark.parametrize(("out", "code"), [("pack.rar", "pack_ending"), ("none/pack", "pack_parent_missing")])
def test_that_the_target_is_looked_at_before_the_areas(tmp_path: Path, out: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        build_pack(tmp_path / "none.geojson", 120, tmp_path / out)
    assert list(tmp_path.iterdir()) == []


def test_that_swapped_areas_are_called_swapped(tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson")
    text = json.loads(file.read_text())
    for feature in text["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in ring]]
    file.write_text(json.dumps(text))
    with pytest.raises(Refused, match="coordinates_swapped"):
        build_pack(file, 120, tmp_path / "pack")


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        ({}, ["1", "2"]),
        ({"name": ["甲", "乙"]}, ["甲", "乙"]),
        ({"name": ["甲", "甲"], "code": ["7", "8"]}, ["甲 7", "甲 8"]),
        ({"nhood": ["Mission", "Mission"], "geoid": ["01", "02"]}, ["Mission 01", "Mission 02"]),
        ({"name": ["", ""], "colour": ["red", "red"]}, ["1", "2"]),
    ],
)
def test_that_every_area_gets_a_name_of_its_own(columns: dict[str, list[str]], names: list[str]) -> None:
    assert [area.name for area in named_areas(columns, 2, Naming())] == names


@pytest.mark.city
@pytest.mark.skipif(not SF.exists(), reason="San Francisco stays unmade: ../shared/data/sf311 is not there")
def test_that_san_francisco_becomes_a_city(tmp_path: Path) -> None:
    report = build_pack(SF / "tracts.geojson", 120, tmp_path / "sf.zip")
    assert (report.areas, report.streets, report.responsibility_grids) == (195, 41, 195)
    assert check_pack(tmp_path / "sf.zip") == []
    city = read_pack(tmp_path / "sf.zip")
    index = CellIndex.of_layer(city.layers["cells"])
    patrol = {grid.code: grid.name for grid in city.responsibility_grids}
    with (SF / "cases.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    found = index.cells_at([float(c["Long"]) for c in cases], [float(c["Lat"]) for c in cases])
    assert (found >= 0).all()
    tracts = [patrol[city.unit_grids[cell].responsibility_grid] for cell in found]
    assert all(tract.endswith(f" 0{case['Census.Tract']}") for tract, case in zip(tracts, cases, strict=True))
