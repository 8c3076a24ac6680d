"""The cases that were passed over in triage, in and out."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from console.domain.skip import AWAY, Skip, SkipReason
from console.storage.seat_tables import skips
from console.storage.tables import cases

_OF_CASE = (
    select(skips.c.case_id, skips.c.version, skips.c.by, skips.c.at, skips.c.reason, skips.c.note)
    .where(skips.c.case_id == bindparam("case_id"))
    .order_by(skips.c.id)
)
_AWAY = (
    select(skips.c.case_id)
    .join(cases, (cases.c.id == skips.c.case_id) & (cases.c.version == skips.c.version))
    .where(skips.c.by == bindparam("by"), skips.c.at > bindparam("since"))
)


def add_skip(connection: Connection, skip: Skip) -> None:
    connection.execute(
        insert(skips).values(
            case_id=skip.case_id,
            version=skip.version,
            by=skip.by,
            at=skip.at,
            reason=skip.reason.value,
            note=skip.note,
        )
    )


def skips_of(connection: Connection, case_id: int) -> tuple[Skip, ...]:
    """Everybody who passed the case over, in that order."""
    return tuple(
        Skip(row.case_id, row.version, row.by, row.at, SkipReason(row.reason), row.note)
        for row in connection.execute(_OF_CASE, {"case_id": case_id})
    )


def passed_over(connection: Connection, by: str, now: datetime) -> set[int]:
    """The cases that `by` passed over a short while ago, and to which nothing has happened since."""
    return set(connection.execute(_AWAY, {"by": by, "since": now - AWAY}).scalars())
