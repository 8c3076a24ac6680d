"""The text index kept up behind the operator's back: whatever it lacks, one block after the other."""

import asyncio
import logging
from collections.abc import Iterator
from uuid import uuid4

from console.domain.errors import Refused
from console.queries.text_index import Block, Progress, index_progress, read_block
from console.runtime.desk import Desk
from console.services.text_index import (
    begin_anew,
    begin_keeping,
    end_keeping,
    keep_block,
    keep_pages,
    note_told,
    pieces,
)

LOOK_SECONDS = 2.0
BREATH_SECONDS = 0.2  # between two blocks: the reading thread is somebody else's as well
SMALL = 10_000  # so few cases are looked at as quickly as an index
NOTED_AT = 500  # lines of the journal that every search reads again
MOST_NOTED = 5000
READ_AT = 500  # cases of a block that every search looks at again
MOST_STALE = 2000  # of all blocks

_log = logging.getLogger(__name__)


async def keep_text_index(desk: Desk) -> None:
    """Bring the index up whenever it falls behind, until cancelled.

    A block is read in a view, on a reading thread; only putting it in its place needs transactions, one for
    some of its pages, a few milliseconds each. What is killed in between is done again.
    """
    while True:
        try:
            done = await _step(desk)
        except Refused as problem:  # a server that restarts must not end it for good
            _log.warning("%s", problem)
            done = False
        await asyncio.sleep(BREATH_SECONDS if done else LOOK_SECONDS)


def bring_up(desk: Desk, *, anew: bool = False) -> Iterator[Progress]:
    """Do all there is to do at once, whatever the size; how far it is after each step."""
    if anew:
        desk.do_now(begin_anew)
    while desk.do_now(note_told, MOST_NOTED):
        yield desk.ask_now(index_progress)
    found = desk.ask_now(index_progress)
    for number in sorted({*found.missing, *found.stale}, reverse=True):
        desk.do_now(keep_block, desk.ask_now(read_block, number))
        yield desk.ask_now(index_progress)


async def _step(desk: Desk) -> bool:
    """The most urgent thing, if there is any."""
    found = await desk.ask(index_progress)
    if found.last_case < SMALL:
        return False
    if found.seen is None or found.unseen >= NOTED_AT:
        await desk.do(note_told, MOST_NOTED)
        return True
    number = wanted(found)
    if number is None:
        return False
    return await _put(desk, await desk.ask(read_block, number))


async def _put(desk: Desk, block: Block) -> bool:
    """Put a block in its place piece by piece; a click of the operator comes in between.

    False where another seat puts a later one there, or has begun the same after this one.
    """
    who = uuid4().hex
    if not await desk.do(begin_keeping, block, who):
        return False
    for first in pieces(block):
        if not await desk.do(keep_pages, block, who, first):
            return False
    return await desk.do(end_keeping, block, who)


def wanted(found: Progress) -> int | None:
    """The block to be read next: the newest that is missing, else the one with most cases told anew."""
    missing = [number for number in found.missing if found.cases_in(number) >= READ_AT]
    if missing:
        return max(missing)
    there = {number: count for number, count in found.stale.items() if number not in set(found.missing)}
    most = max(there, key=lambda number: there[number], default=None)
    if most is None or (there[most] < READ_AT and sum(there.values()) < MOST_STALE):
        return None
    return most
