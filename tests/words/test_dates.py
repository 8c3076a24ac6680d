"""Days and moments: one form in each language, whatever the desktop's locale calls its months."""

import locale
from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from console.domain.errors import Refused
from console.i18n import use_language
from console.words import clock_time, refusal
from console.words.dates import (
    day_words,
    english_short_moment,
    moment_words,
    named_day,
    on_weekday,
    short_day,
    short_moment,
)

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 9)
AT = datetime(2026, 3, 8, 17, 5, 7, tzinfo=UTC)  # 9 March, five past one at night in the city


@pytest.fixture(params=["zh", "en"])
def english(request: pytest.FixtureRequest) -> Iterator[bool]:
    use_language(request.param)
    yield request.param == "en"
    use_language("zh")


def test_that_a_day_has_one_form_in_each_language(english: bool) -> None:
    assert day_words(DAY) == ("9 Mar 2026" if english else "2026-03-09")
    assert short_day(DAY) == ("9 Mar" if english else "03-09")
    assert named_day(DAY) == ("Mon 9 Mar" if english else "3月9日(周一)")
    assert on_weekday(DAY) == ("Mon 9 Mar" if english else "03-09 周一")
    assert on_weekday(DAY, year=True) == ("Mon 9 Mar 2026" if english else "2026-03-09 周一")


def test_that_a_moment_is_told_in_the_time_of_the_city(english: bool) -> None:
    assert moment_words(AT, ZONE) == ("9 Mar 2026 01:05" if english else "2026-03-09 01:05")
    assert moment_words(AT, ZONE, seconds=True) == (
        "9 Mar 2026 01:05:07" if english else "2026-03-09 01:05:07"
    )
    assert short_moment(AT, ZONE) == ("9 Mar 01:05" if english else "03-09 01:05")
    assert english_short_moment(AT, ZONE) == "9 Mar 01:05"
    later = datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 5, tzinfo=UTC)
    assert clock_time(AT, ZONE, AT) == "01:05"
    assert clock_time(AT, ZONE, later[0]) == short_moment(AT, ZONE)
    assert clock_time(AT, ZONE, later[1]) == moment_words(AT, ZONE)


def test_that_a_refusal_tells_its_day_in_the_same_form(english: bool) -> None:
    said = refusal(Refused("period_reversed", first=DAY, last=date(2026, 3, 1)))
    assert said == ("The first day 9 Mar 2026 is after the last day 1 Mar 2026" if english
                    else "首日 2026-03-09 晚于末日 2026-03-01")  # fmt: skip
    said = refusal(Refused("no_report_zone", zone=1, until=AT.astimezone(ZONE), reason="x"))
    assert (moment_words(AT, ZONE)) in said


@pytest.mark.parametrize("month", range(1, 13))
def test_that_every_month_has_its_english_name(month: int) -> None:
    use_language("en")
    try:
        told = short_day(date(2026, month, 1))
    finally:
        use_language("zh")
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "C")
        assert told == f"{date(2026, month, 1):1 %b}"
    finally:
        locale.setlocale(locale.LC_TIME, before)
