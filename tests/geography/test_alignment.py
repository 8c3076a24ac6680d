"""Comparing maps: a shift is found in metres and direction, and named where a datum explains it."""

import numpy as np
import pytest

from console.geography.alignment import SIDE, Alignment, aligned, drawn, offset, seen, square_at
from console.geography.coordinates import convert
from console.geography.mercator import mercator

LON, LAT = 113.65, 34.76


def roads(seed: int = 2) -> list[np.ndarray]:
    """Crooked streets over ten kilometres, as no grid has them."""
    dice = np.random.default_rng(seed)
    lines = []
    for _ in range(60):
        start = np.array([LON, LAT]) + dice.uniform(-0.05, 0.05, 2)
        turns = np.cumsum(dice.normal(0, 0.25, 40)) + dice.uniform(0, 2 * np.pi)
        steps = np.column_stack((np.cos(turns), np.sin(turns))) * 0.002
        lines.append(start + np.cumsum(steps, axis=0))
    return lines


def moved(lines: list[np.ndarray], system: str) -> list[np.ndarray]:
    return [np.column_stack(convert(line[:, 0], line[:, 1], "wgs84", system)) for line in lines]


def compared(theirs: list[np.ndarray]) -> Alignment | None:
    return aligned(drawn(roads(), LON, LAT), drawn(theirs, LON, LAT), LON, LAT)


@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
def test_that_a_datum_is_known_by_where_it_puts_the_roads(system: str) -> None:
    found = compared(moved(roads(), system))
    assert found is not None
    assert (found.system, found.certain) == (system, True)
    assert (found.east, found.north) == pytest.approx(offset(system, LON, LAT), abs=15)


def test_that_gcj_lies_where_it_is_known_to_lie() -> None:
    """At this city 553 m to the east and 131 m to the south (domain.md 7.1)."""
    assert offset("gcj02", LON, LAT) == pytest.approx((553, -131), abs=8)


def test_that_a_shift_that_no_datum_explains_is_told_without_a_name() -> None:
    theirs = [line + (-0.003, 0.002) for line in roads()]  # noqa: RUF005  moves, and joins nothing
    found = compared(theirs)
    assert found is not None
    assert (found.system, found.certain) == ("", True)
    assert (found.east, found.north) == pytest.approx((-274, 222), abs=15)


def test_that_roads_of_another_city_are_no_match() -> None:
    found = compared(roads(99))
    assert found is None or not found.certain


def test_that_too_few_roads_say_nothing() -> None:
    assert compared([np.array([[LON, LAT], [LON + 0.001, LAT]])]) is None


@pytest.mark.parametrize("dark", [True, False])
def test_that_a_picture_is_compared_by_what_is_thin_in_it(dark: bool) -> None:
    theirs = drawn(moved(roads(), "gcj02"), LON, LAT)
    picture = np.where(theirs > 0, 40 if dark else 250, 200).astype(np.uint8)
    west, south, east, north = square_at(LON, LAT)
    x, y = mercator(np.array([west, east]), np.array([south, north]))
    ground = seen(picture, (x[0], y[0], x[1], y[1]), LON, LAT)
    assert ground.shape == (SIDE, SIDE)
    found = aligned(drawn(roads(), LON, LAT), ground, LON, LAT)
    assert found is not None
    assert (found.system, found.certain) == ("gcj02", True)
