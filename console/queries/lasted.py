"""How long cases took from report to closing: the middle of the hours by area, and of how many cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from pyroaring import BitMap
from sqlalchemy import ColumnElement, bindparam, select

from console.domain.colouring import Ground
from console.domain.flow import State
from console.queries.land import Areas, Numbers, Reals
from console.storage.columns import ticks
from console.storage.direct import Direct, Row, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.sets.columns import Columns, sparse
from console.storage.sets.dimensions import stretches
from console.storage.sets.live import LiveSets
from console.storage.tables import cases
from console.storage.unit import View

_HOUR = 3600 * 1_000_000  # ticks
_CHUNK = 20_000
_NOWHERE = -1

Lasted = tuple[Numbers, Reals]  # the area of each case, by place, and its hours


@dataclass(frozen=True, slots=True)
class Closed:
    """Which cases are asked about: those closed in a half open period in some areas.

    `column` tells the area of a case in SQL.
    """

    areas: Areas
    ground: Ground
    column: ColumnElement[str]
    since: datetime
    until: datetime


def middles(view: View, asked: Closed, columns: Columns) -> tuple[Reals, Numbers]:
    """The middle of the hours of each area, nan where none was closed, and of how many cases it is."""
    areas = asked.areas
    places, hours = _lasted(view, asked, columns)
    found = np.full(len(areas.codes), np.nan)
    order = np.lexsort((hours, places))
    places, hours = places[order], hours[order]
    numbers = np.bincount(places, minlength=len(areas.codes))
    begins = np.cumsum(numbers) - numbers
    has = np.flatnonzero(numbers)
    low, high = begins[has] + (numbers[has] - 1) // 2, begins[has] + numbers[has] // 2
    found[has] = (hours[low] + hours[high]) / 2
    return found, numbers


def _lasted(view: View, asked: Closed, columns: Columns) -> Lasted:
    areas = asked.areas
    told = select(asked.column, cases.c.state, cases.c.ended_at, cases.c.reported_at)
    period = ticks(asked.since), ticks(asked.until)
    with view.sets() as sets:
        if sets is None:
            # Not by the state: asked for it SQLite takes its index and walks every case ever closed.
            within = cases.c.ended_at >= bindparam("since"), cases.c.ended_at < bindparam("until")
            return _of_rows(
                Direct(view.connection).every(Statement(told.where(*within)), period), areas, period
            )
        let = sets.between("ended_at", *stretches(asked.since, asked.until))
        ids = sets.any("ended_at", let) & sets.any("state", [State.CLOSED.value])
        by_row = (ids & sets.touched) | sparse(ids)
        ids -= by_row
        areas_of = None if asked.ground is Ground.CELL else _by_sets(sets, areas, asked.ground, ids)
    # The sets are not held meanwhile: others wait for them.
    connection = view.connection
    ended = columns.of(connection, "ended_at", ids)
    reported = columns.of(connection, "reported_at", ids)
    if areas_of is None:
        grids = columns.of(connection, "cell", ids)
        of_code = [*(areas.place.get(code, _NOWHERE) for code in columns.codes), _NOWHERE]
        areas_of = np.array(of_code, dtype=np.int64)[grids]  # no grid is the last
    counts = (ended >= period[0]) & (ended < period[1]) & (areas_of != _NOWHERE)
    some = Statement(told.where(Among()))
    touched = by_row.to_array()
    rows: list[Row] = []
    for first in range(0, len(touched), _CHUNK):
        rows += Direct(connection).every(some, (told_ids(touched[first : first + _CHUNK]),))
    places, hours = _of_rows(rows, areas, period)
    return (
        np.concatenate((areas_of[counts], places)),
        np.concatenate(((ended[counts] - reported[counts]) / _HOUR, hours)),
    )


def _of_rows(rows: Sequence[Row], areas: Areas, period: tuple[int, int]) -> Lasted:
    """Rows of area, state, end and report, the instants in ticks."""
    told = [
        (areas.place[code], (ended - reported) / _HOUR)
        for code, state, ended, reported in rows
        if state == State.CLOSED.value and code in areas.place and period[0] <= ended < period[1]
    ]
    places, hours = zip(*told, strict=True) if told else ((), ())
    return np.array(places, dtype=np.int64), np.array(hours, dtype=np.float64)


def _by_sets(sets: LiveSets, areas: Areas, ground: Ground, ids: BitMap) -> Numbers:
    """The area of each of the cases, by place and in the order of their ids."""
    every = np.array(ids.to_array(), dtype=np.int64)
    found = np.full(len(every), _NOWHERE, dtype=np.int64)
    for place, code in enumerate(areas.codes):
        members = sets.any(ground.value, [code]) & ids
        found[np.searchsorted(every, np.array(members.to_array(), dtype=np.int64))] = place
    return found
