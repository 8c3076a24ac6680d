"""The disposal clock over a case's visits: bundling, suspension, extension, to the microsecond."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due, share, soon, used
from console.domain.errors import Refused
from tests.domain.times import at, plain_calendar

FOUR_HOURS = Limit(4, LimitUnit.WORK_HOUR)
ONE_DAY = Limit(1, LimitUnit.WORK_DAY)
URGENT = Limit(2, LimitUnit.URGENT_HOUR)


def visit(start: str, stop: str = "", department: str = "D1", joins: bool = False) -> Visit:
    """All times are the city's; Monday the 9th of March 2026 is an ordinary day, 8-12 and 14-18."""
    return Visit(department, at(start), at(stop) if stop else None, joins)


def deadline(limit: Limit, *visits: Visit, extensions: int = 0) -> datetime:
    return due(plain_calendar(), limit, extensions, visits)


MORNING = visit("2026-03-09 09:00", "2026-03-09 11:00")


def test_that_a_case_taken_up_again_goes_on_where_it_was_suspended() -> None:
    again = visit("2026-03-16 10:00", joins=True)
    assert counted((MORNING, again), bundled=False) == (MORNING, again)
    assert deadline(FOUR_HOURS, MORNING, again) == at("2026-03-16 12:00")


def test_that_rework_starts_anew_where_visits_are_not_bundled() -> None:
    again = visit("2026-03-10 10:00")
    assert counted((MORNING, again), bundled=False) == (again,)
    assert counted((MORNING, again), bundled=True) == (MORNING, again)


def test_that_only_a_suspension_of_the_present_turn_is_joined() -> None:
    first = visit("2026-03-09 08:00", "2026-03-09 09:00")
    turn = (visit("2026-03-10 08:00", "2026-03-10 09:00"), visit("2026-03-11 08:00", joins=True))
    assert counted((first, *turn), bundled=False) == turn


def test_that_another_department_has_a_budget_of_its_own() -> None:
    other = visit("2026-03-09 11:00", "2026-03-09 15:00", "D2")
    back = visit("2026-03-09 15:00")
    assert counted((MORNING, other), bundled=True) == (other,)
    assert counted((MORNING, other, back), bundled=True) == (MORNING, back)
    assert deadline(FOUR_HOURS, MORNING, back) == at("2026-03-09 17:00")


def test_that_an_extension_grants_the_original_limit_once_more() -> None:
    assert deadline(FOUR_HOURS, visit("2026-03-09 08:00"), extensions=1) == at("2026-03-09 18:00")
    assert deadline(URGENT, visit("2026-03-09 08:00"), extensions=2) == at("2026-03-09 14:00")


def test_that_a_budget_used_up_by_an_earlier_visit_ended_inside_it() -> None:
    late = visit("2026-03-09 08:00", "2026-03-10 08:00")
    again = visit("2026-03-11 08:00")
    assert deadline(FOUR_HOURS, late, again) == at("2026-03-09 12:00")
    assert deadline(FOUR_HOURS, late, again, extensions=2) == at("2026-03-11 12:00")


def test_that_a_budget_used_up_when_the_visit_stopped_ended_there() -> None:
    whole = visit("2026-03-09 09:00", "2026-03-09 15:00")
    assert deadline(FOUR_HOURS, whole, visit("2026-03-16 08:00")) == at("2026-03-09 15:00")


def test_that_a_stopped_clock_keeps_its_deadline() -> None:
    assert deadline(FOUR_HOURS, MORNING) == deadline(FOUR_HOURS, replace(MORNING, stop=None))


def test_that_the_lamp_turns_when_four_fifths_of_the_working_time_are_used() -> None:
    calendar = plain_calendar()
    visits = (visit("2026-03-09 14:00"),)
    assert soon(calendar, ONE_DAY, 0, visits) == at("2026-03-10 10:24")
    assert soon(calendar, URGENT, 0, visits) == at("2026-03-09 15:36")


def test_that_used_time_stands_still_between_visits() -> None:
    calendar, again = plain_calendar(), visit("2026-03-10 08:00", joins=True)
    ran = [
        used(calendar, FOUR_HOURS, (MORNING, again), at(now))
        for now in ("2026-03-09 08:00", "2026-03-09 10:00", "2026-03-09 17:00", "2026-03-10 09:00")
    ]
    assert ran == [timedelta(hours=hours) for hours in (0, 1, 2, 3)]


def test_that_the_overdue_multiple_is_used_time_over_the_whole_budget() -> None:
    calendar, visits = plain_calendar(), (visit("2026-03-09 08:00"),)
    assert share(calendar, FOUR_HOURS, 0, visits, at("2026-03-09 16:00")) == 1.5
    assert share(calendar, FOUR_HOURS, 1, visits, at("2026-03-09 16:00")) == 0.75
    assert share(calendar, Limit(0, LimitUnit.WORK_HOUR), 0, visits, at("2026-03-09 16:00")) == float("inf")
    assert share(calendar, Limit(0, LimitUnit.WORK_HOUR), 0, visits, at("2026-03-09 08:00")) == 0


def test_that_a_limit_of_nothing_is_due_when_it_begins() -> None:
    night = visit("2026-03-09 03:00")
    assert deadline(Limit(0, LimitUnit.WORK_HOUR), night) == night.start


def test_that_no_microsecond_is_lost_over_visits() -> None:
    odd = timedelta(microseconds=333_333)
    first = Visit("D1", MORNING.start + odd, MORNING.stop)
    again = Visit("D1", at("2026-03-10 08:00") + odd, joins=True)
    expected = at("2026-03-10 10:00") + 2 * odd
    assert deadline(FOUR_HOURS, first, again) == expected
    assert used(plain_calendar(), FOUR_HOURS, (first, again), expected) == timedelta(hours=4)


def test_that_a_clock_needs_a_visit_and_only_the_last_may_run() -> None:
    with pytest.raises(ValueError, match="without visits"):
        deadline(FOUR_HOURS)
    with pytest.raises(ValueError, match="only the last"):
        deadline(FOUR_HOURS, visit("2026-03-09 08:00"), visit("2026-03-09 09:00"))


def test_that_a_deadline_past_the_calendar_is_refused() -> None:
    with pytest.raises(Refused, match="calendar_out_of_range"):
        deadline(Limit(5000, LimitUnit.WORK_DAY), visit("2026-03-09 08:00"))
