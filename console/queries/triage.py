"""What comes next in triage: the cases whose next step is this seat's, by the order of the filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from console.domain.actor import Actor
from console.domain.case import Case
from console.domain.flow import operations
from console.domain.practice import Practice
from console.domain.rights import permitted
from console.domain.wanted import CaseFilter
from console.queries.filter import conditions, meant
from console.queries.paging import queue_count, queue_page
from console.storage.cases import case_of
from console.storage.skips import passed_over
from console.storage.tables import cases
from console.storage.unit import View

_CASES = select(*cases.columns).where(cases.c.id.in_(bindparam("ids", expanding=True)))
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
    away = {*done, *passed_over(view.connection, by, now)}
    found: list[int] = []
    for page in range(_PAGES):
        ids = [row.id for row in queue_page(view, wanted, now, page * _PAGE, _PAGE).rows]
        asked = {"ids": [one for one in ids if one not in away]}
        read = {case.id: case for case in map(case_of, view.connection.execute(_CASES, asked))}
        mine = (one for one in ids if one in read and _is_next_for(read[one], actor, reference.practice))
        found.extend(mine)
        if len(found) >= size or len(ids) < _PAGE:
            break
    out = select(func.count()).where(cases.c.id.in_(away), *conditions(wanted, now, meant(view, wanted)))
    left = queue_count(view, wanted, now) - view.connection.execute(out).scalar_one()
    return Waiting(tuple(found[:size]), left)


def _is_next_for(case: Case, actor: Actor, practice: Practice) -> bool:
    """Whether he may take the main next step, or decide on what waits."""
    return any(
        permitted(case, row, actor, practice) is None
        for row in operations(case.state, case.request)
        if row.primary or (row.answers is not None and row.answers is case.request)
    )
