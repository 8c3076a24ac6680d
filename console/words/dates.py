"""Days and moments as people read them: `2026-11-28 14:05` in Chinese, `28 Nov 2026 14:05` in English.

The one place for them, on screen, on paper and on the command line. What is typed, and what machines read,
is ISO 8601 in both languages. The catalogue decides the order; a month knows itself as number and as word,
because `%b` follows the process's locale, which Qt sets.
"""

from datetime import date, datetime, tzinfo

from console.i18n import N_, _, in_english

_MONTHS = (
    N_("1月"), N_("2月"), N_("3月"), N_("4月"), N_("5月"), N_("6月"),
    N_("7月"), N_("8月"), N_("9月"), N_("10月"), N_("11月"), N_("12月"),
)  # fmt: skip
_WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class Month(int):
    """A month, 1 to 12, that `{month}` writes as a word and `{month:02}` as a number."""

    def __str__(self) -> str:
        return _(_MONTHS[self - 1])


def day_words(day: date) -> str:
    """A day with its year."""
    return _("{year}-{month:02}-{day:02}").format(year=day.year, month=Month(day.month), day=day.day)


def short_day(day: date) -> str:
    """A day whose year is clear from where it stands."""
    return _("{month:02}-{day:02}").format(month=Month(day.month), day=day.day)


def month_day(day: date) -> str:
    """A day without its year within a sentence: 3月9日."""
    return _("{month}{day}日").format(month=Month(day.month), day=day.day)


def named_day(day: date) -> str:
    """A day without its year and its weekday within a sentence: 3月9日(周一)."""
    return _("{day}({weekday})").format(day=month_day(day), weekday=weekday_name(day.weekday()))


def weekday_name(number: int) -> str:
    """Monday is 0."""
    return _(_WEEKDAYS[number])


def on_weekday(day: date, *, year: bool = False) -> str:
    """A day with its weekday."""
    return _("{day} {weekday}").format(
        day=day_words(day) if year else short_day(day), weekday=weekday_name(day.weekday())
    )


def moment_words(moment: datetime, zone: tzinfo, *, seconds: bool = False) -> str:
    """A moment with its year in the time of `zone`, to the minute or the second."""
    local = moment.astimezone(zone)
    return f"{day_words(local)} {local:%H:%M:%S}" if seconds else f"{day_words(local)} {local:%H:%M}"


def period_words(since: datetime | None, until: datetime | None, zone: tzinfo) -> str:
    """From when until when in the time of `zone`; an end that is open is not told."""
    if since is None or until is None:
        template = _("至 {time}") if since is None else _("自 {time}")
        moment = since or until
        return "" if moment is None else template.format(time=moment_words(moment, zone))
    return f"{moment_words(since, zone)} – {moment_words(until, zone)}"


def english_short_moment(moment: datetime, zone: tzinfo) -> str:
    """The same in English whatever is spoken, for a name that is stored in both languages."""
    local = moment.astimezone(zone)
    month = in_english(_MONTHS[local.month - 1])
    return f"{in_english('{month:02}-{day:02}').format(month=month, day=local.day)} {local:%H:%M}"


def short_moment(moment: datetime, zone: tzinfo) -> str:
    """A moment to the minute whose year is clear from where it stands, in the time of `zone`."""
    local = moment.astimezone(zone)
    return f"{short_day(local)} {local:%H:%M}"
