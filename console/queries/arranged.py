"""Cases in an order of the queue: any place of it, and the place of any case, without walking there.

An order is cut into stretches: the values of a column that has few, two hours of an instant, a part of
the alphabet, a text that very many cases have. How many of the cases lie in each is counted by the sets;
only the rows of the stretch in which a place lies are read and sorted.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Connection, select

from console.domain.case import Flag
from console.domain.ranks import SOURCE_RANKS, STATE_RANKS, flags_rank
from console.domain.wanted import Order
from console.queries.order import Key, columns_of
from console.storage.columns import ticks
from console.storage.direct import Direct, Statement
from console.storage.sets.alphabet import SHOWN
from console.storage.sets.among import Among, told_ids
from console.storage.sets.dimensions import (
    CELL_SHOWN,
    CODE_SHOWN,
    KEYS,
    RUNNING,
    SHOWN_HANDLER,
    STOPPED,
    stretch,
)
from console.storage.sets.live import LiveSets
from console.storage.tables import cases

_DIMENSION: Mapping[Order, str] = {Order.DUE: "due"}
_INSTANTS = frozenset({Order.REPORTED, Order.FED_BACK, Order.ENDED, Order.SUSPENDED_UNTIL})
# Within one of their values nothing but the id is left to sort by.
_FLAT = frozenset(Order) - _INSTANTS - {
    Order.DUE, Order.CODE, Order.CELL, Order.ADDRESS, Order.TEXT, Order.HANDLER
}  # fmt: skip
# What a value of a dimension stands for among the others, where not its own letters tell it.
_RANK: Mapping[Order, Callable[[str], Any]] = {
    Order.STATE: lambda value: STATE_RANKS[value],
    Order.SOURCE: lambda value: SOURCE_RANKS[value],
    Order.FLAGS: lambda value: flags_rank(Flag(one.strip('"')) for one in value.split(",")),
    Order.LIMIT: float,
    **dict.fromkeys((Order.REWORKS, Order.EXTENSIONS, Order.RETURNS), int),
}
_KEYS = {
    order: Statement(select(cases.c.id, *(one.said for one in columns_of(order))).where(Among()))
    for order in Order
    if order not in _FLAT
}
_FEW = 400  # about what is on the screen anyway
_THIN = 16  # cases of a stretch that are sooner asked by their rows, which are shown anyway, than by its keys
_SORTED = 8  # stretches whose rows are remembered: a page lies in one or two

Sorted = Sequence[tuple[Any, ...]]


class Arranged:
    """Some cases in an order. It is good while the sets that it was made from stand still."""

    def __init__(self, sets: LiveSets, ids: BitMap, order: Order, *, descending: bool) -> None:
        self._sets = sets
        self._ids = ids
        self._order = order
        self._descending = descending
        self._dimension = _DIMENSION.get(order, order.value)
        self._nullable = columns_of(order)[0].nullable
        self._rank_of = _RANK.get(order, str)
        self._counts: dict[str, int] = {}
        self._starts = [0]  # where each stretch begins, as far as that was asked for
        self._place_of: dict[Any, int] | None = None
        self._sorted: OrderedDict[str, Sorted] = OrderedDict()
        self._few = len(ids) <= _FEW and order not in _FLAT
        if self._few:  # these are sooner sorted than counted by stretches
            self._values: Sequence[str] = (RUNNING, STOPPED, "")
        else:
            cut = self._dimension in SHOWN  # the cuts tell its values sooner than the sets do
            told = sets.alphabets[self._dimension].places if cut else sets.values(self._dimension)
            self._values = self._arranged(told)
            self._count = sets.counter(self._dimension, ids)

    def ids(self, connection: Connection, at: int, size: int) -> list[int]:
        """The cases at a place."""
        at, until = max(0, at), min(len(self._ids), at + size)
        found: list[int] = []
        here, first = self._stretch_at(connection, at)
        for value in self._values[here:]:
            if first >= until:
                break
            beyond = first + self._number(connection, value)
            if beyond > first:
                found += self._some(connection, value, max(at, first) - first, min(until, beyond) - first)
            first = beyond
        return found

    def place(self, connection: Connection, key: Key, *, behind: bool) -> int:
        """How many cases stand before `key`; `behind`: with the one that stands at it."""
        stop = self._position(key)
        if self._place_of is None:
            told = map(self._position_of, self._values)
            self._place_of = {position: place for place, position in enumerate(told)}
        here = self._place_of.get(stop)
        if here is not None:
            start = self._start(connection, here)
            return start + self._rank(connection, self._values[here], key, behind=behind)
        # No case has the key's value any more.
        after = (
            place
            for place, value in enumerate(self._values)
            if self._stands_before(stop, self._position_of(value))
        )
        return self._start(connection, next(after, len(self._values)))

    def _stretch_at(self, connection: Connection, at: int) -> tuple[int, int]:
        """The stretch in which a place lies, and where it begins."""
        while self._starts[-1] <= at and len(self._starts) <= len(self._values):
            self._start(connection, len(self._starts))
        here = bisect_right(self._starts, at) - 1
        return here, self._starts[here]

    def _start(self, connection: Connection, here: int) -> int:
        """Where a stretch begins; the one after the last begins at the end.

        No more are counted than stand before it: a list is mostly looked at near its beginning, and a year
        has four thousand stretches of two hours.
        """
        for value in self._values[len(self._starts) - 1 : here]:
            self._starts.append(self._starts[-1] + self._number(connection, value))
        return self._starts[here]

    def _arranged(self, values: Sequence[str]) -> list[str]:
        groups = [[one for one in values if one]]
        if self._order is Order.DUE:
            groups = [[one for one in values if one.startswith(kind)] for kind in (RUNNING, STOPPED)]
        elif self._order in _RANK:
            groups[0].sort(key=self._rank_of)
        found = [one for group in groups for one in (reversed(group) if self._descending else group)]
        return [*found, ""] if self._nullable else found

    def _position_of(self, value: str) -> Any:
        """Where a stretch stands, as something to compare; None where nothing is said, last."""
        return self._rank_of(value) if value else None

    def _stands_before(self, one: Any, other: Any) -> bool:
        if one is None or other is None:
            return one is not None
        if self._order is Order.DUE and one[0] != other[0]:
            return bool(one < other)
        return bool(one > other if self._descending else one < other)

    def _number(self, connection: Connection, value: str) -> int:
        if self._few:
            return len(self._in_order(connection, value))
        found = self._counts.get(value)
        if found is None:
            found = self._counts[value] = self._count(value)
        return found

    def _position(self, key: Key) -> Any:
        """Where the stretch of a key stands."""
        value = key[0]
        if self._few:
            return self._group(key) or None
        if self._order is Order.DUE:
            running, stopped = key[0], key[1]
            if running is not None:
                return RUNNING + stretch(running)
            return None if stopped is None else STOPPED + stretch(stopped)
        if value is None or self._order not in _SHORT:
            return value
        return _SHORT[self._order](self._sets, value)

    def _group(self, key: Key) -> str:
        """Of few cases only those that come first, then, and last are told apart."""
        if key[0] is not None:
            return RUNNING
        return STOPPED if self._order is Order.DUE and key[1] is not None else ""

    def _flat(self, value: str) -> bool:
        """Whether nothing but the id is left to sort a stretch by."""
        if self._few:
            return False
        if self._order is Order.HANDLER:
            return len(value) < SHOWN_HANDLER
        if self._dimension in SHOWN:
            return not value or self._sets.alphabets[self._dimension].single(value)
        return self._order in _FLAT or not value

    def _some(self, connection: Connection, value: str, at: int, until: int) -> list[int]:
        if self._flat(value):
            members = self._sets.members(self._dimension, value, self._ids)
            number = len(members)
            if self._descending:
                return list(members[number - until : number - at])[::-1]
            return list(members[at:until])
        told = self._in_order(connection, value)
        if self._descending:
            return [one[-1] for one in told[len(told) - until : len(told) - at]][::-1]
        return [one[-1] for one in told[at:until]]

    def _rank(self, connection: Connection, value: str, key: Key, *, behind: bool) -> int:
        with_it = behind != self._descending
        if self._flat(value):
            members = self._sets.members(self._dimension, value, self._ids)
            number = len(members)
            before = members.rank(key[-1]) if with_it else members.rank(key[-1] - 1)
        else:
            told = self._in_order(connection, value)
            number = len(told)
            sought = self._comparable(tuple(ticks(one) if hasattr(one, "tzinfo") else one for one in key))
            before = (bisect_right if with_it else bisect_left)(told, sought)
        return number - before if self._descending else before

    def _in_order(self, connection: Connection, value: str) -> Sorted:
        """The comparable keys of a stretch, smallest first whichever way the order goes."""
        if self._few and not self._sorted:
            rows = Direct(connection).every(_KEYS[self._order], (told_ids(self._ids),))
            for group in self._values:
                some = ((*row[1:], row[0]) for row in rows)
                self._sorted[group] = sorted(
                    self._comparable(key) for key in some if self._group(key) == group
                )
        found = self._sorted.get(value)
        if found is None:
            members = self._sets.members(self._dimension, value, self._ids)
            thin = len(members) <= _THIN or self._dimension not in KEYS
            kept, young = ([], members) if thin else self._sets.keys(self._dimension, value, self._ids)
            told = [self._comparable(self._key(key, case_id)) for key, case_id in kept]
            if young:
                rows = Direct(connection).every(_KEYS[self._order], (told_ids(young),))
                told += [self._comparable((*row[1:], row[0])) for row in rows]
            found = self._sorted[value] = sorted(told)
            if len(self._sorted) > _SORTED:
                self._sorted.popitem(last=False)
        return found

    def _key(self, kept: Any, case_id: int) -> Key:
        return (*kept, case_id) if self._order is Order.DUE else (kept, case_id)

    def _comparable(self, key: Key) -> tuple[Any, ...]:
        if self._order is not Order.DUE:
            return key if key[0] is not None else key[1:]
        running, stopped, case_id = key
        if running is None:
            return stopped or 0, case_id
        # An empty deadline stands last both ways: read backwards it is the first.
        return running, (stopped is None) != self._descending, stopped or 0, case_id


_SHORT: Mapping[Order, Callable[[LiveSets, Any], str]] = {
    Order.CODE: lambda _sets, code: code[:CODE_SHOWN],
    Order.CELL: lambda _sets, cell: cell[:CELL_SHOWN],
    Order.HANDLER: lambda _sets, name: name[:SHOWN_HANDLER],
    Order.ADDRESS: lambda sets, address: sets.alphabets["address"].place(address),
    Order.TEXT: lambda sets, text: sets.alphabets["description"].place(text),
    **dict.fromkeys(_INSTANTS, lambda _sets, moment: stretch(moment)),
}
