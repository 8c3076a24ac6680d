"""Handovers in and out: what was signed is never changed, only taken over once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from console.domain.errors import Refused
from console.domain.handover import Handover
from console.storage.tables import handovers


def next_handover(connection: Connection) -> int:
    """The number of the next handover, from 1."""
    last: int | None = connection.execute(select(func.max(handovers.c.id))).scalar_one()
    return (last or 0) + 1


def add_handover(connection: Connection, one: Handover) -> None:
    connection.execute(insert(handovers).values({name: getattr(one, name) for name in _NAMES}))


def mark_taken(connection: Connection, number: int, by: str, at: datetime, note: str) -> None:
    """Raises Refused("handover_taken") where somebody was quicker."""
    waiting = (handovers.c.id == number) & handovers.c.taken_at.is_(None)
    done = connection.execute(
        update(handovers).where(waiting).values(taken_by=by, taken_at=at, taken_note=note)
    )
    if done.rowcount != 1:
        raise Refused("handover_taken", number=number)


def handover_by_id(connection: Connection, number: int) -> Handover:
    """Raises Refused("no_such_handover")."""
    row = connection.execute(select(handovers).where(handovers.c.id == number)).one_or_none()
    if row is None:
        raise Refused("no_such_handover", number=number)
    return read_handover(row)


def read_handover(row: Any) -> Handover:
    return Handover(**{name: getattr(row, name) for name in _NAMES})


_NAMES = tuple(column.name for column in handovers.columns)
