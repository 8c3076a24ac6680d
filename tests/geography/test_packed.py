"""The cell layer: what goes in comes out, and shared borders stay shared."""

import struct

import numpy as np
import pytest
import shapely

from console.domain.errors import Refused
from console.geography.mercator import degrees, mercator
from console.geography.packed import MAGIC, packed_cells, unpacked
from console.geography.rings import polygons_of, rings_of
from tests.geography.shapes import SOUTH, WEST, squares, voronoi


def test_that_the_layer_begins_with_its_head() -> None:
    layer = packed_cells(squares(3, 2))
    magic, cells, rings, vertices, east, north = struct.unpack_from("<4s3I2d", layer)
    assert (magic, cells, rings, vertices) == (MAGIC, 6, 6, 24)
    x, y = mercator(np.array([WEST]), np.array([SOUTH]))
    assert abs(east - x[0]) < 1000
    assert abs(north - y[0]) < 1000
    assert len(layer) == struct.calcsize("<4s3I2d") + 4 * (7 + 7) + 8 * 24
    first_ring = np.frombuffer(layer, "<u4", 7, struct.calcsize("<4s3I2d"))
    assert first_ring.tolist() == [0, 1, 2, 3, 4, 5, 6]


def test_that_cells_come_back_within_two_millimetres() -> None:
    cells = voronoi(200, seed=3, side=0.3)
    back = polygons_of(unpacked(packed_cells(cells)))
    millimetre = 1e-3 / 111_000
    assert shapely.hausdorff_distance(cells, back).max() < 3 * millimetre


def test_that_a_valid_coverage_stays_one() -> None:
    cells = voronoi(500, seed=4)
    assert shapely.coverage_is_valid(cells)
    assert shapely.coverage_is_valid(polygons_of(unpacked(packed_cells(cells))))


def test_that_packing_what_was_unpacked_changes_no_byte() -> None:
    layer = packed_cells(voronoi(300, seed=5))
    assert packed_cells(polygons_of(unpacked(layer))) == layer


def test_that_holes_and_islands_survive() -> None:
    ring = shapely.box(WEST, SOUTH, WEST + 0.01, SOUTH + 0.01)
    hole = shapely.box(WEST + 0.004, SOUTH + 0.004, WEST + 0.006, SOUTH + 0.006)
    island = shapely.box(WEST + 0.02, SOUTH, WEST + 0.03, SOUTH + 0.01)
    cell = shapely.union(shapely.difference(ring, hole), island)
    back = polygons_of(unpacked(packed_cells([cell, hole])))
    assert [len(shapely.get_parts(part)) for part in back] == [2, 1]
    assert shapely.area(back) == pytest.approx(shapely.area([cell, hole]), rel=1e-5)


def test_that_an_empty_cell_keeps_its_place() -> None:
    cells = [shapely.Polygon(), *squares(1, 1), shapely.MultiPolygon()]
    rings = unpacked(packed_cells(cells))
    assert rings.cells == 3
    assert [part.is_empty for part in polygons_of(rings)] == [True, False, True]


def test_that_no_cells_at_all_make_a_layer_too() -> None:
    assert unpacked(packed_cells([])).cells == 0


def test_that_vertices_that_fall_together_become_one() -> None:
    near = 1e-12
    cell = shapely.Polygon(
        [
            (WEST, SOUTH),
            (WEST + 0.001, SOUTH),
            (WEST + 0.001 + near, SOUTH),
            (WEST, SOUTH + 0.001),
            (WEST, SOUTH),
        ]
    )
    assert len(rings_of([cell]).xy) == 4
    assert len(unpacked(packed_cells([cell])).xy) == 3


def test_that_mercator_there_and_back_is_the_same_place() -> None:
    lon, lat = np.array([-122.4, 0.0, 113.6]), np.array([37.8, -45.0, 34.7])
    assert np.allclose(degrees(*mercator(lon, lat)), (lon, lat), rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "damage",
    [
        lambda layer: b"",
        lambda layer: layer[:-1],
        lambda layer: layer + b"\0",
        lambda layer: b"GCL2" + layer[4:],
        lambda layer: layer[:4] + b"\xff\xff\xff\xff" + layer[8:],
        lambda layer: layer[:36] + b"\xff\0\0\0" + layer[40:],
    ],
)
def test_that_a_damaged_layer_is_refused(damage: object) -> None:
    layer = packed_cells(squares(2, 2))
    with pytest.raises(Refused) as refusal:
        unpacked(damage(layer))  # type: ignore[operator]
    assert refusal.value.code == "cell_layer_damaged"
