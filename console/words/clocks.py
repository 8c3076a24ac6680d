"""The account of a clock in words an inspector accepts."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from console.domain.why import Interval, Reason
from console.i18n import N_, _
from console.words.dates import month_day, named_day

REASONS: dict[Reason, str] = {
    Reason.WORK_PERIOD: N_("工作时间"),
    Reason.MAKE_UP_DAY: N_("调休上班"),
    Reason.ALWAYS: N_("连续计时"),
    Reason.BEFORE_OPENING: N_("上班之前"),
    Reason.BREAK: N_("班间休息"),
    Reason.AFTER_CLOSING: N_("下班之后"),
    Reason.DAY_OFF: N_("休息日"),
    Reason.HOLIDAY: N_("放假"),
    Reason.SUSPENDED: N_("挂账,时钟暂停"),
    Reason.OTHER_DEPARTMENT: N_("案件在其他部门"),
    Reason.STOPPED: N_("案件不在部门,时钟停止"),
}
# As the State Council's notices name them; what a site calls its own days stays as it is written.
STATUTORY: tuple[str, ...] = (
    N_("元旦"),
    N_("春节"),
    N_("清明节"),
    N_("劳动节"),
    N_("端午节"),
    N_("中秋节"),
    N_("国庆节"),
    N_("抗战胜利70周年纪念日"),
)
_SECOND = timedelta(seconds=1)


def account_sentences(account: Sequence[Interval], zone: ZoneInfo) -> Iterator[str]:
    """One sentence a stretch: “3月9日(周一) 09:00–12:00 工作时间,计 3 小时,累计 3 小时”.

    Times are told to the second; amounts are those between the times told, so that they add up.
    """
    for one, amount, total in told_amounts(account):
        facts = {"when": stretch(one, zone), "why": reason_words(one)}
        if not one.counted:
            yield _("{when} {why},不计时").format(**facts)
            continue
        template = _("{when} {why},计 {amount},累计 {total}")
        if one.late:
            template = _("{when} {why},计 {amount},累计 {total}(超期)")
        yield template.format(**facts, amount=duration(amount), total=duration(total))


def told_amounts(account: Sequence[Interval]) -> Iterator[tuple[Interval, timedelta, timedelta]]:
    """Each stretch with what it adds and the sum so far, between times told to the second."""
    total = timedelta()
    for one in account:
        amount = one.stop.replace(microsecond=0) - one.start.replace(microsecond=0)
        amount = amount if one.counted else timedelta()
        total += amount
        yield one, amount, total


def reason_words(one: Interval) -> str:
    """Why a stretch counts or not, with the holiday's or department's name; what is ahead says so."""
    return _("预计:{reason}").format(reason=_reason(one)) if one.ahead else _reason(one)


def _reason(one: Interval) -> str:
    if one.reason is Reason.OTHER_DEPARTMENT:
        return _("案件在其他部门({department})").format(department=one.name)
    if one.name and one.reason is Reason.MAKE_UP_DAY:
        return _("{holiday}调休上班").format(holiday=_(one.name))
    if one.name and one.reason is Reason.HOLIDAY:
        kind = _("{holiday},法定节假日") if one.name in STATUTORY else _("{holiday},放假")
        return kind.format(holiday=_(one.name))
    return _(REASONS[one.reason])


def stretch(one: Interval, zone: ZoneInfo) -> str:
    """When a stretch was, in the city's time; a whole day by its date alone."""
    start, stop = one.start.astimezone(zone), one.stop.astimezone(zone)
    last = (one.stop - _SECOND).astimezone(zone).date()
    if start.date() != last:
        begin = f"{month_day(start.date())} {_clock(start)}"
        template = _("{start} 至 {day} {time}")
        if start.year != stop.year:
            template = _("{start} 至 {year}年{day} {time}")
        return template.format(start=begin, year=stop.year, day=month_day(stop.date()), time=_clock(stop))
    if _is_midnight(start) and _is_midnight(stop):
        return named_day(start.date())
    end = "24:00" if _is_midnight(stop) else _clock(stop)
    return f"{named_day(start.date())} {_clock(start)}–{end}"


def duration(amount: timedelta) -> str:
    """An amount of running time in hours, minutes and seconds, those that are not nothing."""
    minutes, seconds = divmod(int(amount.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = (
        (hours, _("{count} 小时")),
        (minutes, _("{count} 分")),
        (seconds, _("{count} 秒")),
    )
    told = [template.format(count=count) for count, template in parts if count]
    return " ".join(told) or _("{count} 小时").format(count=0)


def _clock(local: datetime) -> str:
    return f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"


def _is_midnight(local: datetime) -> bool:
    return (local.hour, local.minute, local.second) == (0, 0, 0)
