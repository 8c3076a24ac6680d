"""The evidence of a case by act, and which of it shows how it was and how it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Fact
from console.domain.evidence import Evidence, Role
from console.domain.operation import Operation
from console.domain.story import story

_VIEWS = frozenset({Role.NEAR, Role.FAR, Role.REFERENCE, Role.OTHER})


@dataclass(frozen=True, slots=True)
class Batch:
    """What one fact brought. `handled` says that it came with or after a feedback.

    A fact that was taken back keeps its photos in the journal; `undone` marks them.
    """

    number: int
    operation: Operation
    at: datetime
    by: str
    evidence: tuple[Evidence, ...]
    handled: bool = False
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The pictures to look at side by side; either may be empty."""

    before: tuple[Evidence, ...]
    after: tuple[Evidence, ...]


def batches(facts: Iterable[Fact]) -> tuple[Batch, ...]:
    """The evidence of a case by fact, in the order of its facts; facts without any are left out."""
    found: list[Batch] = []
    handled = False
    for line in story(facts):
        fact, undone = line.fact, bool(line.undone_by)
        now = handled or fact.operation is Operation.FEED_BACK
        if fact.evidence:
            found.append(Batch(fact.number, fact.operation, fact.at, fact.by, fact.evidence, now, undone))
        handled = handled if undone else now
    return tuple(found)


def sides(found: Iterable[Batch]) -> Sides:
    """How it was and how it is: everything from before, and what came last from after."""
    before: list[Evidence] = []
    after: tuple[Evidence, ...] = ()
    for batch in found:
        if batch.undone:
            continue
        shown = [item for item in batch.evidence if item.pictured]
        before += [item for item in shown if _is_before(item.role, batch.handled)]
        after = tuple(item for item in shown if _is_after(item.role, batch.handled)) or after
    return Sides(tuple(before), after)


def _is_before(role: Role, handled: bool) -> bool:
    return role is Role.BEFORE or (not handled and role in _VIEWS)


def _is_after(role: Role, handled: bool) -> bool:
    return role is Role.AFTER or (handled and role in _VIEWS)
