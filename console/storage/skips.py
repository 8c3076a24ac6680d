"""The cases that were passed over in triage, in and out."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, exists, insert, select

from console.domain.skip import AWAY, Skip, SkipReason
from console.storage.seat_tables import skips
from console.storage.tables import cases

_OF_CASE = (
    select(skips.c.case_id, skips.c.version, skips.c.by, skips.c.at, skips.c.reason, skips.c.note)
    .where(skips.c.case_id == bindparam("case_id"))
    .order_by(skips.c.id)
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


def passed_over(by: str, now: datetime) -> ColumnElement[bool]:
    """Of a case: `by` passed it over a short while ago, and nothing has happened to it since."""
    return exists().where(
        skips.c.case_id == cases.c.id,
        skips.c.version == cases.c.version,
        skips.c.by == by,
        skips.c.at > now - AWAY,
    )
