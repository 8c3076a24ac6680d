"""Cells as flat arrays of rings: what the map layer stores and the cell index reads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rings:
    """`xy` holds the vertices, two columns; a ring's last vertex is not its first again.

    Ring `r` owns the vertices from `ring_first_vertex[r]` to that of `r + 1`, cell `c` the rings
    from `cell_first_ring[c]` to that of `c + 1`. A point is inside a cell by the even-odd rule over
    all its rings, so holes and islands need no mark.
    """

    cell_first_ring: Ints
    ring_first_vertex: Ints
    xy: Floats

    @property
    def cells(self) -> int:
        return len(self.cell_first_ring) - 1

    @property
    def cell_of_vertex(self) -> Ints:
        """For every vertex the cell it belongs to."""
        first_vertex = self.ring_first_vertex[self.cell_first_ring]
        return np.repeat(np.arange(self.cells), np.diff(first_vertex))

    @property
    def next_vertex(self) -> Ints:
        """For every vertex the one that follows in its ring, the first after the last."""
        following = np.arange(1, len(self.xy) + 1)
        lengths = np.diff(self.ring_first_vertex)
        filled = lengths > 0
        following[self.ring_first_vertex[1:][filled] - 1] = self.ring_first_vertex[:-1][filled]
        return following

    def only(self, cells: Ints) -> "Rings":
        """The rings of some cells, in the order of these."""
        ring = _owned(self.cell_first_ring, cells)
        return Rings(
            _firsts(np.diff(self.cell_first_ring)[cells]),
            _firsts(np.diff(self.ring_first_vertex)[ring]),
            self.xy[_owned(self.ring_first_vertex, ring)],
        )


def rings_of(polygons: Sequence[BaseGeometry] | NDArray[np.object_]) -> Rings:
    """The rings of polygons and multipolygons, outer and inner alike, in order.

    Vertices that repeat the one before are dropped. Empty polygons keep their place with no rings.
    """
    shapes = np.asarray(polygons, dtype=object)
    parts, cell_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    xy, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    follows = np.diff(ring_of_vertex, prepend=-1) == 0
    repeats = follows & (xy == np.roll(xy, 1, axis=0)).all(axis=1)
    closes = np.diff(ring_of_vertex, append=-1) != 0
    return from_vertices(len(shapes), cell_of_part[part_of_ring], ring_of_vertex, xy, ~(repeats | closes))


def from_vertices(
    cells: int, cell_of_ring: Ints, ring_of_vertex: Ints, xy: Floats, kept: NDArray[np.bool_]
) -> Rings:
    """Rings of the `kept` vertices; a ring left with fewer than three is gone."""
    lengths = np.bincount(ring_of_vertex[kept], minlength=len(cell_of_ring))
    real = lengths >= 3
    kept = kept & real[ring_of_vertex]
    return Rings(
        cell_first_ring=_firsts(np.bincount(cell_of_ring[real], minlength=cells)),
        ring_first_vertex=_firsts(lengths[real]),
        xy=xy[kept],
    )


def polygons_of(rings: Rings) -> NDArray[np.object_]:
    """One valid polygon or multipolygon for every cell: the area inside by the even-odd rule."""
    closed = np.insert(rings.xy, rings.ring_first_vertex[1:], rings.xy[rings.ring_first_vertex[:-1]], axis=0)
    ring_of_vertex = np.repeat(
        np.arange(len(rings.ring_first_vertex) - 1), np.diff(rings.ring_first_vertex) + 1
    )
    outlines = np.asarray(shapely.polygons(shapely.linearrings(closed, indices=ring_of_vertex)), dtype=object)
    first = rings.cell_first_ring
    found = np.empty(rings.cells, dtype=object)
    single = np.diff(first) == 1
    found[single] = outlines[first[:-1][single]]
    for cell in np.flatnonzero(~single):
        found[cell] = _even_odd(outlines[first[cell] : first[cell + 1]])
    return found


def _even_odd(outlines: NDArray[np.object_]) -> BaseGeometry:
    area: BaseGeometry = shapely.MultiPolygon()
    for outline in outlines:
        area = shapely.symmetric_difference(area, outline)
    return area


def _firsts(lengths: Ints) -> Ints:
    return np.append(0, np.cumsum(lengths)).astype(np.int64)


def _owned(firsts: Ints, owners: Ints) -> Ints:
    """All that some owners own by `firsts`, owner after owner."""
    begins = firsts[owners]
    lengths = firsts[owners + 1] - begins
    shifts: Ints = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
    return shifts + np.arange(len(shifts))
