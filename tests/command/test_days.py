"""Days without a year: the last one or the next one, also where a year has no such day."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from console.command.periods import Today, coming_day, past_day

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "today", "last", "coming"),
    [
        ("11-20", date(2026, 11, 27), date(2026, 11, 20), date(2027, 11, 20)),
        ("11-27", date(2026, 11, 27), date(2026, 11, 27), date(2027, 11, 27)),
        ("12-05", date(2026, 11, 27), date(2025, 12, 5), date(2026, 12, 5)),
        ("2-29", date(2026, 11, 27), date(2024, 2, 29), date(2028, 2, 29)),
        ("2月29日", date(2028, 2, 28), date(2024, 2, 29), date(2028, 2, 29)),
        ("2-29", date(2028, 2, 29), date(2028, 2, 29), date(2032, 2, 29)),
        ("2-29", date(2103, 1, 1), date(2096, 2, 29), date(2104, 2, 29)),  # 2100 has none
        ("2-30", date(2026, 11, 27), None, None),
        ("2028-02-29", date(2026, 11, 27), date(2028, 2, 29), date(2028, 2, 29)),
        ("2027-02-29", date(2026, 11, 27), None, None),
    ],
)
def test_that_a_day_without_a_year_is_the_nearest_that_there_is(
    text: str, today: date, last: date | None, coming: date | None
) -> None:
    now = Today(today, ZONE)
    assert (past_day(text, now), coming_day(text, now)) == (last, coming)
