"""Metres and areas on the ground: along the ellipsoid of CGCS2000, not on any map's plane."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

_GROUND = Geod(ellps="GRS80")  # CGCS2000's flattening differs from it in the ninth digit


def metres_from(lon: float, lat: float, lons: ArrayLike, lats: ArrayLike) -> NDArray[np.float64]:
    """How far places lie from one (EPSG:4490 degrees), in metres."""
    far_lon, far_lat = np.asarray(lons, dtype=np.float64), np.asarray(lats, dtype=np.float64)
    here_lon, here_lat = np.full(far_lon.shape, lon), np.full(far_lat.shape, lat)
    _there, _back, metres = _GROUND.inv(here_lon, here_lat, far_lon, far_lat)
    return np.asarray(metres, dtype=np.float64)


def ring_around(lon: float, lat: float, metres: float, corners: int = 24) -> tuple[tuple[float, float], ...]:
    """A ring in degrees that holds everything within so many metres of a place, and little more."""
    ways = np.linspace(0, 360, corners, endpoint=False)
    reach = metres / np.cos(np.pi / corners) + 1.0
    lons, lats, _back = _GROUND.fwd(
        np.full(corners, lon), np.full(corners, lat), ways, np.full(corners, reach)
    )
    return tuple(zip(np.asarray(lons).tolist(), np.asarray(lats).tolist(), strict=True))


def length_m(places: Sequence[tuple[float, float]]) -> float:
    """The length of a line through places in degrees, in metres."""
    lon, lat = zip(*places, strict=True)
    return float(_GROUND.line_length(lon, lat))


def area_m2(places: Sequence[tuple[float, float]]) -> float:
    """The area inside a ring of places in degrees, in square metres."""
    lon, lat = zip(*places, strict=True)
    area, _around = _GROUND.polygon_area_perimeter(lon, lat)
    return abs(float(area))
