"""The sets of cases kept up to date behind the operator's back, a few milliseconds at a time."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace

from console.domain.errors import Refused
from console.runtime.desk import Desk
from console.storage.sets.alphabet import SHOWN, Alphabet
from console.storage.sets.dimensions import NAMES, valued
from console.storage.sets.live import touched
from console.storage.sets.reading import (
    Reading,
    chunks,
    last_case,
    read_chunk,
    some_texts,
)
from console.storage.sets.seal import (
    BLOCK_BITS,
    Piece,
    Seal,
    drop_sets,
    forget_seal,
    journal_end,
    put_in_force,
    put_pieces,
    read_alphabets,
    read_seal,
    write_alphabets,
    write_seal,
)
from console.storage.unit import Store

WORTH = 20_000  # cases; fewer are counted and sorted by SQL before anybody notices
LOOSE = 20_000  # touched cases that a seat reads when it opens, at most about
PAUSE_SECONDS = 60.0
_CUTS = 2000
_SAMPLE = 20_000
_BYTES = 200_000  # what one transaction writes
_log = logging.getLogger(__name__)


async def keep_sealed(desk: Desk) -> None:
    """Keep the sets of the desk's store, until cancelled."""
    while True:
        try:
            work = sealed(desk.store)
            while True:
                if not await asyncio.to_thread(next, work, False):
                    break
                await asyncio.sleep(0.005)  # what the window wants to do comes first
        except Refused as problem:  # a server that restarts must not end it for good
            _log.warning("%s", problem)
        await asyncio.sleep(PAUSE_SECONDS)


def sealed(store: Store, worth: int = WORTH, loose: int = LOOSE) -> Iterator[bool]:
    """Bring the sets up to date where that is worth it; says True after each small piece of work.

    It may be broken off at any moment and goes on from the last block that is done.
    """
    seal = _begun(store, worth, loose)
    while seal is not None and seal.blocks:
        yield from _read(store, seal, seal.blocks[0])
        with store.read() as view:
            seal = read_seal(view.connection)


def seal_now(store: Store, *, anew: bool = False) -> Iterator[int]:
    """Seal every case, however few; after each piece of work how many blocks are still to be read."""
    if anew:
        with store.write() as unit:
            forget_seal(unit.connection)
    for _done in sealed(store, worth=1, loose=1):
        with store.read() as view:
            seal = read_seal(view.connection)
        yield 0 if seal is None else len(seal.blocks)


def _begun(store: Store, worth: int, loose: int) -> Seal | None:
    """What is to be done, after telling the other seats."""
    with store.read() as view:
        seal, end = read_seal(view.connection), journal_end(view.connection)
        if seal is not None and seal.blocks:
            return seal
        last = last_case(view.connection)
        if seal is None:
            if last < worth:
                return None
            blocks = list(range((last >> BLOCK_BITS) + 1))
            told = some_texts(view.connection, last, _SAMPLE)
            alphabets = {name: Alphabet.of(told[name], shown, _CUTS) for name, shown in SHOWN.items()}
        else:
            if end - (seal.since or 0) < loose:
                return None
            ids = touched(view.connection, seal.since or 0)
            if len(ids) < loose:
                return None
            blocks = sorted({one >> BLOCK_BITS for one in ids})
    with store.write() as unit:
        if read_seal(unit.connection) != seal:
            return None  # another seat was quicker
        if seal is None:
            write_alphabets(unit.connection, alphabets)
        begun = replace(seal or Seal(), building=end, blocks=tuple(blocks))
        write_seal(unit.connection, begun)
    return begun


def _read(store: Store, seal: Seal, block: int) -> Iterator[bool]:
    """Read a block, keep its sets, bring them into force and drop those of before."""
    with store.read() as view:
        values = valued(read_alphabets(view.connection))
        beyond = last_case(view.connection) + 1
    found = Reading(values)
    for since, until in chunks(block):
        if since >= beyond:
            break
        with store.read() as view:
            rows = read_chunk(view.connection, since, until)
        found.add(rows)
        yield True
    with store.write() as unit:
        generation = unit.cases.reserve("case_sets")
    for told, keys in ((found.pieces(), False), (found.key_pieces(), True)):
        for some in _batches(told):
            with store.write() as unit:
                put_pieces(unit.connection, block, generation, some, keys=keys)
            yield True
    with store.write() as unit:
        done = put_in_force(unit.connection, seal, block, generation)
    for name in NAMES:
        with store.write() as unit:
            drop_sets(unit.connection, block, generation, name, before=done)
        yield True


def _batches(told: Iterator[Piece]) -> Iterator[list[Piece]]:
    batch: list[Piece] = []
    size = 0
    for piece in told:
        batch.append(piece)
        size += 200 + len(piece[2])
        if size > _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
