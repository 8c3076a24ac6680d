"""How far the text index is, what it needs next, and whether it says what the rows say."""

from collections.abc import Iterator

from pyroaring import BitMap
from sqlalchemy import select

from console.queries.verify import Mismatch
from console.storage.tables import cases
from console.storage.text import index
from console.storage.text.block import Block, differing
from console.storage.text.index import Progress
from console.storage.text.literal import among
from console.storage.text.tables import text_blocks
from console.storage.unit import View

__all__ = ["Block", "Progress", "index_faults", "index_progress", "read_block"]


def index_progress(view: View) -> Progress:
    return index.progress(view.connection)


def read_block(view: View, number: int) -> Block:
    """A block of the index as the cases are in this view, to be kept by services.text_index.keep_block."""
    return index.read_block(view.connection, number)


def index_faults(view: View) -> Iterator[Mismatch]:
    """Cases that the index tells otherwise than their rows; those it has yet to read are looked at anyway."""
    seen = index.seen(view.connection)
    if seen is None:
        return
    waiting = index.unread(view.connection, seen)
    for number in view.connection.execute(
        select(text_blocks.c.block).order_by(text_blocks.c.block)
    ).scalars():
        kept, fresh = index.kept_block(view.connection, number), index.read_block(view.connection, number)
        strange = BitMap(differing(kept, fresh)) - waiting
        if strange:
            codes = select(cases.c.id, cases.c.code).where(among(cases.c.id, strange)).order_by(cases.c.id)
            yield from (Mismatch(code, "index_differs") for _, code in view.connection.execute(codes))
