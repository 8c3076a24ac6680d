"""Coordinates as people type and paste them, in any system, and as they are copied."""

import re

from console.domain.errors import Refused
from console.geography.coordinates import STORE, convert, is_degrees, metric_system

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_BELT = "belt"  # the metres of the city's own belt or zone, whichever that is


def read_place(text: str, system: str, near: tuple[float, float]) -> tuple[float, float]:
    """Longitude and latitude (EPSG:4490 degrees) of two numbers; `near` is a place of the city.

    Degrees may come with the latitude first where that cannot be meant otherwise. The system `belt` is
    the metric one of the city. Raises Refused: `bad_coordinates`, `coordinate_system_unknown`.
    """
    numbers = [float(one) for one in _NUMBER.findall(text.replace(",", ","))]
    if len(numbers) != 2:
        raise Refused("bad_coordinates", text=text[:60])
    x, y = numbers
    source = metric_system(*near) if system == _BELT else system
    if is_degrees(source) and abs(y) > 90 >= abs(x):
        x, y = y, x
    lon, lat = (float(one) for one in convert(x, y, source, STORE))
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):  # nan too
        raise Refused("bad_coordinates", text=text[:60])
    return lon, lat


def told_place(lon: float, lat: float, system: str) -> str:
    """A place (EPSG:4490 degrees) as two numbers of a system: degrees to 1e-6, metres to centimetres."""
    target = metric_system(lon, lat) if system == _BELT else system
    x, y = (float(one) for one in convert(lon, lat, STORE, target))
    return f"{x:.6f}, {y:.6f}" if is_degrees(target) else f"{x:.2f}, {y:.2f}"
