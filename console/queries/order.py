"""The queue's orders as SQL: what is sorted by, what stands before or after a known row.

Where a cell may be empty the empty ones come last in both directions: nothing runs there, nothing is said
there. An index knows nothing of that, so an order is told in parts, in each of which the index's own order
is right: first the rows that have a value, then those that have none.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, or_

from console.domain.ranks import SOURCE_RANKS, STATE_RANKS, flags_rank, limit_rank
from console.domain.wanted import Order
from console.storage import sorted_by
from console.storage.tables import cases

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

Key = tuple[Any, ...]  # the values of an order's columns, then the id


@dataclass(frozen=True, slots=True, eq=False)
class By:
    """Something that is sorted by: as SQL, whether a case may have none, and that of a row of the queue."""

    said: ColumnElement[Any]
    nullable: bool
    of: Callable[["QueueRow"], Any]


def _plain(name: str) -> By:
    return By(cases.c[name], bool(cases.c[name].nullable), attrgetter(name))


def _filled(name: str, said: ColumnElement[str] | None = None) -> By:
    """A text; none is as good as an empty one."""
    text = sorted_by.filled(cases.c[name] if said is None else said)
    return By(text, True, lambda row: getattr(row, name) or None)


def _counted(name: str) -> By:
    return By(sorted_by.counted(name), True, lambda row: getattr(row, name) or None)


_ID = _plain("id")
_BY: Mapping[Order, Sequence[By]] = {
    # The running clocks come first, then those that stopped, by the deadline they had.
    Order.DUE: (_plain("current_due_at"), _plain("due_at")),
    Order.STATE: (By(sorted_by.state, False, lambda row: STATE_RANKS[row.state]),),
    Order.SOURCE: (By(sorted_by.source, False, lambda row: SOURCE_RANKS[row.source]),),
    Order.FLAGS: (By(sorted_by.flags, True, lambda row: flags_rank(row.flags)),),
    Order.LIMIT: (By(sorted_by.limit, True, lambda row: limit_rank(row.limit_value, row.limit_unit)),),
    Order.TEXT: (_filled("description", sorted_by.description),),
    **{
        order: (_filled(order.value),)
        for order in (
            Order.CLASS, Order.DEPARTMENT, Order.DISTRICT, Order.STREET, Order.GRID, Order.CELL,
            Order.ADDRESS, Order.HANDLER,
        )
    },
    **{order: (_counted(order.value),) for order in (Order.REWORKS, Order.EXTENSIONS, Order.RETURNS)},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an order: its rows, and what tells them apart, the id the last of it."""

    where: tuple[ColumnElement[bool], ...]
    columns: tuple[By, ...]
    skipped: int  # how many of the order's columns are empty here and left out

    def sorting(self, *, descending: bool, backwards: bool = False) -> list[ColumnElement[Any]]:
        """The ORDER BY, or that of the same rows read from their end."""
        found: list[ColumnElement[Any]] = []
        for column in self.columns:
            if column.nullable and column is not self.columns[0]:
                empty = column.said.is_(None)
                found.append(empty.desc() if backwards else empty)
            found.append(column.said.desc() if descending != backwards else column.said.asc())
        return found

    def past(self, key: Key, *, descending: bool, before: bool) -> ColumnElement[bool]:
        """The rows of this part that stand after `key`, or before it; `key` is of this part."""
        values = key[self.skipped :]
        first, value = self.columns[0].said, values[0]
        found = _past(self.columns, values, larger=descending == before, before=before)
        if len(self.columns) == 1:
            return found
        # Says nothing new, but as a range the database seeks in the index by it.
        return and_(first >= value if descending == before else first <= value, found)


def columns_of(order: Order) -> tuple[By, ...]:
    """What is sorted by, the id left out."""
    return tuple(_BY[order]) if order in _BY else (_plain(order.value),)


@cache
def parts_of(order: Order) -> tuple[Part, ...]:
    """The parts of an order, one after the other in both directions."""
    columns = (*columns_of(order), _ID)
    found: list[Part] = []
    empty: tuple[ColumnElement[bool], ...] = ()
    for at, column in enumerate(columns):
        if not column.nullable:
            return (*found, Part(empty, columns[at:], at))
        found.append(Part((*empty, column.said.is_not(None)), columns[at:], at))
        empty = (*empty, column.said.is_(None))
    raise AssertionError("the id is never empty")


def part_at(order: Order, key: Key) -> int:
    """In which part a key stands."""
    return next(place for place, part in enumerate(parts_of(order)) if key[part.skipped] is not None)


def _past(columns: Sequence[By], values: Sequence[Any], *, larger: bool, before: bool) -> ColumnElement[bool]:
    column, value = columns[0], values[0]
    further = _further(column, value, larger=larger, before=before)
    if len(columns) == 1:
        return further
    same = column.said.is_(None) if value is None else column.said == value
    return or_(further, and_(same, _past(columns[1:], values[1:], larger=larger, before=before)))


def _further(column: By, value: Any, *, larger: bool, before: bool) -> ColumnElement[bool]:
    if value is None:
        return column.said.is_not(None) if before else false()
    moved = column.said > value if larger else column.said < value
    return or_(moved, column.said.is_(None)) if column.nullable and not before else moved
