"""An area lets through exactly the cases that lie in it: SQL, sets and a look at every point agree."""

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from console.domain.area import Area, Piece, Ring, shape
from console.domain.case import Case, opening
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter
from console.queries.paging import queue_count, queue_page
from console.queries.within import within
from console.runtime.sealing import sealed
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_city
from tests.lives import BY, MONDAY
from tests.queries.population import NOW, made
from tests.whole_queue import queue_ids

EAST, NORTH = WEST + 12 * STEP_LON, SOUTH + 9 * STEP_LAT
CITY = small_city()
CODES = [grid.code for grid in CITY.unit_grids]
GRIDS = sorted({grid.responsibility_grid for grid in CITY.unit_grids})


@pytest.fixture
def cases(city_store: Store, small_blocks: None) -> list[Case]:
    """Cases all over the city, some outside every grid and some without a place."""
    dice = random.Random(5)
    found = []
    with city_store.write() as unit:
        for number in range(500):
            case = replace(made(number, dice), lon=None, lat=None, cell="", district="", committee="")
            if number % 20:
                lon = dice.uniform(WEST - 2 * STEP_LON, EAST + 2 * STEP_LON)
                case = unit.places.placed(replace(case, lon=lon, lat=dice.uniform(SOUTH, NORTH + STEP_LAT)))
            fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
            found.append(replace(case, id=unit.add(replace(case, version=1), fact)))
    return found


def areas() -> Iterator[Area]:
    dice = random.Random(11)

    def ring(corners: int) -> Ring:
        """Corners in any order, so that sides cross: inside is then what the even-odd rule says."""
        return tuple(
            (dice.uniform(WEST - STEP_LON, EAST + STEP_LON), dice.uniform(SOUTH, NORTH))
            for _corner in range(corners)
        )

    def piece() -> Piece:
        adds = dice.random() < 0.7
        kind = dice.choice(["cells", "grids", "shape", "shape", "holed"])
        if kind == "cells":
            return Piece("cells", tuple(dice.sample(CODES, 9)), (), adds)
        if kind == "grids":
            return Piece("grids", tuple(dice.sample(GRIDS, 2)), (), adds)
        return shape((ring(dice.choice([3, 4, 5, 40])), *((ring(3),) if kind == "holed" else ())), adds=adds)

    yield Area((Piece("cells", ("nowhere",)),))
    yield Area((shape((((0, 0), (180, 0), (180, 90), (0, 90)),)),))
    for _one in range(40):
        yield Area(tuple(piece() for _piece in range(dice.choice([1, 1, 2, 4]))))


def lies_in(case: Case, area: Area) -> bool:
    """The definition, point by point."""
    found = False
    for piece in area.pieces:
        if piece.kind == "cells":
            met = case.cell in piece.codes
        elif piece.kind == "grids":
            met = case.responsibility_grid in piece.codes
        elif case.lon is None:
            met = False
        else:
            point = shapely.Point(case.lon, case.lat)
            met = sum(polygon(ring).covers(point) for ring in piece.rings) % 2 == 1
        if met:
            found = piece.adds
    return found


@cache
def polygon(ring: Ring) -> BaseGeometry:
    found = shapely.make_valid(shapely.Polygon(ring))
    shapely.prepare(found)
    return found


def compare(store: Store, cases: list[Case]) -> None:
    with store.read() as view:
        for area in areas():
            wanted = CaseFilter(everything=True, within=area)
            expected = {case.id for case in cases if lies_in(case, area)}
            assert set(queue_ids(view, wanted, NOW)) == expected, area.told()
            assert queue_count(view, wanted, NOW) == len(expected), area.told()
            assert {row.id for row in queue_page(view, wanted, NOW, 0, 600).rows} == expected


def test_that_an_area_lets_through_what_lies_in_it(city_store: Store, cases: list[Case]) -> None:
    compare(city_store, cases)


def test_that_the_sets_say_the_same(city_store: Store, cases: list[Case]) -> None:
    list(islice(sealed(city_store, worth=1, loose=1), None))
    with city_store.read() as view, view.sets() as sets:
        assert sets is not None
    compare(city_store, cases)
    with city_store.write() as unit:  # touched cases are not in the kept sets
        for case in cases[:50]:
            moved = unit.places.placed(
                replace(case, lon=WEST + STEP_LON / 3, lat=SOUTH + STEP_LAT / 3, version=2)
            )
            fact = replace(opening(moved, operation=Operation.IMPORT, at=MONDAY, by=BY), number=2)
            unit.save(moved, fact)
            cases[cases.index(case)] = moved
    compare(city_store, cases)


def test_that_only_grids_at_the_edge_of_a_shape_are_looked_at_point_by_point(city_store: Store) -> None:
    box = shapely.box(
        WEST + 1.5 * STEP_LON, SOUTH + 1.5 * STEP_LAT, EAST - STEP_LON / 2, NORTH - STEP_LAT / 2
    )
    with city_store.read() as view:
        found = within(view, Area((shape((tuple(box.exterior.coords[:-1]),)),)))
        assert within(view, found.area) is found
    assert len(found.inside) == 9 * 6
    assert len(found.edge) == 11 * 8 - 9 * 6


def test_that_an_area_of_a_thousand_corners_can_be_asked_for(city_store: Store, cases: list[Case]) -> None:
    ring = shapely.Point(WEST + 6 * STEP_LON, SOUTH + 4 * STEP_LAT).buffer(3 * STEP_LAT, quad_segs=250)
    area = Area((shape((tuple(ring.exterior.coords[:-1]),)),))
    assert area.points == 1000
    with city_store.read() as view:
        found = set(queue_ids(view, CaseFilter(everything=True, within=area), NOW))
    assert found == {case.id for case in cases if lies_in(case, area)}
