"""Which seat is at which case: rows that are written over, told by the database's own clock.

Seats have clocks of their own that may differ; what has to be fresh is fresh by one clock for all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, literal_column, or_, select

from console.domain.presence import GONE_S, Doing, Present
from console.storage.seat_tables import presence
from console.storage.upsert import insert_into

_NOW: Mapping[str, Select[Any]] = {
    "sqlite": select(literal_column("CAST(strftime('%s', 'now') AS INTEGER)")),
    "postgresql": select(literal_column("CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)")),
}
_HERE = (presence.c.seat, presence.c.case_id, presence.c.by, presence.c.doing, presence.c.since)
_FRESH = presence.c.beat.between(bindparam("now") - GONE_S, bindparam("now") + GONE_S)
_OTHERS = select(*_HERE).where(presence.c.seat != bindparam("seat"), _FRESH).order_by(*_HERE)


def attend(connection: Connection, seat: str, by: str, doing: Mapping[int, Doing]) -> None:
    """This seat is at these cases and no others; saying so again is its beat. Who is gone is swept away."""
    now = _now(connection)
    stays = and_(presence.c.seat == seat, presence.c.case_id.in_(doing))
    gone = or_(presence.c.beat < now - GONE_S, presence.c.beat > now + GONE_S)  # the clock was put back
    mine = or_(presence.c.seat == seat, gone)
    connection.execute(delete(presence).where(mine, ~stays))
    if not doing:
        return
    row = insert_into(connection, presence).values(
        [
            {"seat": seat, "case_id": case_id, "by": by, "doing": what, "since": now, "beat": now}
            for case_id, what in doing.items()
        ]
    )
    told = {name: row.excluded[name] for name in ("by", "doing", "beat")}
    connection.execute(row.on_conflict_do_update(index_elements=("seat", "case_id"), set_=told))


def others(connection: Connection, seat: str) -> tuple[Present, ...]:
    """The other seats that are there now, and at which cases."""
    now = _now(connection)
    found = connection.execute(_OTHERS, {"seat": seat, "now": now})
    return tuple(
        Present(row.seat, row.case_id, row.by, Doing(row.doing), max(0, now - row.since)) for row in found
    )


def first_free(connection: Connection, seat: str, case_ids: Sequence[int]) -> int | None:
    """The first of some cases where no other seat is; if there is none, the first nobody works on."""
    there: dict[int, set[Doing]] = {}
    for one in others(connection, seat):
        there.setdefault(one.case_id, set()).add(one.doing)
    free = (case_id for case_id in case_ids if case_id not in there)
    only_seen = (case_id for case_id in case_ids if there.get(case_id) == {Doing.LOOKING})
    return next(free, None) or next(only_seen, None)


def _now(connection: Connection) -> int:
    now: int = connection.execute(_NOW[connection.dialect.name]).scalar_one()
    return now
