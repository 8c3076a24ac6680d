"""How far the sets have come, and the sets of the blocks that are done, as the database keeps them.

A block of ids is kept under a generation of its own and comes into force at once, by a single row: a
reader sees it whole, and what a broken work left behind is never seen.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from pyroaring import BitMap
from sqlalchemy import Connection, delete, func, insert, select, text

from console.storage.direct import Direct, Statement
from console.storage.meta import get_meta, put_meta
from console.storage.sets.alphabet import UNCUT, Alphabet, Alphabets
from console.storage.sets.tables import case_blocks, case_keys, case_sets
from console.storage.tables import journal, meta

BLOCK_BITS = 17  # 131,072 ids in a block: two weeks of a big city
_PLACE = ("block", "generation", "dimension", "value")
_SEAL, _ALPHABETS = "sets", "sets_alphabets"

_HEAD = Statement(select(func.max(journal.c.id)))


def _in_force(columns: str, where: str, *, keys: bool = False) -> Statement:
    """What is asked of the sets in force, by the key of their table, block by block.

    CROSS JOIN is how SQLite is told where to begin: left to itself it reads all sets there are for every
    one that is asked for, 30 ms at 3.2 million cases.
    """
    tables = "case_blocks CROSS JOIN case_sets"
    same = "case_sets.block = case_blocks.block AND case_sets.generation = case_blocks.generation"
    if keys:
        tables += " CROSS JOIN case_keys"
        same += "".join(f" AND case_keys.{name} = case_sets.{name}" for name in _PLACE)
    return Statement(text(f"SELECT {columns} FROM {tables} WHERE {same} AND {where}"))


_DIMENSION = "case_sets.dimension = :dimension"
_VALUE = f"{_DIMENSION} AND case_sets.value = :value"
_KEYED = "case_keys.dimension, case_keys.value, case_sets.ids, case_keys.sorted_by"
_WHOLE = _in_force("case_sets.value, case_sets.ids", _DIMENSION)
_ONE = _in_force("case_sets.value, case_sets.ids", _VALUE)
_VALUES = _in_force("DISTINCT case_sets.value", _DIMENSION)
_BLOCKS = Statement(select(case_blocks.c.block).order_by(case_blocks.c.block))
_OF_BLOCK = _in_force("case_sets.dimension, case_sets.value, case_sets.ids", "case_blocks.block = :block")
_KEYS = _in_force(_KEYED, _VALUE, keys=True)
_DIMENSION_KEYS = _in_force(
    "case_sets.ids, case_keys.sorted_by", f"case_blocks.block = :block AND {_DIMENSION}", keys=True
)
_FORCES = Statement(select(case_blocks.c.block, case_blocks.c.generation))
_BLOCK_KEYS = _in_force(_KEYED, "case_blocks.block = :block", keys=True)
_PUT = Statement(insert(case_sets).inline(), [*_PLACE, "ids"])
_PUT_KEYS = Statement(insert(case_keys).inline(), [*_PLACE, "sorted_by"])
_FORCE = Statement(
    text(
        "INSERT INTO case_blocks (block, generation) VALUES (:block, :generation) "
        "ON CONFLICT (block) DO UPDATE SET generation = excluded.generation"
    )
)

Piece = tuple[str, str, bytes]  # dimension, value, serialised ids


@dataclass(frozen=True, slots=True)
class Seal:
    """A case that no fact touched after the line `since` stands in the sets as its row says.

    None: the sets are not whole yet. `blocks` are still to be read, for a seal at the line `building`.
    """

    since: int | None = None
    building: int = 0
    blocks: tuple[int, ...] = ()


def read_seal(connection: Connection) -> Seal | None:
    told = get_meta(connection, _SEAL)
    if told is None:
        return None
    since, building, blocks = orjson.loads(told)
    return Seal(since, building, tuple(blocks))


def write_seal(connection: Connection, seal: Seal) -> None:
    put_meta(connection, _SEAL, orjson.dumps([seal.since, seal.building, seal.blocks]).decode())


def forget_seal(connection: Connection) -> None:
    """Have no sets in force; what is kept of them is thrown away as new ones come into force."""
    connection.execute(delete(meta).where(meta.c.name == _SEAL))
    connection.execute(delete(case_blocks))


def read_alphabets(connection: Connection) -> Alphabets:
    told = get_meta(connection, _ALPHABETS)
    kept = {} if told is None else orjson.loads(told)
    return {name: Alphabet(none.shown, kept.get(name, ())) for name, none in UNCUT.items()}


def write_alphabets(connection: Connection, alphabets: Alphabets) -> None:
    told = {name: list(one.cuts) for name, one in alphabets.items()}
    put_meta(connection, _ALPHABETS, orjson.dumps(told).decode())


def journal_end(connection: Connection) -> int:
    """The id of the journal's last line."""
    found = Direct(connection).one(_HEAD)
    return 0 if found is None or found[0] is None else int(found[0])


def kept_values(connection: Connection, dimension: str) -> set[str]:
    """The values that some block has a set for."""
    return {value for (value,) in Direct(connection).every(_VALUES, (dimension,))}


def kept_sets(
    connection: Connection, dimension: str, values: Iterable[str] | None = None
) -> Iterator[tuple[str, bytes]]:
    """The sets in force of a dimension, or of some of its values: serialised, each once for every block."""
    direct = Direct(connection)
    if values is None:
        yield from direct.every(_WHOLE, (dimension,))
        return
    for value in values:
        yield from direct.every(_ONE, (dimension, value))


def kept_blocks(connection: Connection) -> list[int]:
    """The blocks that are in force."""
    return [block for (block,) in Direct(connection).every(_BLOCKS)]


def block_sets(connection: Connection, block: int) -> dict[str, dict[str, BitMap]]:
    """All sets of a block, by dimension and value."""
    found: dict[str, dict[str, BitMap]] = {}
    for name, value, ids in Direct(connection).every(_OF_BLOCK, (block,)):
        found.setdefault(name, {})[value] = BitMap.deserialize(bytes(ids))
    return found


def packed(keys: Sequence[Any]) -> bytes:
    """Keys as they are kept."""
    return zlib.compress(orjson.dumps(keys), 1)


def kept_keys(connection: Connection, dimension: str, value: str) -> Iterator[tuple[BitMap, list[Any]]]:
    """The ids of a set with the keys by which they are sorted, block by block."""
    for _dimension, _value, ids, keys in Direct(connection).every(_KEYS, (dimension, value)):
        yield BitMap.deserialize(bytes(ids)), orjson.loads(zlib.decompress(keys))


def blocks_in_force(connection: Connection) -> dict[int, int]:
    """The generation of every block that is in force."""
    return dict(Direct(connection).every(_FORCES))


def keys_of_block(connection: Connection, dimension: str, block: int) -> Iterator[tuple[BitMap, list[Any]]]:
    """The ids of every set of a dimension in one block, with the keys by which they are sorted."""
    for ids, keys in Direct(connection).every(_DIMENSION_KEYS, (block, dimension)):
        yield BitMap.deserialize(bytes(ids)), orjson.loads(zlib.decompress(keys))


def block_keys(connection: Connection, block: int) -> Iterator[tuple[str, dict[int, Any]]]:
    """The keys of a block by id, each with its dimension."""
    for dimension, _value, ids, keys in Direct(connection).every(_BLOCK_KEYS, (block,)):
        told = orjson.loads(zlib.decompress(keys))
        yield dimension, dict(zip(BitMap.deserialize(bytes(ids)), told, strict=False))


def put_pieces(
    connection: Connection, block: int, generation: int, pieces: Sequence[Piece], *, keys: bool
) -> None:
    """Keep sets of a block that is not in force yet, or the keys of sets."""
    Direct(connection).many(_PUT_KEYS if keys else _PUT, [(block, generation, *piece) for piece in pieces])


def put_in_force(connection: Connection, seal: Seal, block: int, generation: int) -> bool:
    """Bring a block's new sets into force; False if another seat was quicker."""
    now = read_seal(connection)
    if now is None or now.building != seal.building or block not in now.blocks:
        return False
    Direct(connection).changed(_FORCE, (block, generation))
    left = tuple(one for one in now.blocks if one != block)
    write_seal(connection, replace(now, blocks=left) if left else Seal(since=now.building))
    return True


def drop_sets(connection: Connection, block: int, generation: int, dimension: str, *, before: bool) -> None:
    """Throw away a dimension of a block as it was before a generation, or in that very one."""
    for table in (case_sets, case_keys):
        told = table.c.generation
        connection.execute(
            delete(table).where(
                table.c.block == block,
                told < generation if before else told == generation,
                table.c.dimension == dimension,
            )
        )
