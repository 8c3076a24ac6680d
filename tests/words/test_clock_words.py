"""The account of a clock in words: dates, reasons and amounts that an inspector can check."""

from datetime import timedelta

import pytest

from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.domain.why import why
from console.words.clocks import account_sentences, duration
from tests.domain.times import ZONE, at, plain_calendar


def said(start: str, until: str, hours: float = 8) -> list[str]:
    limit = Limit(hours, LimitUnit.WORK_HOUR)
    account = why(plain_calendar(), limit, 0, [Visit("D1", at(start))], at(until))
    return list(account_sentences(account, ZONE))


def test_that_a_morning_is_told_as_the_inspector_counts_it() -> None:
    assert said("2026-03-09 09:00", "2026-03-09 14:30") == [
        "3月9日(周一) 09:00–12:00 工作时间,计 3 小时,累计 3 小时",
        "3月9日(周一) 12:00–14:00 班间休息,不计时",
        "3月9日(周一) 14:00–14:30 工作时间,计 30 分,累计 3 小时 30 分",
    ]


def test_that_a_holiday_is_told_by_its_name() -> None:
    told = said("2026-04-03 18:00", "2026-04-07 00:00")
    assert told == [
        "4月3日(周五) 18:00–24:00 下班之后,不计时",
        "4月4日(周六) 清明节,法定节假日,不计时",
        "4月5日(周日) 清明节,法定节假日,不计时",
        "4月6日(周一) 清明节,法定节假日,不计时",
    ]


def test_that_a_make_up_day_and_lateness_are_told() -> None:
    assert said("2026-02-14 08:00", "2026-02-14 12:00", hours=3) == [
        "2月14日(周六) 08:00–11:00 春节调休上班,计 3 小时,累计 3 小时",
        "2月14日(周六) 11:00–12:00 春节调休上班,计 1 小时,累计 4 小时(超期)",
    ]


def test_that_a_suspension_over_days_is_one_line() -> None:
    visits = [
        Visit("D1", at("2026-03-09 09:00"), at("2026-03-09 12:00")),
        Visit("D1", at("2026-03-16 08:00"), joins=True),
    ]
    account = why(plain_calendar(), Limit(8, LimitUnit.WORK_HOUR), 0, visits, at("2026-03-16 08:00"))
    assert list(account_sentences(account, ZONE))[1:] == [
        "3月9日 12:00 至 3月16日 08:00 挂账,时钟暂停,不计时"
    ]


def test_that_what_is_told_adds_up_to_the_second() -> None:
    start = at("2026-03-09 09:00") + timedelta(seconds=7, microseconds=900_000)
    account = why(
        plain_calendar(), Limit(8, LimitUnit.WORK_HOUR), 0, [Visit("D1", start)], at("2026-03-09 12:00")
    )
    assert list(account_sentences(account, ZONE)) == [
        "3月9日(周一) 09:00:07–12:00 工作时间,计 2 小时 59 分 53 秒,累计 2 小时 59 分 53 秒"
    ]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0 小时"), (59, "59 秒"), (3600, "1 小时"), (90_061, "25 小时 1 分 1 秒")]
)
def test_that_amounts_are_told_in_hours_minutes_and_seconds(seconds: int, told: str) -> None:
    assert duration(timedelta(seconds=seconds)) == told
