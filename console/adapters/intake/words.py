"""The words for what an import doubts; those for what it refuses stand in console.words."""

from collections.abc import Mapping
from typing import Any

from console import words
from console.domain.errors import Refused
from console.i18n import N_, _

DOUBTS = {
    "before_reported": N_("{field} 的时间 {value} 早于上报时间 {reported}"),
    "class_not_listed": N_("代码表中没有类别“{value}”:案件已装入,类别待定"),
    "in_future": N_("{field} 的时间 {value} 尚未到来"),
    "ended_without_time": N_("状态为“{value}”,却没有办结时间"),
    "open_with_end": N_("状态为“{value}”,却有办结时间 {ended}"),
    "told_twice_by_clocks": N_("{field} 的时间 {value} 在钟表拨慢时出现两次,取前一次"),
    "skipped_by_clocks": N_("{field} 的时间 {value} 在钟表拨快时并不存在"),
}


def reason(code: str, facts: Mapping[str, Any]) -> str:
    """One sentence for a code, in the user's language."""
    template = DOUBTS.get(code)
    if template is None:
        return words.refusal(Refused(code, **facts))
    return _(template).format(**facts)
