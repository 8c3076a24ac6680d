"""Polygons of a city's cells for whoever asks: the right ones, and as far away as they are."""

import numpy as np
import pytest
import shapely

from console.geography.coordinates import STORE, convert, metric_system
from console.geography.packed import packed_cells, unpacked
from console.geography.rings import polygons_of
from console.geography.shapes import CellShapes
from tests.geography.shapes import SOUTH, WEST, squares, voronoi

CELLS = voronoi(200, seed=7)
LAYER = packed_cells(CELLS)
MIDDLE = (WEST + 0.01, SOUTH + 0.01)


def test_that_the_polygons_of_some_cells_are_those_of_the_layer() -> None:
    whole = polygons_of(unpacked(LAYER))
    some = np.array([150, 3, 3, 199])
    assert shapely.equals_exact(CellShapes(LAYER).polygons(some), whole[some]).all()


def test_that_cells_of_two_parts_or_of_none_keep_their_places() -> None:
    parts = squares(6, 1)
    cells = [shapely.Polygon(), shapely.union_all([parts[0], parts[3]]), parts[5]]
    found = CellShapes(packed_cells(cells)).polygons(np.arange(3))
    assert shapely.is_empty(found).tolist() == [True, False, False]
    assert len(shapely.get_parts(found[1])) == 2
    assert shapely.area(found).tolist() == pytest.approx(shapely.area(cells).tolist(), rel=1e-3)


@pytest.mark.parametrize("metres", [1.0, 60.0, 250.0, 1000.0])
def test_that_every_cell_within_so_many_metres_is_found(metres: float) -> None:
    system = metric_system(*MIDDLE)
    flat = shapely.transform(CELLS, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1], STORE, system)))
    away = shapely.distance(flat, shapely.Point(*(float(one) for one in convert(*MIDDLE, STORE, system))))
    shapes = CellShapes(LAYER)
    found = shapes.around(*MIDDLE, metres)
    assert set(np.flatnonzero(away <= metres)) <= set(found)
    assert len(found) < len(CELLS)
    assert shapes.metres_to(found, *MIDDLE) == pytest.approx(away[found], abs=0.01)


def test_that_a_city_of_no_cells_is_near_to_nothing() -> None:
    shapes = CellShapes(packed_cells([]))
    assert not len(shapes.around(*MIDDLE, 50_000.0))
    inside, edge = shapes.sorted_by([[MIDDLE, (MIDDLE[0] + 1, MIDDLE[1]), (MIDDLE[0], MIDDLE[1] + 1)]])
    assert not len(inside)
    assert not len(edge)


def test_that_a_shape_holds_what_is_whole_in_it_and_cuts_what_its_edge_passes() -> None:
    shapes = CellShapes(packed_cells(squares(5, 5)))
    west, south = WEST + 0.0005, SOUTH + 0.0005
    east, north = WEST + 0.0035, SOUTH + 0.0035
    inside, edge = shapes.sorted_by([[(west, south), (east, south), (east, north), (west, north)]])
    assert np.flatnonzero(inside).tolist() == [6, 7, 11, 12]
    assert sorted(np.flatnonzero(edge)) == [0, 1, 2, 3, 5, 8, 10, 13, 15, 16, 17, 18]
