"""Addresses as people give them: so far from which crossing, on which side of which road."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

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
    """The named roads of a city as a plane in metres, good to 0.1 % over a city's width."""

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
        self._crossings, self._labels = self._cross()
        self._crossing_tree = shapely.STRtree(self._crossings)

    def near_main_road(self, lon: Floats, lat: Floats, within_m: float) -> NDArray[np.bool_]:
        """Which points lie within a distance of a road of the first two ranks."""
        found = np.zeros(len(lon), dtype=bool)
        found[self._main.query(self._points(lon, lat), predicate="dwithin", distance=within_m)[0]] = True
        return found

    def addresses(self, lon: Floats, lat: Floats) -> list[str]:
        """The address of every point; empty where no named road is near."""
        points = self._points(lon, lat)
        found = [""] * len(points)
        for at, road, away in _nearest(self._roads, points, NEAR_ROAD_M):
            name = self._segments.names[road]
            side = _side(self._pieces[road], points[at])
            found[at] = f"{name}沿线" if away < ON_ROAD_M else f"{name}{side}侧约{_round(away)}米"
        for at, crossing, away in _nearest(self._crossing_tree, points, NEAR_CROSSING_M):
            label = self._labels[crossing]
            side = _side(self._crossings[crossing], points[at])
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
        points: list[Any] = []
        labels: list[str] = []
        seen: set[tuple[str, int, int]] = set()
        names, ranks = self._segments.names, self._segments.ranks
        for a, b in zip(one.tolist(), other.tolist(), strict=True):
            if a >= b or names[a] == names[b]:
                continue
            first, second = sorted((a, b), key=lambda road: (ranks[road], names[road]))
            label = f"{names[first]}与{names[second]}交叉口"
            point = shapely.centroid(shapely.intersection(self._pieces[a], self._pieces[b]))
            key = (label, round(point.x / _SAME_CROSSING_M), round(point.y / _SAME_CROSSING_M))
            if key not in seen:
                seen.add(key)
                points.append(point)
                labels.append(label)
        return np.array(points, dtype=object), labels


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


def _nearest(tree: shapely.STRtree, points: Shapes, within_m: float) -> Iterator[tuple[int, int, float]]:
    """Each point that has something of the tree near, what it is and how far."""
    if not len(tree):
        return
    pairs, away = tree.query_nearest(points, max_distance=within_m, return_distance=True, all_matches=False)
    yield from zip(pairs[0].tolist(), pairs[1].tolist(), away.tolist(), strict=True)


def _side(of: BaseGeometry, point: BaseGeometry) -> str:
    """In which direction a point lies, seen from the nearest spot of something else."""
    (x, y), (to_x, to_y) = shapely.get_coordinates(shapely.shortest_line(of, point)).tolist()
    return _COMPASS[round(math.atan2(to_y - y, to_x - x) / (math.pi / 4)) % 8]


def _shapes(made: Any) -> Shapes:
    """An array of shapes, also of none or one: shapely's own types cannot tell which it returns."""
    return np.atleast_1d(np.asarray(made, dtype=object))


def _round(metres: float) -> int:
    return max(10, round(metres / 10) * 10)
