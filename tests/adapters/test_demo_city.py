"""The demo city keeps to the published figures and to every rule of grids."""

import hashlib
import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from console.adapters.catalogues import BUILTIN
from console.adapters.demo.city import demo_city
from console.adapters.demo.staff import OPERATORS
from console.adapters.practice.staff import written_staff
from console.domain.actor import EVERY_POST, Post
from console.domain.advice import advised
from console.domain.calendar import WorkCalendar
from console.domain.city import CityContent, DepartmentKind, Level
from console.geography.coordinates import convert
from console.geography.packed import unpacked
from console.settings import Settings

pytestmark = pytest.mark.city

ROOT = Path(__file__).parents[2]
PUBLISHED_KM2 = 567.0

HASH = """
from console.adapters.demo.city import demo_city
from tests.adapters.test_demo_city import fingerprint
print(fingerprint(demo_city()))
"""


@pytest.fixture(scope="session")
def told() -> list[tuple[int, int]]:
    """What the building of `city` said of its progress."""
    return []


@pytest.fixture(scope="session")
def city(told: list[tuple[int, int]]) -> CityContent:
    return demo_city(lambda done, of: told.append((done, of)))


@pytest.fixture(scope="session")
def cells(city: CityContent) -> NDArray[np.object_]:
    """The cells of the layer in metres (EPSG:4547), in index order."""
    rings = unpacked(city.layers["cells"])
    assert rings.cells == len(rings.ring_first_vertex) - 1
    x, y = convert(rings.xy[:, 0], rings.xy[:, 1], "cgcs2000", "cgcs2000_gk114")
    return np.array(
        [
            shapely.Polygon(np.column_stack([x[start:stop], y[start:stop]]))
            for start, stop in pairwise(rings.ring_first_vertex.tolist())
        ]
    )


def test_that_the_counts_are_those_of_the_report(city: CityContent) -> None:
    assert len(city.unit_grids) == 38_515
    assert len(city.responsibility_grids) == 707
    assert Counter(item.kind for item in city.departments) == {
        DepartmentKind.DISTRICT: 5,
        DepartmentKind.COMMITTEE: 5,
        DepartmentKind.BUREAU: 13,
        DepartmentKind.PROFESSIONAL: 33,
        DepartmentKind.DISTRICT_BUREAU: 104,
    }
    levels = Counter(item.level for item in city.divisions)
    assert (levels[Level.CITY], levels[Level.DISTRICT], levels[Level.COMMITTEE]) == (1, 5, 5)
    assert 90 <= levels[Level.STREET] <= 110


def test_that_the_city_is_marked_as_generated(city: CityContent) -> None:
    assert city.profile.generated
    assert "演示" in city.profile.name
    assert "生成" in city.profile.note


def test_that_the_area_is_the_published_one_without_gap_or_overlap(
    city: CityContent, cells: NDArray[np.object_]
) -> None:
    assert shapely.area(cells).sum() / 1e6 == pytest.approx(PUBLISHED_KM2, rel=0.005)
    assert shapely.is_valid(cells).all()
    assert shapely.coverage_is_valid(cells)
    whole = shapely.coverage_union_all(cells)
    assert isinstance(whole, shapely.Polygon)
    assert not whole.interiors
    declared = np.array([grid.area_m2 for grid in city.unit_grids])
    assert np.abs(shapely.area(cells) - declared).max() < 2.0
    assert np.abs(shapely.length(cells) - [grid.length_m for grid in city.unit_grids]).max() < 0.5


def test_that_cells_are_of_natural_sizes_and_none_is_a_sliver(cells: NDArray[np.object_]) -> None:
    area = shapely.area(cells)
    assert area.mean() == pytest.approx(14_722, rel=0.005)
    assert 4_000 < area.min() < 7_000
    assert 25_000 < area.max() < 40_000
    assert area.std() / area.mean() > 0.2
    compact = 4 * np.pi * area / shapely.length(cells) ** 2
    assert compact.min() > 0.25
    assert np.percentile(compact, 1) > 0.5


def test_that_the_city_is_no_chessboard(cells: NDArray[np.object_]) -> None:
    sides: list[float] = []
    for cell in cells[::40]:
        edges = np.diff(shapely.get_coordinates(cell), axis=0)
        longest = edges[np.hypot(edges[:, 0], edges[:, 1]).argmax()]
        sides.append(float(np.degrees(np.arctan2(longest[1], longest[0])) % 90))
    turned = [side for side in sides if 10 < side < 80]
    assert len(turned) > 0.2 * len(sides)
    assert len({round(side / 10) for side in turned}) == 8, "every direction occurs"


def test_that_every_code_is_unique_and_begins_with_its_parent(city: CityContent) -> None:
    divisions = {item.code: item for item in city.divisions}
    assert len(divisions) == len(city.divisions)
    width = {Level.DISTRICT: 6, Level.STREET: 9, Level.COMMUNITY: 12}
    for item in city.divisions:
        if item.level in (Level.STREET, Level.COMMUNITY):
            assert len(item.code) == width[item.level]
            assert item.code.startswith(item.parent)
            assert item.parent in divisions
    assert len({grid.code for grid in city.unit_grids}) == len(city.unit_grids)
    for grid in city.unit_grids:
        assert len(grid.code) == 15
        assert grid.code.isdigit()
        assert grid.code.startswith(grid.community)
        assert grid.community.startswith(grid.street)
        assert grid.street.startswith(grid.district)
        assert divisions[grid.community].level is Level.COMMUNITY
        assert not grid.committee or divisions[grid.committee].level is Level.COMMITTEE


def test_that_unit_grids_are_numbered_without_gap_from_west_to_east_and_north_to_south(
    city: CityContent,
) -> None:
    members = defaultdict(list)
    for grid in city.unit_grids:
        members[grid.community].append(grid)
    for grids in members.values():
        assert [int(grid.code[12:]) for grid in grids] == list(range(1, len(grids) + 1))
        assert grids[0].lat > min(grid.lat for grid in grids)
        row = 1
        while row < len(grids) and grids[row].lon > grids[row - 1].lon:
            row += 1
        assert min(grid.lat for grid in grids[:row]) > np.mean([grid.lat for grid in grids])


def test_that_responsibility_grids_are_connected_compact_and_inside_one_street(
    city: CityContent, cells: NDArray[np.object_]
) -> None:
    known = {grid.code: grid for grid in city.responsibility_grids}
    members: dict[str, list[int]] = defaultdict(list)
    for place, grid in enumerate(city.unit_grids):
        members[grid.responsibility_grid].append(place)
        assert known[grid.responsibility_grid].street == grid.street
        assert known[grid.responsibility_grid].district == grid.district
    assert members.keys() == known.keys()
    for places in members.values():
        union = shapely.coverage_union_all(cells[places])
        assert isinstance(union, shapely.Polygon), "not connected"
        assert not union.interiors
        assert 4 * np.pi * union.area / union.length**2 > 0.2
        assert 15 <= len(places) <= 120


@pytest.mark.parametrize("by", ["street", "community", "district"])
def test_that_divisions_are_connected(city: CityContent, cells: NDArray[np.object_], by: str) -> None:
    members: dict[str, list[int]] = defaultdict(list)
    for place, grid in enumerate(city.unit_grids):
        members[getattr(grid, by)].append(place)
    for places in members.values():
        assert isinstance(shapely.coverage_union_all(cells[places]), shapely.Polygon)


def test_that_the_point_of_a_unit_grid_lies_inside_it(city: CityContent, cells: NDArray[np.object_]) -> None:
    x, y = convert(
        [grid.lon for grid in city.unit_grids],
        [grid.lat for grid in city.unit_grids],
        "cgcs2000",
        "cgcs2000_gk114",
    )
    assert shapely.contains_properly(cells, shapely.points(x, y)).all()


def test_that_places_lie_in_the_body_that_governs_them(city: CityContent) -> None:
    """Centres from domain.md 7.2: the committees, and the seats of three districts."""
    x, y = np.array([(grid.lon, grid.lat) for grid in city.unit_grids]).T

    def at(lon: float, lat: float) -> tuple[str, str]:
        grid = city.unit_grids[int(np.hypot((x - lon) * 0.82, y - lat).argmin())]
        return grid.district, grid.committee

    assert at(113.73, 34.77) == ("410105", "410174")
    assert at(113.74, 34.72) == ("410104", "410171")
    assert at(113.56, 34.80) == ("410102", "410172")
    assert at(113.658, 34.747) == ("410103", "410175")
    assert at(113.6116, 34.7483) == ("410102", "")
    assert at(113.6853, 34.7465) == ("410104", "")
    assert at(113.6860, 34.7758) == ("410105", "")
    assert at(113.6184, 34.8400) == ("410108", "")
    assert not any(grid.committee == "410173" for grid in city.unit_grids), "the airport lies outside"


def test_that_every_class_has_a_department_everywhere(city: CityContent) -> None:
    departments = {item.code: item for item in city.departments}
    assert len(departments) == len(city.departments)
    places = sorted({(grid.committee, grid.district, grid.street) for grid in city.unit_grids})[::9]
    assert {catalogue.edition for catalogue in city.catalogues} == set(BUILTIN)
    for catalogue in city.catalogues:
        for item in catalogue.classes:
            rules = [rule for rule in city.rules if item.key.startswith(rule.class_prefix)]
            named = [rule for rule in rules if rule.class_prefix == item.key]
            assert named, f"nobody is named for {item.key} {item.name}"
            for committee, district, street in places:
                best = departments[advised(rules, item.key, (committee, district, street))[0]]
                assert best.division in ("", committee or district)


@pytest.mark.parametrize(
    ("edition", "name", "place", "expected"),
    [
        ("2013", "电力井盖", ("", "410102"), "供电公司(演示)"),
        ("2026", "电力井盖", ("410174", "410105"), "供电公司(演示)"),
        ("2026", "燃气井盖", ("", "410103"), "燃气公司(演示)"),
        ("2026", "治安岗亭", ("", "410103"), "市公安局"),
        ("2013", "通信井盖", ("", "410108"), "联通通信公司(演示)"),
        ("2013", "路灯", ("", "410105"), "路灯照明管理中心(演示)"),
        ("2026", "暴露垃圾", ("", "410105"), "金水区环境卫生服务中心"),
        ("2026", "暴露垃圾", ("410174", "410105"), "郑东新区环境卫生服务中心"),
        ("2013", "店外经营", ("410175", "410103"), "火车站地区城管综合执法大队"),
        ("2013", "水域不洁", ("410171", "410104"), "经开区市政设施养护中心"),
        ("2026", "违章开设道口", ("", "410104"), "管城回族区城管综合执法大队"),
    ],
)
def test_that_the_list_names_the_owner(
    city: CityContent, edition: str, name: str, place: tuple[str, ...], expected: str
) -> None:
    catalogue = next(item for item in city.catalogues if item.edition == edition)
    keys = [item.key for item in catalogue.classes if item.name == name]
    names = {item.code: item.name for item in city.departments}
    assert keys
    assert {names[advised(city.rules, key, place)[0]] for key in keys} == {expected}


def test_that_the_road_layer_holds_the_rings_and_streets_that_meet(city: CityContent) -> None:
    features = json.loads(city.layers["roads"])["features"]
    assert all(feature["geometry"]["type"] == "LineString" for feature in features)
    ranks: dict[str, set[int]] = defaultdict(set)
    for feature in features:
        ranks[feature["properties"]["name"]].add(feature["properties"]["rank"])
    rings = {
        *("金水路", "大学路", "陇海路", "城东路"),
        *("农业路", "桐柏路", "航海路", "中州大道"),
        *("北三环", "西三环", "南三环", "东三环"),
        *("大河路", "西四环", "南四环", "东四环"),
    }
    assert {name for name, known in ranks.items() if 1 in known} == rings
    assert {"中原路", "秦岭路", "嵩山路", "花园路"} <= ranks.keys()
    ends = Counter(tuple(end) for item in features for end in _ends(item["geometry"]["coordinates"]))
    points = Counter(tuple(point) for item in features for point in item["geometry"]["coordinates"])
    loose = [end for end in ends if points[end] == 1]
    assert len(loose) < 0.2 * len(ends)


def test_that_the_third_ring_is_closed(city: CityContent) -> None:
    lines = [
        shapely.LineString(feature["geometry"]["coordinates"])
        for feature in json.loads(city.layers["roads"])["features"]
        if feature["properties"]["name"] in ("北三环", "西三环", "南三环", "东三环")
    ]
    ring = shapely.polygonize(lines).geoms
    assert len(ring) == 1
    lon, lat = shapely.get_coordinates(ring[0]).T
    x, y = convert(lon, lat, "cgcs2000", "cgcs2000_gk114")
    assert shapely.Polygon(np.column_stack([x, y])).area / 1e6 == pytest.approx(180, rel=0.06)


def test_that_the_division_layer_is_light_and_shares_its_borders(city: CityContent) -> None:
    assert len(city.layers["roads"]) + len(city.layers["divisions"]) < 3_000_000
    shapes: dict[str, list[shapely.Geometry]] = defaultdict(list)
    codes: dict[str, set[str]] = defaultdict(set)
    for feature in json.loads(city.layers["divisions"])["features"]:
        level = feature["properties"]["level"]
        codes[level].add(feature["properties"]["code"])
        shapes[level].append(shapely.geometry.shape(feature["geometry"]))
        assert feature["properties"]["name"]
    assert codes["responsibility"] == {grid.code for grid in city.responsibility_grids}
    assert codes["street"] == {item.code for item in city.divisions if item.level is Level.STREET}
    assert codes["district"] == {item.code for item in city.divisions if item.level is Level.DISTRICT}
    assert codes["committee"] == {grid.committee for grid in city.unit_grids} - {""}
    for level in ("responsibility", "street", "district"):
        assert shapely.coverage_is_valid(shapes[level])
        assert shapely.is_valid(shapes[level]).all()
    whole = {level: shapely.area(shapes[level]).sum() for level in shapes}
    assert whole["street"] == pytest.approx(whole["responsibility"], rel=1e-9)
    assert whole["district"] == pytest.approx(whole["responsibility"], rel=1e-9)


def test_that_names_are_unique_and_spelled_in_english(city: CityContent) -> None:
    for level in (Level.STREET, Level.COMMUNITY):
        names = [item.name for item in city.divisions if item.level is level]
        assert len(set(names)) == len(names)
    spelled = [
        *(division.name_en for division in city.divisions),
        *(department.name_en for department in city.departments),
    ]
    assert all(name and name.isascii() for name in spelled)


def test_that_no_professional_department_can_be_taken_for_a_real_firm(city: CityContent) -> None:
    firms = [item for item in city.departments if item.kind is DepartmentKind.PROFESSIONAL]
    assert all(item.name.endswith("(演示)") and item.name_en.endswith("(demo)") for item in firms)


def test_that_the_calendar_knows_spring_festival(city: CityContent) -> None:
    calendar = WorkCalendar(city.calendar, date(2013, 1, 1), date(2026, 12, 31))
    assert calendar.is_known(date(2013, 1, 1))
    assert calendar.is_known(date(2026, 12, 31))
    assert not calendar.is_work_day(date(2026, 2, 17))
    assert calendar.is_work_day(date(2026, 2, 14)), "a Saturday worked in exchange"
    assert calendar.is_work_day(date(2026, 3, 2))


def test_that_progress_is_told_to_the_end(city: CityContent, told: list[tuple[int, int]]) -> None:
    assert told == sorted(told)
    assert told[-1] == (len(city.responsibility_grids),) * 2


def test_that_every_post_department_and_patrol_area_is_held(city: CityContent) -> None:
    held = Counter(post for one in city.staff if one.name not in OPERATORS for post in one.posts)
    assert held.keys() == EVERY_POST
    assert held[Post.PATROLLER] == 707
    desks = [one for one in city.staff if one.posts == {Post.DEPARTMENT_DESK}]
    assert {one.department for one in desks} == {one.code for one in city.departments}
    districts = [one for one in city.staff if one.posts == {Post.DISTRICT_DISPATCHER}]
    assert len({one.division for one in districts}) == len(districts) == 10
    patrols = {one.responsibility_grid for one in city.staff if one.posts == {Post.PATROLLER}}
    assert patrols == {one.code for one in city.responsibility_grids}


def test_that_the_operator_can_try_everything_and_the_others_are_made_up(city: CityContent) -> None:
    people = {one.name: one for one in city.staff}
    assert len(people) == len(city.staff)
    assert Settings().operator in OPERATORS
    assert all(people[name].posts == EVERY_POST for name in OPERATORS)
    assert all(name.startswith("演示") for name in people.keys() - {*OPERATORS})


def test_that_another_process_makes_the_same_city(city: CityContent) -> None:
    other = subprocess.run(
        [sys.executable, "-c", HASH],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
    )
    assert other.stdout.strip() == fingerprint(city)


def fingerprint(city: CityContent) -> str:
    """A hash over everything; of staff its list, for the order of a set of posts is nobody's."""
    listed = written_staff(city.staff)
    return hashlib.sha256(f"{replace(city, staff=())!r}{listed}".encode()).hexdigest()


def _ends(line: list[list[float]]) -> Iterator[list[float]]:
    yield line[0]
    yield line[-1]
