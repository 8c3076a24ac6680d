"""The one conversion: checked against published values, pyproj and itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from console.domain.errors import Refused
from console.geography.coordinates import (
    CoordinateSystem,
    convert,
    coordinate_system,
    is_degrees,
    metric_system,
)

ZHENGZHOU = (113.625, 34.747)
GEOD = Geod(ellps="GRS80")


def metres(lon: float, lat: float, to_lon: float, to_lat: float) -> float:
    return float(GEOD.inv(lon, lat, to_lon, to_lat)[2])


def offset(system: str) -> tuple[float, float]:
    """Metres east and north that a system lies from WGS84 at Zhengzhou."""
    lon, lat = ZHENGZHOU
    x, y = convert(lon, lat, "wgs84", system)
    east = metres(lon, lat, float(x), lat) * np.sign(float(x) - lon)
    north = metres(lon, lat, lon, float(y)) * np.sign(float(y) - lat)
    return float(east), float(north)


def test_that_gcj02_lies_as_far_from_wgs84_as_published() -> None:
    east, north = offset("gcj02")
    assert east == pytest.approx(553, abs=2)
    assert north == pytest.approx(-131, abs=1)


def test_that_bd09_lies_as_far_from_wgs84_as_published() -> None:
    east, north = offset("bd09")
    assert east == pytest.approx(1140, abs=10)
    assert north == pytest.approx(570, abs=10)


@settings(deadline=None)
@given(
    st.floats(73.1, 135.0),
    st.floats(3.9, 53.5),
    st.sampled_from(["gcj02", "bd09", "cgcs2000_gk114", "EPSG:3857", "wgs84"]),
)
def test_that_there_and_back_is_within_a_millimetre(lon: float, lat: float, system: str) -> None:
    there = convert(lon, lat, "cgcs2000", system)
    x, y = convert(*there, system, "cgcs2000")
    # The belt of 114 E is made for 112.5-115.5 E and loses digits thousands of kilometres away.
    limit = 0.001 if system != "cgcs2000_gk114" or abs(lon - 114) < 20 else 0.01
    assert metres(lon, lat, float(x), float(y)) < limit


def test_that_gcj02_is_the_identity_outside_china() -> None:
    x, y = convert([-122.4194, 2.35], [37.7749, 48.86], "wgs84", "gcj02")
    assert x.tolist() == [-122.4194, 2.35]
    assert y.tolist() == [37.7749, 48.86]


def test_that_a_belt_has_its_central_meridian_at_500_km_east() -> None:
    east, _ = convert(114.0, 34.747, "cgcs2000", "cgcs2000_gk114")
    assert float(east) == pytest.approx(500_000, abs=1e-6)


def test_that_wgs84_and_cgcs2000_are_taken_as_equal() -> None:
    x, y = convert(*ZHENGZHOU, "wgs84", "cgcs2000")
    assert (float(x), float(y)) == ZHENGZHOU


def test_that_arrays_keep_their_shape_and_their_gaps() -> None:
    x, y = convert([113.6, np.nan, np.inf], [34.7, 34.7, 1.0], "gcj02", "cgcs2000_gk114")
    assert x.shape == y.shape == (3,)
    assert np.isfinite(x).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("WGS84", "wgs84"),
        (" gcj02 ", "gcj02"),
        ("EPSG:4490", "cgcs2000"),
        ("epsg:4547", "cgcs2000_gk114"),
        ("epsg:32610", "EPSG:32610"),
    ],
)
def test_that_names_of_systems_have_one_normal_form(written: str, normal: str) -> None:
    assert coordinate_system(written) == normal


@pytest.mark.parametrize("name", ["", "EPSG:", "EPSG:999999", "beijing54", "+proj=longlat", "{{7*191}}"])
def test_that_an_unknown_system_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refusal:
        coordinate_system(name)
    assert refusal.value.code == "coordinate_system_unknown"
    assert refusal.value.facts == {"name": name}


@pytest.mark.parametrize(
    ("lon", "lat", "system"),
    [
        (113.625, 34.747, CoordinateSystem.CGCS2000_GK114),
        (116.4, 39.9, "EPSG:4548"),
        (104.06, 30.67, "EPSG:4544"),
        (-122.42, 37.77, "EPSG:32610"),
        (151.2, -33.9, "EPSG:32756"),
        (180.0, 10.0, "EPSG:32660"),
    ],
)
def test_that_a_city_gets_the_belt_or_zone_it_lies_in(lon: float, lat: float, system: str) -> None:
    assert metric_system(lon, lat) == system


def test_that_degrees_and_metres_are_told_apart() -> None:
    assert is_degrees("wgs84")
    assert is_degrees("bd09")
    assert is_degrees("EPSG:4269")
    assert not is_degrees("EPSG:4547")
    assert not is_degrees("EPSG:32610")
