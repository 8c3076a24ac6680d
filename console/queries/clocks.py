"""The clocks that run, kept as columns: which cases are late, due soon, or late so many times.

There are ten thousand of them however many cases ended. Asked in SQL, what every view counts anew after every
change ("late", "late twice") took forty milliseconds, and a part of it for every row at an edge.
"""

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pyroaring import BitMap
from sqlalchemy import BigInteger, Connection, select, type_coerce

from console.queries.filter import CLOCK_FROM
from console.queries.slots import NEVER, Slots
from console.storage.columns import ticks
from console.storage.sets.among import Among, told_ids
from console.storage.tables import cases, still_open

_FIELDS = (("id", "<i8"), ("due", "<i8"), ("began", "<i8"))
_RUNNING = select(
    cases.c.id, type_coerce(cases.c.current_due_at, BigInteger), type_coerce(CLOCK_FROM, BigInteger)
).where(still_open, cases.c.current_due_at.is_not(None))
_SOME = _RUNNING.where(Among())


class Clocks:
    """Deadline and beginning of every clock that runs, in microseconds."""

    def __init__(self) -> None:
        self._slots = Slots(_FIELDS)

    def begin(self, connection: Connection) -> None:
        self._slots = Slots(_FIELDS, map(_record, connection.execute(_RUNNING)))

    def renew(self, connection: Connection, ids: Sequence[int]) -> None:
        for case_id in ids:
            self._slots.drop(case_id)
        for row in connection.execute(_SOME, {"ids": told_ids(ids)}):
            self._slots.put(_record(row))

    def due(self, since: datetime | None, until: datetime) -> BitMap:
        """Those due in a half open period."""
        rows = self._slots.rows
        let = rows["due"] < ticks(until)
        if since is not None:
            let &= rows["due"] >= ticks(since)
        return _ids(rows["id"][let])

    def late(self, times: float, now: datetime) -> BitMap:
        """Those over their limit by so many times it, as console.queries.filter.late_by says it."""
        rows, here = self._slots.rows, ticks(now)
        rows = rows[(rows["due"] < here) & (rows["began"] != NEVER)]
        return _ids(rows["id"][here - rows["due"] >= (rows["due"] - rows["began"]) * times])


def _record(row: Sequence[Any]) -> tuple[int, int, int]:
    return row[0], row[1], NEVER if row[2] is None else row[2]


def _ids(found: Any) -> BitMap:
    return BitMap(array("I", found.astype("=u4").tobytes()))
