"""Times as files write them."""

import locale
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.adapters.intake import dates
from console.domain.errors import Refused

SHANGHAI = ZoneInfo("Asia/Shanghai")
PACIFIC = ZoneInfo("America/Los_Angeles")
local = datetime.fromisoformat


@pytest.mark.parametrize(
    ("text", "pattern", "told"),
    [
        ("2008-07-01 07:27:00", "%Y-%m-%d %H:%M:%S", local("2008-07-01 07:27:00")),
        ("09/18/2008 12:05:09 AM", "%m/%d/%Y %I:%M:%S %p", local("2008-09-18 00:05:09")),
        ("09/18/2008 12:05:09 PM", "%m/%d/%Y %I:%M:%S %p", local("2008-09-18 12:05:09")),
        ("2026年3月1日 下午2:05", "%Y年%m月%d日 %p%I:%M", local("2026-03-01 14:05:00")),
        ("3-Sep-2020", "%d-%b-%Y", local("2020-09-03 00:00:00")),
        ("20260301083000.25", "%Y%m%d%H%M%S.%f", local("2026-03-01 08:30:00.250000")),
        ("2026-03-01T08:30:00+02:00", "iso", local("2026-03-01T08:30:00+02:00")),
        ("2026-03-01 08:30 -0730", "%Y-%m-%d %H:%M %z", local("2026-03-01T08:30-07:30")),
    ],
)
def test_that_a_declared_format_is_read(text: str, pattern: str, told: datetime) -> None:
    assert dates.local_time(text, [pattern]) == told


def test_that_the_first_format_that_fits_counts() -> None:
    assert dates.local_time("2026/3/1", ["%Y-%m-%d", "%Y/%m/%d"]) == local("2026-03-01 00:00:00")


@pytest.mark.parametrize("text", ["", "2026-02-30", "2026-13-01", "26-01-01", "2026-01-01 x", "２０２６-1-1"])
def test_that_what_is_no_day_is_refused_with_the_formats(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        dates.local_time(text, ["%Y-%m-%d"])
    assert refusal.value.code == "bad_time"
    assert refusal.value.facts == {"value": text, "formats": "%Y-%m-%d"}


@pytest.mark.parametrize("hour", ["0", "13"])
def test_that_a_twelve_hour_clock_has_twelve_hours(hour: str) -> None:
    with pytest.raises(Refused, match="bad_time"):
        dates.local_time(f"2026-01-01 {hour} PM", ["%Y-%m-%d %I %p"])


@pytest.mark.parametrize(
    "pattern", ["%Y-%m", "%Y-%m-%d %Q", "%Y-%m-%d %I", "%Y-%m-%d %p", "%Y-%m-%d %Y", "%d", "%Y-%m-%d %"]
)
def test_that_a_format_that_tells_no_time_is_an_error(pattern: str) -> None:
    with pytest.raises(ValueError, match="%"):
        dates.compiled(pattern)


@given(st.datetimes(min_value=local("1000-01-01 00:00:00")))
def test_that_what_strftime_writes_is_read_back(moment: datetime) -> None:
    pattern = "%Y-%m-%d %H:%M:%S.%f"
    assert dates.local_time(moment.strftime(pattern), [pattern]) == moment


def test_that_the_process_locale_has_no_say() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        locale.setlocale(locale.LC_TIME, "")
        assert dates.local_time("01/02/2026 01:00:00 PM", ["%m/%d/%Y %I:%M:%S %p"]).hour == 13
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_that_local_times_become_instants() -> None:
    assert dates.instant(local("2026-03-01 08:00:00"), SHANGHAI) == datetime(2026, 3, 1, 0, tzinfo=UTC)
    assert dates.instant(local("2008-07-01 07:27:00"), PACIFIC) == datetime(2008, 7, 1, 14, 27, tzinfo=UTC)
    aware = local("2026-03-01T08:00+05:00")
    assert dates.instant(aware, SHANGHAI) == datetime(2026, 3, 1, 3, tzinfo=UTC)


def test_that_a_time_before_all_time_is_refused() -> None:
    with pytest.raises(Refused, match="bad_time"):
        dates.instant(local("0001-01-01 00:00:00"), SHANGHAI)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (local("2014-03-09 02:30:00"), "skipped_by_clocks"),
        (local("2014-11-02 01:30:00"), "told_twice_by_clocks"),
        (local("2014-06-01 01:30:00"), ""),
        (local("2014-03-09 02:30Z"), ""),
    ],
)
def test_that_hours_the_clocks_lost_or_told_twice_are_doubted(told: datetime, why: str) -> None:
    assert dates.doubt(told, PACIFIC) == why
