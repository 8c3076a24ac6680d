"""What happened, in one line: to a case since somebody looked at it, to many cases by one act."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.i18n import _
from console.ui.bulk.lines import Fate, Line, fate_words
from console.words import OPERATIONS, clock_time

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_MOST = 3


def news(card: "CaseCard", seen: int, now: datetime) -> str:
    """Who did what when after version `seen`, the last three acts; empty where nothing happened."""
    zone = ZoneInfo(card.timezone)
    told = [
        f"{clock_time(fact.at, zone, now)} {fact.by} {_(OPERATIONS[fact.operation])}"
        for fact in card.facts
        if fact.number > seen
    ]
    return " · ".join(told[-_MOST:])


def bulk_words(source: str, lines: Sequence[Line], *, back: bool) -> str:
    """To how many cases an act was done, or taken back, and the first that was not and why."""
    words = _("已撤销“{operation}”{count} 件") if back else _("已{operation} {count} 件")
    count = sum(line.fate is Fate.DONE for line in lines)
    told = words.format(operation=_(source), count=count)
    others = [line for line in lines if line.fate is not Fate.DONE]
    if not others:
        return told
    more = _("{count} 件未成:{code} {reason}")
    first = others[0]
    return f"{told} · {more.format(count=len(others), code=first.code, reason=fate_words(first))}"
