"""Where polygons that should meet exactly overlap, leave gaps, or do not fill the outline they should."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.geography.coordinates import STORE, convert

Shapes = NDArray[np.object_]
Ints = NDArray[np.int64]

# Strips smaller than this or narrower than that are how borders are rounded, not how they run.
_TOLERATED_M2 = 1.0
_TOLERATED_WIDTH_M = 0.05
# A wider hole may be where a cell is that has no polygon, and is told by that cell then.
_NARROW_M = 5.0


@dataclass(frozen=True, slots=True)
class Place:
    """A point inside a strip (EPSG:4490) and the strip's size."""

    lon: float
    lat: float
    area_m2: float


def unmatched(shapes: Shapes) -> Ints:
    """The valid polygons whose borders are not those of their neighbours, vertex by vertex."""
    if shapely.coverage_is_valid(shapes, gap_width=_TOLERATED_WIDTH_M):
        return np.empty(0, dtype=np.int64)
    edges = shapely.coverage_invalid_edges(shapes, gap_width=_TOLERATED_WIDTH_M)
    return np.flatnonzero(~shapely.is_empty(edges))


def overlaps(shapes: Shapes, suspects: Ints, system: str) -> Iterator[tuple[int, int, Place]]:
    """Pairs that overlap, the lower first, where one is a suspect; metres of `system`."""
    one, other = shapely.STRtree(shapes).query(shapes[suspects], predicate="intersects")
    first, second = np.minimum(suspects[one], other), np.maximum(suspects[one], other)
    pairs = np.unique(np.column_stack((first, second))[first != second], axis=0)
    common = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    for at in np.flatnonzero(_is_real(common)):
        yield int(pairs[at, 0]), int(pairs[at, 1]), _place(common[at], system)


def gaps(shapes: Shapes, system: str, *, matched: bool) -> Iterator[Place]:
    """Holes that the polygons leave between them: all, or the narrow ones where a polygon is missing.

    `matched` says that the borders meet vertex by vertex, which makes the union quick.
    """
    whole = shapely.coverage_union_all(shapes) if matched else shapely.union_all(shapes)
    outer = shapely.get_exterior_ring(shapely.get_parts(whole))
    holes = shapely.get_parts(shapely.union_all(shapely.polygons(outer)) - whole)
    real = _is_real(holes)
    if shapely.is_empty(shapes).any():
        real &= _width(holes) < _NARROW_M
    for hole in holes[real]:
        yield _place(hole, system)


def misfits(
    shapes: Shapes, owners: Sequence[str], outlines: Mapping[str, BaseGeometry], system: str
) -> Iterator[tuple[str, str, Place]]:
    """Where the polygons of an owner leave part of its outline empty (`not_filled`) or leave it (`left`)."""
    members: dict[str, list[int]] = {}
    for at, owner in enumerate(owners):
        members.setdefault(owner, []).append(at)
    for owner, outline in outlines.items():
        union = shapely.union_all(shapes[members.get(owner, [])])
        for kind, rest in (("not_filled", outline - union), ("left", union - outline)):
            parts = shapely.get_parts(rest)
            for part in parts[_is_real(parts)]:
                yield owner, kind, _place(part, system)


def _is_real(strips: Shapes) -> NDArray[np.bool_]:
    real: NDArray[np.bool_] = (shapely.area(strips) > _TOLERATED_M2) & (_width(strips) > _TOLERATED_WIDTH_M)
    return real


def _width(strips: Shapes) -> NDArray[np.float64]:
    width: NDArray[np.float64] = 2 * shapely.area(strips) / np.maximum(shapely.length(strips), 1e-12)
    return width


def _place(strip: BaseGeometry, system: str) -> Place:
    point = shapely.get_coordinates(shapely.point_on_surface(strip))[0]
    lon, lat = convert(point[0], point[1], system, STORE)
    return Place(float(lon), float(lat), float(strip.area))
