"""The queue's orders as SQL: what is sorted by, what stands before or after a known row.

Where a column may be empty the empty ones come last in both directions: nothing runs there. An index
knows nothing of that, so an order is told in parts, in each of which the index's own order is right:
first the rows that have a value, then those that have none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, or_

from console.domain.wanted import Order
from console.storage.tables import cases

# The running clocks come first, then those that stopped, by the deadline they had.
_BY: Mapping[Order, Sequence[str]] = {Order.DUE: ("current_due_at", "due_at")}

Key = tuple[Any, ...]  # the values of an order's columns, then the id


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an order: its rows, and the columns that tell them apart, the id the last of them."""

    where: tuple[ColumnElement[bool], ...]
    columns: tuple[Column[Any], ...]
    skipped: int  # how many of the order's columns are empty here and left out

    def sorting(self, *, descending: bool, backwards: bool = False) -> list[ColumnElement[Any]]:
        """The ORDER BY, or that of the same rows read from their end."""
        found: list[ColumnElement[Any]] = []
        for column in self.columns:
            if column.nullable and column is not self.columns[0]:
                empty = column.is_(None)
                found.append(empty.desc() if backwards else empty)
            found.append(column.desc() if descending != backwards else column.asc())
        return found

    def past(self, key: Key, *, descending: bool, before: bool) -> ColumnElement[bool]:
        """The rows of this part that stand after `key`, or before it; `key` is of this part."""
        values = key[self.skipped :]
        first, value = self.columns[0], values[0]
        found = _past(self.columns, values, larger=descending == before, before=before)
        if len(self.columns) == 1:
            return found
        # Says nothing new, but as a range the database seeks in the index by it.
        return and_(first >= value if descending == before else first <= value, found)


def columns_of(order: Order) -> tuple[Column[Any], ...]:
    """What is sorted by, the id left out."""
    return tuple(cases.c[name] for name in _BY.get(order, (order.value,)))


@cache
def parts_of(order: Order) -> tuple[Part, ...]:
    """The parts of an order, one after the other in both directions."""
    columns = (*columns_of(order), cases.c.id)
    found: list[Part] = []
    empty: tuple[ColumnElement[bool], ...] = ()
    for at, column in enumerate(columns):
        if not column.nullable:
            return (*found, Part(empty, columns[at:], at))
        found.append(Part((*empty, column.is_not(None)), columns[at:], at))
        empty = (*empty, column.is_(None))
    raise AssertionError("the id is never empty")


def part_at(order: Order, key: Key) -> int:
    """In which part a key stands."""
    return next(place for place, part in enumerate(parts_of(order)) if key[part.skipped] is not None)


def _past(
    columns: Sequence[Column[Any]], values: Sequence[Any], *, larger: bool, before: bool
) -> ColumnElement[bool]:
    column, value = columns[0], values[0]
    further = _further(column, value, larger=larger, before=before)
    if len(columns) == 1:
        return further
    same = column.is_(None) if value is None else column == value
    return or_(further, and_(same, _past(columns[1:], values[1:], larger=larger, before=before)))


def _further(column: Column[Any], value: Any, *, larger: bool, before: bool) -> ColumnElement[bool]:
    if value is None:
        return column.is_not(None) if before else false()
    moved = column > value if larger else column < value
    return or_(moved, column.is_(None)) if column.nullable and not before else moved
