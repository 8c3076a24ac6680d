"""What happened, in one line: to a case since somebody looked at it, to many cases by one act."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.operation import Operation
from console.i18n import _
from console.words import OPERATIONS, clock_time, refusal

if TYPE_CHECKING:
    from console.queries.case import CaseCard
    from console.services.steps import Outcome

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


def outcome_words(words: str, operation: Operation, outcomes: "Sequence[Outcome]") -> str:
    """How many cases an act was done to by `words` (operation, count), and the first that refused it."""
    problems = [one for one in outcomes if one.problem is not None]
    done = words.format(operation=_(OPERATIONS[operation]), count=len(outcomes) - len(problems))
    if not problems:
        return done
    first = problems[0]
    assert first.problem is not None
    more = _("{count} 件未成:{code} {reason}")
    return f"{done} · {more.format(count=len(problems), code=first.code, reason=refusal(first.problem))}"
