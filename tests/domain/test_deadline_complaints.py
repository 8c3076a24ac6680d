"""What users of other programs complain about in deadlines does not happen here, one test a complaint."""

from datetime import timedelta

import pytest

from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due, share, soon, used
from console.domain.lamp import Lamp, lamp, soon_from
from console.domain.why import Reason, why
from tests.domain.times import at, plain_calendar

FOUR_HOURS = Limit(4, LimitUnit.WORK_HOUR)
TWO_DAYS = Limit(2, LimitUnit.WORK_DAY)
HOUR = timedelta(hours=1)


def visit(start: str, stop: str = "", *, joins: bool = False) -> Visit:
    return Visit("D1", at(start), at(stop) if stop else None, joins)


def test_that_a_case_that_waits_for_something_pauses_its_clock_without_a_known_end() -> None:
    """Pause by status, and "no ETA" (complaint 16)."""
    paused = (visit("2026-03-09 09:00", "2026-03-09 10:00"),)
    ran = [used(plain_calendar(), FOUR_HOURS, paused, at(f"2026-{month}-20 17:00")) for month in ("03", "12")]
    assert ran == [HOUR, HOUR]
    resumed = (*paused, visit("2026-12-21 08:00", joins=True))
    assert due(plain_calendar(), FOUR_HOURS, 0, resumed) == at("2026-12-21 11:00")


def test_that_only_working_hours_are_counted() -> None:
    """Working hours at all (complaint 16)."""
    assert due(plain_calendar(), FOUR_HOURS, 0, [visit("2026-03-13 17:00")]) == at("2026-03-16 11:00")


@pytest.mark.parametrize(
    ("limit", "end"), [(TWO_DAYS, "2026-03-18 09:00"), (Limit(8, LimitUnit.WORK_HOUR), "2026-03-17 09:00")]
)
def test_that_another_limit_does_not_forget_the_time_already_paused(limit: Limit, end: str) -> None:
    """Changing the limit forgot the pause (complaint 17): paused from Monday noon for a week."""
    visits = (visit("2026-03-09 09:00", "2026-03-09 12:00"), visit("2026-03-16 12:00", joins=True))
    assert used(plain_calendar(), limit, visits, at("2026-03-16 12:00")) == 3 * HOUR
    assert due(plain_calendar(), limit, 0, visits) == at(end)


def test_that_an_extension_does_not_forget_the_time_already_paused() -> None:
    """Changing the limit forgot the pause (complaint 17)."""
    visits = (visit("2026-03-09 09:00", "2026-03-09 12:00"), visit("2026-03-16 14:00", joins=True))
    assert due(plain_calendar(), FOUR_HOURS, 0, visits) == at("2026-03-16 15:00")
    assert due(plain_calendar(), FOUR_HOURS, 1, visits) == at("2026-03-17 09:00")


def test_that_a_pause_over_a_weekend_costs_a_limit_in_days_nothing() -> None:
    """A pause over a weekend was counted wrongly when the limit was in days (complaint 17)."""
    through = (visit("2026-03-13 16:00"),)
    paused = (visit("2026-03-13 16:00", "2026-03-13 18:00"), visit("2026-03-16 08:00", joins=True))
    assert due(plain_calendar(), TWO_DAYS, 0, paused) == due(plain_calendar(), TWO_DAYS, 0, through)
    over_saturday = (visit("2026-03-13 16:00", "2026-03-14 10:00"), visit("2026-03-15 20:00", joins=True))
    assert due(plain_calendar(), TWO_DAYS, 0, over_saturday) == due(plain_calendar(), TWO_DAYS, 0, through)


@pytest.mark.parametrize("start", ["2026-03-13 10:00", "2026-03-13 17:30", "2026-03-14 10:00"])
@pytest.mark.parametrize("limit", [FOUR_HOURS, TWO_DAYS])
def test_that_the_warning_comes_in_working_time_and_not_at_midnight(start: str, limit: Limit) -> None:
    """The warning fired at 00:00 instead of on the next working day (complaint 18)."""
    calendar, visits = plain_calendar(), (visit(start),)
    warned = soon(calendar, limit, 0, visits)
    assert share(calendar, limit, 0, visits, warned) == 0.8
    assert used(calendar, limit, visits, warned - timedelta(minutes=1)) < used(
        calendar, limit, visits, warned
    )


@pytest.mark.parametrize("start", ["2026-03-09 09:00", "2026-03-14 10:00", "2026-03-09 23:59"])
def test_that_a_case_is_not_warned_of_when_it_is_made(start: str) -> None:
    """It escalated on creation (complaint 18)."""
    calendar, visits = plain_calendar(), (visit(start),)
    deadline, warned = due(calendar, FOUR_HOURS, 0, visits), soon(calendar, FOUR_HOURS, 0, visits)
    assert lamp(at(start), deadline, warned) is Lamp.IN_TIME
    assert share(calendar, FOUR_HOURS, 0, visits, at(start)) == 0


def test_that_the_break_at_noon_does_not_shift_a_deadline() -> None:
    """The lunch break broke the due date (complaint 19)."""
    for start, end in (("08:00", "12:00"), ("10:00", "16:00"), ("12:00", "18:00"), ("13:00", "18:00")):
        begun = visit(f"2026-03-09 {start}")
        assert due(plain_calendar(), FOUR_HOURS, 0, [begun]) == at(f"2026-03-09 {end}")


def test_that_a_pause_over_the_break_at_noon_costs_nothing_twice() -> None:
    """A pause at lunch (complaint 19)."""
    visits = (visit("2026-03-09 10:00", "2026-03-09 12:30"), visit("2026-03-09 13:30", joins=True))
    assert due(plain_calendar(), FOUR_HOURS, 0, visits) == at("2026-03-09 16:00")
    account = why(plain_calendar(), FOUR_HOURS, 0, visits, at("2026-03-09 14:00"))
    assert [one.reason for one in account] == [
        Reason.WORK_PERIOD,
        Reason.BREAK,
        Reason.SUSPENDED,
        Reason.BREAK,
    ]


def test_that_a_pause_moves_the_deadline_as_soon_as_it_is_over() -> None:
    """The pause was not recalculated (complaint 19)."""
    before = (visit("2026-03-09 09:00", "2026-03-09 11:00"),)
    ends = [
        due(plain_calendar(), FOUR_HOURS, 0, (*before, visit(f"2026-03-{day} 08:00", joins=True)))
        for day in (10, 11)
    ]
    assert ends == [at("2026-03-10 10:00"), at("2026-03-11 10:00")]


def test_that_the_lamp_turns_by_itself() -> None:
    """The list did not change when a case escalated (complaint 20): the lamp is of now, not of the row."""
    visits = (visit("2026-03-09 08:00"),)
    row = due(plain_calendar(), FOUR_HOURS, 0, visits), soon(plain_calendar(), FOUR_HOURS, 0, visits)
    shown = [lamp(at(f"2026-03-09 {now}"), *row) for now in ("11:11", "11:12", "12:00", "12:01")]
    assert shown == [Lamp.IN_TIME, Lamp.SOON, Lamp.SOON, Lamp.LATE]


def test_that_a_case_says_how_many_times_over_its_limit_it_is() -> None:
    """Days passed in red and green (complaint 21)."""
    visits = counted([visit("2026-03-09 08:00")], bundled=True)
    times = [
        share(plain_calendar(), TWO_DAYS, 0, visits, at(f"2026-03-{day} 18:00")) for day in (9, 10, 11, 12)
    ]
    assert times == [0.5, 1, 1.5, 2]


def test_that_whoever_waits_is_warned_before_the_agreed_time_is_over() -> None:
    """Warn me when it is open longer than agreed (complaint 22): stages of a quarter of an hour too."""
    begun = at("2026-03-09 23:55")
    agreed = begun + timedelta(minutes=15)
    warned = soon_from(begun, agreed)
    assert warned == begun + timedelta(minutes=12)
    assert lamp(warned, agreed, warned) is Lamp.SOON
    assert lamp(agreed + timedelta(seconds=1), agreed, warned) is Lamp.LATE
