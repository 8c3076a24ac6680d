"""Where the rows of a file lie: converted in bulk, and told when longitude and latitude are swapped."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np

from console.geography.coordinates import STORE, convert
from console.storage.places import Places

Point = tuple[float, float]


class Lie(StrEnum):
    """How a point lies to the city; `swapped` is outside and inside with x and y exchanged."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    SWAPPED = "swapped"
    NOWHERE = "nowhere"


def placed(points: Sequence[Point], system: str, places: Places) -> list[tuple[Point, Lie]]:
    """Each point of `system` in EPSG:4490 degrees, with how it lies to the unit grids."""
    straight = _converted(points, system)
    found = [_inside(point, places) for point in straight]
    astray = [at for at, inside in enumerate(found) if not inside]
    exchanged = _converted([(points[at][1], points[at][0]) for at in astray], system)
    swapped = {at for at, point in zip(astray, exchanged, strict=True) if _inside(point, places)}
    return [
        (point, Lie.INSIDE if inside else Lie.SWAPPED if at in swapped else _astray(point))
        for at, (point, inside) in enumerate(zip(straight, found, strict=True))
    ]


def _converted(points: Iterable[Point], system: str) -> list[Point]:
    x, y = np.array(list(points), dtype=np.float64).reshape(-1, 2).T
    lon, lat = convert(x, y, system, STORE)
    return list(zip(lon.tolist(), lat.tolist(), strict=True))


def _inside(point: Point, places: Places) -> bool:
    return _on_earth(point) and places.at(*point) is not None


def _astray(point: Point) -> Lie:
    return Lie.OUTSIDE if _on_earth(point) else Lie.NOWHERE


def _on_earth(point: Point) -> bool:
    return -180 <= point[0] <= 180 and -90 <= point[1] <= 90  # false for what is no number
