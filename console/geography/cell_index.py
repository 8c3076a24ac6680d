"""Which cell a point lies in: exact, and quick for one point and for millions."""

from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from console.geography.packed import unpacked
from console.geography.raster import FIRST_SLOT, OUTSIDE, Bits, Edges, Narrow, Raster, edges_of, rasterised
from console.geography.rings import Floats, Ints, Rings

_CHUNK = 1 << 17  # points at a time: what they need fits in the cache
_NO_CELL = np.iinfo(np.int32).max
# Bound of the rounding error of the orientation determinant (Shewchuk 1997, stage A).
_ROUNDING = (3.0 + 16.0 * np.finfo(np.float64).eps / 2) * np.finfo(np.float64).eps / 2


class CellIndex:
    """Points to cells of one layer, in its own lon/lat degrees (EPSG:4490).

    A point on a border belongs to the lowest of the cells that touch it; where cells overlap the
    lowest wins too. The answer is exact: no rounding puts a point into a neighbour.
    """

    def __init__(self, rings: Rings) -> None:
        self.cells = rings.cells
        self._edges = edges_of(rings)
        self._raster = rasterised(rings, self._edges) if len(rings.xy) else None

    @classmethod
    def of_layer(cls, layer: bytes) -> "CellIndex":
        """The index of a stored cell layer. Raises Refused("cell_layer_damaged")."""
        return cls(unpacked(layer))

    def cells_at(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int32]:
        """The cell of every point, -1 outside all cells and for coordinates that are no numbers."""
        x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
        found = np.full(x.shape, OUTSIDE, dtype=np.int32)
        if self._raster is not None:
            for start in range(0, len(x), _CHUNK):
                part = slice(start, start + _CHUNK)
                found[part] = _located(self._raster, self._edges, x[part], y[part])
        return found

    def cell_at(self, lon: float, lat: float) -> int:
        """The cell of one point, or -1."""
        if self._raster is None:
            return OUTSIDE
        frame = self._raster.frame
        across, up = (lon - frame.west) / frame.width, (lat - frame.south) / frame.height
        if not (0 <= across < frame.columns and 0 <= up < frame.rows):
            return OUTSIDE
        value: int = self._raster.values.item(int(up), int(across))
        if value >= OUTSIDE:
            return value
        return _decided_one(self._raster, self._edges, FIRST_SLOT - value, lon, lat)


def _located(raster: Raster, edges: Edges, x: Floats, y: Floats) -> NDArray[np.int32]:
    frame = raster.frame
    across, up = frame.across(x), frame.up(y)
    inside = (across >= 0) & (across < frame.columns) & (up >= 0) & (up < frame.rows)
    if not inside.all():
        across, up = np.where(inside, across, 0.0), np.where(inside, up, 0.0)  # a corner pixel is empty
    found = raster.values[up.astype(np.int64), across.astype(np.int64)]
    near = np.flatnonzero(found < OUTSIDE)
    if len(near):
        found[near] = _decided(raster, edges, FIRST_SLOT - found[near].astype(np.int64), x[near], y[near])
    return found


def _decided(raster: Raster, edges: Edges, slot: Ints, x: Floats, y: Floats) -> Narrow:
    """The cells of points in edge pixels.

    A point and its pixel's centre are in the same cells except for those whose edges the way between
    them crosses an odd number of times: level to the centre's column, then along it.
    """
    candidate, point = _owned(raster.slot_first_candidate, slot)
    touch, of_candidate = _owned(raster.candidate_first_touch, candidate)
    crossed, on_edge = _crossed(raster, edges, touch, x[point[of_candidate]], y[point[of_candidate]])
    first_touch = np.flatnonzero(np.diff(of_candidate, prepend=-1))
    holds = raster.candidate_holds_centre[candidate] ^ np.bitwise_xor.reduceat(crossed, first_touch)
    holds |= np.bitwise_or.reduceat(on_edge, first_touch)
    cell = np.where(holds, raster.candidate_cell[candidate], _NO_CELL)
    lowest = np.minimum.reduceat(cell, np.flatnonzero(np.diff(point, prepend=-1)))
    beneath = raster.beneath[slot]
    return np.where(lowest == _NO_CELL, beneath, np.where(beneath < 0, lowest, np.minimum(lowest, beneath)))


def _owned(firsts: Narrow, owner: Ints) -> tuple[Ints, Ints]:
    """All that the owners own by `firsts`, and the place of the owner of each."""
    begins = firsts[owner]
    lengths = firsts[owner + 1] - begins
    which = np.repeat(np.arange(len(owner)), lengths)
    return np.arange(len(which)) + (begins - np.cumsum(lengths) + lengths)[which], which


def _crossed(raster: Raster, edges: Edges, touch: Ints, x: Floats, y: Floats) -> tuple[Bits, Bits]:
    """Whether the way from each point to its pixel's centre crosses the edge, and whether it lies on it.

    The point counts as lying a trace higher than it does, so that a vertex is passed on one side; the
    centre's column passes no vertex (console.geography.raster sees to that).
    """
    edge = raster.touch_edge[touch]
    ax, ay, bx, by = edges.ax[edge], edges.ay[edge], edges.bx[edge], edges.by[edge]
    rise, run = (bx - ax) * (y - ay), (by - ay) * (x - ax)
    side = rise - run
    bound = _ROUNDING * (np.abs(rise) + np.abs(run))
    beside = (ay <= y) & (y <= by)
    for at in np.flatnonzero(beside & (np.abs(side) <= bound) & (bound > 0)):
        side[at] = _exact_side(ax[at], ay[at], bx[at], by[at], x[at], y[at])
    on_edge = beside & (side == 0) & (np.minimum(ax, bx) <= x) & (x <= np.maximum(ax, bx))
    level = (ay <= y) & (y < by)
    crossed_level = (side < 0) ^ raster.touch_level[touch]
    crossed_along = raster.touch_spans[touch] & (raster.touch_steep[touch] ^ (y < ay))
    return np.where(level, crossed_level, crossed_along), on_edge


def _decided_one(raster: Raster, edges: Edges, slot: int, x: float, y: float) -> int:
    """What `_decided` says, for one point without the cost of arrays."""
    beneath = raster.beneath.item(slot)
    for candidate in range(
        raster.slot_first_candidate.item(slot), raster.slot_first_candidate.item(slot + 1)
    ):
        cell = raster.candidate_cell.item(candidate)
        if OUTSIDE < beneath < cell:
            break
        holds = raster.candidate_holds_centre.item(candidate)
        first, end = (raster.candidate_first_touch.item(candidate + step) for step in (0, 1))
        for touch in range(first, end):
            crossed, on_edge = _crossed_one(raster, edges, touch, x, y)
            if on_edge:
                return int(cell)
            holds ^= crossed
        if holds:
            return int(cell)
    return int(beneath)


def _crossed_one(raster: Raster, edges: Edges, touch: int, x: float, y: float) -> tuple[bool, bool]:
    edge = raster.touch_edge.item(touch)
    ax, ay, bx, by = edges.ax.item(edge), edges.ay.item(edge), edges.bx.item(edge), edges.by.item(edge)
    if not ay <= y <= by:
        return raster.touch_spans.item(touch) and raster.touch_steep.item(touch) ^ (y < ay), False
    rise, run = (bx - ax) * (y - ay), (by - ay) * (x - ax)
    side = rise - run
    if abs(side) <= _ROUNDING * (abs(rise) + abs(run)):
        side = _exact_side(ax, ay, bx, by, x, y)
        if side == 0 and min(ax, bx) <= x <= max(ax, bx):
            return False, True
    if y < by:
        return (side < 0) ^ raster.touch_level.item(touch), False
    return raster.touch_spans.item(touch) and raster.touch_steep.item(touch), False


def _exact_side(ax: float, ay: float, bx: float, by: float, x: float, y: float) -> int:
    fax, fay, fx, fy = Fraction(float(ax)), Fraction(float(ay)), Fraction(float(x)), Fraction(float(y))
    side = (Fraction(float(bx)) - fax) * (fy - fay) - (Fraction(float(by)) - fay) * (fx - fax)
    return (side > 0) - (side < 0)
