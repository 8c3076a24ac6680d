"""A case as triage needs it, in one look: the card, what may be the same, and how far the seat may go."""

from dataclasses import dataclass
from datetime import datetime

from console.domain.acts import Inputs
from console.domain.case import Case
from console.domain.operation import Operation
from console.queries.case import CaseCard, case_card
from console.queries.similar import Similar, similar_cases
from console.services.foresight import way
from console.storage.unit import View

# What a routine case goes through until it is in the hands of a department.
ROUTINE = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)


@dataclass(frozen=True, slots=True)
class TriageCase:
    """`way` is how far this seat may take the case now by the city's lists, step by step."""

    card: CaseCard
    similar: tuple[Similar, ...]
    way: tuple[tuple[Operation, Inputs, Case], ...]


def triage_case(view: View, case_id: int, now: datetime, by: str) -> TriageCase:
    """The case for the seat of `by`. Raises Refused("no_such_case")."""
    card = case_card(view, case_id, now, by)
    steps = way(view, card.case.code, ROUTINE, by=by, at=now)
    return TriageCase(card, tuple(similar_cases(view, card.case)), tuple(steps))
