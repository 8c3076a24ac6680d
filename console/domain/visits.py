"""The stretches of the disposal clock as a case's operations tell them, whatever its fields say."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from console.domain.acts import standing
from console.domain.case import Fact
from console.domain.clock import Visit
from console.domain.flow import ENDED, TRANSITIONS, Clock
from console.domain.operation import Operation

# They bring stretches that the operations here did not make: those of another system, or of a time
# before stretches were kept.
_BRINGS = frozenset({Operation.IMPORT, Operation.RECLOCK})
_CLOCKS = {row.operation: row.clock for row in TRANSITIONS}

Visits = tuple[Visit, ...]


def told_visits(facts: Iterable[Fact]) -> Visits:
    """The visits by the operations that stand, their instants and departments."""
    visits: Visits = ()
    department = ""
    for fact in standing(facts):
        department = fact.changes.get("department", department)
        visits = _after(fact, visits, department)
    return visits


def _after(fact: Fact, visits: Visits, department: str) -> Visits:
    if fact.operation in _BRINGS:
        brought: Visits = fact.changes.get("visits", visits)
        return brought
    match _CLOCKS.get(fact.operation, Clock.KEEP):
        case Clock.START:
            if not visits and "visits" not in fact.changes:
                return ()  # a line from before stretches were kept
            return (*_stopped(visits, fact.at), Visit(department, fact.at))
        case Clock.RESUME:
            return (*visits, Visit(department, fact.at, joins=True))
        case Clock.STOP | Clock.PAUSE | Clock.DROP:
            return _stopped(visits, fact.at)
    return _stopped(visits, fact.at) if fact.changes.get("state") in ENDED else visits


def _stopped(visits: Visits, at: datetime) -> Visits:
    if not visits or visits[-1].stop is not None:
        return visits
    return (*visits[:-1], replace(visits[-1], stop=at))
