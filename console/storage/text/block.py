"""A block of the text index: where every gram stands in the cases of one stretch of ids, cut into pages.

A block holds 32,768 ids, an entry is a case (its id within the block, two bytes) and a place in its text
(the last eight bits of it, one byte); the entries are sorted by gram, so that a page tells each gram once.
A block is made anew as a whole: nothing in it is ever changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from console.storage.text.grams import AROUND, NO_SIGN, Found, grams_of

BLOCK_BITS = 15
IDS = 1 << BLOCK_BITS
PAGES = 1 << 16
_PAGE_ENTRIES = 4096  # a gram that stands in more cases has a longer page to itself
_MOST_LETTERS = 4000  # a longer text is no line to be found by, but a file: it is read where it lies
_MOST_OF_ALL = 8_000_000  # letters of a block; what it takes to sort them is in memory at once

Ordinals = NDArray[np.uint16]
Offsets = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Block:
    """One block to be written: its pages, and of each page the first gram and the number of entries.

    `long` are ordinals of texts in which two places may look like one; `apart` those of texts that are
    not indexed.
    """

    number: int
    through: int
    cases: int
    pages: Sequence[bytes]
    firsts: bytes
    counts: bytes
    long: bytes
    apart: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is read: its grams, where each one's entries end, and the entries."""

    grams: NDArray[np.int64]
    ends: NDArray[np.uint32]
    ordinals: Ordinals
    offsets: Offsets

    def between(self, low: int, high: int) -> tuple[Ordinals, Offsets]:
        """The entries of the grams of a half-open range."""
        first, last = np.searchsorted(self.grams, (low, high))
        if first == last:
            return self.ordinals[:0], self.offsets[:0]
        begin = int(self.ends[first - 1]) if first else 0
        stretch = slice(begin, int(self.ends[last - 1]))
        return self.ordinals[stretch], self.offsets[stretch]


def text_of(said: Iterable[str]) -> str:
    """What is searched of a case: its texts one after another, with nothing that goes over their ends."""
    return NO_SIGN.join(said)


def made(number: int, through: int, rows: Iterable[tuple[int, str]]) -> Block:
    """The block of rows of id and text (see `text_of`), by rising id."""
    ordinals: list[int] = []
    texts: list[str] = []
    long, apart = BitMap(), BitMap()
    letters = cases = 0
    for case_id, text in rows:
        ordinal = case_id - (number << BLOCK_BITS)
        cases += 1
        if len(text) > _MOST_LETTERS or letters + len(text) > _MOST_OF_ALL:
            apart.add(ordinal)
            continue
        if len(text) >= AROUND:
            long.add(ordinal)
        letters += len(text)
        ordinals.append(ordinal)
        texts.append(text)
    pages, firsts, counts = _cut(grams_of(ordinals, texts)) if texts else ([], b"", b"")
    return Block(number, through, cases, pages, firsts, counts, long.serialize(), apart.serialize())


def read(data: bytes) -> Page:
    count = int.from_bytes(data[:4], "little")
    ends = np.frombuffer(data, "<u4", count, 4)
    grams = np.frombuffer(data, "<i8", count, 4 + 4 * count)
    entries = int(ends[-1])
    after = 4 + 12 * count
    return Page(
        grams,
        ends,
        np.frombuffer(data, "<u2", entries, after),
        np.frombuffer(data, "<u1", entries, after + 2 * entries),
    )


def _cut(found: Found) -> tuple[list[bytes], bytes, bytes]:
    """The pages, the first gram of each, and its number of entries."""
    new = np.flatnonzero(np.diff(found.grams, prepend=-1))
    grams = found.grams[new]
    ends = np.append(new[1:], len(found.grams))
    # A page ends where the entries of its last gram pass the next multiple: never within a gram.
    numbers = (ends - 1) // _PAGE_ENTRIES
    bounds = np.flatnonzero(np.diff(numbers, prepend=-1, append=numbers[-1] + 1))
    pages, counts = [], []
    for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        begin, end = int(new[first]), int(ends[last - 1])
        counts.append(end - begin)
        pages.append(
            b"".join(
                (
                    (last - first).to_bytes(4, "little"),
                    (ends[first:last] - begin).astype("<u4").tobytes(),
                    grams[first:last].astype("<i8").tobytes(),
                    found.ordinals[begin:end].astype("<u2").tobytes(),
                    found.offsets[begin:end].tobytes(),
                )
            )
        )
    return pages, grams[bounds[:-1]].astype("<i8").tobytes(), np.array(counts, "<u4").tobytes()


def differing(one: Block, other: Block) -> list[int]:
    """Ids of the cases that two readings of a block tell differently."""
    low = one.number << BLOCK_BITS
    apart = (BitMap.deserialize(each.long) | BitMap.deserialize(each.apart) for each in (one, other))
    found = BitMap.symmetric_difference(*apart)
    if one.pages != other.pages or one.firsts != other.firsts or one.counts != other.counts:
        ours, theirs = _entries(one), _entries(other)
        strange = np.setxor1d(ours, theirs)
        found.update(strange["ordinal"].tolist())
        # The entries are the same, only where they stand is not: nobody can say who is missed.
        if not len(strange):
            found.update(theirs["ordinal"].tolist())
    return [low + ordinal for ordinal in found]


_ENTRY = np.dtype([("gram", "<i8"), ("ordinal", "<u2"), ("offset", "<u1")])


def _entries(block: Block) -> NDArray[Any]:
    """Every entry, as far as it can be read."""
    parts = []
    for data in block.pages:
        try:
            page = read(data)
            entries = np.zeros(len(page.ordinals), _ENTRY)
            entries["gram"] = np.repeat(page.grams, np.diff(page.ends, prepend=np.uint32(0)))
            entries["ordinal"], entries["offset"] = page.ordinals, page.offsets
        except (ValueError, IndexError):  # cut short, or no page at all
            continue
        parts.append(entries)
    return np.concatenate(parts) if parts else np.zeros(0, _ENTRY)
