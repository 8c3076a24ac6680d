"""The ratios give the percentages that Zhengzhou printed for 8 to 14 April 2019 (domain.md 4.3)."""

import pytest

from console.domain.evaluation import COUNTS, RATIOS, Count, ratio

BY_KEY = {row.key: row for row in RATIOS}

# accepted, filed, dispatched, to_close, closed, closed_in_time, reworked
ALL = (51_571, 51_229, 49_151, 52_434, 43_523, 40_394, 276)
ROUTINE = (16_754, 16_570, 14_673, 18_086, 10_225, 8_765, 274)
GIVEN: tuple[Count, ...] = (
    "accepted", "filed", "dispatched", "to_close", "closed", "closed_in_time", "reworked",
)  # fmt: skip
PRINTED = ("filing_rate", "dispatch_rate", "closing_rate", "closed_in_time_rate", "rework_rate")


def counts(**told: int) -> dict[Count, int]:
    return {count: told.get(count, 0) for count in COUNTS}


def percent(found: dict[Count, int], key: str) -> str:
    share = ratio(found, BY_KEY[key])
    assert share is not None
    return f"{100 * share:.2f}"


@pytest.mark.parametrize(
    ("told", "printed"),
    [
        (ALL, ("99.34", "95.94", "83.01", "77.04", "0.53")),
        (ROUTINE, ("98.90", "88.55", "56.54", "48.46", "1.51")),
    ],
)
def test_that_the_city_line_comes_out_as_printed(told: tuple[int, ...], printed: tuple[str, ...]) -> None:
    found = counts(**dict(zip(GIVEN, told, strict=True)))
    assert tuple(percent(found, key) for key in PRINTED) == printed


@pytest.mark.parametrize(
    ("to_close", "closed", "closing", "in_time", "closing_in_time"),
    [
        (1935, 1912, "98.81", 1855, "95.87"),  # 金水
        (953, 953, "100.00", 936, "98.22"),  # 管城
        (848, 806, "95.05", 699, "82.43"),  # 二七
        (736, 596, "80.98", 372, "50.54"),  # 郑东新区
    ],
)
def test_that_the_district_lines_come_out_as_printed(
    to_close: int, closed: int, closing: str, in_time: int, closing_in_time: str
) -> None:
    found = counts(to_close=to_close, closed=closed, closed_in_time=in_time)
    assert percent(found, "closing_rate") == closing
    assert percent(found, "closed_in_time_rate") == closing_in_time


def test_that_effective_dispatch_comes_out_as_the_report_of_2015_says() -> None:
    assert percent(counts(dispatched=10_000, effective=9_983), "effective_rate") == "99.83"


def test_that_handled_in_time_is_a_share_of_what_was_to_be_handled() -> None:
    assert percent(counts(to_handle=8, handled=6, handled_in_time=4), "in_time_rate") == "50.00"


@pytest.mark.parametrize("key", BY_KEY)
def test_that_nothing_to_divide_by_is_no_ratio(key: str) -> None:
    assert ratio(counts(), BY_KEY[key]) is None


def test_that_only_rework_is_better_when_it_is_low() -> None:
    assert [row.key for row in RATIOS if row.better == "low"] == ["rework_rate"]
