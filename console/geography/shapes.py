"""The cells of a city as polygons: which of them a drawn shape holds, and which lie at its edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from threading import Lock

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.geography.coordinates import STORE, convert, metric_system
from console.geography.packed import unpacked

Bits = NDArray[np.bool_]
Lines = Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True, eq=False)
class Plane:
    """The polygons of the cells in the metres of a system."""

    system: str
    polygons: NDArray[np.object_]
    tree: shapely.STRtree


class CellShapes:
    """Made of a stored cell layer when first asked; in lon/lat degrees (EPSG:4490). For many threads."""

    def __init__(self, layer: bytes) -> None:
        self._layer = layer
        self._making = Lock()

    def sorted_by(self, rings: Lines) -> tuple[Bits, Bits]:
        """For every cell whether the shape holds all of it, and whether its edge passes through it.

        What lies inside is told by the even-odd rule. Raises Refused("cell_layer_damaged").
        """
        polygons, tree = self._made
        drawn = area_of(rings)
        inside, edge = np.zeros(len(polygons), dtype=bool), np.zeros(len(polygons), dtype=bool)
        shapely.prepare(drawn)
        met = tree.query(drawn, predicate="intersects")
        held = shapely.contains_properly(drawn, polygons[met])
        inside[met[held]] = True
        edge[met[~held]] = True
        return inside, edge

    @property
    def polygons(self) -> NDArray[np.object_]:
        """A polygon of each cell, in the order of the layer."""
        return self._made[0]

    @property
    def tree(self) -> shapely.STRtree:
        """Where the polygons lie."""
        return self._made[1]

    @property
    def plane(self) -> "Plane":
        """The same in metres, to measure in."""
        with self._making:
            return self._plane

    @cached_property
    def _plane(self) -> "Plane":
        polygons = self._polygons_and_tree[0]
        west, south, east, north = shapely.total_bounds(polygons) if len(polygons) else (0, 0, 0, 0)
        system = metric_system((west + east) / 2, (south + north) / 2)

        def metres(corners: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(convert(corners[:, 0], corners[:, 1], STORE, system))

        flat = shapely.transform(polygons, metres)
        return Plane(system, flat, shapely.STRtree(flat))

    @property
    def _made(self) -> tuple[NDArray[np.object_], shapely.STRtree]:
        with self._making:
            return self._polygons_and_tree

    @cached_property
    def _polygons_and_tree(self) -> tuple[NDArray[np.object_], shapely.STRtree]:
        rings = unpacked(self._layer)
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
        return found, shapely.STRtree(found)


def area_of(rings: Lines) -> BaseGeometry:
    """The area of rings in any plane by the even-odd rule, valid even where they cross themselves."""
    parts = [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 2]
    return shapely.make_valid(reduce(shapely.symmetric_difference, parts)) if parts else shapely.Polygon()
