"""The sets as a moment of the store has them: those kept, without the cases that were touched since."""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pyroaring import BitMap
from sqlalchemy import Connection, bindparam, select

from console.storage.direct import Direct, Statement
from console.storage.engine import WRITES
from console.storage.sets.alphabet import UNCUT, Alphabets
from console.storage.sets.dimensions import PLACED
from console.storage.sets.loose import Loose
from console.storage.sets.memory import Memory
from console.storage.sets.seal import journal_end, kept_keys, read_alphabets, read_seal
from console.storage.tables import journal

if TYPE_CHECKING:
    from console.storage.sets.placed import Placed, PlacedSets

T = TypeVar("T")

MOST_LINES = 300_000  # a journal that is further ahead is left to SQL until it is sealed
_REMEMBERED = 24  # answers: a queue of ten years is four megabytes
# In the order of the lines: asked for distinct cases, SQLite walks the index of every line there is, a
# second at 25 million.
_TOUCHED = Statement(
    select(journal.c.case_id)
    .where(journal.c.id > bindparam("line"), journal.c.case_id.is_not(None))
    .order_by(journal.c.id)
)


def touched(connection: Connection, line: int) -> list[int]:
    """The cases that a line after `line` tells of."""
    return list(dict.fromkeys(case_id for (case_id,) in Direct(connection).every(_TOUCHED, (line,))))


class Following(Protocol):
    """What is kept of the cases from one look to the next."""

    def begin(self, connection: Connection) -> None:
        """Read what there is."""

    def renew(self, connection: Connection, ids: Sequence[int]) -> None:
        """These cases were touched since."""


F = TypeVar("F", bound=Following)


class LiveSets:
    """The sets of one store in one process; safe for many threads, which take turns."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._since: int | None = None
        self._head = 0
        self._alphabets = UNCUT
        self._memory = Memory()
        self._loose = Loose(self._alphabets)
        self._placed: PlacedSets | None = None
        self._values: dict[str, tuple[int, list[str]]] = {}
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._following: dict[type, Following] = {}

    @contextmanager
    def at(self, connection: Connection) -> Iterator["LiveSets | None"]:
        """The sets as the transaction on `connection` sees the store, to be used inside the block.

        None where there are none: the store is small or not sealed yet, the transaction writes, or it
        began before what was read here last.
        """
        with self._lock:
            self._connection = connection
            yield self if self._caught_up() else None

    def any(self, dimension: str, values: Iterable[str]) -> BitMap:
        """The cases that have one of the values."""
        told = list(values)
        kept = BitMap.union(BitMap(), *self._memory.sets(self._connection, dimension, told))
        kept -= self._loose.ids
        new = self._loose.sets[dimension]
        return kept | BitMap.union(BitMap(), *(new[value] for value in told if value in new))

    def having(self, dimension: str, test: Callable[[str], bool]) -> BitMap:
        """The cases whose value passes the test."""
        return self.any(dimension, filter(test, self.values(dimension)))

    def between(self, dimension: str, first: str, last: str) -> list[str]:
        """The values from `first` to `last`, both included."""
        known = self.values(dimension)
        return known[bisect_left(known, first) : bisect_right(known, last)]

    def values(self, dimension: str) -> list[str]:
        """Every value that a case may have, sorted."""
        new = self._loose.sets[dimension].keys()  # of which none is ever taken away
        known = self._values.get(dimension)
        if known is None or known[0] != len(new):
            told = sorted(self._memory.values(self._connection, dimension) | new)
            known = self._values[dimension] = (len(new), told)
        return known[1]

    def everything(self) -> BitMap:
        return self.once("everything", lambda: self.any("state", self.values("state")))

    def warm(self) -> None:
        """Have in memory what everybody asks for first."""
        self.everything()
        for dimension in ("due", "reported_at", "ended_at"):
            self._memory.keep(self._connection, dimension)

    def counter(self, dimension: str, within: BitMap) -> Callable[[str], int]:
        """How many of `within` have a value."""
        old, young = within - self._loose.ids, within & self._loose.ids
        new = self._loose.sets[dimension]

        def count(value: str) -> int:
            kept = self._memory.one(self._connection, dimension, value)
            number = 0 if kept is None else old.intersection_cardinality(kept)
            return number + young.intersection_cardinality(new[value]) if value in new else number

        return count

    def members(self, dimension: str, value: str, within: BitMap) -> BitMap:
        """Those of `within` that have a value."""
        return within & self.any(dimension, [value])

    def keys(self, dimension: str, value: str, within: BitMap) -> tuple[list[Any], BitMap]:
        """By what the cases of `within` that have a value are sorted, each with its id.

        Second those of them whose rows have to be asked, for they were touched.
        """
        members = self.members(dimension, value, within)
        young = members & self._loose.ids
        old = members - young
        found: list[Any] = []
        for ids, keys in kept_keys(self._connection, dimension, value) if old else ():
            plain = [key[0] for key in keys] if dimension == PLACED else keys
            told = zip(plain, ids, strict=True)
            whole = ids.issubset(old)
            found += told if whole else [(key, case_id) for key, case_id in told if case_id in old]
        return found, young

    def placed(self, value: str) -> "Placed":
        """Where the cases of a value of `cell` lie, but for those that were touched."""
        from console.storage.sets.placed import PlacedSets  # numpy: the first rows are there without it

        self._placed = self._placed or PlacedSets()
        return self._placed.of(self._connection, value).without(self._loose.ids)

    @property
    def touched(self) -> BitMap:
        """The cases that were touched since they were read into the kept sets."""
        return self._loose.ids

    def once(self, asked: Hashable, make: Callable[[], T]) -> T:
        """What `make` makes, made once until the store moves on."""
        if asked in self._made:
            self._made.move_to_end(asked)
        else:
            self._made[asked] = make()
            if len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        found: T = self._made[asked]
        return found

    def following(self, kind: type[F]) -> F:
        """The one of its kind, which is told of every case that is touched from then on."""
        found = self._following.get(kind)
        if found is None:
            found = kind()
            found.begin(self._connection)
            self._following[kind] = found
        assert isinstance(found, kind)
        return found

    @property
    def alphabets(self) -> Alphabets:
        return self._alphabets

    @property
    def loose(self) -> int:
        """How many cases were touched since they were read into the kept sets."""
        return len(self._loose.ids)

    def _caught_up(self) -> bool:
        if self._connection.get_execution_options().get(WRITES, False):
            return False  # what it sees may never come to be
        seal = read_seal(self._connection)
        if seal is None or seal.since is None:
            self._since = None
            return False
        if seal.since != self._since:
            self._begin(seal.since, read_alphabets(self._connection))
        head = journal_end(self._connection)
        if not self._head <= head < self._head + MOST_LINES:
            return False
        if head > self._head:
            ids = touched(self._connection, self._head)
            self._loose.renew(self._connection, ids)
            for one in self._following.values():
                one.renew(self._connection, ids)
            self._head = head
            self._made.clear()  # after acts on the city too: they may change what a filter means
        return True

    def _begin(self, since: int, alphabets: Alphabets) -> None:
        """Know nothing but how far the kept sets have come."""
        self._since = self._head = since
        self._alphabets = alphabets
        self._memory = Memory()
        self._placed = None
        self._loose = Loose(alphabets)
        self._following.clear()
        self._values.clear()
        self._made.clear()
