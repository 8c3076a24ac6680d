"""Unit grid codes: their form, their order, their limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Refused
from console.geography.codes import UnitCode, division_codes, is_unit_code, numbered, parsed, unit_codes

COMMUNITY = "410105001002"


def test_that_numbers_run_west_to_east_and_the_north_row_first() -> None:
    x = [250, 50, 150, 50, 250, 150]
    y = [300, 290, 310, 100, 90, 110]
    assert numbered(x, y, 120).tolist() == [3, 1, 2, 4, 6, 5]


def test_that_a_row_is_a_band_as_high_as_a_cell_from_the_northernmost_down() -> None:
    assert numbered([10, 5, 1], [240.0, 120.5, 120.0], 120).tolist() == [2, 1, 3]


def test_that_codes_are_prefix_and_number() -> None:
    assert unit_codes([COMMUNITY] * 3, [30, 10, 20], [0, 0, 0], 120) == [
        "410105001002003",
        "410105001002001",
        "410105001002002",
    ]


def test_that_every_community_counts_for_itself() -> None:
    other = "410105001003"
    codes = unit_codes([COMMUNITY, other, COMMUNITY, other], [0, 1, 2, 3], [0, 0, 0, 0], 120)
    assert codes == [COMMUNITY + "001", other + "001", COMMUNITY + "002", other + "002"]


def test_that_a_code_once_used_is_never_given_again() -> None:
    codes = unit_codes([COMMUNITY] * 2, [0, 1], [0, 0], 120, used=[COMMUNITY + "001", COMMUNITY + "003"])
    assert codes == [COMMUNITY + "002", COMMUNITY + "004"]


def test_that_999_cells_fit_into_a_community_and_a_thousand_do_not() -> None:
    codes = unit_codes([COMMUNITY] * 999, range(999), [0] * 999, 120)
    assert codes[-1] == COMMUNITY + "999"
    with pytest.raises(Refused) as refusal:
        unit_codes([COMMUNITY] * 1000, range(1000), [0] * 1000, 120)
    assert refusal.value.code == "community_too_full"
    assert refusal.value.facts == {"community": COMMUNITY, "cells": 1000, "most": 999}


@pytest.mark.parametrize(
    "community", ["", "41010500100", "4101050010022", "41010500100A", "４１０１０５００１００２"]
)
def test_that_a_community_code_of_another_form_is_refused(community: str) -> None:
    with pytest.raises(Refused, match="community_code_form"):
        unit_codes([community], [0], [0], 120)


def test_that_a_code_is_taken_apart() -> None:
    assert parsed("410105001002017") == UnitCode("410105", "410105001", "410105001002", 17)


@pytest.mark.parametrize(
    "code",
    ["", "41010500100201", "4101050010020177", "410105001002000", "41010500100201x", "４" * 15, "-" * 15],
)
def test_that_what_is_no_code_is_refused(code: str) -> None:
    assert not is_unit_code(code)
    with pytest.raises(Refused, match="unit_code_form"):
        parsed(code)


def test_that_streets_are_numbered_in_the_same_order() -> None:
    assert division_codes("410105", [5, 1], [0, 0], 120) == ["410105002", "410105001"]
    with pytest.raises(Refused, match="division_too_full"):
        division_codes("410105", range(1000), [0] * 1000, 120)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), unique=True, max_size=80))
def test_that_every_place_gets_its_own_number(places: list[tuple[int, int]]) -> None:
    x, y = [place[0] for place in places], [place[1] for place in places]
    assert sorted(numbered(x, y, 120).tolist()) == list(range(1, len(places) + 1))
