"""China's statutory holidays and make-up work days, year by year."""

from chinese_calendar import constants

from console.domain.calendar import OfficialDays

SOURCE = "china"  # how CalendarTable.source names the package

_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}


def china(first_year: int, last_year: int) -> OfficialDays:
    """Days that differ from their weekday, True a make-up work day, and the years that are known.

    From the State Council's yearly notices as the chinesecalendar package carries them; a year it
    does not hold yet is left out of `years`. A holiday on a weekend is listed as well; a make-up day
    has the name of the holiday it makes up for.
    """
    covered = {day.year for day in constants.holidays}
    years = frozenset(year for year in range(first_year, last_year + 1) if year in covered)
    named = {**constants.holidays, **constants.workdays}
    days = {day: day in constants.workdays for day in sorted(named) if day.year in years}
    return OfficialDays(days, {day: _NAMES.get(named[day], named[day]) for day in days}, years)


def kept_years(source: str) -> OfficialDays:
    """Every year of the package that `source` names; none where it names none."""
    if source == SOURCE:
        return china(0, 9999)
    return OfficialDays({}, {}, frozenset())
