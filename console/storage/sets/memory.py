"""The kept sets that were asked for, in memory as long as there is room."""

from collections import Counter
from collections.abc import Iterator

from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets.reading import Sets
from console.storage.sets.seal import kept_sets, kept_values

_MOST_BYTES = 200_000_000  # all are let go of beyond, and read again when they are asked for
_FEW = 64  # values that are read one by one rather than with their whole dimension


class Memory:
    """Sets of the blocks in force, by dimension and value."""

    def __init__(self) -> None:
        self._sets: Sets = {}
        self._values: dict[str, set[str]] = {}
        self._whole: set[str] = set()
        self._singly: Counter[str] = Counter()
        self._bytes = 0

    def values(self, connection: Connection, dimension: str) -> set[str]:
        """The values that some case has, or had when it was read."""
        found = self._values.get(dimension)
        if found is None:
            found = self._values[dimension] = kept_values(connection, dimension)
        return found

    def sets(self, connection: Connection, dimension: str, values: list[str]) -> Iterator[BitMap]:
        """The sets of some values."""
        kept = self._sets.setdefault(dimension, {})
        if dimension not in self._whole:
            missing = [value for value in values if value not in kept]
            if len(missing) > _FEW:
                kept = self.whole(connection, dimension)
            elif missing:
                found = kept_sets(connection, dimension, missing)
                kept.update({value: found.get(value, BitMap()) for value in missing})
                self._weigh(found)
        return (kept[value] for value in values if value in kept)

    def one(self, connection: Connection, dimension: str, value: str) -> BitMap | None:
        """The set of a value; with its whole dimension only where a good many are asked for, one by one."""
        kept = self._sets.setdefault(dimension, {})
        if value in kept or dimension in self._whole:
            return kept.get(value)
        self._singly[dimension] += 1
        if self._singly[dimension] > _FEW:
            return self.whole(connection, dimension).get(value)
        found = kept[value] = kept_sets(connection, dimension, [value]).get(value, BitMap())
        self._weigh({value: found})
        return found

    def whole(self, connection: Connection, dimension: str) -> dict[str, BitMap]:
        """The sets of every value of a dimension."""
        if dimension in self._whole:
            return self._sets[dimension]
        found = kept_sets(connection, dimension)
        self._weigh(found)
        self._sets[dimension] = found
        self._whole.add(dimension)
        return found

    def _weigh(self, found: dict[str, BitMap]) -> None:
        self._bytes += sum(map(_size, found.values()))
        if self._bytes > _MOST_BYTES:
            self._sets, self._bytes = {}, 0
            self._whole.clear()
            self._singly.clear()


def _size(one: BitMap) -> int:
    told = one.get_statistics()
    arrays, runs = told["n_bytes_array_containers"], told["n_bytes_run_containers"]
    return int(arrays + runs + told["n_bytes_bitset_containers"])
