"""Cutting areas into unit grids: block-like cells of a wanted size that meet without gaps or overlaps.

Areas are halved across their longer side until the pieces are as large as a cell: pieces follow the lie of
their area as city blocks do, and their sizes stay close together. The cuts and the areas' own borders are
then noded all together, once, so that neighbours share every vertex; pieces too small or too narrow to be
a cell join the neighbour with which they share the longest border.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.errors import Refused
from console.geography.halving import Shapes, cuts
from console.geography.merging import NO_AREA, Pieces, joined
from console.geography.rings import Floats, Ints

Progress = Callable[[str, float], None]

# A piece smaller than this share of a cell, or narrower than this share of its side, joins a neighbour.
_SLIVER_AREA = 0.3
_SLIVER_WIDTH = 0.15
_MOST_CELLS = 500_000
# A strip in two areas or in none counts as inexact drawing up to this width in metres.
_DRAWN_ROUGHLY = 1.0


@dataclass(frozen=True, eq=False)
class Cut:
    """Cells as polygons in metres and, for each, the place of its area; areas in order."""

    cells: Shapes
    area: Ints


def cut(
    areas: Sequence[BaseGeometry] | NDArray[np.object_], cell_size_m: float, progress: Progress | None = None
) -> Cut:
    """Cells of about `cell_size_m` squared that fill the areas (polygons in metres) exactly.

    The areas' borders are kept vertex by vertex. Strips up to a metre wide where areas overlap or
    leave a gap are given to one of them. An islet too small for a cell joins the nearest cell of its
    area within a cell's side. Raises Refused: `cell_size`, `too_many_cells`, `area_empty` (area),
    `shapes_overlap` (first, second: places of areas; x, y).
    """
    if not (np.isfinite(cell_size_m) and cell_size_m >= 1):
        raise Refused("cell_size", size=cell_size_m)
    said = progress or _unsaid
    shapes = _polygonal(np.asarray(areas, dtype=object))
    _refuse_overlaps(shapes)
    parts = shapely.get_parts(shapes)
    expected = float(shapely.area(parts).sum()) / cell_size_m**2
    if expected > _MOST_CELLS:
        raise Refused("too_many_cells", cells=round(expected), most=_MOST_CELLS)
    lines = cuts(parts, cell_size_m**2, lambda share: said("cutting", share * 0.5))
    said("cutting", 0.5)
    noded = shapely.union_all(np.concatenate([shapely.boundary(shapes), lines]))
    said("cutting", 0.7)
    pieces = shapely.get_parts(shapely.polygonize([noded]))
    area = _owners(pieces, shapes)
    kept = (area != NO_AREA) | (_width(pieces) < _DRAWN_ROUGHLY)
    pieces, area = pieces[kept], area[kept]
    said("cutting", 0.8)
    return _cells(pieces, area, cell_size_m, lambda share: said("cutting", 0.8 + 0.2 * share))


def _unsaid(_step: str, _share: float) -> None:
    return None


def _polygonal(areas: Shapes) -> Shapes:
    """The areas made valid, without what has no area."""
    valid = shapely.make_valid(areas, method="structure", keep_collapsed=False)
    for at in np.flatnonzero(shapely.area(valid) <= 0):
        raise Refused("area_empty", area=int(at))
    return np.asarray(valid, dtype=object)


def _refuse_overlaps(areas: Shapes) -> None:
    first, second = shapely.STRtree(areas).query(areas, predicate="intersects")
    first, second = first[first < second], second[first < second]
    common = shapely.intersection(areas[first], areas[second])
    for at in np.flatnonzero(_width(common) > _DRAWN_ROUGHLY):
        x, y = shapely.get_coordinates(shapely.point_on_surface(common[at]))[0]
        raise Refused(
            "shapes_overlap",
            first=int(first[at]),
            second=int(second[at]),
            area_m2=round(float(common[at].area), 1),
            x=float(x),
            y=float(y),
        )


def _width(shapes: Shapes) -> Floats:
    """The mean width of polygons: that of a long rectangle of the same area and outline."""
    width: Floats = 2 * shapely.area(shapes) / np.maximum(shapely.length(shapes), 1e-12)
    return width


def _owners(pieces: Shapes, areas: Shapes) -> Ints:
    """The lowest area that each piece lies in."""
    piece, area = shapely.STRtree(areas).query(shapely.point_on_surface(pieces), predicate="intersects")
    owner = np.full(len(pieces), len(areas), dtype=np.int64)
    np.minimum.at(owner, piece, area)
    return np.where(owner == len(areas), NO_AREA, owner)


def _cells(shapes: Shapes, area: Ints, side: float, said: Callable[[float], None]) -> Cut:
    enough = _SLIVER_AREA * side**2
    small = (shapely.area(shapes) < enough) | (_width(shapes) < _SLIVER_WIDTH * side) | (area == NO_AREA)
    host = joined(Pieces(shapes, area, small), enough=enough, reach=side)
    said(0.5)
    order = np.lexsort((host, area[host]))
    order = order[area[host[order]] != NO_AREA]
    first = np.flatnonzero(np.diff(host[order], prepend=-1))
    members = np.split(order, first[1:])
    cells = np.empty(len(members), dtype=object)
    for at, own in enumerate(members):
        cells[at] = shapes[own[0]] if len(own) == 1 else shapely.coverage_union_all(shapes[own])
    said(1.0)
    return Cut(cells, area[host[order[first]]])
