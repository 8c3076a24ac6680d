"""City times and a plain calendar for tests of the clocks."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from console.adapters.holidays import china
from console.domain.calendar import CalendarTable, WorkCalendar, WorkPeriods

ZONE = ZoneInfo("Asia/Shanghai")
EIGHT_HOURS = ((time(8), time(12)), (time(14), time(18)))


def at(text: str) -> datetime:
    """City time, as people read it off the wall."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


@cache
def plain_calendar() -> WorkCalendar:
    """Eight hours on the official work days of 2025 and 2026; 2027 is not known."""
    official = china(2025, 2026)
    seasons = (WorkPeriods(date(2015, 1, 1), EIGHT_HOURS),)
    table = CalendarTable("Asia/Shanghai", seasons, official.days, official.years, official.names)
    return WorkCalendar.around(table, 2026)
