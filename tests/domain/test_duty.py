"""Shifts of a day by the wall clock, over midnight too, and who is on duty in them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from console.domain.duty import USUAL, Duty, OnDuty, Shift, after, running, turns

CITY = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 9)
LONG_NIGHT = (
    Shift("day", "白班", "Day", time(8), time(20)),
    Shift("night", "夜班", "Night", time(20), time(8)),
)


def local(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=CITY).astimezone(UTC)


def test_that_a_shift_that_ends_before_it_begins_runs_over_midnight() -> None:
    night = LONG_NIGHT[1].on(DAY, CITY)
    assert (night.since, night.until) == (local(20), local(8, day=DAY + timedelta(days=1)))


def test_that_after_midnight_the_shift_of_yesterday_still_runs() -> None:
    (turn,) = running(LONG_NIGHT, local(3), CITY)
    assert (turn.shift.code, turn.day) == ("night", DAY - timedelta(days=1))


def test_that_a_shift_runs_from_its_first_minute_and_not_in_its_last_instant() -> None:
    assert [turn.shift.code for turn in running(USUAL, local(8), CITY)] == ["day"]
    assert [turn.shift.code for turn in running(USUAL, local(16), CITY)] == ["evening"]
    assert [turn.shift.code for turn in running(USUAL, local(0), CITY)] == ["night"]


def test_that_of_shifts_that_overlap_the_last_begun_comes_first() -> None:
    overlapping = (Shift("a", "甲", "", time(8), time(16, 30)), Shift("b", "乙", "", time(16), time(0)))
    assert [turn.shift.code for turn in running(overlapping, local(16, 10), CITY)] == ["b", "a"]


def test_that_the_following_turn_is_the_next_to_begin() -> None:
    found = after(LONG_NIGHT, local(20), CITY)
    assert found is not None
    assert (found.shift.code, found.day) == ("day", DAY + timedelta(days=1))


def test_that_a_clock_change_makes_a_turn_longer_not_wrong() -> None:
    there = ZoneInfo("America/Los_Angeles")
    night = Shift("night", "夜班", "Night", time(20), time(8)).on(date(2026, 10, 31), there)
    assert night.until - night.since == timedelta(hours=13)


@given(st.integers(0, 7 * 24 * 60 - 1), st.sampled_from([USUAL, LONG_NIGHT]))
def test_that_every_minute_of_a_whole_day_belongs_to_one_turn(minute: int, shifts: tuple[Shift, ...]) -> None:
    now = local(0) + timedelta(minutes=minute)
    (turn,) = running(shifts, now, CITY)
    assert turn.since <= now < turn.until
    following = after(shifts, turn.since, CITY)
    assert following is not None
    assert following.since == turn.until


def test_that_turns_come_in_the_order_of_time() -> None:
    found = turns(USUAL, DAY, DAY + timedelta(days=1), CITY)
    assert [(turn.day.day, turn.shift.code) for turn in found] == [
        (9, "night"), (9, "day"), (9, "evening"), (10, "night"), (10, "day"), (10, "evening"),
    ]  # fmt: skip


def test_that_who_is_not_on_the_roster_works_outside_it_only_where_there_is_one() -> None:
    turn = USUAL[1].on(DAY, CITY)
    empty = OnDuty(turn, (), None, ())
    kept = OnDuty(turn, (Duty(DAY, "day", "甲", leads=True),), None, ())
    assert not empty.is_outside("乙")
    assert kept.is_outside("乙")
    assert not kept.is_outside("甲")
    assert (empty.leader, kept.leader) == ("", "甲")
