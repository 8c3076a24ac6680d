"""The cells of a city as polygons: which of them a drawn shape holds, and which lie at its edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from math import cos, radians
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.geography.coordinates import STORE, convert, metric_system
from console.geography.packed import unpacked
from console.geography.rings import Floats, Ints, Rings

Bits = NDArray[np.bool_]
Lines = Sequence[Sequence[tuple[float, float]]]

_LEAST_DEGREE_M = 110_000  # a degree of latitude is longer everywhere, in every system that is measured in


class CellShapes:
    """Polygons of a stored cell layer in lon/lat degrees (EPSG:4490). For many threads.

    They are made for whoever asks and not kept: of 38,515 cells they hold 40 MB with a tree of them and the
    same in metres, where numbers hold five, and a case's surroundings are some ten polygons.
    """

    def __init__(self, layer: bytes) -> None:
        self._layer = layer
        self._making = Lock()

    def sorted_by(self, rings: Lines) -> tuple[Bits, Bits]:
        """For every cell whether the shape holds all of it, and whether its edge passes through it.

        What lies inside is told by the even-odd rule. Raises Refused("cell_layer_damaged").
        """
        drawn = area_of(rings)
        inside, edge = (np.zeros(self._ground.rings.cells, dtype=bool) for _each in range(2))
        met = self._ground.in_box(*drawn.bounds) if not drawn.is_empty else np.empty(0, dtype=np.int64)
        polygons = self.polygons(met)
        shapely.prepare(drawn)
        touched = shapely.intersects(drawn, polygons)
        held = shapely.contains_properly(drawn, polygons[touched])
        inside[met[touched][held]] = True
        edge[met[touched][~held]] = True
        return inside, edge

    def polygons(self, cells: Ints) -> NDArray[np.object_]:
        """Polygons of the cells at some places of the layer. Raises Refused("cell_layer_damaged")."""
        return _polygons(self._ground.rings.only(cells))

    def around(self, lon: float, lat: float, metres: float) -> Ints:
        """The cells that may be so near to a place; every one that is, is among them."""
        up = metres / _LEAST_DEGREE_M
        across = up / max(cos(radians(min(abs(lat) + up, 89.0))), 0.01)
        return self._ground.in_box(lon - across, lat - up, lon + across, lat + up)

    def metres_to(self, cells: Ints, lon: float, lat: float) -> Floats:
        """How far some cells are from a place."""
        system = self._ground.system
        point = shapely.Point(*(float(one) for one in convert(lon, lat, STORE, system)))

        def metres(corners: Floats) -> Floats:
            return np.column_stack(convert(corners[:, 0], corners[:, 1], STORE, system))

        away: Floats = shapely.distance(shapely.transform(self.polygons(cells), metres), point)
        return away

    @property
    def _ground(self) -> "_Ground":
        with self._making:
            return self._unpacked

    @cached_property
    def _unpacked(self) -> "_Ground":
        return _Ground.of(unpacked(self._layer))


@dataclass(frozen=True, eq=False)
class _Ground:
    """The rings of all cells, a box of each (west, south, east, north), and a system to measure in."""

    rings: Rings
    boxes: Floats
    system: str

    @classmethod
    def of(cls, rings: Rings) -> "_Ground":
        boxes = np.repeat([[np.inf, np.inf, -np.inf, -np.inf]], rings.cells, axis=0)  # of none: nowhere
        first_vertex = rings.ring_first_vertex[rings.cell_first_ring]
        drawn = np.diff(first_vertex) > 0
        if drawn.any():
            begins = first_vertex[:-1][drawn]
            boxes[drawn, :2] = np.minimum.reduceat(rings.xy, begins)
            boxes[drawn, 2:] = np.maximum.reduceat(rings.xy, begins)
        low, high = (rings.xy.min(axis=0), rings.xy.max(axis=0)) if drawn.any() else np.zeros((2, 2))
        return cls(rings, boxes, metric_system(*((low + high) / 2).tolist()))

    def in_box(self, west: float, south: float, east: float, north: float) -> Ints:
        """The cells whose boxes meet another."""
        left, bottom, right, top = self.boxes.T
        return np.flatnonzero((left <= east) & (right >= west) & (bottom <= north) & (top >= south))


def _polygons(rings: Rings) -> NDArray[np.object_]:
    lengths = np.diff(rings.ring_first_vertex)
    whole = lengths > 2
    ring_of_vertex = np.repeat(np.arange(len(lengths)), lengths)
    drawn = whole[ring_of_vertex]
    alone = np.full(len(lengths), shapely.Polygon(), dtype=object)
    place = np.cumsum(whole) - 1
    alone[whole] = shapely.polygons(
        shapely.linearrings(rings.xy[drawn], indices=place[ring_of_vertex[drawn]])
    )
    counts = np.diff(rings.cell_first_ring)
    found = np.full(rings.cells, shapely.Polygon(), dtype=object)
    single = counts == 1
    found[single] = alone[rings.cell_first_ring[:-1][single]]
    for cell in np.flatnonzero(counts > 1):
        first, end = rings.cell_first_ring[cell], rings.cell_first_ring[cell + 1]
        found[cell] = reduce(shapely.symmetric_difference, alone[first:end])
    return found


def area_of(rings: Lines) -> BaseGeometry:
    """The area of rings in any plane by the even-odd rule, valid even where they cross themselves."""
    parts = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 2]
    return shapely.make_valid(reduce(shapely.symmetric_difference, parts)) if parts else shapely.Polygon()
