"""The text index kept up: short transactions that no click has to wait for."""

from console.storage.text import index
from console.storage.text.block import Block
from console.storage.unit import Unit


def note_told(unit: Unit, most: int) -> int:
    """See the next lines of the journal, at most so many; how many there were."""
    return index.note(unit.connection, most)


def keep_block(unit: Unit, block: Block) -> bool:
    """Put a block that was read in a view before in its place; False where a later one is there."""
    return index.keep(unit.connection, block)


def begin_anew(unit: Unit) -> None:
    """Throw the index away; searches look at the rows until its blocks are read again."""
    index.forget_all(unit.connection)
