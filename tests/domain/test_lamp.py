"""The lamp turns at four fifths of the limit and at its end."""

from datetime import timedelta

import pytest

from console.domain.lamp import Lamp, lamp, soon_from
from tests.lives import MONDAY

DUE = MONDAY + timedelta(hours=10)
SOON = soon_from(MONDAY, DUE)


def test_that_the_last_fifth_is_soon() -> None:
    assert MONDAY + timedelta(hours=8) == SOON


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, Lamp.IN_TIME),
        (8 * 3600 - 1, Lamp.IN_TIME),
        (8 * 3600, Lamp.SOON),
        (10 * 3600, Lamp.SOON),  # used up to the second is in time
        (10 * 3600 + 1, Lamp.LATE),
    ],
)
def test_that_the_lamp_turns_on_the_second(seconds: int, shown: Lamp) -> None:
    assert lamp(MONDAY + timedelta(seconds=seconds), DUE, SOON) is shown


def test_that_no_clock_shows_no_lamp() -> None:
    assert lamp(MONDAY, None, None) is Lamp.NONE


def test_that_a_deadline_without_a_warning_moment_still_runs_out() -> None:
    assert lamp(MONDAY, DUE, None) is Lamp.IN_TIME
    assert lamp(DUE + timedelta(seconds=1), DUE, None) is Lamp.LATE
