"""Addresses as people give them: so far from which crossing, on which side of which road."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]

METRES_PER_DEGREE = 111_320.0
NEAR_CROSSING_M = 150.0
NEAR_ROAD_M = 400.0
AT_CROSSING_M = 18.0
ON_ROAD_M = 12.0
_SAME_CROSSING_M = 60.0
_MAIN_RANK = 2

_COMPASS = ("东", "东北", "北", "西北", "西", "西南", "南", "东南")


@dataclass(frozen=True, slots=True)
class _Segments:
    """Straight pieces of named roads, ends in metres of the local plane."""

    ends: Floats
    names: tuple[str, ...]
    ranks: NDArray[np.int64]


class AddressBook:
    """The named roads of a city as a plane in metres, good to half a percent."""

    def __init__(self, roads: bytes) -> None:
        """`roads` is GeoJSON in lon/lat with `name` and `rank` (1 the greatest), or empty."""
        lines = list(_lines(roads))
        every = np.vstack([line for _, _, line in lines]) if lines else np.zeros((1, 2))
        self._middle = (every.min(axis=0) + every.max(axis=0)) / 2
        self._scale = METRES_PER_DEGREE * np.array([math.cos(math.radians(float(self._middle[1]))), 1.0])
        self._segments = self._cut(lines)
        self._pieces = _shapes(shapely.linestrings(self._segments.ends))
        self._roads = shapely.STRtree(self._pieces)
        main = self._segments.ranks <= _MAIN_RANK
        self._main = shapely.STRtree(self._pieces[main])
        crossings, self._labels = self._cross()
        self._crossings = shapely.STRtree(crossings)

    def near_main_road(self, lon: Floats, lat: Floats, within_m: float) -> NDArray[np.bool_]:
        """Which points lie within a distance of a road of the first two ranks."""
        found = np.zeros(len(lon), dtype=bool)
        found[self._main.query(self._points(lon, lat), predicate="dwithin", distance=within_m)[0]] = True
        return found

    def addresses(self, lon: Floats, lat: Floats) -> list[str]:
        """The address of every point; empty where no named road is near."""
        points = self._points(lon, lat)
        found = [""] * len(points)
        names, labels = self._segments.names, self._labels
        for at, road, away, side in _nearest(self._roads, points, NEAR_ROAD_M):
            name = names[road]
            found[at] = f"{name}沿线" if away < ON_ROAD_M else f"{name}{side}侧约{_round(away)}米"
        for at, crossing, away, side in _nearest(self._crossings, points, NEAR_CROSSING_M):
            label = labels[crossing]
            found[at] = label if away < AT_CROSSING_M else f"{label}{side}约{_round(away)}米"
        return found

    def _points(self, lon: Floats, lat: Floats) -> Shapes:
        return _shapes(shapely.points((np.column_stack((lon, lat)) - self._middle) * self._scale))

    def _cut(self, lines: list[tuple[str, int, Floats]]) -> _Segments:
        ends, names, ranks = [np.zeros((0, 2, 2))], [], []
        for name, rank, line in lines:
            flat = (line - self._middle) * self._scale
            ends.append(np.stack((flat[:-1], flat[1:]), axis=1))
            names += [name] * (len(flat) - 1)
            ranks += [rank] * (len(flat) - 1)
        return _Segments(np.concatenate(ends), tuple(names), np.array(ranks, dtype=np.int64))

    def _cross(self) -> tuple[Shapes, list[str]]:
        """Where roads of different names meet; the greater road is named first."""
        one, other = self._roads.query(self._pieces, predicate="intersects")
        names, ranks = self._segments.names, self._segments.ranks
        meets = [a < b and names[a] != names[b] for a, b in zip(one.tolist(), other.tolist(), strict=True)]
        one, other = one[meets], other[meets]
        points = _shapes(shapely.centroid(shapely.intersection(self._pieces[one], self._pieces[other])))
        found: dict[tuple[str, int, int], Any] = {}
        for a, b, point in zip(one.tolist(), other.tolist(), points, strict=True):
            first, second = sorted((a, b), key=lambda road: (ranks[road], names[road]))
            spot = round(point.x / _SAME_CROSSING_M), round(point.y / _SAME_CROSSING_M)
            found.setdefault((f"{names[first]}与{names[second]}交叉口", *spot), point)
        return np.array(list(found.values()), dtype=object), [label for label, _, _ in found]


def _lines(roads: bytes) -> Iterator[tuple[str, int, Floats]]:
    for feature in json.loads(roads)["features"] if roads else ():
        name = feature["properties"].get("name")
        rank = feature["properties"].get("rank", 3)
        geometry = feature["geometry"]
        if not name or geometry["type"] not in {"LineString", "MultiLineString"}:
            continue
        parts = geometry["coordinates"]
        for part in parts if geometry["type"] == "MultiLineString" else [parts]:
            yield name, rank, np.asarray(part, dtype=np.float64)[:, :2]


def _nearest(tree: shapely.STRtree, points: Shapes, within_m: float) -> Iterator[tuple[int, int, float, str]]:
    """Each point that has something of the tree near, what it is, how far, and on which side of it."""
    if not len(tree):
        return
    pairs, away = tree.query_nearest(points, max_distance=within_m, return_distance=True, all_matches=False)
    lines = shapely.shortest_line(tree.geometries[pairs[1]], points[pairs[0]])
    ways = np.diff(shapely.get_coordinates(lines).reshape(-1, 2, 2), axis=1)[:, 0]
    turns = np.round(np.arctan2(ways[:, 1], ways[:, 0]) / (np.pi / 4)).astype(int) % len(_COMPASS)
    for at, near, metres, turn in zip(*pairs.tolist(), away.tolist(), turns.tolist(), strict=True):
        yield at, near, metres, _COMPASS[turn]


def _shapes(made: Any) -> Shapes:
    """An array of shapes, also of none or one: shapely's own types cannot tell which it returns."""
    return np.atleast_1d(np.asarray(made, dtype=object))


def _round(metres: float) -> int:
    return max(10, round(metres / 10) * 10)
