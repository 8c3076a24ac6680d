"""Points to cells, held against shapely point by point."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.errors import Refused
from console.geography.cell_index import CellIndex
from console.geography.packed import packed_cells, unpacked
from console.geography.rings import polygons_of, rings_of
from tests.geography.shapes import SOUTH, WEST, squares, voronoi

Floats = NDArray[np.float64]
STEPS, SIZES = st.integers(0, 12), st.integers(1, 9)


def lowest(cells: NDArray[np.object_], x: Floats, y: Floats) -> list[int]:
    """The answer by shapely: the lowest cell that touches each point, or -1."""
    points, touched = shapely.STRtree(cells).query(shapely.points(x, y), predicate="intersects")
    found = np.full(len(x), np.iinfo(np.int64).max)
    np.minimum.at(found, points, touched)
    return [int(cell) if cell < np.iinfo(np.int64).max else -1 for cell in found]


def agrees(index: CellIndex, cells: NDArray[np.object_], x: Floats, y: Floats) -> None:
    """Both ways to ask give shapely's answer at every point."""
    told = lowest(cells, x, y)
    assert index.cells_at(x, y).tolist() == told
    assert [index.cell_at(*point) for point in zip(x.tolist(), y.tolist(), strict=True)] == told


def probes(cells: NDArray[np.object_], seed: int, count: int = 400) -> Floats:
    """Random points, vertices, points of edges and points a hair beside them."""
    random = np.random.default_rng(seed)
    west, south, east, north = shapely.total_bounds(cells)
    vertices = shapely.get_coordinates(cells)
    middles = (vertices[1:] + vertices[:-1]) / 2
    hair = vertices + random.choice([-1, 1], vertices.shape) * np.spacing(vertices)
    free = random.uniform((west - 0.001, south - 0.001), (east + 0.001, north + 0.001), (count, 2))
    level = np.column_stack((free[: len(free) // 2, 0], random.choice(vertices[:, 1], len(free) // 2)))
    upright = np.column_stack((random.choice(vertices[:, 0], len(free) // 2), free[: len(free) // 2, 1]))
    every = np.concatenate([free, vertices, middles, hair, level, upright])
    return every.T


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 120), st.integers(0, 10_000))
def test_that_every_point_of_a_coverage_gets_the_cell_shapely_gives_it(count: int, seed: int) -> None:
    rings = unpacked(packed_cells(voronoi(count, seed)))
    cells = polygons_of(rings)
    x, y = probes(cells, seed)
    agrees(CellIndex(rings), cells, x, y)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 12), st.integers(0, 12), st.integers(1, 9), st.integers(1, 9), st.booleans()
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(0, 1000),
)
def test_that_overlapping_holed_and_nested_cells_are_told_apart(
    boxes: list[tuple[int, int, int, int, bool]], seed: int
) -> None:
    cells = []
    for left, low, width, height, holed in boxes:
        west, south, w, h = WEST + left / 1000, SOUTH + low / 1000, width / 1000, height / 1000
        cell: BaseGeometry = shapely.box(west, south, west + w, south + h)
        if holed:
            hole = shapely.box(west + w / 4, south + h / 4, west + w / 2, south + h / 2)
            cell = shapely.difference(cell, hole)
        cells.append(cell)
    shapes = np.array(cells, dtype=object)
    x, y = probes(shapes, seed)
    agrees(CellIndex(rings_of(shapes)), shapes, x, y)


def test_that_corners_of_a_chessboard_belong_to_the_lowest_square() -> None:
    cells = squares(4, 3)
    corner = shapely.get_coordinates(cells[6])[:-1]
    assert CellIndex(rings_of(cells)).cells_at(corner[:, 0], corner[:, 1]).tolist() == lowest(
        cells, corner[:, 0], corner[:, 1]
    )
    x, y = cells[0].exterior.coords[0]  # south-east corner, shared with square 1
    assert CellIndex(rings_of(cells)).cell_at(x, y) == 0


@pytest.mark.parametrize("angle", [0.0, 17.0, 45.0])
def test_that_a_turned_chessboard_leaves_no_point_out_and_none_in_two(angle: float) -> None:
    cells = np.asarray(
        shapely.affinity.rotate(shapely.MultiPolygon(list(squares(20, 20))), angle).geoms, dtype=object
    )
    random = np.random.default_rng(7)
    inside = shapely.get_coordinates(shapely.centroid(cells))
    x, y = (inside[random.integers(0, 400, 5000)] + random.uniform(-0.0004, 0.0004, (5000, 2))).T
    assert CellIndex(rings_of(cells)).cells_at(x, y).tolist() == lowest(cells, x, y)


def test_that_places_that_are_none_are_outside() -> None:
    index = CellIndex(rings_of(squares(3, 3)))
    x = [np.nan, np.inf, -np.inf, WEST + 0.001, 0.0, 180.0, 1e300]
    y = [SOUTH + 0.001, SOUTH + 0.001, np.nan, np.inf, 0.0, -90.0, -1e300]
    assert index.cells_at(x, y).tolist() == [-1] * 7
    assert [index.cell_at(*point) for point in zip(x, y, strict=True)] == [-1] * 7


def test_that_a_layer_without_cells_holds_no_point() -> None:
    index = CellIndex.of_layer(packed_cells([]))
    assert index.cells_at([WEST], [SOUTH]).tolist() == [-1]
    assert index.cell_at(WEST, SOUTH) == -1


def test_that_no_points_get_no_cells() -> None:
    assert CellIndex(rings_of(squares(2, 2))).cells_at([], []).tolist() == []


def test_that_one_small_cell_far_from_the_rest_is_found() -> None:
    near, far = squares(5, 5), shapely.box(WEST + 3, SOUTH + 1, WEST + 3.001, SOUTH + 1.001)
    index = CellIndex(rings_of([*near, far]))
    assert index.cell_at(WEST + 3.0005, SOUTH + 1.0005) == 25
    assert index.cell_at(WEST + 0.0005, SOUTH + 0.0005) == 0


def test_that_a_damaged_layer_makes_no_index() -> None:
    with pytest.raises(Refused, match="cell_layer_damaged"):
        CellIndex.of_layer(b"GCL1")
