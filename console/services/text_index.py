"""The text index kept up: short transactions that no click has to wait for."""

from console.storage.text import index
from console.storage.text.block import Block
from console.storage.text.index import pieces
from console.storage.unit import Unit

__all__ = ["begin_anew", "begin_keeping", "end_keeping", "keep_block", "keep_pages", "note_told", "pieces"]


def note_told(unit: Unit, most: int) -> int:
    """See the next lines of the journal, at most so many; how many there were."""
    return index.note(unit.connection, most)


def keep_block(unit: Unit, block: Block) -> bool:
    """Put a block that was read in a view before in its place; False where a later one is there."""
    return index.keep(unit.connection, block)


def begin_keeping(unit: Unit, block: Block, who: str) -> bool:
    """Begin to put a block in its place piece by piece; False where a later one is there."""
    return index.begin_keeping(unit.connection, block, who)


def keep_pages(unit: Unit, block: Block, who: str, first: int) -> bool:
    """One piece of it; False where another seat has begun meanwhile, which takes over."""
    return index.keep_pages(unit.connection, block, who, first)


def end_keeping(unit: Unit, block: Block, who: str) -> bool:
    """Let the block be there; False as before."""
    return index.end_keeping(unit.connection, block, who)


def begin_anew(unit: Unit) -> None:
    """Throw the index away; searches look at the rows until its blocks are read again."""
    index.forget_all(unit.connection)
