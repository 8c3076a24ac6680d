"""Halving pieces across their longer side until each is as large as a cell: where the cuts run."""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from console.geography.rings import Floats, rings_of

Shapes = NDArray[np.object_]

# Cuts reach this far over the border they end at, so that noding finds the crossing; metres.
_OVERSHOOT = 0.01
_STEPS = 40  # halvings of the interval in which a cut is sought: exact to the last digit
_NOTHING = 1e-6  # m2


def cuts(pieces: Shapes, target_m2: float, said: Callable[[float], None]) -> Shapes:
    """Lines that part polygons (metres) into pieces of about `target_m2`, none where it would not.

    A piece of n cells is parted into floor(n / 2) and the rest by area, so that cells come out alike.
    """
    lines: list[Shapes] = [np.empty(0, dtype=object)]
    rounds = np.log2(max(shapely.area(pieces).max() / target_m2, 2.0))
    while True:
        count = np.maximum(1, np.rint(shapely.area(pieces) / target_m2)).astype(np.int64)
        pieces, count = pieces[count > 1], count[count > 1]
        if not len(pieces):
            return np.concatenate(lines)
        drawn, pieces = _halved(pieces, (count // 2) / count)
        lines.append(drawn)
        said(min((len(lines) - 1) / rounds, 1.0))


def _halved(pieces: Shapes, share: Floats) -> tuple[Shapes, Shapes]:
    """Cut lines and the pieces they leave, the first half holding `share` of each area."""
    corner, along, across = _frames(pieces)
    low, high, wide = _reach(pieces, corner, along, across)
    at = _balanced(pieces, corner, along, across, share, low, high)

    def place(s: Floats, w: Floats) -> Floats:
        return corner + s[:, None] * along + w[:, None] * across

    margin = 1.0
    bottom, top = wide[:, 0] - margin, wide[:, 1] + margin
    ends = np.stack([place(at, bottom), place(at, top)], axis=1)
    chords, _ = shapely.get_parts(shapely.intersection(shapely.linestrings(ends), pieces), return_index=True)
    halves = []
    for begin, end in ((low - margin, at), (at, high + margin)):
        box = np.stack([place(begin, bottom), place(end, bottom), place(end, top), place(begin, top)], axis=1)
        halves.append(shapely.get_parts(shapely.intersection(pieces, shapely.polygons(box))))
    parts = np.concatenate(halves)
    chords = chords[shapely.get_type_id(chords) == shapely.GeometryType.LINESTRING]
    return _lengthened(chords), parts[shapely.area(parts) > _NOTHING]


def _frames(pieces: Shapes) -> tuple[Floats, Floats, Floats]:
    """A corner of each piece's smallest rectangle and the unit vectors of its longer and shorter side."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(pieces)).reshape(-1, 5, 2)
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 1]
    longer = np.hypot(*first.T) >= np.hypot(*second.T)
    along = np.where(longer[:, None], first, second)
    along /= np.hypot(*along.T)[:, None]
    return corners[:, 0], along, np.column_stack((-along[:, 1], along[:, 0]))


def _reach(pieces: Shapes, corner: Floats, along: Floats, across: Floats) -> tuple[Floats, Floats, Floats]:
    """Lowest and highest place of each piece along, and both across."""
    xy, owner = shapely.get_coordinates(pieces, return_index=True)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    s = ((xy - corner[owner]) * along[owner]).sum(axis=1)
    w = ((xy - corner[owner]) * across[owner]).sum(axis=1)
    wide = np.column_stack((np.minimum.reduceat(w, first), np.maximum.reduceat(w, first)))
    return np.minimum.reduceat(s, first), np.maximum.reduceat(s, first), wide


def _balanced(
    pieces: Shapes, corner: Floats, along: Floats, across: Floats, share: Floats, low: Floats, high: Floats
) -> Floats:
    """Where along each piece the wanted share of its area lies behind.

    The area behind a line is the sum of the trapezoids under the edges' parts behind it; the line
    itself adds none, which makes each trial one pass over the vertices.
    """
    rings = rings_of(shapely.orient_polygons(pieces))
    owner, then = rings.cell_of_vertex, rings.next_vertex
    s = ((rings.xy - corner[owner]) * along[owner]).sum(axis=1)
    w = ((rings.xy - corner[owner]) * across[owner]).sum(axis=1)
    s2, w2 = s[then], w[then]
    rise = np.divide(w2 - w, s2 - s, out=np.zeros_like(s), where=s2 != s)
    wanted = share * shapely.area(pieces)
    for _ in range(_STEPS):
        at = (low + high) / 2
        behind = np.minimum(s, at[owner])
        behind2 = np.minimum(s2, at[owner])
        heights = w + (behind - s) * rise + w + (behind2 - s) * rise
        under = np.abs(np.bincount(owner, weights=heights * (behind2 - behind) / 2, minlength=len(pieces)))
        low, high = np.where(under < wanted, at, low), np.where(under < wanted, high, at)
    return (low + high) / 2


def _lengthened(lines: Shapes) -> Shapes:
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2)
    way = ends[:, 1] - ends[:, 0]
    way *= _OVERSHOOT / np.maximum(np.hypot(*way.T), 1e-12)[:, None]
    return np.asarray(
        shapely.linestrings(np.stack([ends[:, 0] - way, ends[:, 1] + way], axis=1)), dtype=object
    )
