"""How far one map lies from another, by the roads of both, and which datum that looks like."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from console.geography.coordinates import STORE, CoordinateSystem, convert
from console.geography.mercator import degrees, mercator

Floats = NDArray[np.float64]

CELL = 10.0  # metres on the ground
SIDE = 800  # cells of the square that is compared: eight kilometres
_FARTHEST = 1600.0  # metres; GCJ-02 lies up to 700 off, BD-09 up to 1,300
_NEAR = 45.0  # metres around where a datum would put it: roads are drawn less exactly than that
_LEAST_STANDING_OUT = 6.0  # deviations of the correlation over all shifts
_LEAST_BETTER = 1.15
_LEAST_ROADS = 300  # cells with a road in them
DATUMS = (CoordinateSystem.WGS84, CoordinateSystem.GCJ02, CoordinateSystem.BD09)


@dataclass(frozen=True, slots=True)
class Alignment:
    """How far the other map lies to the east and north of ours, in metres on the ground; `system` is the
    datum that would explain it, "" for none; `certain` tells whether one shift stands out at all."""

    east: float
    north: float
    system: str
    certain: bool


def square_at(lon: float, lat: float) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of what is compared around a place."""
    half = CELL * SIDE / 2 / math.cos(math.radians(lat))
    east, north = mercator(np.array([lon]), np.array([lat]))
    lons, lats = degrees(np.append(east - half, east + half), np.append(north - half, north + half))
    return float(lons[0]), float(lats[0]), float(lons[1]), float(lats[1])


def drawn(lines: Iterable[Floats], lon: float, lat: float) -> Floats:
    """Lines in lon/lat degrees as cells that have a road in them, over the square around a place."""
    shrunk = math.cos(math.radians(lat))
    east, north = (float(part[0]) for part in mercator(np.array([lon]), np.array([lat])))
    sheet = np.zeros((SIDE, SIDE))
    for line in lines:
        x, y = mercator(line[:, 0], line[:, 1])
        points = np.column_stack((x - east, north - y)) * (shrunk / CELL) + SIDE / 2
        for row, column in _cells_along(points):
            sheet[row, column] = 1.0
    return sheet


def seen(
    picture: NDArray[np.uint8], bounds: tuple[float, float, float, float], lon: float, lat: float
) -> Floats:
    """Whatever is thin in a grey picture as the same cells; `bounds` of it in EPSG:3857 metres."""
    fine = picture.astype(np.float64)
    thin = np.abs(fine - _blurred(fine, 6))
    west, south, east, north = bounds
    shrunk = math.cos(math.radians(lat))
    middle_east, middle_north = (float(part[0]) for part in mercator(np.array([lon]), np.array([lat])))
    columns = (west - middle_east + (np.arange(fine.shape[1]) + 0.5) * (east - west) / fine.shape[1]) * shrunk
    rows = (
        middle_north - north + (np.arange(fine.shape[0]) + 0.5) * (north - south) / fine.shape[0]
    ) * shrunk
    column, row = (np.floor(part / CELL + SIDE / 2).astype(np.int64) for part in (columns, rows))
    inside_x, inside_y = (column >= 0) & (column < SIDE), (row >= 0) & (row < SIDE)
    total, number = np.zeros((SIDE, SIDE)), np.zeros((SIDE, SIDE))
    places = np.ix_(row[inside_y], column[inside_x])
    np.add.at(total, places, thin[np.ix_(inside_y, inside_x)])
    np.add.at(number, places, 1.0)
    found: Floats = np.divide(total, number, out=np.zeros_like(total), where=number > 0)
    peak = found.max()
    return found / peak if peak > 0 else found


def aligned(ours: Floats, theirs: Floats, lon: float, lat: float) -> Alignment | None:
    """How `theirs` lies to `ours`, both squares around a place in lon/lat (EPSG:4490).

    None where either has too few roads to say. A datum that explains the best match, or one nearly as good,
    is preferred: streets that repeat every block match at many shifts.
    """
    if (ours > 0).sum() < _LEAST_ROADS or (theirs > 0.05).sum() < _LEAST_ROADS:
        return None
    match = _correlation(_blurred(ours, 1), _blurred(theirs, 1))
    middle, reach = SIDE, int(_FARTHEST / CELL)
    window = match[middle - reach : middle + reach + 1, middle - reach : middle + reach + 1]
    spread = float(window.std())
    if spread == 0:
        return None
    row, column = (int(part) for part in np.unravel_index(window.argmax(), window.shape))
    best = float(window[row, column])
    certain = (best - float(window.mean())) / spread >= _LEAST_STANDING_OUT
    found = []
    for system in DATUMS:
        away_east, away_north = offset(system, lon, lat)
        r, c = reach - round(away_north / CELL), reach + round(away_east / CELL)
        around = int(_NEAR / CELL)
        part = window[max(r - around, 0) : r + around + 1, max(c - around, 0) : c + around + 1]
        if part.size:
            at = np.unravel_index(part.argmax(), part.shape)
            place = (max(r - around, 0) + int(at[0]), max(c - around, 0) + int(at[1]))
            found.append((float(part.max()), system, place))
    score, system, place = max(found, key=lambda one: one[0])
    named = ""
    if score * _LEAST_BETTER >= best and score > 0:
        named, (row, column) = str(system), place
    return Alignment((column - reach) * CELL, (reach - row) * CELL, named, certain)


def offset(system: str, lon: float, lat: float) -> tuple[float, float]:
    """How far to the east and north, in metres, a datum puts a place (EPSG:4490) off."""
    x, y = convert([lon], [lat], STORE, system)
    metres = math.radians(1) * 6_371_008.8
    return float(x[0] - lon) * metres * math.cos(math.radians(lat)), float(y[0] - lat) * metres


def _cells_along(points: Floats) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    for one, other in pairwise(points):
        if max(one.min(), other.min()) < -SIDE or min(one.max(), other.max()) > 2 * SIDE:
            continue
        steps = int(np.abs(other - one).max()) + 1
        if steps > 20 * SIDE:
            continue
        along = np.floor(one + (other - one) * (np.arange(steps + 1) / steps)[:, None]).astype(np.int64)
        inside = ((along >= 0) & (along < SIDE)).all(axis=1)
        yield along[inside, 1], along[inside, 0]


def _blurred(sheet: Floats, reach: int) -> Floats:
    """The mean over a square around each cell."""
    width = 2 * reach + 1
    padded = np.pad(sheet, ((reach + 1, reach), (reach + 1, reach)), mode="edge")
    sums = padded.cumsum(axis=0).cumsum(axis=1)
    total = sums[width:, width:] - sums[:-width, width:] - sums[width:, :-width] + sums[:-width, :-width]
    mean: Floats = total / width**2
    return mean


def _correlation(ours: Floats, theirs: Floats) -> Floats:
    """How well they match at every shift of theirs; no shift is at SIDE, SIDE."""
    shape = [2 * SIDE, 2 * SIDE]
    one, other = (np.fft.rfft2(sheet - sheet.mean(), shape) for sheet in (ours, theirs))
    found: Floats = np.fft.fftshift(np.fft.irfft2(np.conj(one) * other, shape))
    return found
