"""China's statutory holidays and make-up work days, year by year."""

from collections.abc import Mapping
from datetime import date

from chinese_calendar import constants


def china(first_year: int, last_year: int) -> tuple[Mapping[date, bool], frozenset[int]]:
    """Days that differ from their weekday, True a make-up work day, and the years that are known.

    From the State Council's yearly notices as the chinesecalendar package carries them; a year it
    does not hold yet is left out of the second value. A holiday on a weekend is listed as well.
    """
    covered = {day.year for day in constants.holidays}
    years = frozenset(year for year in range(first_year, last_year + 1) if year in covered)
    days = {day: False for day in constants.holidays if day.year in years}
    days.update((day, True) for day in constants.workdays if day.year in years)
    return dict(sorted(days.items())), years
