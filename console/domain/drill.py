"""A moment of the past made the present of a drill: the facts up to it, and every instant moved with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from console.domain.case import Fact
from console.domain.clock import Visit

WAS_AT = "was_at"
"""The key under which a fact of a drill tells when it really happened."""


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill that was made: of which city and which moment, when, by whom, and how many cases it has."""

    name: str
    city: str
    at: datetime
    made_at: datetime
    by: str
    cases: int


def until(facts: Sequence[Fact], at: datetime) -> list[Fact]:
    """The facts that were told up to `at`, numbered without gaps; none where the opening one was not."""
    told = [fact for fact in facts if fact.at <= at]
    if not told or told[0].number != 1:
        return []
    return [fact if fact.number == k else replace(fact, number=k) for k, fact in enumerate(told, 1)]


def moved(facts: Sequence[Fact], span: timedelta) -> list[Fact]:
    """The same facts later by `span`: their instants, and every instant that they set.

    So a case has as much time left as it had then, by the wall clock. Each tells when it really was.
    """
    return [
        replace(
            fact,
            at=fact.at + span,
            changes={name: _moved(value, span) for name, value in fact.changes.items()},
            details={**_details(fact, span), WAS_AT: fact.at.isoformat()},
        )
        for fact in facts
    ]


def _moved(value: Any, span: timedelta) -> Any:
    if isinstance(value, datetime):
        return value + span
    if isinstance(value, tuple):
        return tuple(_moved(one, span) for one in value)
    if isinstance(value, Visit):
        stop = None if value.stop is None else value.stop + span
        return replace(value, start=value.start + span, stop=stop)
    return value


def _details(fact: Fact, span: timedelta) -> dict[str, Any]:
    """What else was told; a promised time moves along."""
    told = dict(fact.details)
    promised = told.get("until")
    if isinstance(promised, str):
        told["until"] = (datetime.fromisoformat(promised) + span).isoformat()
    return told
