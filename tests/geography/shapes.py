"""Made-up coverages for the tests of the grid engine."""

import numpy as np
import shapely
from numpy.typing import NDArray

WEST, SOUTH = 113.55, 34.70


def voronoi(cells: int, seed: int, side: float = 0.02) -> NDArray[np.object_]:
    """An irregular valid coverage of a square of `side` degrees."""
    random = np.random.default_rng(seed)
    points = random.uniform((WEST, SOUTH), (WEST + side, SOUTH + side), (cells, 2))
    box = shapely.box(WEST, SOUTH, WEST + side, SOUTH + side)
    parts = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=box))
    lines = shapely.union_all(shapely.boundary(shapely.intersection(parts, box)))
    return shapely.get_parts(shapely.polygonize([lines]))


def squares(columns: int, rows: int, step: float = 0.001) -> NDArray[np.object_]:
    """A chessboard with exactly shared corners, row by row from the south-west."""
    x = WEST + np.arange(columns + 1) * step
    y = SOUTH + np.arange(rows + 1) * step
    west, south = np.meshgrid(x[:-1], y[:-1])
    east, north = np.meshgrid(x[1:], y[1:])
    return np.asarray(shapely.box(west.ravel(), south.ravel(), east.ravel(), north.ravel()), dtype=object)
