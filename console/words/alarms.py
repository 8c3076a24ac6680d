"""Alarms in words: what happened to how many cases, and where."""

from collections.abc import Callable

from console.domain.alarms import Alarm
from console.domain.attention import Event
from console.i18n import N_, _

EVENTS = {
    Event.DATABASE_LOST: N_("数据库断开"),
    Event.CRITICAL: N_("紧急案件"),
    Event.SUPERVISION: N_("督办未复"),
    Event.LATE: N_("超期"),
    Event.HANDOVER: N_("交班待接"),
    Event.RETURNED: N_("退回"),
    Event.APPLICATION: N_("待我审批"),
    Event.UNCLAIMED: N_("无人认领"),
    Event.DUE_SOON: N_("即将超期"),
    Event.NEW_CASE: N_("新件"),
    Event.DATABASE_BACK: N_("数据库恢复"),
}
# Of one place: 金水区 5 件即将超期.
_IN = {
    Event.CRITICAL: N_("{place} {count} 件紧急案件"),
    Event.SUPERVISION: N_("{place} {count} 件督办未复"),
    Event.LATE: N_("{place} {count} 件超期"),
    Event.RETURNED: N_("{place} {count} 件退回"),
    Event.APPLICATION: N_("{place} {count} 件待我审批"),
    Event.UNCLAIMED: N_("{place} {count} 件无人认领"),
    Event.DUE_SOON: N_("{place} {count} 件即将超期"),
    Event.NEW_CASE: N_("{place} {count} 件新件"),
}
_NAMED = 4


def alarm_words(alarm: Alarm, place: Callable[[str], str]) -> str:
    """What the line says first; `place` names a district or committee by its code."""
    if alarm.event not in _IN:
        return alarm.note or _(EVENTS[alarm.event])
    places = alarm.places
    where = place(places[0][0]) if len(places) == 1 and places[0][0] else ""
    return _(_IN[alarm.event]).format(place=where, count=len(alarm.cases)).strip()


def places_words(alarm: Alarm, place: Callable[[str], str]) -> str:
    """How many where, the most first; empty where one place says it all."""
    places = alarm.places
    if len(places) < 2:
        return ""
    told = [f"{place(code) or _('无区划')} {count}" for code, count in places[:_NAMED]]
    rest = len(places) - _NAMED
    if rest > 0:
        told.append(_("另 {count} 区").format(count=rest))
    return _("、").join(told)
