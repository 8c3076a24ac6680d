"""The kept sets that were asked for last, in memory as far as there is room."""

from collections import OrderedDict
from collections.abc import Iterator

from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets.packed import Packed
from console.storage.sets.seal import kept_sets, kept_values

# Dimensions not asked for longest are let go of beyond, and read again when they are. Of 3.2 million cases
# all take 110 MB, and what an operator asks for in an hour would be most of it.
_MOST_BYTES = 24_000_000
_FEW = 64  # values that are read one by one rather than with their whole dimension


class Memory:
    """Sets of the blocks in force, by dimension and value."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Dimension] = OrderedDict()  # the last asked for last
        self._values: dict[str, set[str]] = {}

    def values(self, connection: Connection, dimension: str) -> set[str]:
        """The values that some case has, or had when it was read."""
        found = self._values.get(dimension)
        if found is None:
            found = self._values[dimension] = kept_values(connection, dimension)
        return found

    def sets(self, connection: Connection, dimension: str, values: list[str]) -> Iterator[BitMap]:
        """The sets of some values."""
        kept = self._of(dimension)
        missing = kept.missing(values)
        if len(missing) > _FEW:
            self.keep(connection, dimension)
        elif missing:
            self._read(connection, dimension, missing)
        return (found for found in map(kept.get, values) if found is not None)

    def one(self, connection: Connection, dimension: str, value: str) -> BitMap | None:
        """The set of a value; with its whole dimension only where a good many are asked for, one by one."""
        kept = self._of(dimension)
        if kept.missing([value]):
            if kept.singles >= _FEW:
                self.keep(connection, dimension)
            else:
                self._read(connection, dimension, [value])
        return kept.get(value)

    def keep(self, connection: Connection, dimension: str) -> None:
        """Have the sets of every value of a dimension, as far as there is room for one."""
        kept = self._of(dimension)
        if not kept.whole:
            kept.have_whole(Packed(kept_sets(connection, dimension)))
            self._make_room()

    def _read(self, connection: Connection, dimension: str, values: list[str]) -> None:
        found = Packed(kept_sets(connection, dimension, values))
        self._kept[dimension].have(values, found)
        self._make_room()

    def _of(self, dimension: str) -> "_Dimension":
        kept = self._kept.setdefault(dimension, _Dimension())
        self._kept.move_to_end(dimension)
        return kept

    def _make_room(self) -> None:
        """Make room for what came, but never out of the dimension that it came to."""
        while len(self._kept) > 1 and sum(one.weight for one in self._kept.values()) > _MOST_BYTES:
            self._kept.popitem(last=False)


class _Dimension:
    """What there is of a dimension: all of its sets, or those of some values."""

    def __init__(self) -> None:
        self._all: Packed | None = None
        self._some: dict[str, Packed] = {}
        self.weight = 0

    @property
    def whole(self) -> bool:
        return self._all is not None

    @property
    def singles(self) -> int:
        return len(self._some)

    def missing(self, values: list[str]) -> list[str]:
        """Those of which nothing is known yet."""
        return [] if self.whole else [value for value in values if value not in self._some]

    def get(self, value: str) -> BitMap | None:
        kept = self._all or self._some[value]
        return kept.get(value)

    def have_whole(self, found: Packed) -> None:
        self._all, self._some, self.weight = found, {}, found.weight

    def have(self, values: list[str], found: Packed) -> None:
        """Some values' sets; one that `found` does not tell of has no case."""
        self._some |= dict.fromkeys(values, found)
        self.weight += found.weight
