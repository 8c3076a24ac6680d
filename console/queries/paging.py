"""The queue page by page: how many cases a filter lets through, and the rows at a place of its order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from console.domain.wanted import CaseFilter
from console.queries.filter import conditions, meant, number_of, selected
from console.queries.order import Key, columns_of, part_at, parts_of
from console.queries.queue import SHOWN_TEXT, QueueRow, queue_rows
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of a filter's order; `first` is the place of its first row, counted from 0."""

    first: int
    rows: tuple[QueueRow, ...]


def queue_count(view: View, wanted: CaseFilter, now: datetime) -> int:
    """How many cases the filter lets through, exactly."""
    found: int = view.connection.execute(number_of(wanted, now, meant(view, wanted))).scalar_one()
    return found


def queue_counts(view: View, wanted: Sequence[CaseFilter], now: datetime) -> list[int]:
    """The number of cases of each of several filters."""
    return [queue_count(view, one, now) for one in wanted]


def queue_page(view: View, wanted: CaseFilter, now: datetime, at: int = 0, size: int = 200) -> Page:
    """The rows at a place of the order, however deep."""
    query = selected(wanted, now, meant(view, wanted)).limit(size).offset(at)
    return _page(view, at, list(view.connection.execute(query).scalars()))


def queue_beside(
    view: View, wanted: CaseFilter, now: datetime, row: QueueRow, place: int, size: int, *, before: bool
) -> Page:
    """The rows that follow a known row, or stand before it, wherever it is by now.

    `place` is where the asker last saw the row; what came and went meanwhile neither repeats nor skips
    a row, because the rows are sought by the row's own values.
    """
    key = _key(view, wanted, row)
    here = part_at(wanted.order, key)
    parts = parts_of(wanted.order)
    told = conditions(wanted, now, meant(view, wanted))
    ids: list[int] = []
    for number in range(here, -1, -1) if before else range(here, len(parts)):
        part = parts[number]
        query = select(cases.c.id).where(*told, *part.where)
        if number == here:
            query = query.where(part.past(key, descending=wanted.descending, before=before))
        sorting = part.sorting(descending=wanted.descending, backwards=before)
        ids += view.connection.execute(query.order_by(*sorting).limit(size - len(ids))).scalars()
        if len(ids) == size:
            break
    if before:
        ids.reverse()
    return _page(view, max(0, place - len(ids)) if before else place + 1, ids)


def queue_around(view: View, wanted: CaseFilter, now: datetime, case_id: int, size: int) -> Page | None:
    """The page in whose middle a case stands; None where the filter does not let it through."""
    told = conditions(wanted, now, meant(view, wanted))
    columns = columns_of(wanted.order)
    found = view.connection.execute(select(*columns, cases.c.id).where(cases.c.id == case_id, *told)).first()
    if found is None:
        return None
    place = _place(view, wanted, told, tuple(found))
    return queue_page(view, wanted, now, max(0, place - size // 2), size)


def _place(view: View, wanted: CaseFilter, told: Sequence[ColumnElement[bool]], key: Key) -> int:
    """How many cases stand before `key`."""
    here = part_at(wanted.order, key)
    place = 0
    for number, part in enumerate(parts_of(wanted.order)[: here + 1]):
        query: Any = select(func.count()).select_from(cases).where(*told, *part.where)
        if number == here:
            query = query.where(part.past(key, descending=wanted.descending, before=True))
        place += view.connection.execute(query).scalar_one()
    return place


def _key(view: View, wanted: CaseFilter, row: QueueRow) -> Key:
    """What a shown row is sorted by; a text that the row shows shortened is asked for."""
    columns = columns_of(wanted.order)
    values = [getattr(row, column.name) for column in columns]
    if any(isinstance(value, str) and len(value) >= SHOWN_TEXT for value in values):
        found = view.connection.execute(select(*columns).where(cases.c.id == row.id)).first()
        values = values if found is None else list(found)
    return (*values, row.id)


def _page(view: View, first: int, ids: Sequence[int]) -> Page:
    rows = queue_rows(view, ids)
    return Page(first, tuple(rows[one] for one in ids))
