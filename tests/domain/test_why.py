"""The account of a clock: every stretch has its reason, and together they are what the clock ran."""

from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, counted, due, used
from console.domain.why import Interval, Reason, why, why_stage
from tests.domain.times import ZONE, at, plain_calendar

FOUR_HOURS = Limit(4, LimitUnit.WORK_HOUR)
ONE_DAY = Limit(1, LimitUnit.WORK_DAY)
HOUR = timedelta(hours=1)

Line = tuple[str, str, str]


def lines(account: tuple[Interval, ...]) -> list[Line]:
    return [(f"{one.start.astimezone(ZONE):%m-%d %H:%M}", one.reason.value, one.name) for one in account]


def visit(start: str, stop: str = "", department: str = "D1", joins: bool = False) -> Visit:
    return Visit(department, at(start), at(stop) if stop else None, joins)


def test_that_nights_and_breaks_are_told_and_not_counted() -> None:
    account = why(plain_calendar(), ONE_DAY, 0, [visit("2026-03-09 07:00")], at("2026-03-10 09:00"))
    assert lines(account) == [
        ("03-09 07:00", "before_opening", ""),
        ("03-09 08:00", "work_period", ""),
        ("03-09 12:00", "break", ""),
        ("03-09 14:00", "work_period", ""),
        ("03-09 18:00", "after_closing", ""),
        ("03-10 00:00", "before_opening", ""),
        ("03-10 08:00", "work_period", ""),
    ]
    assert [one.total / HOUR for one in account] == [0, 4, 4, 8, 8, 8, 9]
    assert [one.late for one in account] == [False] * 4 + [True] * 3


def test_that_holidays_have_their_names_and_make_up_days_too() -> None:
    account = why(plain_calendar(), ONE_DAY, 0, [visit("2026-04-03 17:00")], at("2026-04-07 09:00"))
    assert [line for line in lines(account) if line[1] in {"holiday", "day_off"}] == [
        ("04-04 00:00", "holiday", "清明节"),
        ("04-05 00:00", "holiday", "清明节"),
        ("04-06 00:00", "holiday", "清明节"),
    ]
    made_up = why(plain_calendar(), ONE_DAY, 0, [visit("2026-02-14 08:00")], at("2026-02-14 12:00"))
    assert lines(made_up) == [("02-14 08:00", "make_up_day", "春节")]
    weekend = why(plain_calendar(), ONE_DAY, 0, [visit("2026-03-14 08:00")], at("2026-03-15 12:00"))
    assert lines(weekend) == [("03-14 08:00", "day_off", ""), ("03-15 00:00", "day_off", "")]


def test_that_an_account_is_cut_at_the_deadline() -> None:
    account = why(plain_calendar(), FOUR_HOURS, 0, [visit("2026-03-09 09:00")], at("2026-03-09 18:00"))
    assert [(line[0], one.late) for line, one in zip(lines(account), account, strict=True)] == [
        ("03-09 09:00", False),
        ("03-09 12:00", False),
        ("03-09 14:00", False),
        ("03-09 15:00", True),
    ]


def test_that_the_time_between_visits_says_with_whom_the_case_was() -> None:
    visits = [
        visit("2026-03-09 09:00", "2026-03-09 10:00"),
        visit("2026-03-09 10:30", "2026-03-09 11:00", "D2"),
        visit("2026-03-09 11:30", "2026-03-09 12:00"),
        visit("2026-03-10 08:00", joins=True),
    ]
    account = why(plain_calendar(), ONE_DAY, 0, visits, at("2026-03-10 09:00"))
    assert lines(account) == [
        ("03-09 09:00", "work_period", ""),
        ("03-09 10:00", "stopped", ""),
        ("03-09 10:30", "other_department", "D2"),
        ("03-09 11:00", "stopped", ""),
        ("03-09 11:30", "work_period", ""),
        ("03-09 12:00", "suspended", ""),
        ("03-10 08:00", "work_period", ""),
    ]


def test_that_a_suspension_that_lasts_is_told_until_now() -> None:
    visits = [visit("2026-03-09 09:00", "2026-03-09 10:00")]
    until = at("2026-05-09 10:00")
    account = why(plain_calendar(), ONE_DAY, 0, visits, until, resting=Reason.SUSPENDED)
    assert (account[-1].reason, account[-1].stop) == (Reason.SUSPENDED, until)
    assert why(plain_calendar(), ONE_DAY, 0, visits, until)[-1].stop == visits[0].stop


def test_that_urgent_hours_and_stages_run_in_one_stretch() -> None:
    urgent = Limit(2, LimitUnit.URGENT_HOUR)
    night = why(plain_calendar(), urgent, 0, [visit("2026-02-16 23:00")], at("2026-02-17 00:30"))
    assert lines(night) == [("02-16 23:00", "always", "")]
    quarter = timedelta(minutes=15)
    stage = why_stage(plain_calendar(), quarter, at("2026-02-16 23:50"), at("2026-02-17 00:10"))
    assert [(one.amount, one.late) for one in stage] == [(quarter, False), (timedelta(minutes=5), True)]


def test_that_no_visits_have_no_account() -> None:
    assert why(plain_calendar(), FOUR_HOURS, 0, [], at("2026-03-09 09:00")) == ()


def some_visits(random: Random) -> list[Visit]:
    now = at("2025-09-01 00:00") + timedelta(seconds=random.randrange(86_400 * 150))
    visits = []
    for _ in range(random.randint(1, 4)):
        stop = now + timedelta(minutes=random.choice((1, 100, 700, 4000)), microseconds=random.randrange(9))
        visits.append(Visit(random.choice("AB"), now, stop, random.random() < 0.3))
        now = stop + timedelta(minutes=random.choice((0, 50, 900, 9000)))
    return [*visits[:-1], Visit(visits[-1].department, visits[-1].start, None, visits[-1].joins)]


@pytest.mark.parametrize("unit", list(LimitUnit))
@pytest.mark.parametrize("bundled", [True, False])
def test_that_the_stretches_leave_no_gap_and_add_up_to_the_clock(unit: LimitUnit, bundled: bool) -> None:
    random, calendar, limit = Random(7), plain_calendar(), Limit(3, unit)
    for _ in range(150):
        visits = some_visits(random)
        until: datetime = visits[-1].start + timedelta(minutes=random.randrange(1, 20_000))
        account = why(calendar, limit, 1, visits, until, bundled=bundled)
        mine = counted(visits, bundled=bundled)
        ran = used(calendar, limit, mine, until)
        assert (account[0].start, account[-1].stop) == (mine[0].start, until)
        assert all(before.stop == after.start for before, after in pairwise(account))
        assert sum((one.amount for one in account), timedelta()) == account[-1].total == ran
        deadline = due(calendar, limit, 1, mine)
        assert all(one.late == (one.start >= deadline) for one in account)
        if until > deadline:
            assert next(one.start for one in account if one.late) == deadline
