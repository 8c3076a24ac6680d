"""The raster under the cell index: which pixels lie wholly in one cell, and which edges touch the others.

A pixel that no edge touches belongs to the cell at its centre. Every other one is an edge pixel: it keeps,
for each cell with an edge in it, those edges and whether the pixel's centre is inside the cell.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.geography.rings import Floats, Ints, Rings

Bits = NDArray[np.bool_]
Reals = NDArray[np.floating[Any]]
Narrow = NDArray[np.int32]  # half as large: what is kept of a city is some ten million numbers

OUTSIDE = -1
FIRST_SLOT = -2  # raster values from here downwards name edge pixels

# Twice as many take twice the memory, 65 MB for 38,515 cells, and find 7.5 instead of 4.7 million points a
# second, which nobody waits for.
_PIXELS_ALONG_A_CELL = 5.0
_MOST_PIXELS = 6_000_000
# Edges count as touching a pixel that lies this share of its width beside them: far more than rounding,
# and one too many does no harm.
_TOUCH = 1e-4
# No vertex may be level with a pixel's centre, and no edge pass it, nearer than this share of its width.
_CLEAR = 1e-9
_SHIFTS = (0.6180339887, 0.4142135623, 0.7320508075, 0.2360679774, 0.6457513110, 0.3166247903)


@dataclass(frozen=True, eq=False)
class Edges:
    """Every edge of every ring, from its lower (then western) end `a` to `b`, in the order of cells."""

    cell: Ints
    ax: Floats
    ay: Floats
    bx: Floats
    by: Floats


@dataclass(frozen=True)
class Frame:
    """Pixels over a box: column and row of a place are those of its distance from the south-west corner."""

    west: float
    south: float
    width: float
    height: float
    columns: int
    rows: int

    def across(self, x: Floats) -> Floats:
        return (x - self.west) / self.width

    def up(self, y: Floats) -> Floats:
        return (y - self.south) / self.height


@dataclass(frozen=True, eq=False)
class Raster:
    """`values[row, column]`: a cell, OUTSIDE, or FIRST_SLOT less the slot of an edge pixel.

    An edge pixel owns candidates from `slot_first_candidate[slot]` on, one for each of its cells in
    ascending order; a candidate owns touches from `candidate_first_touch` on. `beneath` is the lowest
    cell that covers the whole edge pixel, which happens only where cells overlap.
    """

    frame: Frame
    values: Narrow
    slot_first_candidate: Narrow
    beneath: Narrow
    candidate_cell: Narrow
    candidate_holds_centre: Bits
    candidate_first_touch: Narrow
    touch_edge: Narrow
    touch_level: Bits
    touch_spans: Bits
    touch_steep: Bits


def edges_of(rings: Rings) -> Edges:
    """The edges of all rings, each pair of ends in the one order that both its cells see."""
    start, end = rings.xy, rings.xy[rings.next_vertex]
    upward = (start[:, 1] < end[:, 1]) | ((start[:, 1] == end[:, 1]) & (start[:, 0] <= end[:, 0]))
    a, b = np.where(upward[:, None], start, end), np.where(upward[:, None], end, start)
    ax, ay, bx, by = (np.ascontiguousarray(column) for column in (a[:, 0], a[:, 1], b[:, 0], b[:, 1]))
    return Edges(rings.cell_of_vertex, ax, ay, bx, by)


def rasterised(rings: Rings, edges: Edges) -> Raster:
    """The raster of cells whose vertices are lon/lat degrees."""
    for shift in _SHIFTS:
        frame = _frame(rings, shift)
        inner = Edges(
            edges.cell, frame.across(edges.ax), frame.up(edges.ay), frame.across(edges.bx), frame.up(edges.by)
        )
        pixel, touching = _touches(frame, inner)
        row, column = np.divmod(pixel, frame.columns)
        side = _side(inner, touching, column + 0.5, row + 0.5)
        if _is_clear(inner, side):
            break
    return _assembled(frame, inner, pixel, touching, side < 0)


def _frame(rings: Rings, shift: float) -> Frame:
    low, high = rings.xy.min(axis=0), rings.xy.max(axis=0)
    shrink = float(np.cos(np.radians(np.clip((low[1] + high[1]) / 2, -80.0, 80.0))))
    extent = np.maximum(high - low, 1e-9)
    size = max(
        float(np.sqrt(extent[0] * shrink * extent[1] / _MOST_PIXELS)),
        _mean_side(rings, shrink) / _PIXELS_ALONG_A_CELL,
        float(extent.max()) / _MOST_PIXELS,
    )
    steps = np.array([size / shrink, size])
    columns, rows = (int(count) + 3 for count in np.ceil(extent / steps))
    corner = low - steps * (1 + shift)
    return Frame(float(corner[0]), float(corner[1]), float(steps[0]), float(steps[1]), columns, rows)


def _mean_side(rings: Rings, shrink: float) -> float:
    """The side of a square as large as the mean cell, in degrees of latitude."""
    x, y = rings.xy[:, 0] - rings.xy[0, 0], rings.xy[:, 1] - rings.xy[0, 1]
    then = rings.next_vertex
    doubled = np.add.reduceat(x * y[then] - x[then] * y, rings.ring_first_vertex[:-1])
    return float(np.sqrt(np.abs(doubled).mean() / 2 * shrink))


def _side(edges: Edges, which: Ints, x: Reals, y: Reals) -> Floats:
    """Distance of places from the lines of edges, in pixels: negative on the right of the way up."""
    ax, ay = edges.ax[which], edges.ay[which]
    dx, dy = edges.bx[which] - ax, edges.by[which] - ay
    side: Floats = (dx * (y - ay) - dy * (x - ax)) / np.maximum(np.hypot(dx, dy), 1e-300)
    return side


def _is_clear(edges: Edges, side: Floats) -> bool:
    beside = np.abs(edges.ax % 1.0 - 0.5).min()
    level = np.abs(edges.ay % 1.0 - 0.5).min()
    return bool(min(beside, level, np.abs(side).min()) > _CLEAR)


def _touches(frame: Frame, edges: Edges) -> tuple[Ints, Ints]:
    """Pixel and edge of every touch, sorted by pixel, then edge (and so by cell)."""
    row, edge = _counted(np.floor(edges.ay - _TOUCH), np.floor(edges.by + _TOUCH))
    ax, ay = edges.ax[edge], edges.ay[edge]
    dx, dy = edges.bx[edge] - ax, edges.by[edge] - ay
    flat = dy < _TOUCH * 10
    dy[flat] = 1.0
    enters = np.where(flat, 0.0, np.clip((row - _TOUCH - ay) / dy, 0.0, 1.0)) * dx + ax
    leaves = np.where(flat, 1.0, np.clip((row + 1 + _TOUCH - ay) / dy, 0.0, 1.0)) * dx + ax
    column, which = _counted(
        np.floor(np.minimum(enters, leaves) - _TOUCH), np.floor(np.maximum(enters, leaves) + _TOUCH)
    )
    key = (row[which] * frame.columns + column) * len(edges.ax) + edge[which]
    key.sort()
    pixel, touching = np.divmod(key, len(edges.ax))
    return pixel, touching


def _counted(first: Floats, last: Floats) -> tuple[Ints, Ints]:
    """All whole numbers from `first` to `last` of each pair, and the pair that each comes from."""
    begins = first.astype(np.int64)
    lengths = last.astype(np.int64) - begins + 1
    which = np.repeat(np.arange(len(begins)), lengths)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return begins[which] + offset, which


def _assembled(frame: Frame, edges: Edges, pixel: Ints, touching: Ints, centre_right: Bits) -> Raster:
    cell = edges.cell[touching]
    new_pixel = np.diff(pixel, prepend=-1) != 0
    candidates = np.flatnonzero(new_pixel | (np.diff(cell, prepend=-1) != 0))
    candidate_pixel, candidate_cell = pixel[candidates], cell[candidates]
    slots = np.flatnonzero(np.diff(candidate_pixel, prepend=-1) != 0)
    crossings = _crossings(frame, edges)
    row, column = np.divmod(candidate_pixel, frame.columns)
    at_centre = _crossing_key(frame, candidate_cell, row, column)
    holds_centre = np.searchsorted(crossings, at_centre, side="right") % 2 == 1

    values = np.full(frame.rows * frame.columns, OUTSIDE, dtype=np.int32)
    spans = _spans(frame, crossings)
    covered, covering = spans
    values[covered[::-1]] = covering[::-1]  # the last one written stays: the lowest cell
    edge_pixels = candidate_pixel[slots]
    slot_of_candidate = np.cumsum(np.diff(candidate_pixel, prepend=-1) != 0) - 1
    beneath = _beneath(frame, spans, edge_pixels, slot_of_candidate, candidate_cell, holds_centre)
    values[edge_pixels] = FIRST_SLOT - np.arange(len(slots))

    centre_x = pixel % frame.columns + 0.5
    ax, bx = edges.ax[touching], edges.bx[touching]
    spans_centre = (np.minimum(ax, bx) < centre_x) & (centre_x < np.maximum(ax, bx))
    return Raster(
        frame=frame,
        values=values.reshape(frame.rows, frame.columns),
        slot_first_candidate=np.append(slots, len(candidates)).astype(np.int32),
        beneath=beneath.astype(np.int32),
        candidate_cell=candidate_cell.astype(np.int32),
        candidate_holds_centre=holds_centre,
        candidate_first_touch=np.append(candidates, len(touching)).astype(np.int32),
        touch_edge=touching.astype(np.int32),
        touch_level=np.where(spans_centre, centre_right, centre_x > ax),
        touch_spans=spans_centre,
        touch_steep=(ax > bx) ^ centre_right,
    )


def _crossing_key(frame: Frame, cell: Ints, row: Ints, column: Ints) -> Ints:
    return (cell * frame.rows + row) * (frame.columns + 1) + column


def _crossings(frame: Frame, edges: Edges) -> Ints:
    """Where edges cross the rows' middle lines: sorted keys of cell, row and first column right of it.

    A centre is inside a cell when an odd number of the cell's crossings in its row are at or before it.
    """
    row, edge = _counted(np.ceil(edges.ay - 0.5), np.ceil(edges.by - 0.5) - 1)
    ax, ay = edges.ax[edge], edges.ay[edge]
    x: Floats = ax + (row + 0.5 - ay) / (edges.by[edge] - ay) * (edges.bx[edge] - ax)
    nearest = np.floor(x).astype(np.int64)
    passed = _side(edges, edge, nearest + 0.5, row + 0.5) >= 0  # that column's centre is on the left yet
    keys = _crossing_key(frame, edges.cell[edge], row, nearest + passed)
    keys.sort()
    return keys


def _spans(frame: Frame, crossings: Ints) -> tuple[Ints, Ints]:
    """The pixels whose centres lie in a cell, and the cell, in the order of cells."""
    begins, ends = crossings[0::2], crossings[1::2]
    line, first = np.divmod(begins, frame.columns + 1)
    column, which = _counted(first.astype(np.float64), (first + ends - begins - 1).astype(np.float64))
    cell, row = np.divmod(line, frame.rows)
    return row[which] * frame.columns + column, cell[which]


def _beneath(
    frame: Frame, spans: tuple[Ints, Ints], edge_pixels: Ints, slot: Ints, cell: Ints, holds_centre: Bits
) -> Ints:
    """For every edge pixel the lowest cell at its centre that has no edge in it, or OUTSIDE."""
    covered, covering = spans
    slot_of_pixel = np.full(frame.rows * frame.columns, OUTSIDE, dtype=np.int32)
    slot_of_pixel[edge_pixels] = np.arange(len(edge_pixels))
    at = slot_of_pixel[covered]
    seen = np.bincount(at[at >= 0], minlength=len(edge_pixels))
    known = np.bincount(slot[holds_centre], minlength=len(edge_pixels))
    beneath = np.full(len(edge_pixels), OUTSIDE, dtype=np.int64)
    odd = (at >= 0) & (seen != known)[at]
    candidates = set(zip(slot.tolist(), cell.tolist(), strict=True)) if odd.any() else set()
    for place, under in zip(at[odd][::-1].tolist(), covering[odd][::-1].tolist(), strict=True):
        if (place, under) not in candidates:
            beneath[place] = under
    return beneath
