"""Coordinate systems and the one conversion between them.

GCJ-02 and BD-09 are no datums but published approximations laid over WGS84: their shift is smooth and
invertible, and good to a few metres against the original, which no published formula betters.
WGS84 and CGCS2000 differ by centimetres to decimetres and are taken as equal (domain.md 7.1).
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from console.domain.errors import Refused

Floats = NDArray[np.float64]
Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]


class CoordinateSystem(StrEnum):
    """The systems with a name of their own; any other is written `EPSG:nnnn`."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    CGCS2000_GK114 = "cgcs2000_gk114"
    GCJ02 = "gcj02"
    BD09 = "bd09"


STORE = CoordinateSystem.CGCS2000

_EPSG: dict[str, str] = {
    CoordinateSystem.WGS84: "EPSG:4326",
    CoordinateSystem.CGCS2000: "EPSG:4490",
    CoordinateSystem.CGCS2000_GK114: "EPSG:4547",
}
_NAMED = {code: name for name, code in _EPSG.items()}
_SHIFTED = (CoordinateSystem.GCJ02, CoordinateSystem.BD09)
_PLAIN_DEGREES = (CoordinateSystem.WGS84, CoordinateSystem.CGCS2000)

# The ellipsoid and the rectangle of the published GCJ-02 approximation (Krasovsky 1940).
_GCJ_AXIS = 6378245.0
_GCJ_ECCENTRICITY2 = 0.00669342162296594323
_CHINA_LON = (72.004, 137.8347)
_CHINA_LAT = (0.8293, 55.8271)

# Each round of the inverse leaves at most 2 % (BD-09) of the error before it: 700 m become nanometres.
_ROUNDS = 8

_BELT_WIDTH = 3
_FIRST_BELT, _LAST_BELT = 75, 135  # central meridians of EPSG:4534 .. EPSG:4554


def coordinate_system(name: str) -> str:
    """The normal form of a system's name: a CoordinateSystem or `EPSG:nnnn`.

    Raises Refused("coordinate_system_unknown").
    """
    text = name.strip()
    if text.lower() in tuple(CoordinateSystem):
        return CoordinateSystem(text.lower())
    if not text.upper().startswith("EPSG:"):
        raise Refused("coordinate_system_unknown", name=name)
    code = text.upper()
    if code in _NAMED:
        return _NAMED[code]
    try:
        CRS.from_user_input(code)
    except CRSError:
        raise Refused("coordinate_system_unknown", name=name) from None
    return code


def epsg(system: str) -> str:
    """`EPSG:nnnn` of a system, empty for those that have none (GCJ-02, BD-09)."""
    normal = coordinate_system(system)
    return _EPSG.get(normal, "" if normal in _SHIFTED else normal)


def is_degrees(system: str) -> bool:
    """Whether the system's coordinates are longitude and latitude."""
    normal = coordinate_system(system)
    return normal in _SHIFTED or normal in _PLAIN_DEGREES or CRS.from_user_input(epsg(normal)).is_geographic


def convert(x: ArrayLike, y: ArrayLike, source: str, target: str) -> tuple[Floats, Floats]:
    """Coordinates of `source` in `target`; x is longitude or east, y latitude or north, always.

    Outside China's rectangle (72.004-137.8347 E, 0.8293-55.8271 N) GCJ-02 is the identity; the
    shift of BD-09 over GCJ-02 is applied everywhere. What cannot be converted becomes inf or nan.
    Raises Refused("coordinate_system_unknown").
    """
    lon_or_x, lat_or_y = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    begin, end = coordinate_system(source), coordinate_system(target)
    if begin == end or (begin in _PLAIN_DEGREES and end in _PLAIN_DEGREES):
        return lon_or_x.copy(), lat_or_y.copy()
    with np.errstate(invalid="ignore", over="ignore"):
        return _from_degrees(*_to_degrees(lon_or_x, lat_or_y, begin), end)


def in_china(lon: float, lat: float) -> bool:
    """Whether a place lies in the rectangle in which GCJ-02 is shifted, which holds more than China."""
    return bool(_in_china(np.float64(lon), np.float64(lat)))


def metric_system(lon: float, lat: float) -> str:
    """A system in metres for a city at a place: the CGCS2000 3-degree belt in China, UTM elsewhere."""
    if in_china(lon, lat):
        meridian = min(max(round(lon / _BELT_WIDTH) * _BELT_WIDTH, _FIRST_BELT), _LAST_BELT)
        return coordinate_system(f"EPSG:{4534 + (meridian - _FIRST_BELT) // _BELT_WIDTH}")
    zone = min(int((lon + 180) // 6) + 1, 60)
    return f"EPSG:{32600 + zone if lat >= 0 else 32700 + zone}"


@lru_cache(maxsize=32)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _to_degrees(x: Floats, y: Floats, system: str) -> tuple[Floats, Floats]:
    if system in _PLAIN_DEGREES:
        return x, y
    if system == CoordinateSystem.GCJ02:
        return _inverse(_gcj_shift, x, y)
    if system == CoordinateSystem.BD09:
        return _inverse(_gcj_shift, *_inverse(_bd_shift, x, y))
    return _projected(x, y, epsg(system), _EPSG[STORE])


def _from_degrees(lon: Floats, lat: Floats, system: str) -> tuple[Floats, Floats]:
    if system in _PLAIN_DEGREES:
        return lon, lat
    if system in _SHIFTED:
        lon, lat = _shifted(_gcj_shift, lon, lat)
        return _shifted(_bd_shift, lon, lat) if system == CoordinateSystem.BD09 else (lon, lat)
    return _projected(lon, lat, _EPSG[STORE], epsg(system))


def _projected(x: Floats, y: Floats, source: str, target: str) -> tuple[Floats, Floats]:
    out_x, out_y = _transformer(source, target).transform(x, y)
    return np.asarray(out_x, dtype=np.float64), np.asarray(out_y, dtype=np.float64)


def _in_china(lon: Floats | np.float64, lat: Floats | np.float64) -> NDArray[np.bool_]:
    inside = (lon >= _CHINA_LON[0]) & (lon <= _CHINA_LON[1]) & (lat >= _CHINA_LAT[0]) & (lat <= _CHINA_LAT[1])
    return np.asarray(inside)


def _gcj_shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """What GCJ-02 adds to WGS84 degrees, by the published approximation."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    wave = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (wave + 20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (wave + 20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    parallel = np.radians(lat)
    flattened = 1.0 - _GCJ_ECCENTRICITY2 * np.sin(parallel) ** 2
    meridian_radius = _GCJ_AXIS * (1.0 - _GCJ_ECCENTRICITY2) / (flattened * np.sqrt(flattened))
    normal_radius = _GCJ_AXIS / np.sqrt(flattened)
    inside = _in_china(lon, lat)
    shift_lon = np.degrees(east / (normal_radius * np.cos(parallel)))
    shift_lat = np.degrees(north / meridian_radius)
    return np.where(inside, shift_lon, 0.0), np.where(inside, shift_lat, 0.0)


def _bd_shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """What BD-09 adds to GCJ-02 degrees, by the published approximation."""
    turn = np.pi * 3000.0 / 180.0
    length = np.hypot(lon, lat) + 0.00002 * np.sin(lat * turn)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * turn)
    return length * np.cos(angle) + 0.0065 - lon, length * np.sin(angle) + 0.006 - lat


def _shifted(shift: Shift, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    by_lon, by_lat = shift(lon, lat)
    return lon + by_lon, lat + by_lat


def _inverse(shift: Shift, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The degrees that `shift` brings to `lon`, `lat`, by iteration."""
    from_lon, from_lat = lon, lat
    for _ in range(_ROUNDS):
        by_lon, by_lat = shift(from_lon, from_lat)
        from_lon, from_lat = lon - by_lon, lat - by_lat
    return from_lon, from_lat
