"""An area as the map draws it, and what makes one: a grid by a place, a strip along a road."""

from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.area import MOST_POINTS, Area, Piece, Ring, shape
from console.domain.errors import Refused
from console.geography.coordinates import STORE, convert, metric_system
from console.geography.shapes import area_of
from console.storage.places import Places
from console.storage.unit import View

_FINEST_M = 0.5
_DRAWN = 1e-7  # degrees: corners that cells share fall together


def area_rings(view: View, area: Area) -> list[Ring]:
    """The outline of an area in EPSG:4490 degrees, to be filled by the even-odd rule.

    Raises Refused: `no_city`, `no_grids`.
    """
    rings = shapely.get_rings(shapely.get_parts(area_shape(view, area)))
    return [tuple(map(tuple, shapely.get_coordinates(ring)[:-1].tolist())) for ring in rings]


def area_shape(view: View, area: Area) -> BaseGeometry:
    """An area in EPSG:4490 degrees, empty where nothing is left. Raises Refused: `no_city`, `no_grids`."""
    found: BaseGeometry = shapely.Polygon()
    for piece in area.pieces:
        drawn = _drawn(view.places, piece)
        found = found.union(drawn) if piece.adds else found.difference(drawn)
    return found


def grid_piece(view: View, lon: float, lat: float, *, adds: bool) -> Piece:
    """The responsibility grid at a place. Raises Refused: `no_grid_here`, `no_city`, `no_grids`."""
    place = view.places.at(lon, lat)
    if place is None or not place.responsibility_grid:
        raise Refused("no_grid_here")
    return Piece("grids", (place.responsibility_grid,), (), adds)


def strip_piece(lines: Sequence[Sequence[tuple[float, float]]], metres: float, *, adds: bool) -> Piece:
    """All that lies within so many metres of lines in degrees. Raises Refused("area_damaged") for no line."""
    told = [line for line in lines if len(line) > 1]
    if not told:
        raise Refused("area_damaged", piece="corridor")
    system = metric_system(*told[0][0])
    roads = [shapely.LineString(_metres(line, system)) for line in told]
    finest = _FINEST_M
    while True:
        # Simplified within the strip's own width: what is asked for is a distance, not a drawing.
        strip = shapely.union_all(shapely.buffer(roads, metres, quad_segs=6)).simplify(finest)
        rings = shapely.get_rings(shapely.get_parts(strip))
        if sum(len(ring.coords) for ring in rings) <= MOST_POINTS // 2:
            return shape(tuple(_in_degrees(rings, system)), adds=adds)
        finest *= 2


def _metres(line: Sequence[tuple[float, float]], system: str) -> NDArray[np.float64]:
    lon, lat = zip(*line, strict=True)
    return np.column_stack(convert(lon, lat, STORE, system))


def _in_degrees(rings: Iterable[shapely.LinearRing], system: str) -> Iterable[Ring]:
    for ring in rings:
        corners = shapely.get_coordinates(ring)[:-1]
        lon, lat = convert(corners[:, 0], corners[:, 1], system, STORE)
        yield tuple(zip(lon.tolist(), lat.tolist(), strict=True))


def _drawn(places: Places, piece: Piece) -> BaseGeometry:
    if piece.rings:
        return area_of(piece.rings)
    codes = frozenset(piece.codes)
    chosen = [
        (row.cell if piece.kind == "cells" else row.responsibility_grid) in codes for row in places.rows
    ]
    return shapely.union_all(places.shapes.polygons(np.flatnonzero(chosen)), grid_size=_DRAWN)
