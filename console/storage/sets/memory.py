"""The kept sets that were asked for last, in memory as far as there is room."""

from collections import Counter, OrderedDict
from collections.abc import Iterator

from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets.seal import kept_sets, kept_values

# Dimensions not asked for longest are let go of beyond, and read again when they are. Of 3.2 million cases
# all take 190 MB, and what an operator asks for in an hour would be most of it.
_MOST_BYTES = 24_000_000
_EACH_BYTES = 250  # of a set besides what it holds: its object, its name and its place among the others
_PIECE_BYTES = 64  # and of each piece of 65,536 numbers: those of three million cases have up to 49
_FEW = 64  # values that are read one by one rather than with their whole dimension


class Memory:
    """Sets of the blocks in force, by dimension and value."""

    def __init__(self) -> None:
        self._sets: OrderedDict[str, dict[str, BitMap]] = OrderedDict()  # the last asked for last
        self._values: dict[str, set[str]] = {}
        self._whole: set[str] = set()
        self._singly: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def values(self, connection: Connection, dimension: str) -> set[str]:
        """The values that some case has, or had when it was read."""
        found = self._values.get(dimension)
        if found is None:
            found = self._values[dimension] = kept_values(connection, dimension)
        return found

    def sets(self, connection: Connection, dimension: str, values: list[str]) -> Iterator[BitMap]:
        """The sets of some values."""
        kept = self._of(dimension)
        if dimension not in self._whole:
            missing = [value for value in values if value not in kept]
            if len(missing) > _FEW:
                kept = self.whole(connection, dimension)
            elif missing:
                found = kept_sets(connection, dimension, missing)
                kept.update({value: found.get(value, BitMap()) for value in missing})
                self._weigh(dimension, found)
        return (kept[value] for value in values if value in kept)

    def one(self, connection: Connection, dimension: str, value: str) -> BitMap | None:
        """The set of a value; with its whole dimension only where a good many are asked for, one by one."""
        kept = self._of(dimension)
        if value in kept or dimension in self._whole:
            return kept.get(value)
        self._singly[dimension] += 1
        if self._singly[dimension] > _FEW:
            return self.whole(connection, dimension).get(value)
        found = kept[value] = kept_sets(connection, dimension, [value]).get(value, BitMap())
        self._weigh(dimension, {value: found})
        return found

    def whole(self, connection: Connection, dimension: str) -> dict[str, BitMap]:
        """The sets of every value of a dimension."""
        kept = self._of(dimension)
        if dimension in self._whole:
            return kept
        found = kept_sets(connection, dimension)
        self._sets[dimension] = found
        self._whole.add(dimension)
        self._bytes[dimension] = 0
        self._weigh(dimension, found)
        return found

    def _of(self, dimension: str) -> dict[str, BitMap]:
        kept = self._sets.setdefault(dimension, {})
        self._sets.move_to_end(dimension)
        return kept

    def _weigh(self, dimension: str, found: dict[str, BitMap]) -> None:
        """Make room for what came, but never out of the dimension that it came to."""
        self._bytes[dimension] += sum(map(weight, found.values()))
        while self._bytes.total() > _MOST_BYTES and len(self._sets) > 1:
            oldest, _sets = self._sets.popitem(last=False)
            self._whole.discard(oldest)
            del self._bytes[oldest], self._singly[oldest]


def weight(one: BitMap) -> int:
    """About how many bytes of memory a kept set takes."""
    told = one.get_statistics()
    arrays, runs = told["n_bytes_array_containers"], told["n_bytes_run_containers"]
    held = int(arrays + runs + told["n_bytes_bitset_containers"])
    return held + int(told["n_containers"]) * _PIECE_BYTES + _EACH_BYTES
