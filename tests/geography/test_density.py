"""The density: against a sum over all cases, in its total, and as the page reads it."""

import math
import struct

import numpy as np
import pytest

from console.geography.density import density, nice_breaks, packed_density
from console.geography.mercator import degrees, mercator

LON, LAT = 113.65, 34.76
BANDWIDTH = 600.0


def cases(number: int = 400) -> tuple[np.ndarray, np.ndarray]:
    dice = np.random.default_rng(3)
    return LON + dice.normal(0, 0.02, number), LAT + dice.normal(0, 0.015, number)


def by_adding_up(lon: np.ndarray, lat: np.ndarray, at: tuple[float, float]) -> float:
    """The density at a place in EPSG:3857, one case after the other, per square kilometre of ground."""
    east, north = mercator(lon, lat)
    shrunk = math.cos(math.radians(float(np.median(lat))))
    away = np.hypot(east - at[0], north - at[1]) * shrunk
    near = away[away < BANDWIDTH] / BANDWIDTH
    return float((3 / (math.pi * (BANDWIDTH / 1000) ** 2) * (1 - near**2) ** 2).sum())


def test_that_the_density_is_the_sum_over_the_cases_around() -> None:
    lon, lat = cases()
    found = density(lon, lat, BANDWIDTH)
    dice = np.random.default_rng(4)
    rows, columns = found.per_km2.shape
    for _ in range(200):
        row, column = dice.integers(rows), dice.integers(columns)
        at = (found.west + (column + 0.5) * found.step, found.north - (row + 0.5) * found.step)
        assert found.per_km2[row, column] == pytest.approx(by_adding_up(lon, lat, at), abs=0.02 * found.peak)


def test_that_every_case_counts_once_over_all_the_ground() -> None:
    lon, lat = cases()
    found = density(lon, lat, BANDWIDTH)
    shrunk = math.cos(math.radians(float(np.median(lat))))
    assert found.per_km2.sum() * (found.step * shrunk / 1000) ** 2 == pytest.approx(400, rel=1e-3)


def test_that_a_single_case_peaks_where_it_is() -> None:
    found = density(np.array([LON]), np.array([LAT]), BANDWIDTH)
    row, column = np.unravel_index(found.per_km2.argmax(), found.per_km2.shape)
    lon, lat = degrees(
        np.array(found.west + (column + 0.5) * found.step), np.array(found.north - (row + 0.5) * found.step)
    )
    assert (float(lon), float(lat)) == pytest.approx((LON, LAT), abs=1e-3)
    assert found.peak == pytest.approx(3 / (math.pi * 0.36), rel=0.05)


def test_that_cases_far_apart_make_a_coarser_raster_and_no_huge_one() -> None:
    found = density(np.array([LON, LON + 3]), np.array([LAT, LAT + 2]), 300.0)
    assert max(found.per_km2.shape) < 800


def test_that_no_case_is_no_raster() -> None:
    found = density(np.zeros(0), np.zeros(0), BANDWIDTH)
    assert (found.peak, found.breaks) == (0, ())
    assert packed_density(found)[:12] == b"GHM1" + struct.pack("<2I", 0, 0)


def test_that_the_breaks_are_round_numbers_below_the_peak() -> None:
    assert nice_breaks(88.2) == (2, 5, 10, 20, 50)
    assert nice_breaks(1.0) == (0.05, 0.1, 0.2, 0.5, 1)
    assert nice_breaks(0) == ()


def test_that_a_byte_says_its_density_by_the_breaks() -> None:
    lon, lat = cases()
    found = density(lon, lat, BANDWIDTH)
    levels = np.frombuffer(packed_density(found), np.uint8, offset=36).reshape(found.per_km2.shape)
    for k, edge in enumerate(found.breaks, start=1):
        assert (levels[found.per_km2 > edge * 1.02] >= 51 * k).all()
        assert (levels[found.per_km2 < edge * 0.98] <= 51 * k).all()
    assert (levels[found.per_km2 == 0] == 0).all()
