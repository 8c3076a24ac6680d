"""What the kept sets know of every case of a block, as columns by id: its unit grid, its report, its end.

A block is read out of the keys beside its sets, 131,072 cases in 30 to 100 ms, and remembered; so nothing
asks the rows of cases that nobody touched. It is apart from console.storage.sets.live, whose lock everybody
waits for.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets import seal
from console.storage.sets.dimensions import PLACED

_REMEMBERED = 32  # columns of up to 1 MB: a quarter of a big city's year by three of them
_FEW = 2000  # cases of a block whose rows are sooner asked than all of the block is read
NONE = -1  # no such instant, no grid, or no case

Column = NDArray[np.int64]


def sparse(ids: BitMap) -> BitMap:
    """Those of the cases that lie so thinly in their blocks that it is sooner to ask their rows."""
    every = np.array(ids.to_array(), dtype=np.int64)
    return BitMap.union(BitMap(), *(BitMap(some) for _block, some in _by_block(every) if len(some) < _FEW))


class Columns:
    """The columns of one store that were asked for last; safe for many threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int, int], NDArray[Any]] = OrderedDict()
        self._place: dict[str, int] = {}

    def of(self, connection: Connection, name: str, ids: BitMap) -> Column:
        """What the column `name` (cell, reported_at, ended_at) says of cases, in the order of their ids.

        Instants are ticks, a grid is its place in `codes`. As the transaction sees the store, for cases that
        nobody touched since they were read into the sets.
        """
        every = np.array(ids.to_array(), dtype=np.int64)
        generations = seal.blocks_in_force(connection)
        told = [
            self._column(connection, name, block, generations[block])[_within(some)]
            for block, some in _by_block(every)
        ]
        return np.concatenate(told).astype(np.int64, copy=False) if told else every

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the unit grids, by the numbers that stand in the column `cell`."""
        return tuple(self._place)

    def _column(self, connection: Connection, name: str, block: int, generation: int) -> NDArray[Any]:
        asked = (name, block, generation)
        with self._lock:
            found = self._kept.get(asked)
            if found is None:
                found = self._kept[asked] = self._read(connection, name, block)
                if len(self._kept) > _REMEMBERED:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(asked)
        return found

    def _read(self, connection: Connection, name: str, block: int) -> NDArray[Any]:
        kind = np.int32 if name == PLACED else np.int64
        column = np.full(1 << seal.BLOCK_BITS, NONE, dtype=kind)
        for ids, keys in seal.keys_of_block(connection, name, block):
            if name == PLACED:
                keys = [self._place.setdefault(key[0], len(self._place)) for key in keys]
            column[_within(np.array(ids.to_array(), dtype=np.int64))] = keys
        return column


def _within(ids: Column) -> Column:
    """The places of ids in their block."""
    return ids & ((1 << seal.BLOCK_BITS) - 1)


def _by_block(ids: Column) -> Iterator[tuple[int, Column]]:
    if len(ids):
        blocks = ids >> seal.BLOCK_BITS
        edges = np.flatnonzero(np.diff(blocks)) + 1
        for some in np.split(ids, edges):
            yield int(some[0] >> seal.BLOCK_BITS), some
