"""What would follow if a case were moved to another place: worked out by the act itself, written nowhere."""

from dataclasses import dataclass
from datetime import datetime

from console.domain import acts
from console.domain.case import Case
from console.domain.operation import Operation
from console.services.steps import as_seen
from console.services.told import Told, resolved
from console.storage.unit import View

_SOME_REASON = "-"  # the reason is asked for later


@dataclass(frozen=True, slots=True)
class Relocated:
    """A case before and after; the departments that the list advises at either place, best first."""

    before: Case
    after: Case
    advised_before: tuple[str, ...]
    advised_after: tuple[str, ...]


def foreseen_place(
    view: View, code: str, place: tuple[float, float], *, by: str, at: datetime, seen: int | None = None
) -> Relocated:
    """The case `code` as the act would leave it. Raises Refused as the act."""
    reference = view.reference
    case = as_seen(view.cases.by_code(code), seen)
    told = resolved(view, case, Operation.RELOCATE, Told(place=place, note=_SOME_REASON))
    after, _fact = acts.act(
        case,
        Operation.RELOCATE,
        told,
        actor=reference.actor(by),
        at=at,
        calendar=reference.calendar,
        practice=reference.practice,
    )
    before_places, after_places = ((one.committee, one.district, one.street) for one in (case, after))
    return Relocated(
        case,
        after,
        tuple(reference.advised(case.class_key, before_places)),
        tuple(reference.advised(case.class_key, after_places)),
    )
