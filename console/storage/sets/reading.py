"""Rows of cases read as values of the dimensions, and grouped into sets."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from pyroaring import BitMap
from sqlalchemy import Connection, bindparam, func, select

from console.storage.direct import Direct, Row, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.sets.dimensions import DIMENSIONS, NAMES
from console.storage.sets.seal import BLOCK_BITS, Piece
from console.storage.tables import cases

CHUNK = 2000  # rows: a few dozen milliseconds of work

_RAW = select(cases.c.id, *(one.said.label(f"said_{at}") for at, one in enumerate(DIMENSIONS)))
_RANGE = Statement(_RAW.where(cases.c.id >= bindparam("since"), cases.c.id < bindparam("until")))
_SOME = Statement(_RAW.where(Among()))
_LAST = Statement(select(func.max(cases.c.id)))
_ADDRESSES = Statement(select(cases.c.address).where(Among()))

Valued = Sequence[Callable[[Any], str]]
Sets = dict[str, dict[str, BitMap]]  # by dimension and value


def last_case(connection: Connection) -> int:
    """The highest id of a case."""
    found = Direct(connection).one(_LAST)
    return 0 if found is None or found[0] is None else int(found[0])


def some_addresses(connection: Connection, last: int, most: int) -> Iterator[str]:
    """The addresses of cases spread evenly over all ids."""
    ids = range(1, last + 1, max(1, last // most))
    for (address,) in Direct(connection).every(_ADDRESSES, (told_ids(ids),)):
        yield address


def chunks(block: int) -> Iterator[tuple[int, int]]:
    """The ranges of ids in which a block is read."""
    first, beyond = block << BLOCK_BITS, (block + 1) << BLOCK_BITS
    for since in range(first, beyond, CHUNK):
        yield since, min(beyond, since + CHUNK)


def read_chunk(connection: Connection, since: int, until: int) -> list[Row]:
    return Direct(connection).every(_RANGE, (since, until))


def read_cases(connection: Connection, ids: Iterable[int]) -> list[Row]:
    return Direct(connection).every(_SOME, (told_ids(ids),))


def group(rows: Sequence[Row], valued: Valued, into: Sets) -> None:
    """Put the ids of rows into the sets of their values."""
    if not rows:
        return
    ids, *columns = zip(*rows, strict=True)
    for name, value, column in zip(NAMES, valued, columns, strict=True):
        raw: defaultdict[Any, list[int]] = defaultdict(list)
        for case_id, told in zip(ids, column, strict=True):
            raw[told].append(case_id)
        sets = into.setdefault(name, {})
        for told, some in raw.items():
            key = value(told)
            found = sets.get(key)
            if found is None:
                sets[key] = BitMap(some)
            else:
                found.update(some)


def pieces(sets: Sets) -> Iterator[Piece]:
    """The sets as they are kept."""
    for name, values in sets.items():
        for value, ids in values.items():
            ids.run_optimize()
            yield name, value, ids.serialize()
