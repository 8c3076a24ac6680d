"""Whether the journal is what was written: every line by its hash, and the chain by anchors kept outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import URL, Connection, func, select

from console.domain.anchor import Anchor
from console.storage.chain import FIRST, link
from console.storage.direct import Direct, Statement, streamed
from console.storage.meta import STORE, get_meta
from console.storage.tables import journal
from console.storage.unit import View

_LINES = Statement(
    select(*(journal.c[name] for name in ("id", *journal.columns.keys()[1:]))).order_by(journal.c.id)
)
_END = Statement(
    select(journal.c.id, journal.c.hash).where(
        journal.c.id == select(func.max(journal.c.id)).scalar_subquery()
    )
)
_MOST = 100  # who rewrote more than that wrote all of it anew
_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Break:
    """A line that does not follow from the one before it, or that an anchor knows otherwise.

    `problem` is `chain_broken` (the line was changed, dropped before it, put in or moved; `told` says
    whose it is), `chain_rewritten`, `tail_cut` or `store_exchanged` (`told` is the anchor's time).
    """

    line: int
    problem: str
    told: tuple[str, ...]


def breaks(connection: Connection) -> Iterator[Break]:
    """The first hundred lines whose hash is not that of the line before and their own words."""
    head, found = FIRST, 0
    for line, *told, kept in streamed(connection, _LINES):
        if link(head, tuple(told)) != kept:
            case_id, number, operation = told[:3]
            yield Break(line, "chain_broken", (f"{case_id or ''}/{number}", operation))
            found += 1
            if found == _MOST:
                return
        head = kept


def journal_end(view: View, at: datetime) -> Anchor | None:
    """The anchor of the journal as it ends now; None while nothing is written."""
    found = Direct(view.connection).one(_END)
    if found is None:
        return None
    line, hash_ = found
    return Anchor(at, get_meta(view.connection, STORE) or "", _place(view.connection), line, hash_)


def strays(connection: Connection, anchors: Sequence[Anchor]) -> Iterator[Break]:
    """The first anchor of each kind that the journal contradicts; those of other databases say nothing."""
    store, place = get_meta(connection, STORE), _place(connection)
    told: set[str] = set()
    mine = [anchor for anchor in anchors if store == anchor.store or place == anchor.database]
    for first in range(0, len(mine), _ASKED_AT_ONCE):
        part = mine[first : first + _ASKED_AT_ONCE]
        asked = select(journal.c.id, journal.c.hash).where(journal.c.id.in_({one.line for one in part}))
        hashes: dict[int, str] = dict(connection.execute(asked).all())
        for anchor in part:
            problem = _contradicted(anchor, store, hashes.get(anchor.line))
            if problem and problem not in told:
                told.add(problem)
                yield Break(anchor.line, problem, (anchor.at.isoformat(),))


def _contradicted(anchor: Anchor, store: str | None, hash_: str | None) -> str:
    if anchor.store != store:
        return "store_exchanged"
    if hash_ is None:
        return "tail_cut"
    return "" if hash_ == anchor.hash else "chain_rewritten"


def _place(connection: Connection) -> str:
    """Where the database is, without who asks."""
    url = connection.engine.url
    bare = URL.create(url.get_backend_name(), host=url.host, port=url.port, database=url.database)
    return bare.render_as_string()
