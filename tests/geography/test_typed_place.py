"""Coordinates as they are typed: of every system, in either order, and what is none."""

import pytest

from console.domain.errors import Refused
from console.domain.systems import SYSTEMS
from console.geography.typed_place import read_place, told_place

NEAR = (113.65, 34.76)


@pytest.mark.parametrize("system", SYSTEMS)
def test_that_what_is_copied_reads_back_as_the_place(system: str) -> None:
    lon, lat = read_place(told_place(113.662345, 34.745678, system), system, NEAR)
    assert lon == pytest.approx(113.662345, abs=2e-6)
    assert lat == pytest.approx(34.745678, abs=2e-6)


def test_that_the_belt_is_told_in_metres_with_its_false_easting() -> None:
    east, north = map(float, told_place(113.65, 34.76, "belt").split(", "))
    assert 467_000 < east < 469_000
    assert 3_840_000 < north < 3_860_000


@pytest.mark.parametrize("text", ["34.76, 113.65", "113.65,34.76", "113.65 34.76", "经度 113.65 纬度 34.76"])
def test_that_degrees_are_read_in_either_order(text: str) -> None:
    assert read_place(text, "wgs84", NEAR) == (113.65, 34.76)


@pytest.mark.parametrize("text", ["", "113.65", "1, 2, 3", "999, 999", "大学路"])
def test_that_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="bad_coordinates"):
        read_place(text, "cgcs2000", NEAR)
