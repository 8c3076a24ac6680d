"""Reading and checking packs: what is right comes in, what is wrong is told by file, row and field."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pytest
import shapely

from console.adapters.pack import check_pack, read_pack
from console.domain.city import DepartmentKind, Level
from console.domain.errors import Refused
from console.geography.cell_index import CellIndex
from tests.adapters.packs import (
    COMMUNITY,
    SOUTH,
    STEP,
    WEST,
    Pack,
    cells,
    collection,
    refused,
    road,
    rules,
    square,
)

Grids = list[dict[str, Any]]


pytestmark = pytest.mark.usefixtures("parsed_here")


def test_that_a_sound_pack_has_no_findings(pack: Pack) -> None:
    assert check_pack(pack.folder) == []


def test_that_a_pack_brings_all_a_city_owns(pack: Pack) -> None:
    city = read_pack(pack.folder)
    assert (city.profile.code, city.profile.name, city.profile.edition) == ("410100", "小城", "2026")
    assert [grid.code for grid in city.unit_grids] == [f"{COMMUNITY}{n:03d}" for n in range(1, 7)]
    first = city.unit_grids[0]
    assert (first.community, first.street, first.district) == (COMMUNITY, COMMUNITY[:9], COMMUNITY[:6])
    assert first.start_date == date(2020, 1, 1)
    assert first.area_m2 == pytest.approx(STEP**2 * 111_000 * 91_500, rel=0.01)
    assert [(grid.code, grid.street) for grid in city.responsibility_grids] == [
        ("R1", "410105001"),
        ("R2", "410105001"),
    ]
    assert [item.level for item in city.divisions][:2] == [Level.CITY, Level.DISTRICT]
    assert city.departments[1].kind is DepartmentKind.DISTRICT_BUREAU
    assert city.rules[1].class_prefix == "event:06"
    assert [catalogue.edition for catalogue in city.catalogues] == ["2013", "2026"]


def test_that_the_calendar_holds_statutory_days_and_the_citys_own(pack: Pack) -> None:
    calendar = read_pack(pack.folder).calendar
    assert calendar.days[date(2025, 10, 1)] is False
    assert calendar.days[date(2025, 9, 28)] is True  # a make-up Sunday
    assert calendar.days[date(2026, 5, 9)] is False
    assert 2025 in calendar.known_years


def test_that_the_cell_layer_finds_the_cells_of_the_unit_grids(pack: Pack) -> None:
    city = read_pack(pack.folder)
    index = CellIndex.of_layer(city.layers["cells"])
    found = index.cells_at([grid.lon for grid in city.unit_grids], [grid.lat for grid in city.unit_grids])
    assert found.tolist() == list(range(6))


def test_that_the_map_layers_name_divisions_and_roads_literally(pack: Pack) -> None:
    layers = read_pack(pack.folder).layers
    divisions = json.loads(layers["divisions"])["features"]
    told = {(item["properties"]["level"], item["properties"]["name"]) for item in divisions}
    assert told == {
        ("district", "东区"),
        ("street", "一街"),
        ("responsibility", "北片"),
        ("responsibility", "南片"),
    }
    assert json.loads(layers["roads"])["features"][0]["properties"] == {"name": "<b>{{7*191}}</b>", "rank": 2}


def test_that_a_road_keeps_the_english_name_its_file_gives(pack: Pack) -> None:
    told = road("金水路")
    told["properties"]["name_en"] = "Jinshui Road"
    pack.write("roads.geojson", collection([told]))
    facts = json.loads(read_pack(pack.folder).layers["roads"])["features"][0]["properties"]
    assert facts == {"name": "金水路", "name_en": "Jinshui Road", "rank": 2}


def test_that_a_road_name_without_end_is_cut(pack: Pack) -> None:
    pack.write("roads.geojson", collection([road("字" * 100_000)]))
    (facts,) = [one["properties"] for one in json.loads(read_pack(pack.folder).layers["roads"])["features"]]
    assert facts["name"] == "字" * 200


def test_that_ended_grids_stay_out_and_their_codes_are_not_used_again(pack: Pack) -> None:
    def end(grids: Grids) -> None:
        old = json.loads(json.dumps(grids[0]))
        old["properties"]["end_date"] = "2021-12-31"
        old["properties"]["code"] = f"{COMMUNITY}099"
        grids.append(old)

    assert len(read_pack(pack.grids(end).folder).unit_grids) == 6

    def end_and_reuse(grids: Grids) -> None:
        end(grids)
        grids[-1]["properties"]["code"] = f"{COMMUNITY}001"

    pack.grids(end_and_reuse)
    assert rules(pack) == {"unit_code_reused"}


def test_that_a_citys_own_column_names_are_mapped(pack: Pack) -> None:
    def rename(grids: Grids) -> None:
        for feature in grids:
            feature["properties"]["BGID"] = feature["properties"].pop("code")

    pack.grids(rename)
    assert refused(pack).code == "missing_columns"
    pack.replace("city.toml", 'file = "grids.geojson"', 'file = "grids.geojson"\ncolumns = { code = "BGID" }')
    assert check_pack(pack.folder) == []


@pytest.mark.parametrize(("file", "driver"), [("grids.gpkg", "GPKG"), ("grids.shp", "ESRI Shapefile")])
def test_that_other_formats_say_the_same(pack: Pack, file: str, driver: str) -> None:
    grids = cells()
    names = {"code": "code", "responsibility_grid": "patrol", "start_date": "start"}
    shapes = shapely.polygons([feature["geometry"]["coordinates"][0] for feature in grids])
    pyogrio.raw.write(
        str(pack.folder / file),
        geometry=shapely.to_wkb(shapes),
        field_data=[np.array([f["properties"][name] for f in grids], dtype=object) for name in names],
        fields=list(names.values()),
        geometry_type="Polygon",
        crs="EPSG:4490",
        driver=driver,
    )
    columns = 'columns = { responsibility_grid = "patrol", start_date = "start" }'
    pack.replace("city.toml", 'file = "grids.geojson"', f'file = "{file}"\n{columns}')
    assert check_pack(pack.folder) == []


def test_that_a_shapefile_without_its_table_is_refused(pack: Pack) -> None:
    pack.write("grids.shp", b"\0\0\x27\x0a" + bytes(96)).write("grids.shx", b"")
    pack.replace("city.toml", "grids.geojson", "grids.shp")
    assert refused(pack).code == "shapefile_part_missing"
    assert refused(pack).facts["part"] == ".dbf"


def corner(x: float, y: float) -> Callable[[Grids], None]:
    """Moves the second corner of the first cell."""

    def change(grids: Grids) -> None:
        grids[0]["geometry"]["coordinates"][0][1] = [x, y]

    return change


def test_that_overlapping_polygons_are_found_with_both_codes(pack: Pack) -> None:
    pack.grids(corner(WEST + STEP, SOUTH + 0.6 * STEP))
    (finding,) = [item for item in check_pack(pack.folder) if item.facts.get("other") == f"{COMMUNITY}004"]
    assert (finding.rule, finding.code) == ("overlap", f"{COMMUNITY}001")
    assert refused(pack).code == "pack_findings"
    assert refused(pack).facts["rule"] == "overlap"


def test_that_tolerable_findings_may_be_passed_over(pack: Pack) -> None:
    pack.grids(corner(WEST + STEP, SOUTH + 0.6 * STEP))
    assert len(read_pack(pack.folder, tolerant=True).unit_grids) == 6
    pack.grids(lambda grids: grids[0]["properties"].update(responsibility_grid="R9"))
    with pytest.raises(Refused, match="pack_findings"):
        read_pack(pack.folder, tolerant=True)


def test_that_an_open_polygon_is_told_by_its_row(pack: Pack) -> None:
    pack.grids(lambda grids: grids[2]["geometry"]["coordinates"][0].pop())
    found = [item for item in check_pack(pack.folder) if item.rule == "polygon_open"]
    assert [item.facts for item in found] == [{"file": "grids.geojson", "row": 3}]


def test_that_a_bow_tie_is_told_by_its_code(pack: Pack) -> None:
    def tie(grids: Grids) -> None:
        ring = square(9, 9)
        ring[1], ring[2] = ring[2], ring[1]
        grids[0]["geometry"]["coordinates"] = [ring]

    (finding,) = [item for item in check_pack(pack.grids(tie).folder) if item.rule == "polygon_invalid"]
    assert finding.code == f"{COMMUNITY}001"


def test_that_grids_without_polygons_are_found(pack: Pack) -> None:
    pack.grids(lambda grids: [grid.update(geometry=None) for grid in grids])
    assert rules(pack) == {"polygon_missing"}


def test_that_a_table_in_another_encoding_is_refused_by_file_and_byte(pack: Pack) -> None:
    text = (pack.folder / "divisions.csv").read_text("utf-8")
    refusal = refused(pack.write("divisions.csv", text.encode("gb18030")))
    assert refusal.code == "wrong_encoding_row"
    assert (refusal.facts["file"], refusal.facts["row"]) == ("divisions.csv", 2)


def test_that_a_declared_encoding_is_used(pack: Pack) -> None:
    for name in ("divisions.csv", "patrols.csv", "departments.csv", "responsibilities.csv"):
        pack.write(name, (pack.folder / name).read_text("utf-8").encode("gb18030"))
    pack.replace("city.toml", 'edition = "2026"', 'edition = "2026"\nencoding = "gb18030"')
    assert read_pack(pack.folder).divisions[1].name == "东区"


@pytest.mark.parametrize(
    ("file", "old", "new", "column"),
    [
        ("divisions.csv", "code,name", "kode,name", "code"),
        ("patrols.csv", "code,name", "code,title", "name"),
        ("departments.csv", ",kind,", ",sort,", "kind"),
        ("responsibilities.csv", "department,", "who,", "department"),
    ],
)
def test_that_a_missing_column_is_named(pack: Pack, file: str, old: str, new: str, column: str) -> None:
    refusal = refused(pack.replace(file, old, new))
    assert refusal.code == "missing_columns"
    assert (refusal.facts["file"], refusal.facts["columns"]) == (file, column)


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "field"),
    [
        ("divisions.csv", "street,410105", "lane,410105", 4, "level"),
        ("departments.csv", ",bureau,", ",office,", 2, "kind"),
        ("responsibilities.csv", "410105,1", "410105,first", 3, "priority"),
        ("patrols.csv", "R2,南片", "R2,", 3, "name"),
        ("grids.geojson", '"20200101"', '"20201301"', 1, "start_date"),
    ],
)
def test_that_a_bad_value_is_told_by_file_row_and_field(
    pack: Pack, file: str, old: str, new: str, row: int, field: str
) -> None:
    rule = "value_missing" if field == "name" else "row_invalid"
    found = [item for item in check_pack(pack.replace(file, old, new).folder) if item.rule == rule]
    assert [found[0].facts[name] for name in ("file", "row", "field")] == [file, row, field]
    assert ("district_bureau" in str(found[0].facts.get("known"))) is (field == "kind")


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("responsibilities.csv", "D1,", "D9,", "rule_department"),
        ("responsibilities.csv", "event:06,410105", "event:06,410199", "rule_division"),
        ("responsibilities.csv", "event:06", "event:77", "rule_class"),
        ("departments.csv", "B1,410105", "B9,410105", "department_parent"),
        ("departments.csv", "B1,410105", "B1,410199", "department_division"),
        ("departments.csv", "D1,", "B1,", "department_repeated"),
        ("divisions.csv", "410105,东区", "410106,东区", "division_unknown"),
        ("roads.geojson", '"LineString"', '"MultiPoint"', "road_no_line"),
    ],
)
def test_that_what_refers_to_nothing_is_found(pack: Pack, file: str, old: str, new: str, rule: str) -> None:
    assert rule in rules(pack.replace(file, old, new))


@pytest.mark.parametrize("version", ["0", "2", '"1"', "[]"])
def test_that_a_pack_of_another_format_is_refused(pack: Pack, version: str) -> None:
    assert refused(pack.replace("city.toml", "format = 1", f"format = {version}")).code == "pack_format"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code = "410100"', 'code = "4101"', "code"),
        ('timezone = "Asia/Shanghai"', 'timezone = "Asia/Zhengzhou"', "timezone"),
        ('timezone = "Asia/Shanghai"', 'timezone = "../../etc/passwd"', "timezone"),
        ('coordinates = "cgcs2000"', 'coordinates = "beijing54"', "coordinates"),
        ('edition = "2026"', 'edition = "2007"', "edition"),
        ("place = [113.62, 34.74]", "place = [34.74, 113.62]", "place.1"),
    ],
)
def test_that_a_bad_field_of_the_manifest_is_named(pack: Pack, old: str, new: str, field: str) -> None:
    refusal = refused(pack.replace("city.toml", old, new))
    assert refusal.code == "manifest_field"
    assert (refusal.facts["file"], refusal.facts["field"]) == ("city.toml", field)


def test_that_missing_and_unknown_keys_of_the_manifest_have_their_own_words(pack: Pack) -> None:
    lacking = refused(pack.replace("city.toml", 'name = "小城"', ""))
    assert (lacking.code, lacking.facts) == ("manifest_missing", {"file": "city.toml", "field": "name"})
    unknown = refused(pack.replace("city.toml", "format = 1", 'format = 1\nname = "小城"\ncolour = "red"'))
    assert (unknown.code, unknown.facts) == ("manifest_unknown_key", {"file": "city.toml", "field": "colour"})


def test_that_broken_toml_is_told_by_its_line(pack: Pack) -> None:
    refusal = refused(pack.replace("city.toml", 'code = "410100"', "code ="))
    assert (refusal.code, refusal.facts) == ("toml_broken", {"file": "city.toml", "row": 2})


def test_that_an_unknown_encoding_is_refused_for_geometry_too(pack: Pack) -> None:
    refusal = refused(pack.replace("city.toml", 'edition = "2026"', 'edition = "2026"\nencoding = "klingon"'))
    assert (refusal.code, refusal.facts["file"]) == ("encoding_unknown", "grids.geojson")


def test_that_toml_that_is_none_is_refused(pack: Pack) -> None:
    assert refused(pack.write("city.toml", "format = ")).code == "toml_broken"
    assert refused(pack.write("city.toml", "名 = 1".encode("gb18030"))).code == "wrong_encoding_row"


@pytest.mark.parametrize("periods", ['["12:00-08:00"]', '["08:00-12:00", "11:00-18:00"]', '["noon"]', "[]"])
def test_that_work_periods_that_do_not_ascend_are_refused(pack: Pack, periods: str) -> None:
    refusal = refused(pack.replace("calendar.toml", '["08:00-12:00", "14:00-18:00"]', periods))
    assert (refusal.code, refusal.facts["file"]) == ("manifest_field", "calendar.toml")


@pytest.mark.parametrize("file", ["/etc/passwd", "../outside.csv", "sub/../../outside.csv"])
def test_that_a_file_outside_the_pack_is_refused(pack: Pack, file: str) -> None:
    (pack.folder.parent / "outside.csv").write_text("code\n")
    assert refused(pack.replace("city.toml", '"departments.csv"', f'"{file}"')).code == "pack_file_outside"


def test_that_a_link_out_of_the_pack_is_refused(pack: Pack) -> None:
    (pack.folder.parent / "outside.csv").write_text("code\n")
    (pack.folder / "departments.csv").unlink()
    (pack.folder / "departments.csv").symlink_to("../outside.csv")
    assert refused(pack).code == "pack_file_outside"


def test_that_a_missing_file_is_named(pack: Pack) -> None:
    (pack.folder / "patrols.csv").unlink()
    assert refused(pack).facts == {"file": "patrols.csv"}


def test_that_progress_goes_through_the_steps(pack: Pack) -> None:
    steps: list[str] = []
    read_pack(pack.folder, lambda step, _share: steps.append(step))
    assert list(dict.fromkeys(steps)) == ["reading", "checking", "packing"]


def test_that_a_pack_without_grids_is_refused(pack: Pack) -> None:
    assert refused(pack.grids(lambda grids: grids.clear())).code == "no_grids"


def test_that_a_file_one_may_not_read_is_refused(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, *_args: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)  # permission bits do not bind root
    refusal = refused(pack)
    assert refusal.code == "file_unreadable"
    assert refusal.facts["said"] == "Permission denied"


@pytest.mark.parametrize(
    ("page", "declared"), [("GBK", "utf-8"), ("936", "utf-8"), ("ANSI 936", "utf-8"), (None, "gb18030")]
)
def test_that_the_table_of_a_shapefile_is_read_in_its_encoding(
    pack: Pack, page: str | None, declared: str
) -> None:
    path = pack.folder / "patrols.shp"
    rows = [shapely.box(WEST, SOUTH + n * STEP, WEST + 3 * STEP, SOUTH + (n + 1) * STEP) for n in (1, 0)]
    pyogrio.raw.write(
        str(path),
        geometry=shapely.to_wkb(np.array(rows, dtype=object)),
        field_data=[np.array(["R1", "R2"], dtype=object), np.array(["北片", "南片"], dtype=object)],
        fields=["code", "name"],
        geometry_type="Polygon",
        crs="EPSG:4490",
        driver="ESRI Shapefile",
        encoding="GBK",
    )
    path.with_suffix(".cpg").unlink()
    if page:
        path.with_suffix(".cpg").write_text(page)
    for name in ("divisions.csv", "departments.csv", "responsibilities.csv"):
        pack.write(name, (pack.folder / name).read_text("utf-8").encode(declared))
    pack.replace("city.toml", "patrols.csv", "patrols.shp")
    pack.replace("city.toml", 'edition = "2026"', f'edition = "2026"\nencoding = "{declared}"')
    assert [grid.name for grid in read_pack(pack.folder).responsibility_grids] == ["北片", "南片"]
