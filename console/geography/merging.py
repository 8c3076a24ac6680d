"""Joining pieces that are too small to be cells to their neighbours."""

import heapq
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.geography.adjacency import shared_borders
from console.geography.rings import Ints

NO_AREA = -1


@dataclass(frozen=True, eq=False)
class Pieces:
    """Polygons of a coverage in metres, the area each belongs to (or NO_AREA), which are too small."""

    shapes: NDArray[np.object_]
    area: Ints
    small: NDArray[np.bool_]


def joined(pieces: Pieces, *, enough: float, reach: float) -> Ints:
    """For every piece the piece it ends up with: itself, or one of its area.

    The smallest goes first, to the neighbour in its area with which it shares the longest border,
    and so on until each has `enough` m2 or no neighbour; a piece of no area takes any. One without a
    neighbour, an islet, goes to the nearest piece of its area within `reach` metres.
    """
    area, size = pieces.area, shapely.area(pieces.shapes)
    beside = _neighbours(pieces)
    host = np.arange(len(size))
    waiting = [(float(size[at]), int(at)) for at in np.flatnonzero(pieces.small)]
    heapq.heapify(waiting)
    alone: list[int] = []
    while waiting:
        grown, piece = heapq.heappop(waiting)
        if host[piece] != piece or grown != size[piece]:
            continue
        fitting = [at for at in beside[piece] if area[at] != NO_AREA and area[piece] in (area[at], NO_AREA)]
        if not fitting:
            alone.append(piece)
            continue
        into = max(fitting, key=lambda at: (beside[piece][at], -at))
        _take_over(beside, piece, into)
        host[piece] = into
        size[into] += size[piece]
        if pieces.small[into] and size[into] < enough:
            heapq.heappush(waiting, (float(size[into]), into))
    for islet in alone:
        host[islet] = _nearest(pieces, _ends(host), islet, reach)
    return _ends(host)


def _ends(host: Ints) -> Ints:
    """Where each piece ends up when every host follows its own."""
    while (host[host] != host).any():
        host = host[host]
    return host


def _neighbours(pieces: Pieces) -> dict[int, dict[int, float]]:
    borders = shared_borders(pieces.shapes)
    beside: dict[int, dict[int, float]] = defaultdict(dict)
    for first, second, length in zip(
        borders.first.tolist(), borders.second.tolist(), borders.length.tolist(), strict=True
    ):
        beside[first][second] = beside[second][first] = length
    return beside


def _take_over(beside: dict[int, dict[int, float]], piece: int, into: int) -> None:
    for at, length in beside.pop(piece).items():
        del beside[at][piece]
        if at != into:
            beside[into][at] = beside[at][into] = beside[into].get(at, 0.0) + length


def _nearest(pieces: Pieces, ends: Ints, islet: int, reach: float) -> int:
    others = np.flatnonzero((pieces.area == pieces.area[islet]) & (ends != islet))
    if not len(others) or pieces.area[islet] == NO_AREA:
        return islet
    distance = shapely.distance(pieces.shapes[islet], pieces.shapes[others])
    best = int(np.argmin(distance))
    return int(others[best]) if distance[best] <= reach else islet
