"""The reading of a period: which cases were open in it, and their journals as stretches in arrays."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, pairwise, repeat
from operator import itemgetter
from typing import Any

import numpy as np
import orjson
from sqlalchemy import bindparam, func, or_, select

from console.domain.errors import Refused
from console.domain.flow import ENDED
from console.domain.replay import Period
from console.domain.wanted import CaseFilter
from console.queries.filter import NOTHING
from console.queries.having import found
from console.queries.past import (
    NEVER,
    OPERATIONS,
    STATES,
    Columns,
    Happened,
    Past,
    Places,
)
from console.storage.columns import ticks
from console.storage.direct import Direct, Row, Statement
from console.storage.tables import cases, journal, retold, still_open, unit_grids
from console.storage.unit import View

_TICK = timedelta(microseconds=1)
_HOUR = 3_600_000_000
_AT_ONCE = 500

_LINES = Statement(
    select(
        journal.c.case_id,
        journal.c.number,
        journal.c.at,
        journal.c.operation,
        journal.c.by,
        journal.c.changes,
    )
    .where(journal.c.case_id.in_([bindparam(f"case{at}") for at in range(_AT_ONCE)]))
    .order_by(journal.c.case_id, journal.c.number)
)
_RETOLD = Statement(select(journal.c.case_id).where(retold, journal.c.at >= bindparam("since")))
_STANDING = select(cases.c.id).where(
    cases.c.reported_at <= bindparam("until"), or_(still_open, cases.c.ended_at >= bindparam("since"))
)
_POSITIONS = Statement(select(unit_grids.c.code, unit_grids.c.position))
_STATE = {state.value: at for at, state in enumerate(STATES)}
_OPERATION = {operation.value: at for at, operation in enumerate(OPERATIONS)}
_ENDED = frozenset(STATES.index(state) for state in ENDED)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who waits for a reading: told how many cases of how many are read, and asked whether to go on."""

    progress: Progress = lambda _done, _whole: None
    cancelled: Callable[[], bool] = lambda: False


ALONE = Reading()


def read_past(view: View, period: Period, reading: Reading = ALONE) -> Past:
    """Everything that was open in the period, from the journal alone.

    A case stands at an instant as the facts told up to then say, in the order of their numbers; before
    its opening fact was told it is not there. So an imported case is there from its import on. Of the
    cases imported with a report still to come only those whose report falls before the period's end
    are known. Raises Refused("interrupted").
    """
    ids = touching(view, period)
    builder = _Builder(view, period)
    direct = Direct(view.connection)
    for done in range(0, len(ids), _AT_ONCE):
        if reading.cancelled():
            raise Refused("interrupted")
        some = ids[done : done + _AT_ONCE]
        lines = direct.every(_LINES, (*some, *repeat(some[-1], _AT_ONCE - len(some))))
        for case_id, told in groupby(lines, key=itemgetter(0)):
            builder.take(case_id, list(told))
        reading.progress(done + len(some), len(ids))
    return builder.past()


def journal_span(view: View) -> tuple[datetime, datetime] | None:
    """From the first report to the newest line of the journal; None where there is no case."""
    first = view.connection.execute(select(func.min(cases.c.reported_at))).scalar_one()
    if first is None:
        return None
    newest = select(journal.c.at).order_by(journal.c.id.desc()).limit(1)
    return first, view.connection.execute(newest).scalar_one()


def touching(view: View, period: Period) -> list[int]:
    """The cases that may have been open in the period: reported by its end, and not ended before it.

    What a row says of its end holds unless that was taken back since, or told anew by an import.
    """
    until, since = period.until + _TICK, period.since
    with view.sets() as sets:
        if sets is not None:
            ended = CaseFilter(everything=True, reported_until=until, ended_since=since)
            told = found(view.connection, sets, ended, until, NOTHING)
            told |= found(view.connection, sets, CaseFilter(reported_until=until), until, NOTHING)
            standing: set[int] = set(told)
    if sets is None:
        values = {"until": period.until, "since": since}
        standing = set(view.connection.execute(_STANDING, values).scalars())
    anew = Direct(view.connection).every(_RETOLD, (ticks(since),))
    return sorted(standing.union(case_id for (case_id,) in anew))


class _Builder:
    """Makes the arrays, one case after the other."""

    def __init__(self, view: View, period: Period) -> None:
        self._period = period
        self._since, self._until = ticks(period.since), ticks(period.until)
        if not period.exact:
            self._since -= self._since % _HOUR
        self._positions: dict[str, int] = dict(Direct(view.connection).every(_POSITIONS))
        self._ids = array("q")
        self._codes: list[str] = []
        self._kinds: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._columns = {name: array(_TYPES[name]) for name in Columns.__slots__}
        self._lon, self._lat, self._position = array("d"), array("d"), array("i")
        self._happened = {name: array(_TYPES[name]) for name in Happened.__slots__}
        self._ended = array("q"), array("q")
        self._begun = array("q")

    def take(self, case_id: int, lines: Sequence[Row]) -> None:
        """One case's journal: case, number, ticks, operation, by, changes as JSON."""
        case, at = len(self._ids), -1
        last: tuple[Any, ...] = ()
        place: tuple[Any, ...] = ()
        for start, end, told in _stretches(lines):
            if start > self._until:
                break
            if case == len(self._ids):
                self._ids.append(case_id)
                self._codes.append(told["code"])
                self._begun.append(start)
            state = _STATE[told["state"]]
            if state in _ENDED:
                last = ()
                if end > self._since:
                    self._ended[0].append(start)
                    self._ended[1].append(end)
                continue
            start, end = self._kept(start), self._kept(end)
            if end <= self._since or start == end:
                continue
            here = (told.get("lon"), told.get("lat"), told.get("cell", ""))
            if here != place:
                place, at = here, self._place(*here)
            values = (state, at, *self._values(told))
            if values == last and self._columns["end"][-1] == start:
                self._columns["end"][-1] = end
                continue
            last = values
            for name, value in zip(Columns.__slots__, (case, start, end, *values), strict=True):
                self._columns[name].append(value)
        if case < len(self._ids):
            self._note(case, lines)

    def past(self) -> Past:
        told = {name: _array(values) for name, values in self._happened.items()}
        order = np.lexsort((told["number"], told["case"], told["at"]))
        return Past(
            self._period,
            len(self._positions),
            self._ids,
            self._codes,
            list(self._kinds),
            list(self._people),
            Columns(*(_array(values) for values in self._columns.values())),
            Places(_array(self._lon), _array(self._lat), _array(self._position)),
            Happened(*(told[name][order] for name in Happened.__slots__)),
            (_array(self._ended[0]), _array(self._ended[1])),
            _array(self._begun),
        )

    def _values(self, told: dict[str, Any]) -> tuple[int, ...]:
        """What the map shows of a case beside its state and place."""
        due, soon = told.get("current_due_at"), told.get("soon_at")
        return (
            NEVER if due is None else due,
            NEVER if soon is None else soon,
            min(told.get("reworks", 0), 255),
            told.get("supervision", 0),
            self._kinds.setdefault(told.get("class_key", ""), len(self._kinds)),
        )

    def _note(self, case: int, lines: Sequence[Row]) -> None:
        """What happened within the period; of a long one nobody asks for single facts."""
        if not self._period.exact:
            return
        for _, number, at, operation, by, _changes in lines:
            if self._since <= at <= self._until:
                values = (
                    at,
                    case,
                    number,
                    _OPERATION[operation],
                    self._people.setdefault(by, len(self._people)),
                )
                for name, value in zip(Happened.__slots__, values, strict=True):
                    self._happened[name].append(value)

    def _place(self, lon: float | None, lat: float | None, cell: str) -> int:
        if lon is None or lat is None:
            return -1
        self._lon.append(lon)
        self._lat.append(lat)
        self._position.append(self._positions.get(cell, -1))
        return len(self._lon) - 1

    def _kept(self, at: int) -> int:
        """The instant itself, or of a long period the next full hour: what stood at none is left out."""
        return at if self._period.exact or at == NEVER else -(-at // _HOUR) * _HOUR


_TYPES = {
    "case": "i", "start": "q", "end": "q", "state": "B", "place": "i", "due": "q", "soon": "q",
    "reworks": "B", "supervision": "B", "kind": "H", "at": "q", "number": "i", "operation": "B", "by": "i",
}  # fmt: skip


def _array(values: "array[Any]") -> Any:
    return np.frombuffer(values, values.typecode) if values else np.zeros(0, values.typecode)


def _stretches(lines: Sequence[Row]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """From when to when a case stood how, the first of them at its opening; ticks, half open.

    Facts follow each other in time as in their numbers, but for those of other systems.
    """
    moments = [line[2] for line in lines]
    if all(one <= other for one, other in pairwise(moments)):
        told: dict[str, Any] = {}
        for line, end in zip(lines, [*moments[1:], NEVER], strict=True):
            told.update(orjson.loads(line[5]))
            if line[2] < end:
                yield line[2], end, told
        return
    every = sorted(set(moments))
    for start, end in zip(every, [*every[1:], NEVER], strict=True):
        some = [line for line in lines if line[2] <= start]
        if some[0][1] == 1:
            yield start, end, {name: value for line in some for name, value in orjson.loads(line[5]).items()}
