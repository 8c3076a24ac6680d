"""The rules of grids: each breach is found, by code and place, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.city import Division, Level, ResponsibilityGrid, UnitGrid
from console.geography.coordinates import convert
from console.geography.rules import Finding, Grids, check_grids

SYSTEM = "EPSG:4547"
EAST, NORTH = 466_000.0, 3_846_000.0
COMMUNITY = "410105001001"


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def city() -> Grids:
    """Four square cells of 100 m in two responsibility grids of one community."""
    shapes = np.array(
        [
            shapely.box(EAST + x, NORTH + y, EAST + x + 100, NORTH + y + 100)
            for y in (100, 0)
            for x in (0, 100)
        ],
        dtype=object,
    )
    grids = []
    for at, shape in enumerate(shapes):
        lon, lat = convert(shape.centroid.x, shape.centroid.y, SYSTEM, "cgcs2000")
        grids.append(
            UnitGrid(
                code=f"{COMMUNITY}{at + 1:03d}",
                responsibility_grid=f"R{at // 2}",
                community=COMMUNITY,
                street=COMMUNITY[:9],
                district=COMMUNITY[:6],
                committee="",
                area_m2=10_000.0,
                length_m=400.0,
                lon=float(lon),
                lat=float(lat),
                start_date=date(2020, 1, 1),
            )
        )
    divisions = (
        Division("410100", "市", "City", Level.CITY, ""),
        Division(COMMUNITY[:6], "区", "District", Level.DISTRICT, "410100"),
        Division(COMMUNITY[:9], "街道", "Street", Level.STREET, COMMUNITY[:6]),
        Division(COMMUNITY, "社区", "Community", Level.COMMUNITY, COMMUNITY[:9]),
    )
    patrols = tuple(ResponsibilityGrid(f"R{n}", f"R{n}", COMMUNITY[:6], COMMUNITY[:9]) for n in (0, 1))
    return Grids(grids, shapes, SYSTEM, divisions, patrols)


def changed(at: int, **facts: object) -> Grids:
    grids = city()
    cells = list(grids.unit_grids)
    cells[at] = replace(cells[at], **facts)  # type: ignore[arg-type]
    return replace(grids, unit_grids=cells)


def reshaped(at: int, shape: BaseGeometry, area: float | None = None) -> Grids:
    grids = changed(at, area_m2=float(shape.area) if area is None else area)
    shapes = grids.shapes.copy()
    shapes[at] = shape
    return replace(grids, shapes=shapes)


def test_that_a_city_that_keeps_every_rule_has_no_findings() -> None:
    assert check_grids(city()) == []


BREACHES: dict[str, Callable[[], Grids]] = {
    "unit_code_form": lambda: changed(0, code="41010500100100A"),
    "unit_code_parent": lambda: changed(0, code="410105001002001"),
    "unit_code_repeated": lambda: changed(0, code=COMMUNITY + "002"),
    "unit_code_reused": lambda: replace(city(), retired=[COMMUNITY + "001"]),
    "sequence_gap": lambda: changed(3, code=COMMUNITY + "006"),
    "division_unknown": lambda: changed(0, committee="410171"),
    "division_parent": lambda: replace(
        city(), divisions=(*city().divisions, Division("410199", "x", "x", Level.DISTRICT, "410900"))
    ),
    "division_repeated": lambda: replace(city(), divisions=(*city().divisions, city().divisions[1])),
    "dates_swapped": lambda: changed(0, end_date=date(2019, 1, 1)),
    "polygon_missing": lambda: reshaped(0, shapely.Polygon(), area=1.0),
    "polygon_invalid": lambda: reshaped(0, shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)]), area=1.0),
    "area_not_positive": lambda: changed(0, area_m2=0.0),
    "area_differs": lambda: changed(0, area_m2=10_200.0),
    "overlap": lambda: reshaped(0, box(0, 90, 100, 200)),
    "responsibility_missing": lambda: changed(0, responsibility_grid=""),
    "responsibility_unknown": lambda: changed(0, responsibility_grid="R9"),
    "responsibility_empty": lambda: replace(
        city(), responsibility_grids=(*city().responsibility_grids, ResponsibilityGrid("R7", "R7", "", ""))
    ),
    "responsibility_repeated": lambda: replace(
        city(), responsibility_grids=(*city().responsibility_grids, city().responsibility_grids[0])
    ),
    "community_not_filled": lambda: replace(city(), communities={COMMUNITY: box(0, 0, 200, 210)}),
    "community_left": lambda: replace(city(), communities={COMMUNITY: box(0, 0, 200, 190)}),
    "responsibility_not_filled": lambda: replace(city(), responsibility_shapes={"R0": box(0, 80, 200, 200)}),
    "responsibility_left": lambda: replace(city(), responsibility_shapes={"R0": box(0, 120, 200, 200)}),
}


@pytest.mark.parametrize("rule", BREACHES)
def test_that_a_breach_is_found_under_its_rule(rule: str) -> None:
    assert {finding.rule for finding in check_grids(BREACHES[rule]())} == {rule}


def only(grids: Grids) -> Finding:
    (finding,) = check_grids(grids)
    return finding


def test_that_an_overlap_is_told_with_both_codes_its_size_and_its_place() -> None:
    finding = only(BREACHES["overlap"]())
    assert finding.code == COMMUNITY + "001"
    assert finding.facts == {"other": COMMUNITY + "003", "area_m2": 1000.0}
    assert finding.lon is not None
    assert finding.lat is not None
    east, north = convert(finding.lon, finding.lat, "cgcs2000", SYSTEM)
    assert box(0, 90, 100, 100).contains(shapely.Point(float(east), float(north)))


def test_that_a_narrow_gap_between_cells_is_found_by_its_place() -> None:
    grids = city()
    shapes = grids.shapes.copy()
    shapes[0] = shapely.difference(shapes[0], box(40, 100.0, 60, 102.0))
    cells = list(grids.unit_grids)
    cells[0] = replace(cells[0], area_m2=float(shapes[0].area))
    finding = only(replace(grids, shapes=shapes, unit_grids=cells))
    assert finding.rule == "gap"
    assert finding.facts == {"area_m2": 40.0}


def ring() -> Grids:
    """Eight cells of 100 m around a ninth, numbered without a jump."""
    places = [(x, y) for y in (200, 100, 0) for x in (0, 100, 200) if (x, y) != (100, 100)]
    shapes = np.array([box(x, y, x + 100, y + 100) for x, y in places], dtype=object)
    first = city().unit_grids[0]
    cells = [replace(first, code=f"{COMMUNITY}{at:03d}") for at in range(1, 9)]
    return replace(
        city(), unit_grids=cells, shapes=shapes, responsibility_grids=city().responsibility_grids[:1]
    )


def test_that_a_whole_missing_cell_is_a_gap() -> None:
    finding = only(ring())
    assert (finding.rule, finding.facts) == ("gap", {"area_m2": 10_000.0})
    assert finding.lon is not None
    assert finding.lat is not None
    east, north = convert(finding.lon, finding.lat, "cgcs2000", SYSTEM)
    assert box(100, 100, 200, 200).contains(shapely.Point(float(east), float(north)))


def test_that_a_hole_is_told_once_where_its_cell_has_no_usable_polygon() -> None:
    grids = ring()
    lost = replace(grids.unit_grids[0], code=COMMUNITY + "009", lon=float("nan"), lat=float("nan"))
    shapes = np.append(grids.shapes, np.array([shapely.Polygon()], dtype=object))
    grids = replace(grids, unit_grids=[*grids.unit_grids, lost], shapes=shapes)
    finding = only(grids)
    assert (finding.rule, finding.code, finding.lon, finding.lat) == (
        "polygon_missing",
        COMMUNITY + "009",
        None,
        None,
    )
    assert check_grids(replace(grids, told=[8])) == []


def test_that_a_jump_in_numbers_is_told_by_what_comes_before() -> None:
    grids = changed(3, code=COMMUNITY + "006")
    assert only(grids).facts == {"community": COMMUNITY, "after": "003", "missing": 2}
    assert check_grids(replace(grids, retired=[COMMUNITY + "004", COMMUNITY + "005"])) == []


def test_that_borders_that_differ_by_rounding_are_no_finding() -> None:
    assert check_grids(reshaped(0, box(0, 99.999, 100, 200))) == []


def test_that_findings_come_in_order_of_rule_and_code() -> None:
    grids = changed(3, area_m2=1.0)
    cells = [replace(cell, responsibility_grid="R9") for cell in reversed(grids.unit_grids)]
    found = check_grids(replace(grids, unit_grids=cells, shapes=grids.shapes[::-1]))
    assert [(f.rule, f.code) for f in found] == sorted((f.rule, f.code) for f in found)
    assert len(found) == 7
