"""Which cases say a word: by the text index where it has read them, by their rows where it has not."""

import logging
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import ColumnElement, Connection, Engine, and_, or_, select

from console.storage.tables import cases
from console.storage.text import index
from console.storage.text.block import BLOCK_BITS, IDS, PAGES, Page, read
from console.storage.text.grams import AROUND, Gram, asked
from console.storage.text.literal import among, says
from console.storage.text.tables import text_blocks

_PLACE_BITS = AROUND.bit_length() - 1
_AT_ONCE = 400  # pages in one asking
Keys = NDArray[np.uint32]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a block without reading its pages."""

    number: int
    through: int
    firsts: NDArray[np.int64]
    counts: NDArray[np.int64]
    long: BitMap
    apart: BitMap

    def pages(self, gram: Gram) -> range:
        """The pages that may hold the gram."""
        first = int(np.searchsorted(self.firsts, gram.low, "right")) - 1
        last = int(np.searchsorted(self.firsts, gram.high, "left"))
        return range(max(first, 0), last)


# What blocks were like when they were read; one that was read again since is looked at again.
_directories: WeakKeyDictionary[Engine, dict[int, _Known]] = WeakKeyDictionary()


class _DamagedError(Exception):
    """A page of a block is missing or cut short."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Search:
    """A search in one view. `holding` may be asked for word after word."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        seen = index.seen(connection)
        self._blocks = [] if seen is None else _blocks(connection)
        self._apart: BitMap | None = None

    @property
    def indexed(self) -> bool:
        """Whether there is anything that need not be looked at case by case."""
        return bool(self._blocks)

    def holding(self, word: str) -> BitMap:
        """Ids of the cases that say the word, exactly as this view shows them."""
        told = said_by_row(word)
        apart = self._unread()
        found = self._indexed(word, told) - apart
        found |= self._by_rows(told, self._absent())
        return found | self._by_rows(told, [among(cases.c.id, apart)] if apart else [])

    def _indexed(self, word: str, told: ColumnElement[bool]) -> BitMap:
        """What the blocks tell; one that cannot be read is as good as none, and verify tells of it."""
        while True:
            try:
                return self._by_grams(word, told)
            except _DamagedError as problem:
                _log.warning("the text index cannot be read in block %d", problem.number)
                self._blocks = [block for block in self._blocks if block.number != problem.number]

    def _by_grams(self, word: str, told: ColumnElement[bool]) -> BitMap:
        grams = sorted(asked(word), key=self._entries)
        found: dict[int, Keys] = {}
        blocks: Sequence[_Known] = self._blocks
        for number, gram in enumerate(grams):
            more: dict[int, Keys] = {}
            for block, pages in self._read(blocks, gram):
                keys = _keys(pages, gram, alone=len(grams) == 1)
                if number:
                    keys = _common(found[block.number], keys)
                if len(keys):
                    more[block.number] = keys
            found = more
            blocks = [block for block in blocks if block.number in found]
        if len(grams) == 1:
            return _ids(found)
        hits = _ids({number: _distinct(keys >> _PLACE_BITS) for number, keys in found.items()})
        # In a long text two places may look like one.
        doubtful = _shifted((block.number, block.long) for block in blocks) & hits
        if doubtful:
            hits -= doubtful
            hits |= self._by_rows(told, [among(cases.c.id, doubtful)])
        return hits

    def _entries(self, gram: Gram) -> int:
        """How many entries have to be read for a gram."""
        return sum(
            int(block.counts[pages.start : pages.stop].sum())
            for block in self._blocks
            for pages in [block.pages(gram)]
        )

    def _read(self, blocks: Sequence[_Known], gram: Gram) -> Iterator[tuple[_Known, list[Page]]]:
        """Blocks with the pages that may hold a gram, a few hundred pages in memory at a time."""
        waiting: list[tuple[_Known, range]] = []
        count = 0
        for block in blocks:
            pages = block.pages(gram)
            if pages:
                waiting.append((block, pages))
                count += len(pages)
            if count >= _AT_ONCE:
                yield from self._fetched(waiting)
                waiting, count = [], 0
        if waiting:
            yield from self._fetched(waiting)

    def _fetched(self, waiting: Sequence[tuple[_Known, range]]) -> Iterator[tuple[_Known, list[Page]]]:
        places = [block.number * PAGES + page for block, pages in waiting for page in pages]
        # Numbers of our own, written out: as values they would be more than a statement may have.
        found: Mapping[int, Any] = dict(
            self._connection.exec_driver_sql(
                f"SELECT place, data FROM text_pages WHERE place IN ({','.join(map(str, places))})"
            ).all()
        )
        for block, pages in waiting:
            try:
                told = [read(bytes(found[block.number * PAGES + page])) for page in pages]
            except (KeyError, ValueError, IndexError) as problem:
                raise _DamagedError(block.number) from problem
            yield block, told

    def _by_rows(self, told: ColumnElement[bool], which: Sequence[ColumnElement[bool]]) -> BitMap:
        if not which:
            return BitMap()
        query = select(cases.c.id).where(or_(*which), told)
        return BitMap(array("I", self._connection.execute(query).scalars()))

    def _absent(self) -> list[ColumnElement[bool]]:
        """The stretches of ids without a block."""
        stretches: list[ColumnElement[bool]] = []
        begin = 0
        for block in self._blocks:
            low = block.number << BLOCK_BITS
            if low > begin:
                stretches.append(and_(cases.c.id >= begin, cases.c.id < low))
            begin = low + IDS
        return [*stretches, cases.c.id >= begin]

    def _unread(self) -> BitMap:
        """Cases of the blocks that are looked at where they lie: told anew, or never indexed."""
        if self._apart is None:
            seen = index.seen(self._connection)
            if not self._blocks or seen is None:
                self._apart = BitMap()
            else:
                self._apart = index.unread(self._connection, seen)
                self._apart |= _shifted((block.number, block.apart) for block in self._blocks)
        return self._apart


def said_by_row(word: str) -> ColumnElement[bool]:
    """A case's own texts say the word."""
    return or_(*(says(cases.c[name], word) for name in index.SEARCHED))


def _blocks(connection: Connection) -> list[_Known]:
    known = _directories.setdefault(connection.engine, {})
    there = dict(connection.execute(select(text_blocks.c.block, text_blocks.c.through)).all())
    new = [
        number for number, through in there.items() if number not in known or known[number].through != through
    ]
    if new:
        for row in connection.execute(select(text_blocks).where(among(text_blocks.c.block, new))):
            known[row.block] = _Known(
                row.block,
                row.through,
                np.frombuffer(row.firsts, "<i8"),
                np.frombuffer(row.counts, "<u4").astype(np.int64),
                BitMap.deserialize(bytes(row.long)),
                BitMap.deserialize(bytes(row.apart)),
            )
    return [known[number] for number in sorted(there)]


def _keys(pages: Sequence[Page], gram: Gram, *, alone: bool) -> Keys:
    """Where in its block the word may begin; only the ordinals where the gram is the whole of it."""
    parts = [page.between(gram.low, gram.high) for page in pages]
    ordinals = np.concatenate([one for one, _ in parts]) if len(parts) > 1 else parts[0][0]
    if alone:
        return _marked(ordinals) if not gram.exact else _distinct(ordinals)
    offsets = np.concatenate([one for _, one in parts]) if len(parts) > 1 else parts[0][1]
    begins = (offsets.astype(np.uint32) - np.uint32(gram.at)) & np.uint32(AROUND - 1)
    return (ordinals.astype(np.uint32) << np.uint32(_PLACE_BITS)) | begins


def _common(one: Keys, other: Keys) -> Keys:
    """What stands in both, rising."""
    both = np.concatenate((one, other))
    both.sort(kind="stable")  # merges what is sorted already: twenty times as fast here as the usual sort
    found: Keys = both[1:][both[1:] == both[:-1]]
    return found


def _distinct(rising: NDArray[Any]) -> Keys:
    if not len(rising):
        return rising.astype(np.uint32)
    new = np.empty(len(rising), bool)
    new[0] = True
    np.not_equal(rising[1:], rising[:-1], out=new[1:])
    return rising[new].astype(np.uint32)


def _marked(ordinals: NDArray[np.uint16]) -> Keys:
    marks = np.zeros(IDS, bool)
    marks[ordinals] = True
    return np.flatnonzero(marks).astype(np.uint32)


def _ids(found: Mapping[int, Keys]) -> BitMap:
    """The ids of ordinals, by block."""
    if not found:
        return BitMap()
    every = np.concatenate([ordinals + np.uint32(number << BLOCK_BITS) for number, ordinals in found.items()])
    return BitMap(array("I", every.astype("=u4").tobytes()))


def _shifted(blocks: Iterator[tuple[int, BitMap]]) -> BitMap:
    return BitMap.union(
        BitMap(), *(ordinals.shift(number << BLOCK_BITS) for number, ordinals in blocks if ordinals)
    )
