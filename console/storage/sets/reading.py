"""Rows of cases read as values of the dimensions, and grouped into sets."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Connection, bindparam, func, select

from console.storage.direct import Direct, Row, Statement
from console.storage.sets.alphabet import SHOWN
from console.storage.sets.among import Among, told_ids
from console.storage.sets.dimensions import DIMENSIONS, KEYS, NAMES, PLACED
from console.storage.sets.seal import BLOCK_BITS, Piece, packed
from console.storage.sorted_by import cut
from console.storage.tables import cases

CHUNK = 2000  # rows: a few dozen milliseconds of work

_RAW = [cases.c.id, *(one.said.label(f"said_{at}") for at, one in enumerate(DIMENSIONS))]
_KEYS = [said.label(f"key_{name}_{at}") for name, keys in KEYS.items() for at, said in enumerate(keys)]
_RANGE = Statement(
    select(*_RAW, *_KEYS)
    .where(cases.c.id >= bindparam("since"), cases.c.id < bindparam("until"))
    .order_by(cases.c.id)
)
_SOME = Statement(select(*_RAW).where(Among()))
_LAST = Statement(select(func.max(cases.c.id)))
_TEXTS = Statement(select(*(cut(name, length) for name, length in SHOWN.items())).where(Among()))

Valued = Sequence[Callable[[Any], str]]
Sets = dict[str, dict[str, BitMap]]  # by dimension and value


def last_case(connection: Connection) -> int:
    """The highest id of a case."""
    found = Direct(connection).one(_LAST)
    return 0 if found is None or found[0] is None else int(found[0])


def some_texts(connection: Connection, last: int, most: int) -> dict[str, list[str]]:
    """The beginnings of the texts that have an alphabet, of cases spread evenly over all ids."""
    ids = range(1, last + 1, max(1, last // most))
    rows = Direct(connection).every(_TEXTS, (told_ids(ids),))
    return {name: [row[at] for row in rows] for at, name in enumerate(SHOWN)}


def chunks(block: int) -> Iterator[tuple[int, int]]:
    """The ranges of ids in which a block is read."""
    first, beyond = block << BLOCK_BITS, (block + 1) << BLOCK_BITS
    for since in range(first, beyond, CHUNK):
        yield since, min(beyond, since + CHUNK)


def read_chunk(connection: Connection, since: int, until: int) -> list[Row]:
    return Direct(connection).every(_RANGE, (since, until))


def read_cases(connection: Connection, ids: Iterable[int]) -> list[Row]:
    return Direct(connection).every(_SOME, (told_ids(ids),))


class Reading:
    """The sets of rows that are read in the order of their ids, and the keys within each."""

    def __init__(self, valued: Valued) -> None:
        self.sets: Sets = {name: {} for name in NAMES}
        self.keys: dict[str, dict[str, list[Any]]] = {name: {} for name in KEYS}
        self._valued = valued

    def add(self, rows: Sequence[Row]) -> None:
        if not rows:
            return
        ids, *columns = zip(*rows, strict=True)
        keys = _keys(columns[len(NAMES) :])
        for name, value, column in zip(NAMES, self._valued, columns, strict=False):
            texts = {raw: value(raw) for raw in set(column)}
            told = [texts[raw] for raw in column]
            grouped: defaultdict[str, list[int]] = defaultdict(list)
            for case_id, text in zip(ids, told, strict=True):
                grouped[text].append(case_id)
            sets = self.sets[name]
            for text, some in grouped.items():
                sets.setdefault(text, BitMap()).update(some)
            if name in KEYS:
                kept = self.keys[name]
                for key, text in zip(keys[name], told, strict=True):
                    if text or name == PLACED:
                        kept.setdefault(text, []).append(key)

    def pieces(self) -> Iterator[Piece]:
        """The sets as they are kept."""
        for name, values in self.sets.items():
            for value, ids in values.items():
                ids.run_optimize()
                yield name, value, ids.serialize()

    def key_pieces(self) -> Iterator[Piece]:
        """The keys as they are kept."""
        for name, values in self.keys.items():
            for value, keys in values.items():
                yield name, value, packed(keys)


def _keys(columns: Sequence[Any]) -> dict[str, Iterable[Any]]:
    """The keys of each dimension that has some: one value, or a list of several."""
    found: dict[str, Iterable[Any]] = {}
    at = 0
    for name, names in KEYS.items():
        found[name] = columns[at] if len(names) == 1 else zip(*columns[at : at + len(names)], strict=True)
        at += len(names)
    return found
