"""The queue page by page: how many cases a filter lets through, and the rows at a place of its order.

The sets of a big store answer without reading rows; a small store, or one that is not sealed yet, is
asked in SQL. Both give the same answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pyroaring import BitMap
from sqlalchemy import ColumnElement, select

from console.domain.wanted import CaseFilter
from console.queries import seeking
from console.queries.arranged import Arranged
from console.queries.filter import conditions, meant
from console.queries.having import found
from console.queries.order import Key, columns_of
from console.queries.queue import SHOWN_TEXT, QueueRow, queue_rows
from console.storage.meta import revision
from console.storage.sets.live import LiveSets
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a filter's order; `first` is the place of its first row, counted from 0."""

    first: int
    rows: tuple[QueueRow, ...]


# What a window shows first: an index of the open cases has it before any set is in memory.
_FIRST = (CaseFilter(), CaseFilter(descending=True))


def queue_count(view: View, wanted: CaseFilter, now: datetime) -> int:
    """How many cases the filter lets through, exactly."""
    return queue_counts(view, [wanted], now)[0]


def queue_counts(view: View, wanted: Sequence[CaseFilter], now: datetime) -> list[int]:
    """The number of cases of each of several filters."""
    with view.sets() as sets:
        if sets is not None:
            return [len(_found(view, sets, one, now)) for one in wanted]
    return [seeking.count(view, one, now) for one in wanted]


def queue_page(view: View, wanted: CaseFilter, now: datetime, at: int = 0, size: int = 200) -> Page:
    """The rows at a place of the order, however deep."""
    at = max(0, at)
    if at == 0 and wanted in _FIRST:
        return _page(view, at, seeking.ids_at(view, wanted, now, at, size))
    with view.sets() as sets:
        if sets is not None:
            ids = _arranged(view, sets, wanted, now).ids(view.connection, at, size)
    if sets is None:
        ids = seeking.ids_at(view, wanted, now, at, size)
    return _page(view, at, ids)


def queue_beside(
    view: View, wanted: CaseFilter, now: datetime, row: QueueRow, place: int, size: int, *, before: bool
) -> Page:
    """The rows that follow a known row, or stand before it, wherever it is by now.

    `place` is where the asker last saw the row; what came and went meanwhile neither repeats nor skips
    a row, because the rows are sought by the row's own values.
    """
    key = _key(view, wanted, row)
    with view.sets() as sets:
        if sets is not None:
            arranged = _arranged(view, sets, wanted, now)
            until = arranged.place(view.connection, key, behind=not before)
            first = max(0, until - size) if before else until
            ids = arranged.ids(view.connection, first, until - first if before else size)
    if sets is None:
        ids = seeking.ids_beside(view, wanted, now, key, size, before=before)
        first = max(0, place - len(ids)) if before else place + 1
    return _page(view, first, ids)


def queue_around(view: View, wanted: CaseFilter, now: datetime, case_id: int, size: int) -> Page | None:
    """The page in whose middle a case stands; None where the filter does not let it through."""
    with view.sets() as sets:
        if sets is not None:
            # Asked by its id alone: words with a filter's values in them, as many as there are filters, would
            # stay with every connection that they were said to.
            line = _line(view, wanted, case_id) if case_id in _found(view, sets, wanted, now) else None
            if line is None:
                return None
            arranged = _arranged(view, sets, wanted, now)
            first = max(0, arranged.place(view.connection, line, behind=False) - size // 2)
            ids = arranged.ids(view.connection, first, size)
    if sets is None:
        line = _line(view, wanted, case_id, *conditions(wanted, now, meant(view, wanted)))
        if line is None:
            return None
        first = max(0, seeking.place(view, wanted, now, line) - size // 2)
        ids = seeking.ids_at(view, wanted, now, first, size)
    return _page(view, first, ids)


def _line(view: View, wanted: CaseFilter, case_id: int, *told: ColumnElement[bool]) -> Key | None:
    """By what a case is sorted; None where there is no such case."""
    by = (one.said for one in columns_of(wanted.order))
    found = view.connection.execute(select(*by, cases.c.id).where(cases.c.id == case_id, *told)).first()
    return None if found is None else tuple(found)


def _arranged(view: View, sets: LiveSets, wanted: CaseFilter, now: datetime) -> Arranged:
    ids = _found(view, sets, wanted, now)
    return sets.once(
        ("arranged", *_asked(view, wanted, now)),
        lambda: Arranged(sets, ids, wanted.order, descending=wanted.descending),
    )


def _found(view: View, sets: LiveSets, wanted: CaseFilter, now: datetime) -> BitMap:
    return sets.once(
        ("found", *_asked(view, wanted.unsorted, now)),
        lambda: found(view.connection, sets, wanted, now, meant(view, wanted)),
    )


def _asked(view: View, wanted: CaseFilter, now: datetime) -> tuple[object, ...]:
    """What an answer depends on, beside the cases."""
    return (wanted, now if wanted.moves else None, revision(view.connection))


def _key(view: View, wanted: CaseFilter, row: QueueRow) -> Key:
    """What a shown row is sorted by; a text that the row shows shortened is asked for."""
    columns = columns_of(wanted.order)
    values = [column.of(row) for column in columns]
    if any(isinstance(value, str) and len(value) >= SHOWN_TEXT for value in values):
        query = select(*(column.said for column in columns)).where(cases.c.id == row.id)
        found = view.connection.execute(query).first()
        values = values if found is None else list(found)
    return (*values, row.id)


def _page(view: View, first: int, ids: Sequence[int]) -> Page:
    rows = queue_rows(view, ids)
    return Page(first, tuple(rows[one] for one in ids))
