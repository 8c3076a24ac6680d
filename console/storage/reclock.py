"""The disposal clocks that run: read all at once, and set to other deadlines with the fact that says why."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, text, update

from console.domain.case import Fact
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.storage import journal
from console.storage.columns import visit
from console.storage.direct import Direct, Statement
from console.storage.rows import simple
from console.storage.tables import cases, still_open

_SET_ANEW = ("due_at", "current_due_at", "soon_at")
# A running clock has a present deadline; said as a range, it lets SQLite take the index of open cases.
_RUNNING = Statement(
    select(
        cases.c.id,
        cases.c.version,
        cases.c.limit_value,
        cases.c.limit_unit,
        cases.c.extensions,
        cases.c.visits,
        *(cases.c[name] for name in _SET_ANEW),
    ).where(
        still_open,
        text("current_due_at >= 0 AND fed_back_at IS NULL AND visits != '[]'"),
        text(f"limit_unit NOT IN ('', '{LimitUnit.URGENT_HOUR.value}')"),
        cases.c.due_at >= bindparam("since"),
    )
)
_SET = Statement(
    update(cases)
    .where(cases.c.id == bindparam("of_id"))
    .ordered_values(*((cases.c[name], bindparam(name)) for name in (*_SET_ANEW, "version")))
)


@dataclass(frozen=True, slots=True)
class Running:
    """A case whose disposal clock runs by the calendar, with the deadlines in its row (ticks)."""

    case_id: int
    version: int
    limit: Limit
    extensions: int
    visits: tuple[Visit, ...]
    due_at: int
    current_due_at: int
    soon_at: int | None


def running_clocks(connection: Connection, since: int) -> list[Running]:
    """The running clocks that calendar days from the tick `since` on can move: those not due before."""
    found = []
    limits: dict[tuple[float, str], Limit] = {}  # a few dozen, said of many thousand cases
    for case_id, version, value, unit, extensions, told, *deadlines in Direct(connection).every(
        _RUNNING, [since]
    ):
        visits = tuple(map(visit, json.loads(told)))
        if visits[-1].stop is None:
            limit = limits.get((value, unit)) or limits.setdefault(
                (value, unit), Limit(value, LimitUnit(unit))
            )
            found.append(Running(case_id, version, limit, extensions, visits, *deadlines))
    return found


def save_deadlines(connection: Connection, moved: Sequence[tuple[Running, Fact]]) -> None:
    """Write each fact, whose changes are deadlines, and the row it leads to."""
    rows = [
        (
            *(
                simple(name, fact.changes[name]) if name in fact.changes else getattr(one, name)
                for name in _SET_ANEW
            ),
            fact.number,
            one.case_id,
        )
        for one, fact in moved
    ]
    Direct(connection).many(_SET, rows)
    journal.append_many(connection, ((one.case_id, fact) for one, fact in moved))
