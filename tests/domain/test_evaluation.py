"""The ratios give the percentages that Zhengzhou printed for 8 to 14 April 2019 (domain.md 4.3)."""

import pytest

from console.domain.evaluation import COUNTS, RATIOS, Count, ratio

BY_KEY = {row.key: row for row in RATIOS}

# accepted, filed, dispatched, to_close, closed, closed_in_time, reworked, extended
ALL = (51_571, 51_229, 49_151, 52_434, 43_523, 40_394, 276, 104)
ROUTINE = (16_754, 16_570, 14_673, 18_086, 10_225, 8_765, 274, 101)
GIVEN: tuple[Count, ...] = (
    "accepted", "filed", "dispatched", "to_close", "closed", "closed_in_time", "reworked",
    "extended",
)  # fmt: skip
PRINTED = (
    "filing_rate", "dispatch_rate", "closing_rate", "closed_in_time_rate", "rework_rate", "extension_rate",
)  # fmt: skip


def counts(**told: int) -> dict[Count, int]:
    return {count: told.get(count, 0) for count in COUNTS}


def percent(found: dict[Count, int], key: str) -> str:
    share = ratio(found, BY_KEY[key])
    assert share is not None
    return f"{100 * share:.2f}"


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        (ALL, ("99.34", "95.94", "83.01", "77.04", "0.53", "0.20")),
        (ROUTINE, ("98.90", "88.55", "56.54", "48.46", "1.51", "0.56")),
    ],
)
def test_that_the_city_line_comes_out_as_printed(told: tuple[int, ...], printed: tuple[str, ...]) -> None:
    found = counts(**dict(zip(GIVEN, told, strict=True)))
    assert tuple(percent(found, key) for key in PRINTED) == printed


# District, not dispatched, to_close, closed, its rate, closed in time, its rate, reworked, extended.
DISTRICTS = (
    ("金水", 0, 1935, 1912, "98.81", 1855, "95.87", 18, 0),
    ("管城", 3, 953, 953, "100.00", 936, "98.22", 20, 0),
    ("二七", 0, 848, 806, "95.05", 699, "82.43", 9, 0),
    ("郑东新区", 29, 736, 596, "80.98", 372, "50.54", 7, 0),
)


@pytest.mark.parametrize("line", DISTRICTS, ids=lambda line: line[0])
def test_that_the_district_lines_come_out_as_printed(
    line: tuple[str, int, int, int, str, int, str, int, int],
) -> None:
    _, _waiting, to_close, closed, closing, in_time, closing_in_time, reworked, extended = line
    found = counts(
        to_close=to_close, closed=closed, closed_in_time=in_time, reworked=reworked, extended=extended
    )
    assert percent(found, "closing_rate") == closing
    assert percent(found, "closed_in_time_rate") == closing_in_time
    assert percent(found, "extension_rate") == "0.00"


def test_that_effective_dispatch_comes_out_as_the_report_of_2015_says() -> None:
    assert percent(counts(dispatched=10_000, effective=9_983), "effective_rate") == "99.83"


def test_that_handled_in_time_is_a_share_of_what_was_to_be_handled() -> None:
    assert percent(counts(to_handle=8, handled=6, handled_in_time=4), "in_time_rate") == "50.00"


@pytest.mark.parametrize("key", BY_KEY)
def test_that_nothing_to_divide_by_is_no_ratio(key: str) -> None:
    assert ratio(counts(), BY_KEY[key]) is None


def test_that_rework_and_extension_are_better_when_they_are_low() -> None:
    assert [row.key for row in RATIOS if row.better == "low"] == ["rework_rate", "extension_rate"]
