"""What comes next in triage: the cases whose next step is this seat's, by the order of the filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.actor import Actor
from console.domain.case import Case
from console.domain.flow import operations
from console.domain.practice import Practice
from console.domain.rights import permitted
from console.domain.wanted import CaseFilter
from console.queries.filter import meant, number_of, selected
from console.storage.cases import case_of
from console.storage.skips import passed_over
from console.storage.tables import cases
from console.storage.unit import View

_PAGE = 50
_PAGES = 20  # so deep it looks past cases that are not for this seat


@dataclass(frozen=True, slots=True)
class Waiting:
    """The ids of the next cases, and how many the filter lets through that were not passed over."""

    ids: tuple[int, ...]
    left: int


def next_cases(
    view: View, wanted: CaseFilter, now: datetime, by: str, size: int, done: Sequence[int] = ()
) -> Waiting:
    """At most `size` cases that wait for `by`, without those that he passed over a short while ago.

    `done` are those he has sent on: their next step does not come to him at once.
    """
    reference = view.reference
    actor = reference.actor(by)
    told = meant(view, wanted)
    others = (~passed_over(by, now), cases.c.id.not_in(done))
    query = selected(wanted, now, told).with_only_columns(*cases.columns).where(*others)
    found: list[int] = []
    for page in range(_PAGES):
        rows = view.connection.execute(query.limit(_PAGE).offset(page * _PAGE)).all()
        found += [case.id for case in map(case_of, rows) if _is_next_for(case, actor, reference.practice)]
        if len(found) >= size or len(rows) < _PAGE:
            break
    left = view.connection.execute(number_of(wanted, now, told).where(*others)).scalar_one()
    return Waiting(tuple(found[:size]), left)


def _is_next_for(case: Case, actor: Actor, practice: Practice) -> bool:
    """Whether he may take the main next step, or decide on what waits."""
    return any(
        permitted(case, row, actor, practice) is None
        for row in operations(case.state, case.request)
        if row.primary or (row.answers is not None and row.answers is case.request)
    )
