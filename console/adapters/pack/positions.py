"""Bringing geometry of a pack to the store's coordinates, and noticing when it is not where it should be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from console.adapters.pack.features import Features
from console.domain.errors import Refused
from console.geography.coordinates import STORE, convert, epsg, is_degrees, metric_system
from console.geography.rules import Finding

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]

_FAR_KM = 300.0
_MOST_LON, _MOST_LAT = 180.0, 90.0
_KM_OF_DEGREE = 111.2
# Division codes of GB/T 2260 begin with a province: 11 to 65, and 71, 81, 82.
_PROVINCES = {*map(str, range(11, 66)), "71", "81", "82"}
_CHINA = (73.0, 3.0, 136.0, 54.0)


@dataclass(frozen=True, eq=False)
class Positions:
    """Shapes in lon/lat (EPSG:4490) and in metres of `system`; what was wrong with single ones.

    `lost` are the places of those that were left empty for what is told in `findings`.
    """

    degrees: Shapes
    metres: Shapes
    system: str
    findings: tuple[Finding, ...]
    lost: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Expected:
    """What is said of the geometry: its system, and where the city is by its code or a point of it."""

    coordinates: str
    city: str
    code: str = ""
    place: tuple[float, float] | None = None


def located(features: Features, expected: Expected, file: str, system: str = "") -> Positions:
    """The geometry of a file in the store's coordinates, empty where there is none to be had.

    Metres are of `system`, or of the belt that the geometry lies in.

    Raises Refused: `coordinates_differ` from what the file says of itself, `coordinates_swapped`,
    `coordinates_out_of_range`, `far_from_city`.
    """
    _refuse_other_system(features.crs, expected.coordinates, file)
    findings = [_finding("polygon_open", at, file) for at in features.unclosed]
    shapes = features.shapes.copy()
    xy, owner = shapely.get_coordinates(shapes, return_index=True)
    endless = np.unique(owner[~np.isfinite(xy).all(axis=1)])
    findings += [_finding("coordinates_not_finite", int(at), file) for at in endless]
    shapes[endless] = None
    shapes[shapely.is_missing(shapes)] = shapely.Polygon()
    lost = {*features.unclosed, *endless.tolist()}
    xy = shapely.get_coordinates(shapes)
    if not len(xy):
        return Positions(shapes, shapes, system or STORE, tuple(findings), frozenset(lost))
    middle = _refuse_elsewhere(xy, expected, file)
    system = system or metric_system(*middle)
    for at, finding in _misplaced(shapes, expected.coordinates, middle, file):
        findings.append(finding)
        lost.add(at)
        shapes[at] = shapely.Polygon()
    degrees = _transformed(shapes, expected.coordinates, STORE)
    metres = _transformed(shapes, expected.coordinates, system)
    return Positions(degrees, metres, system, tuple(findings), frozenset(lost))


def _transformed(shapes: Shapes, source: str, target: str) -> Shapes:
    def change(xy: Floats) -> Floats:
        return np.column_stack(convert(xy[:, 0], xy[:, 1], source, target))

    return np.asarray(shapely.transform(shapes, change), dtype=object)


def _finding(rule: str, at: int, file: str) -> Finding:
    return Finding(rule, facts={"file": file, "row": at + 1})


def _refuse_other_system(said: str, declared: str, file: str) -> None:
    """Degrees are not metres; which degrees, a file often says wrongly (GeoJSON cannot say GCJ-02)."""
    if not said:
        return
    try:
        found = CRS.from_user_input(said)
    except CRSError:
        return
    differs = found.is_geographic != is_degrees(declared)
    if not differs and found.is_projected:
        differs = not found.equals(CRS.from_user_input(epsg(declared)), ignore_axis_order=True)
    if differs:
        raise Refused("coordinates_differ", file=file, declared=declared, found=found.name)


def _refuse_elsewhere(xy: Floats, expected: Expected, file: str) -> tuple[float, float]:
    """The middle of the geometry in degrees, when it can be the city's."""
    x, y = np.median(xy, axis=0)
    lon, lat = _place(x, y, expected)
    if _is_plausible(lon, lat, expected):
        return lon, lat
    if _is_plausible(*_place(y, x, expected), expected):
        raise Refused("coordinates_swapped", file=file, x=float(x), y=float(y))
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise Refused(
            "coordinates_out_of_range", file=file, x=float(x), y=float(y), system=expected.coordinates
        )
    raise Refused("far_from_city", file=file, lon=round(lon, 4), lat=round(lat, 4), city=expected.city)


def _place(x: float, y: float, expected: Expected) -> tuple[float, float]:
    lon, lat = convert(x, y, expected.coordinates, STORE)
    return float(lon), float(lat)


def _is_plausible(lon: float, lat: float, expected: Expected) -> bool:
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        return False
    if expected.place is not None:
        return bool(_kilometres(np.array([[lon, lat]]), expected.place)[0] <= _FAR_KM)
    if expected.code[:2] in _PROVINCES:
        west, south, east, north = _CHINA
        return west <= lon <= east and south <= lat <= north
    return True


def _misplaced(
    shapes: Shapes, coordinates: str, middle: tuple[float, float], file: str
) -> Iterator[tuple[int, Finding]]:
    """The places of shapes that lie far from the rest or nowhere, and what is wrong with each."""
    bounds = shapely.bounds(shapes)
    low = _degrees(bounds[:, 0], bounds[:, 1], coordinates)
    high = _degrees(bounds[:, 2], bounds[:, 3], coordinates)
    turned = _kilometres(_degrees(bounds[:, 1], bounds[:, 0], coordinates), middle) <= _FAR_KM
    distance = np.maximum(_kilometres(low, middle), _kilometres(high, middle))
    for at in np.flatnonzero(~shapely.is_empty(shapes) & ~(distance <= _FAR_KM)).tolist():
        facts = {"file": file, "row": at + 1}
        x, y = _rounded(bounds[at])
        if turned[at]:
            yield at, Finding("coordinates_swapped", facts={**facts, "x": x, "y": y})
        elif not (np.isfinite(low[at]).all() and np.isfinite(high[at]).all()):
            yield at, Finding("coordinates_out_of_range", facts={**facts, "x": x, "y": y})
        else:
            yield at, Finding("far_from_city", "", *_rounded(low[at]), facts)


def _degrees(x: Floats, y: Floats, coordinates: str) -> Floats:
    """Lon/lat (EPSG:4490) of places, nan for what is no place on earth."""
    if is_degrees(coordinates):
        on_earth = (np.abs(x) <= _MOST_LON) & (np.abs(y) <= _MOST_LAT)
        x, y = np.where(on_earth, x, np.nan), np.where(on_earth, y, np.nan)
    lon, lat = convert(x, y, coordinates, STORE)
    on_earth = (np.abs(lon) <= _MOST_LON) & (np.abs(lat) <= _MOST_LAT)
    return np.column_stack((np.where(on_earth, lon, np.nan), np.where(on_earth, lat, np.nan)))


def _rounded(bounds: Floats) -> tuple[float, float]:
    return round(float(bounds[0]), 6), round(float(bounds[1]), 6)


def _kilometres(places: Floats, middle: tuple[float, float]) -> Floats:
    east = (places[:, 0] - middle[0]) * np.cos(np.radians(middle[1]))
    return np.asarray(np.hypot(east, places[:, 1] - middle[1]) * _KM_OF_DEGREE, dtype=np.float64)
