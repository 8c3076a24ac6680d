"""The skeleton of the demo city: the plan's lines crossed with each other, and the faces between."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.adapters.demo.mesh import Loop, Mesh
from console.adapters.demo.plan import Plan

GRID_M = 0.01
SMALLEST_M2 = 330_000.0
"""A face under this holds no responsibility grid of its own and joins a neighbour."""
SHORTEST_BORDER_M = 60.0
SLIMMEST = 0.30
"""Least compactness (4 pi area / perimeter squared) of a face."""


Weighed = tuple[tuple[BaseGeometry, float], ...]
"""Strips along lines, and how much rather than others a border in them is given up."""


@dataclass(frozen=True, slots=True)
class Street:
    """A named street along vertices of the mesh; rank 1 ring, 2 main street, 3 street."""

    name: str
    rank: int
    path: Loop


@dataclass(frozen=True, slots=True)
class Skeleton:
    faces: tuple[Loop, ...]
    streets: tuple[Street, ...]


def skeleton(plan: Plan, mesh: Mesh) -> Skeleton:
    """Node the plan and put its faces and streets into the mesh (metres around the plan's centre)."""
    noded = shapely.union_all([item.line for item in plan.drawn], grid_size=GRID_M)
    pieces = shapely.get_parts(noded)
    outline = plan.outline.buffer(1.0)
    rings = _rings(plan)
    faces = _joined(
        [face for face in _enclosed(pieces) if outline.contains(face)],
        ((rings.buffer(1.0), 0.01), (_banks(plan).buffer(1.0), 2.0)),
    )
    loops = tuple(_loop(face, mesh) for face in faces)
    edges = {frozenset(pair) for loop in loops for pair in zip(loop, [*loop[1:], loop[0]], strict=True)}
    grouped: dict[tuple[str, int], list[BaseGeometry]] = defaultdict(list)
    for piece, key in zip(pieces, _named(plan, pieces, rings), strict=True):
        path = [mesh.vertex(x, y) for x, y in piece.coords]
        if all(frozenset(pair) in edges for pair in pairwise(path)):
            grouped[key].append(piece)
    streets = [
        Street(name, rank, [mesh.vertex(x, y) for x, y in line.coords])
        for (name, rank), parts in sorted(grouped.items())
        for line in shapely.get_parts(shapely.line_merge(shapely.multilinestrings(parts)))
    ]
    return Skeleton(loops, tuple(streets))


def _joined(faces: list[shapely.Polygon], lines: Weighed) -> list[shapely.Polygon]:
    """Faces that are too small or too slim dissolved into the neighbour that makes the best shape."""
    kept: list[shapely.Polygon] = []
    waiting = sorted(faces, key=_rank)
    while waiting:
        face = waiting.pop(0)
        joined = _best_join(face, [*kept, *waiting], lines) if _rank(face)[0] == 0 else None
        if joined is None:
            kept.append(face)
            continue
        partner, union = joined
        kept = [other for other in kept if other is not partner]
        waiting = sorted([union, *(other for other in waiting if other is not partner)], key=_rank)
    return sorted(kept, key=lambda face: (-face.centroid.y, face.centroid.x))


def _rank(face: shapely.Polygon) -> tuple[int, float]:
    """Faces that cannot stay come first, the smallest of them before the others."""
    return int(face.area >= SMALLEST_M2 and _compact(face) >= SLIMMEST), face.area


def _best_join(
    face: shapely.Polygon, others: list[shapely.Polygon], lines: Weighed
) -> tuple[shapely.Polygon, shapely.Polygon] | None:
    """The neighbour to join and the union: rather across a river than a street, hardly across a ring."""
    joins = []
    for other in others:
        shared = face.intersection(other) if face.intersects(other) else shapely.Point()
        if shared.length < min(SHORTEST_BORDER_M, face.length / 4):
            continue
        union = shapely.coverage_union_all([face, other])
        if isinstance(union, shapely.Polygon) and not union.interiors:
            score = _compact(union) * union.area**-0.35
            for line, factor in lines:
                score *= factor if line.intersection(shared).length > shared.length / 2 else 1.0
            joins.append((score, other, union))
    if not joins:
        return None
    _, other, union = max(joins, key=lambda join: join[0])
    return other, union


def _compact(face: shapely.Polygon) -> float:
    return float(4 * np.pi * face.area / face.length**2)


def _loop(face: shapely.Polygon, mesh: Mesh) -> Loop:
    ring = shapely.orient_polygons(face, exterior_cw=False).exterior
    return [mesh.vertex(x, y) for x, y in ring.coords[:-1]]


def _named(plan: Plan, pieces: NDArray[np.object_], rings: BaseGeometry) -> list[tuple[str, int]]:
    """The street and rank of every noded piece, ring sides raised to rank 1."""
    middles = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    at = shapely.STRtree([item.line for item in plan.drawn]).query_nearest(middles, all_matches=False)[1]
    on_ring = shapely.dwithin(rings, middles, 1.0)
    return [
        (plan.drawn[number].drawn_as, 1 if ring else plan.drawn[number].rank)
        for number, ring in zip(at.tolist(), on_ring.tolist(), strict=True)
    ]


def _rings(plan: Plan) -> BaseGeometry:
    """The four ring roads: the drawn ones, and what four named streets enclose."""
    closed = [item.line for item in plan.drawn if item.rank == 1]
    for names in plan.inner_rings:
        sides = shapely.union_all([item.line for item in plan.drawn if item.drawn_as in names])
        ring = max(_enclosed(shapely.get_parts(sides)), key=lambda face: face.area).exterior
        closed.append(shapely.LineString(ring))
    return shapely.union_all(closed)


def _banks(plan: Plan) -> BaseGeometry:
    return shapely.union_all([item.line for item in plan.drawn if item.rank == 3])


def _enclosed(lines: NDArray[np.object_]) -> list[shapely.Polygon]:
    faces = shapely.get_parts(shapely.polygonize(lines))
    return [face for face in faces.tolist() if isinstance(face, shapely.Polygon)]
