"""The text index in and out of the store: what it has read, what has moved since, and its blocks.

Cases are written without a thought of it. It knows up to which line of the journal it has seen, and which
cases were told anew since their block was read; both are looked at where they lie. So a search is exact
at every moment, however far the index is behind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyroaring import BitMap
from sqlalchemy import Connection, bindparam, delete, func, insert, literal_column, or_, select, text

from console.storage.direct import Direct, Statement
from console.storage.meta import get_meta, put_meta
from console.storage.tables import cases, journal
from console.storage.text.block import BLOCK_BITS, IDS, PAGES, Block, made, text_of
from console.storage.text.tables import text_blocks, text_pages, text_stale

_SEEN = "text_seen"
_KEEPING = "text_keeping"  # which block is being put in its place, and by whom
_AT_ONCE = "at once"
_EVER = 1 << 62
PIECE = 64  # pages of one transaction: some 800 kB, that no click has to wait for longer
SEARCHED = ("description", "address", "code", "external_id")
_ROWS = Statement(
    select(cases.c.id, *(cases.c[name] for name in SEARCHED))
    .where(cases.c.id >= bindparam("low"), cases.c.id < bindparam("high"))
    .order_by(cases.c.id)
)
_LINE = Statement(select(func.max(journal.c.id)))
_LAST_CASE = Statement(select(func.max(cases.c.id)))
# A quote within a value is written \" in JSON, so the words of a key stand in no value.
_TELLS_TEXT = or_(
    journal.c.number == 1, *(journal.c.changes.contains(f'"{name}":', autoescape=True) for name in SEARCHED)
)
_TOLD = (
    select(journal.c.case_id, func.max(journal.c.id).label("line"))
    .where(journal.c.id > bindparam("seen"), journal.c.id <= bindparam("line"))
    .where(journal.c.case_id.is_not(None), _TELLS_TEXT)
    .group_by(journal.c.case_id)
)
_STALE_BLOCKS = (
    select((text_stale.c.case_id.op(">>")(literal_column(str(BLOCK_BITS)))).label("block"), func.count())
    .group_by(literal_column("1"))
    .order_by(literal_column("1"))
)
# Both databases know this sentence; SQLAlchemy writes it for each in another class.
_NOTE = text(
    "INSERT INTO text_stale (case_id, line) VALUES (:case_id, :line) "
    "ON CONFLICT (case_id) DO UPDATE SET line = :line"
)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is: the cases and lines there are, the blocks that are read, and what waits.

    `seen` is None where it never began; `missing` are blocks that are not there, `stale` the numbers of
    cases told anew, by block.
    """

    seen: int | None
    line: int
    last_case: int
    read: int
    missing: Sequence[int]
    stale: dict[int, int]

    @property
    def blocks(self) -> int:
        return self.read + len(self.missing)

    @property
    def unseen(self) -> int:
        return self.line - (self.seen or 0)

    def cases_in(self, number: int) -> int:
        """How many ids of a block can be taken by now."""
        return max(0, min(IDS, self.last_case + 1 - (number << BLOCK_BITS)))


def seen(connection: Connection) -> int | None:
    """The line of the journal up to which the index knows who was told anew; None where there is no index."""
    told = get_meta(connection, _SEEN)
    return None if told is None else int(told)


def progress(connection: Connection) -> Progress:
    last = _number(connection, _LAST_CASE)
    there = set(connection.execute(select(text_blocks.c.block)).scalars())
    every = range((last >> BLOCK_BITS) + 1 if last else 0)
    return Progress(
        seen(connection),
        _number(connection, _LINE),
        last,
        len(there),
        [number for number in every if number not in there],
        dict(connection.execute(_STALE_BLOCKS).all()),
    )


def told_since(connection: Connection, line: int, most: int) -> dict[int, int]:
    """Cases whose text was told after a line, each with the last line that did; of so many lines at most."""
    return dict(connection.execute(_TOLD, {"seen": line, "line": line + most}).all())


def unread(connection: Connection, line: int) -> BitMap:
    """Cases told anew since their block was read: those that wait, and those of the lines after `line`."""
    found = BitMap(connection.execute(select(text_stale.c.case_id)).scalars())
    found.update(told_since(connection, line, _EVER))
    return found


def note(connection: Connection, most: int) -> int:
    """See the next lines of the journal: who was told anew is stale from now on. How many lines it saw."""
    line = _number(connection, _LINE)
    known = seen(connection)
    if known is None:  # nothing is read yet: every block will be read as it is then
        put_meta(connection, _SEEN, str(line))
        return 0
    told = told_since(connection, known, most)
    if told:
        connection.execute(_NOTE, [{"case_id": one, "line": last} for one, last in told.items()])
    put_meta(connection, _SEEN, str(min(line, known + most)))
    return min(line, known + most) - known


def read_block(connection: Connection, number: int) -> Block:
    """A block as the cases are in this view."""
    return made(number, _number(connection, _LINE), block_texts(connection, number))


def block_texts(connection: Connection, number: int) -> Iterator[tuple[int, str]]:
    """Id and text of every case of a block."""
    low = number << BLOCK_BITS
    for case_id, *said in Direct(connection).every(_ROWS, (low, low + IDS)):
        yield case_id, text_of(said)


def keep(connection: Connection, block: Block) -> bool:
    """Put a block in the place of what was there; False where somebody read it later than this one."""
    if not begin_keeping(connection, block, _AT_ONCE):
        return False
    for first in pieces(block):
        keep_pages(connection, block, _AT_ONCE, first)
    return end_keeping(connection, block, _AT_ONCE)


def pieces(block: Block) -> range:
    """Where the pieces of a block begin, in which its pages are kept one after the other."""
    return range(0, len(block.pages), PIECE)


def begin_keeping(connection: Connection, block: Block, who: str) -> bool:
    """Begin to put a block in its place; False where somebody read it later than this one.

    Until the end the block is not there, and its cases are looked at where they lie. Whoever begins later
    takes over: then the pieces of `who` are refused, and so is its end.
    """
    there = connection.execute(
        select(text_blocks.c.through).where(text_blocks.c.block == block.number)
    ).scalar()
    if seen(connection) is None or (there is not None and there > block.through):
        return False
    connection.execute(delete(text_blocks).where(text_blocks.c.block == block.number))
    put_meta(connection, _KEEPING, _keeper(block, who))
    return True


def keep_pages(connection: Connection, block: Block, who: str, first: int) -> bool:
    """Put some pages from `first` on in the place of those that were there; False: see begin_keeping."""
    if get_meta(connection, _KEEPING) != _keeper(block, who):
        return False
    place = block.number * PAGES + first
    _forget_pages(connection, place, place + PIECE)
    some = block.pages[first : first + PIECE]
    if some:
        pages = [{"place": place + at, "data": data} for at, data in enumerate(some)]
        connection.execute(insert(text_pages), pages)
    return True


def end_keeping(connection: Connection, block: Block, who: str) -> bool:
    """Let a block be there, once all its pages are; False: see begin_keeping."""
    if get_meta(connection, _KEEPING) != _keeper(block, who):
        return False
    put_meta(connection, _KEEPING, "")
    beyond = pieces(block)
    place = block.number * PAGES
    _forget_pages(connection, place + (beyond[-1] + PIECE if beyond else 0), place + PAGES)
    connection.execute(
        insert(text_blocks).values(
            block=block.number,
            through=block.through,
            cases=block.cases,
            firsts=block.firsts,
            counts=block.counts,
            long=block.long,
            apart=block.apart,
        )
    )
    low = block.number << BLOCK_BITS
    connection.execute(
        delete(text_stale).where(
            text_stale.c.case_id >= low, text_stale.c.case_id < low + IDS, text_stale.c.line <= block.through
        )
    )
    return True


def _keeper(block: Block, who: str) -> str:
    return f"{block.number} {who}"


def kept_block(connection: Connection, number: int) -> Block:
    """A block as it lies in the store."""
    found = connection.execute(select(text_blocks).where(text_blocks.c.block == number)).one()
    place = number * PAGES
    pages = connection.execute(
        select(text_pages.c.data)
        .where(text_pages.c.place >= place, text_pages.c.place < place + PAGES)
        .order_by(text_pages.c.place)
    ).scalars()
    return Block(
        number,
        found.through,
        found.cases,
        [bytes(data) for data in pages],
        bytes(found.firsts),
        bytes(found.counts),
        bytes(found.long),
        bytes(found.apart),
    )


def forget(connection: Connection, number: int) -> None:
    """Take a block away: its cases are looked at where they lie until it is read again."""
    place = number * PAGES
    connection.execute(delete(text_blocks).where(text_blocks.c.block == number))
    _forget_pages(connection, place, place + PAGES)


def _forget_pages(connection: Connection, since: int, until: int) -> None:
    connection.execute(delete(text_pages).where(text_pages.c.place >= since, text_pages.c.place < until))


def forget_all(connection: Connection) -> None:
    """Take the whole index away, as if it had never begun."""
    for table in (text_blocks, text_pages, text_stale):
        connection.execute(delete(table))
    put_meta(connection, _KEEPING, "")
    put_meta(connection, _SEEN, str(_number(connection, _LINE)))


def _number(connection: Connection, statement: Statement) -> int:
    found = Direct(connection).one(statement)
    return 0 if found is None or found[0] is None else int(found[0])
