"""Photos and files of a case by the hash of their content, and which of them show before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from console.domain.operation import Operation

if TYPE_CHECKING:
    from console.domain.case import Fact


class Role(StrEnum):
    """What a photo or file is for: near and far view, a reference to find the place, a signed form."""

    NEAR = "near"
    FAR = "far"
    REFERENCE = "reference"
    BEFORE = "before"
    AFTER = "after"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One photo or file as it was taken in; it is part of its fact, and so of the journal's hash.

    `hash` is the SHA-256 of the content in lower-case hex, `size` its bytes, `width` and `height`
    pixels as shown upright (0 for what is no picture). `media_type` is image/jpeg, image/png,
    image/webp or application/pdf, told by the content. `taken_at` is aware UTC, `lon` and `lat` are
    EPSG:4490 degrees; both are what the camera claims, which anybody can write into a file.
    """

    hash: str
    name: str
    media_type: str
    size: int
    role: Role
    width: int = 0
    height: int = 0
    taken_at: datetime | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def pictured(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type.startswith("image/")


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


def batches(facts: "Iterable[Fact]") -> tuple[Batch, ...]:
    """The evidence of a case by fact, in the order of its facts; facts without any are left out."""
    told = tuple(facts)
    undone = _undone(told)
    found: list[Batch] = []
    handled = False
    for fact in told:
        back = fact.number in undone
        now = handled or fact.operation is Operation.FEED_BACK
        if fact.evidence:
            found.append(Batch(fact.number, fact.operation, fact.at, fact.by, fact.evidence, now, back))
        handled = handled if back else now
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


def _undone(facts: "Sequence[Fact]") -> frozenset[int]:
    """The numbers of facts that a later counter-entry took back."""
    standing: list[int] = []
    gone: set[int] = set()
    for fact in facts:
        if fact.operation is Operation.UNDO:
            if standing:
                gone.add(standing.pop())
        else:
            standing.append(fact.number)
    return frozenset(gone)


_VIEWS = frozenset({Role.NEAR, Role.FAR, Role.REFERENCE, Role.OTHER})
