"""A report is taken as it was said, or refused with the reason."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Case, Source
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.report import LONGEST_TEXT, Report, case_code, check_place, reported
from console.domain.text import cleaned
from tests.lives import MONDAY, REPORT

HOSTILE = [
    "{{7*191}}", "{% raw", "<img src=x onerror=alert(1)>", "${7*7}", "a\u2028b", "'; DROP TABLE cases; --",
    "\u202eretsim", "👷‍♀️", "e\u0301", "字" * LONGEST_TEXT,
]  # fmt: skip


def case_of(report: Report) -> Case:
    return reported(report, code="2026030900001", edition="2013", at=MONDAY)


def refused(report: Report) -> Refused:
    with pytest.raises(Refused) as caught:
        case_of(report)
    return caught.value


def test_that_a_report_becomes_a_case_that_waits_to_be_accepted() -> None:
    case = case_of(REPORT)
    assert (case.state, case.source, case.reported_at) == (State.REPORTED, Source.HOTLINE, MONDAY)
    assert (case.class_key, case.edition, case.version) == ("event:0110", "2013", 0)


def test_that_a_case_without_class_belongs_to_no_edition() -> None:
    assert case_of(replace(REPORT, class_key="")).edition == ""


@pytest.mark.parametrize("text", HOSTILE)
def test_that_a_text_stays_what_it_was(text: str) -> None:
    case = case_of(replace(REPORT, description=text, address=text, reporter=text))
    assert case.description == case.address == case.reporter == text


@pytest.mark.parametrize("field", ["description", "address", "reporter"])
def test_that_what_cannot_be_written_is_replaced(field: str) -> None:
    case = case_of(replace(REPORT, **{field: "a\x00b\ud800c\udfffd"}))  # type: ignore[arg-type]
    assert getattr(case, field) == "a\ufffdb\ufffdc\ufffdd"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=())))
def test_that_any_text_can_be_written_once_cleaned(text: str) -> None:
    clean = cleaned(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\x00" not in clean
    assert len(clean) == len(text)
    assert cleaned(clean) == clean


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_that_an_empty_report_is_refused(text: str) -> None:
    assert refused(replace(REPORT, description=text)).code == "empty_report"


def test_that_a_text_over_the_limit_is_refused_with_its_length() -> None:
    problem = refused(replace(REPORT, description="x" * (LONGEST_TEXT + 1)))
    assert (problem.code, problem.facts) == ("text_too_long", {"length": 100_001, "most": 100_000})


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (181.0, 0.0),
        (0.0, 90.1),
        (34.7, 113.6),  # swapped: there is no latitude of 113
        (float("nan"), 34.7),
        (113.6, float("nan")),
        (float("inf"), 0.0),
        (113.6, None),
        (None, 34.7),
    ],
)
def test_that_a_place_off_the_earth_is_refused(lon: float | None, lat: float | None) -> None:
    assert refused(replace(REPORT, lon=lon, lat=lat)).code == "bad_place"


def test_that_the_edges_of_the_earth_are_places() -> None:
    for lon, lat in [(-180, -90), (180, 90), (0, 0)]:
        check_place(lon, lat)
    assert case_of(replace(REPORT, lon=None, lat=None)).lon is None


def test_that_a_code_carries_the_day_on_the_city_clock() -> None:
    evening = datetime(2026, 3, 9, 16, tzinfo=UTC)  # midnight in the city
    assert case_code(evening, "Asia/Shanghai", 7) == "2026031000007"
    assert case_code(evening, "UTC", 7) == "2026030900007"
