"""The drawn plan of the demo city: its rings, main streets and rivers as smooth lines in metres."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from console.system import resource

AREA_M2 = 567_000_000.0
"""The area inside the fourth ring that the 2015 report gives."""

STEP_M = 240.0
KILOMETRE = 1000.0

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of the plan; `drawn_as` is the street that runs along it."""

    drawn_as: str
    rank: int
    line: shapely.LineString


@dataclass(frozen=True, slots=True)
class Plan:
    """All lines in metres east and north of `centre` (EPSG:4490), and the area they cut up."""

    centre: tuple[float, float]
    outline: shapely.Polygon
    drawn: tuple[Drawn, ...]
    inner_rings: tuple[tuple[str, ...], ...]


def plan() -> Plan:
    """The plan of resources/demo/streets.toml, bent and scaled to the published area."""
    raw = tomllib.loads(resource("demo", "streets.toml").read_text("utf-8"))
    sides = _ring(raw["outline"], wave=0.006)
    outline = shapely.Polygon(np.vstack([side[:-1] for _, side in sides]))
    grow = math.sqrt(AREA_M2 / outline.area)
    lines = [
        *((name, 1, points) for name, points in sides),
        *((name, 1, points) for name, points in _ring(raw["third_ring"], wave=0.006)),
        *(line for circle in raw["circle"] for line in _circle(circle)),
        *((item["name"], 2, _smooth(item["points"])) for item in raw["street"]),
        *((item["bank"], 3, _smooth(item["points"])) for item in raw["river"]),
    ]
    return Plan(
        centre=(raw["centre"]["lon"], raw["centre"]["lat"]),
        outline=shapely.transform(outline, lambda points: points * grow),
        drawn=tuple(Drawn(name, rank, shapely.LineString(points * grow)) for name, rank, points in lines),
        inner_rings=tuple(tuple(names) for names in raw["inner_rings"].values()),
    )


def _bent(points: Points) -> Points:
    """Kilometres moved by a slow wave, so that parallel streets sway together, as metres."""
    x, y = points[:, 0], points[:, 1]
    east = 0.20 * np.sin(0.42 * y + 0.6) + 0.10 * np.sin(0.31 * x + 0.74 * y + 2.1)
    north = 0.17 * np.sin(0.46 * x + 1.3) + 0.15 * np.sin(0.66 * x - 0.37 * y + 0.4)
    return np.column_stack([x + east, y + north]) * KILOMETRE


def _smooth(points: Sequence[Sequence[float]]) -> Points:
    """A Catmull-Rom curve through points in kilometres, about every STEP_M."""
    given = np.asarray(points, dtype=np.float64)
    held = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    pieces = []
    for before, start, end, after in zip(held, held[1:], held[2:], held[3:], strict=False):
        count = max(1, round(float(np.hypot(*(end - start))) * KILOMETRE / STEP_M))
        part = (np.arange(count) / count)[:, None]
        pieces.append(
            start
            + 0.5 * part * (end - before)
            + part**2 * (before - 2.5 * start + 2 * end - 0.5 * after)
            + part**3 * (1.5 * (start - end) + 0.5 * (after - before))
        )
    return _bent(np.vstack([*pieces, given[-1:]]))


def _ring(raw: Mapping[str, Any], wave: float) -> list[tuple[str, Points]]:
    """The four named sides of a rounded rectangle, clockwise from the north, ends shared."""
    (east, north), (wide, high), square = raw["middle"], raw["half"], raw["square"]
    corner = math.atan2(high, wide)
    corners = [math.pi - corner, corner, -corner, corner - math.pi, -math.pi - corner]
    count = round(2 * (wide + high) / 2 * KILOMETRE / STEP_M)
    sides = []
    for name, start, end in zip(raw["sides"], corners, corners[1:], strict=False):
        turn = np.linspace(start, end, count + 1)
        c, s = np.cos(turn), np.sin(turn)
        radius = (np.abs(c / wide) ** square + np.abs(s / high) ** square) ** (-1 / square)
        radius *= 1 + wave * (np.sin(3 * turn + 0.8) + 0.7 * np.sin(5 * turn + 2.0) + 0.4 * np.sin(11 * turn))
        sides.append((name, _bent(np.column_stack([east + radius * c, north + radius * s]))))
    sides[-1][1][-1] = sides[0][1][0]
    return sides


def _circle(raw: Mapping[str, Any]) -> list[tuple[str, int, Points]]:
    """Two circles around a lake and the spokes between them, with their ranks."""
    middle = np.asarray(raw["middle"], dtype=np.float64)
    inner, outer = raw["radii"]
    lines = []
    for name, radius in zip(raw["names"], raw["radii"], strict=True):
        count = round(math.tau * radius * KILOMETRE / 90.0)
        turn = np.arange(count + 1) % count * math.tau / count
        lines.append((name, 2, _bent(middle + radius * np.column_stack([np.cos(turn), np.sin(turn)]))))
    for spoke, name in enumerate(raw["spokes"]):
        turn = math.radians(raw["turn"]) + spoke * math.tau / len(raw["spokes"])
        away = np.array([[math.cos(turn), math.sin(turn)]])
        reach = np.linspace(inner - 0.06, outer + 0.06, 4)[:, None]
        lines.append((name, 3, _bent(middle + reach * away)))
    return lines
