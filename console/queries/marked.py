"""Cases to be acted on together: what has to be known of each, for any number of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from console.domain.wanted import CaseFilter
from console.queries.filter import conditions, meant, selected
from console.storage.tables import cases
from console.storage.unit import View

_AT_ONCE = 500
_TOLD = (cases.c.id, cases.c.code, cases.c.version)


class Seen(NamedTuple):
    """A case in the version somebody saw."""

    id: int
    code: str
    version: int


def seen_of(
    view: View, wanted: CaseFilter, now: datetime, at: int = 0, size: int | None = None
) -> list[Seen]:
    """The cases the filter lets through from a place of its order on; without a size all of them."""
    query = selected(wanted, now, meant(view, wanted)).with_only_columns(*_TOLD)
    if size is not None:
        query = query.limit(size)
    return [Seen(*line) for line in view.connection.execute(query.offset(at))]


def still_seen(view: View, wanted: CaseFilter, now: datetime, ids: Sequence[int]) -> set[int]:
    """Those of some cases that the filter still lets through."""
    told = conditions(wanted, now, meant(view, wanted))
    found: set[int] = set()
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        found.update(view.connection.execute(select(cases.c.id).where(cases.c.id.in_(some), *told)).scalars())
    return found
