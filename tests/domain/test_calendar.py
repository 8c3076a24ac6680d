"""Working time against the official table and against a clock that walks minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.adapters.holidays import china
from console.domain.calendar import CalendarTable, WorkCalendar, WorkPeriods, missing_years
from console.domain.catalogue import Limit, LimitUnit
from console.domain.errors import Refused

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2024, 1, 1)
MINUTE = timedelta(minutes=1)
WINTER = ((time(8), time(12)), (time(14), time(18)))
SUMMER = ((time(8), time(12)), (time(15), time(18, 30)))  # 7.5 hours: a working day stays 8
# The State Council's make-up work days, from its notices.
MAKE_UP = {
    2024: ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    2025: ["01-26", "02-08", "04-27", "09-28", "10-11"],
    2026: ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
}
walks = settings(max_examples=60, deadline=None, derandomize=True)


@cache
def calendar() -> WorkCalendar:
    official = china(2024, 2026)
    seasons = (WorkPeriods(date(2020, 1, 1), WINTER), WorkPeriods(date(2026, 6, 1), SUMMER))
    return WorkCalendar(
        CalendarTable("Asia/Shanghai", seasons, official.days, official.years),
        date(2024, 1, 1),
        date(2027, 1, 31),
    )


def at(text: str) -> datetime:
    """City time, as people read it off the wall."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def due(start: str, value: float, unit: LimitUnit) -> str:
    return f"{calendar().due(at(start), Limit(value, unit)).astimezone(ZONE):%Y-%m-%d %H:%M}"


@cache
def tape() -> bytes:
    """A one for every minute of three years in which the working clock runs, from the official table."""
    day, minutes = FIRST, bytearray()
    while day <= date(2026, 12, 31):
        periods = SUMMER if day >= date(2026, 6, 1) else WINTER
        clock = [time(number // 60, number % 60) for number in range(24 * 60)]
        worked = [any(opens <= now < closes for opens, closes in periods) for now in clock]
        minutes += bytes(worked if chinese_calendar.is_workday(day) else 24 * 60)
        day += timedelta(days=1)
    return bytes(minutes)


def moment(minute: int) -> datetime:
    return datetime.combine(FIRST, time(), ZONE) + minute * MINUTE


starts = st.integers(0, 1000 * 24 * 60)


def test_that_no_day_of_three_years_is_wrong() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366 + 365 + 365)]
    assert days[-1] == date(2026, 12, 31)
    wrong = [day for day in days if calendar().is_work_day(day) != chinese_calendar.is_workday(day)]
    assert wrong == []


@pytest.mark.parametrize("year", MAKE_UP)
def test_that_exactly_the_announced_weekend_days_are_worked(year: int) -> None:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    worked = [
        f"{day:%m-%d}"
        for day in days
        if day.year == year and day.weekday() >= 5 and calendar().is_work_day(day)
    ]
    assert worked == MAKE_UP[year]


def test_that_a_year_without_an_official_table_follows_the_weekdays_and_says_so() -> None:
    assert calendar().is_known(date(2026, 10, 1))
    assert not calendar().is_known(date(2027, 1, 1))
    assert calendar().is_work_day(date(2027, 1, 1)), "a Friday, as far as anybody knows"


@walks
@given(starts, st.integers(1, 15 * 480))
def test_that_working_time_runs_as_a_clock_that_walks_the_minutes(start: int, amount: int) -> None:
    minute, left = start, amount
    while left:
        left -= tape()[minute]
        minute += 1
    end = calendar().after(moment(start), amount * MINUTE)
    assert end == moment(minute)
    assert calendar().worked(moment(start), end) == amount * MINUTE


@walks
@given(starts, st.integers(0, 40 * 24 * 60))
def test_that_the_time_worked_between_two_moments_is_the_minutes_that_ran(start: int, length: int) -> None:
    ran = sum(tape()[start : start + length])
    assert calendar().worked(moment(start), moment(start + length)) == ran * MINUTE
    assert calendar().worked(moment(start + length), moment(start)) == -ran * MINUTE


@walks
@given(starts, st.sampled_from([0.5, 1.0, 2.0, 4.0, 24.0]))
def test_that_urgent_hours_run_through_night_and_feast(start: int, hours: float) -> None:
    due = calendar().due(moment(start), Limit(hours, LimitUnit.URGENT_HOUR))
    assert due - moment(start) == timedelta(hours=hours)


@walks
@given(starts, st.sampled_from([1.0, 3.0, 5.0]))
def test_that_a_working_day_is_eight_working_hours(start: int, days: float) -> None:
    by_days = calendar().due(moment(start), Limit(days, LimitUnit.WORK_DAY))
    assert by_days == calendar().after(moment(start), timedelta(hours=8 * days))


def test_that_a_case_of_the_first_holiday_waits_for_the_first_work_period() -> None:
    assert due("2024-01-01 10:00", 1, LimitUnit.WORK_HOUR) == "2024-01-02 09:00"


def test_that_time_after_the_last_day_is_not_taken_for_idle() -> None:
    with pytest.raises(Refused, match="calendar_out_of_range"):
        calendar().worked(at("2027-01-29 09:00"), at("2027-02-01 00:00"))
    assert calendar().worked(at("2027-01-29 15:00"), at("2027-01-31 23:59")) == timedelta(hours=3.5)


@pytest.mark.parametrize(
    ("start", "value", "unit", "end"),
    [
        ("2026-03-09 09:00", 2, LimitUnit.WORK_HOUR, "2026-03-09 11:00"),
        ("2026-03-09 11:00", 2, LimitUnit.WORK_HOUR, "2026-03-09 15:00"),
        ("2026-03-09 08:00", 4, LimitUnit.WORK_HOUR, "2026-03-09 12:00"),  # not 14:00
        ("2026-03-09 14:00", 4, LimitUnit.WORK_HOUR, "2026-03-09 18:00"),  # not 08:00 of the next day
        ("2026-03-09 12:00", 4, LimitUnit.WORK_HOUR, "2026-03-09 18:00"),
        ("2026-03-09 12:59", 1, LimitUnit.WORK_HOUR, "2026-03-09 15:00"),
        ("2026-03-09 03:00", 1, LimitUnit.WORK_HOUR, "2026-03-09 09:00"),
        ("2026-03-13 17:00", 2, LimitUnit.WORK_HOUR, "2026-03-16 09:00"),  # over a weekend
        ("2026-03-14 10:00", 1, LimitUnit.WORK_DAY, "2026-03-16 18:00"),  # from a Saturday
        ("2026-03-09 09:00", 1, LimitUnit.WORK_DAY, "2026-03-10 09:00"),
        ("2026-02-13 17:00", 1, LimitUnit.WORK_DAY, "2026-02-14 17:00"),  # the make-up Saturday works
        ("2026-02-14 17:00", 1, LimitUnit.WORK_DAY, "2026-02-24 17:00"),  # over the Spring Festival
        (
            "2026-09-30 18:00",
            5,
            LimitUnit.WORK_DAY,
            "2026-10-14 10:00",
        ),  # over the National Day, on summer hours
        ("2026-02-16 23:00", 2, LimitUnit.URGENT_HOUR, "2026-02-17 01:00"),
    ],
)
def test_that_a_deadline_is_the_one_people_would_count_out(
    start: str, value: float, unit: LimitUnit, end: str
) -> None:
    assert due(start, value, unit) == end


def test_that_a_deadline_is_told_in_utc() -> None:
    moment = calendar().due(at("2026-03-09 09:00"), Limit(1, LimitUnit.WORK_HOUR))
    assert moment == at("2026-03-09 10:00")
    assert moment.tzinfo is UTC


def test_that_seconds_are_kept() -> None:
    start = at("2026-03-09 09:00") + timedelta(seconds=17, microseconds=250_001)
    end = calendar().due(start, Limit(4, LimitUnit.WORK_HOUR))
    assert end == at("2026-03-09 15:00") + timedelta(seconds=17, microseconds=250_001)


def test_that_the_end_of_the_calendar_is_refused_and_not_guessed() -> None:
    with pytest.raises(Refused) as late:
        calendar().after(at("2027-01-29 09:00"), timedelta(hours=9))
    assert (late.value.code, late.value.facts) == (
        "calendar_out_of_range",
        {"first": date(2024, 1, 1), "last": date(2027, 1, 31)},
    )
    with pytest.raises(Refused, match="calendar_out_of_range"):
        calendar().due(at("2023-12-01 09:00"), Limit(1, LimitUnit.WORK_HOUR))
    assert calendar().after(at("2027-01-29 09:00"), timedelta(hours=6, minutes=30)) == at("2027-01-29 18:30")


def test_that_a_calendar_in_which_nobody_works_is_refused() -> None:
    idle = CalendarTable("Asia/Shanghai", (WorkPeriods(date(2020, 1, 1), WINTER, frozenset()),))
    with pytest.raises(Refused, match="calendar_empty"):
        WorkCalendar(idle, date(2026, 1, 1), date(2026, 1, 31)).warm()


def test_that_a_city_may_work_every_day_of_the_week() -> None:
    table = CalendarTable(
        "Asia/Shanghai", (WorkPeriods(date(2020, 1, 1), ((time(8), time(20)),), frozenset(range(7))),)
    )
    daily = WorkCalendar(table, date(2026, 1, 1), date(2026, 12, 31))
    assert daily.due(at("2026-03-14 19:00"), Limit(2, LimitUnit.WORK_HOUR)) == at("2026-03-15 09:00")


def test_that_clocks_that_change_in_summer_lose_no_working_time() -> None:
    table = CalendarTable(
        "Europe/Berlin", (WorkPeriods(date(2020, 1, 1), ((time(0), time(12)),), frozenset(range(7))),)
    )
    berlin = WorkCalendar(table, date(2026, 1, 1), date(2026, 12, 31))
    zone = ZoneInfo("Europe/Berlin")
    day = datetime(2026, 3, 29, tzinfo=zone), datetime(2026, 3, 30, tzinfo=zone)
    assert berlin.worked(*day) == timedelta(hours=11), "the hour from two to three did not happen"


def test_that_seasons_change_the_hours_of_a_city_that_never_rests() -> None:
    every_day = frozenset(range(7))
    table = CalendarTable(
        "Asia/Shanghai",
        (
            WorkPeriods(date(2020, 1, 1), ((time(8), time(20)),), every_day),
            WorkPeriods(date(2026, 6, 1), ((time(7), time(11)), (time(15), time(21))), every_day),
            WorkPeriods(date(2026, 10, 1), ((time(8), time(12)),)),
        ),
    )
    daily = WorkCalendar.around(table, 2026)
    assert daily.worked(at("2026-05-30 00:00"), at("2026-06-02 00:00")) == timedelta(hours=12 + 12 + 10)
    assert daily.due(at("2026-05-31 19:00"), Limit(2, LimitUnit.WORK_HOUR)) == at("2026-06-01 08:00")
    assert daily.due(at("2026-09-30 20:30"), Limit(5, LimitUnit.WORK_HOUR)) == at("2026-10-02 08:30")


def test_that_an_operator_of_2028_is_not_stopped_by_years_without_a_table() -> None:
    official = china(2024, 2026)
    seasons = (WorkPeriods(date(2020, 1, 1), WINTER),)
    then = WorkCalendar.around(CalendarTable("Asia/Shanghai", seasons, official.days, official.years), 2028)
    end = then.due(at("2028-12-29 17:00"), Limit(90, LimitUnit.WORK_DAY))
    assert end == at("2029-05-04 17:00"), "by the weekdays"
    assert not then.knows(at("2028-12-29 17:00"), end)
    assert then.worked(at("2004-01-01 00:00"), at("2004-01-02 09:00")) == timedelta(hours=9)


@pytest.mark.parametrize(
    ("start", "end", "known"),
    [
        ("2025-12-31", "2026-01-01", True),
        ("2026-12-31", "2027-01-01", False),
        ("2023-12-31", "2024-06-01", False),
    ],
)
def test_that_what_reaches_into_an_unknown_year_is_provisional(start: str, end: str, known: bool) -> None:
    assert calendar().knows(at(f"{start} 12:00"), at(f"{end} 12:00")) is known


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2026-10-31", ()), ("2026-11-01", (2027,)), ("2027-01-01", (2027,)), ("2027-11-01", (2027, 2028))],
)
def test_that_the_coming_year_is_missed_from_november_on(today: str, missing: tuple[int, ...]) -> None:
    assert missing_years({2025, 2026}, date.fromisoformat(today)) == missing


def test_that_holidays_and_make_up_days_have_names() -> None:
    official = china(2026, 2026)
    assert official.names[date(2026, 10, 1)] == "国庆节"
    assert official.names[date(2026, 10, 10)] == "国庆节"
    assert official.names.keys() == official.days.keys()
    assert official.years == {2026}
