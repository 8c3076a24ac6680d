"""The disposal clocks that run: read all at once, and set to other deadlines with the fact that says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from console.domain.case import Fact
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.storage import journal
from console.storage.columns import instant
from console.storage.tables import cases, still_open

_ALWAYS_RUN = frozenset({LimitUnit.URGENT_HOUR})
_COLUMNS = (
    cases.c.id,
    cases.c.version,
    cases.c.limit_value,
    cases.c.limit_unit,
    cases.c.extensions,
    cases.c.visits,
    cases.c.due_at,
    cases.c.current_due_at,
    cases.c.soon_at,
)
# A running clock has a present deadline; said as a range, it lets SQLite take the index of open cases.
_RUNNING = select(*_COLUMNS).where(
    still_open,
    cases.c.current_due_at >= instant(0),
    cases.c.due_at >= bindparam("since"),
    cases.c.fed_back_at.is_(None),
    cases.c.limit_unit.in_(sorted(set(LimitUnit) - _ALWAYS_RUN)),
)
_SET = (
    update(cases)
    .where(cases.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in ("due_at", "current_due_at", "soon_at", "version")})
)


@dataclass(frozen=True, slots=True)
class Running:
    """A case whose disposal clock runs by the calendar, with the deadlines in its row."""

    case_id: int
    version: int
    limit: Limit
    extensions: int
    visits: tuple[Visit, ...]
    due_at: datetime
    current_due_at: datetime
    soon_at: datetime | None


def running_clocks(connection: Connection, since: datetime) -> list[Running]:
    """The running clocks that calendar days from `since` on can move: those not due before."""
    return [
        Running(case_id, version, Limit(value, LimitUnit(unit)), extensions, visits, due, current, soon)
        for case_id, version, value, unit, extensions, visits, due, current, soon in connection.execute(
            _RUNNING, {"since": since}
        )
        if visits and visits[-1].stop is None
    ]


def save_deadlines(connection: Connection, moved: Sequence[tuple[Running, Fact]]) -> None:
    """Write each fact, whose changes are deadlines, and the row it leads to."""
    rows = [
        {
            "of_id": one.case_id,
            "due_at": fact.changes.get("due_at", one.due_at),
            "current_due_at": fact.changes.get("current_due_at", one.current_due_at),
            "soon_at": fact.changes.get("soon_at", one.soon_at),
            "version": fact.number,
        }
        for one, fact in moved
    ]
    connection.execute(_SET, rows)
    journal.append_many(connection, ((one.case_id, fact) for one, fact in moved))
