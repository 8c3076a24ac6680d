"""The queue in plain SQL, part by part of its order, so that indexes are sought where there are any."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from console.domain.wanted import CaseFilter
from console.queries.filter import conditions, meant, number_of
from console.queries.order import Key, Part, part_at, parts_of
from console.storage.tables import cases
from console.storage.unit import View


def count(view: View, wanted: CaseFilter, now: datetime) -> int:
    """How many cases the filter lets through."""
    found: int = view.connection.execute(number_of(wanted, now, meant(view, wanted))).scalar_one()
    return found


def ids_at(view: View, wanted: CaseFilter, now: datetime, at: int, size: int) -> list[int]:
    """The cases at a place of the order."""
    told = conditions(wanted, now, meant(view, wanted))
    parts = parts_of(wanted.order)
    ids: list[int] = []
    for part in parts:
        query = select(cases.c.id).where(*told, *part.where)
        query = query.order_by(*part.sorting(descending=wanted.descending))
        more = view.connection.execute(query.limit(size - len(ids)).offset(at)).scalars().all()
        ids += more
        if len(ids) == size:
            break
        if more:
            at = 0
        elif at and part is not parts[-1]:  # only whoever looks beyond a part must know how long it is
            at = max(0, at - _number(view, told, part))
    return ids


def ids_beside(
    view: View, wanted: CaseFilter, now: datetime, key: Key, size: int, *, before: bool
) -> list[int]:
    """The cases after a key of the order, or before it."""
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
    return ids[::-1] if before else ids


def place(view: View, wanted: CaseFilter, now: datetime, key: Key) -> int:
    """How many cases stand before a key."""
    told = conditions(wanted, now, meant(view, wanted))
    here = part_at(wanted.order, key)
    parts = parts_of(wanted.order)
    before = parts[here].past(key, descending=wanted.descending, before=True)
    return sum(_number(view, told, part) for part in parts[:here]) + _number(view, told, parts[here], before)


def _number(view: View, told: Sequence[ColumnElement[bool]], part: Part, *more: ColumnElement[bool]) -> int:
    query: Any = select(func.count()).select_from(cases).where(*told, *part.where, *more)
    found: int = view.connection.execute(query).scalar_one()
    return found
