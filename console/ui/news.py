"""What happened to a case since somebody looked at it, in one line."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.i18n import _
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
