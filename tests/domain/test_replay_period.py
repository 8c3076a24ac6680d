"""The period that is played: its length is that of time, not of the wall clock, and its ends are in it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.domain.replay import LONGEST, Period

BERLIN = ZoneInfo("Europe/Berlin")  # a city whose clocks are put forward and back


@pytest.mark.parametrize(
    ("day", "hours"),
    [(datetime(2026, 3, 29, tzinfo=BERLIN), 23), (datetime(2026, 10, 25, tzinfo=BERLIN), 25)],
)
def test_that_a_day_on_which_the_clocks_change_has_all_its_hours(day: datetime, hours: int) -> None:
    period = Period(day, day + timedelta(days=1))
    assert period.until - period.since == timedelta(hours=hours)
    middle = period.at_share(0.5)
    assert middle - period.since == timedelta(hours=hours) / 2
    assert period.share(middle) == 0.5
    assert period.at_share(1.0) == period.until


def test_that_its_instants_are_utc_whatever_zone_they_were_told_in() -> None:
    since = datetime(2026, 11, 27, 8, 30, tzinfo=ZoneInfo("Asia/Kathmandu"))  # a quarter off the hour
    period = Period(since, since + timedelta(days=40))
    assert (period.since, period.since.tzinfo) == (since, UTC)
    assert not period.exact


@pytest.mark.parametrize("length", [timedelta(), -timedelta(seconds=1), LONGEST + timedelta(microseconds=1)])
def test_that_none_is_empty_or_too_long(length: timedelta) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(ValueError, match="cannot be played"):
        Period(since, since + length)
    assert Period(since, since + LONGEST).until - since == LONGEST
