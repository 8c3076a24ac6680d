"""The values by which the map is coloured: exact at the moment of asking, whatever the store's size.

What stands now is counted from the open cases kept in memory, what came today from the index of reports,
shares from the sets of a sealed store, middle values from the rows of the cases that ended in the period.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from pyroaring import BitMap
from sqlalchemy import ColumnElement, bindparam, func, select

from console.domain.colouring import FEW, FEWEST, Ground, Wish, quantiles
from console.domain.evaluation import Count
from console.domain.wanted import CaseFilter, Figure
from console.queries.figures import measure, touched
from console.queries.filter import NOTHING
from console.queries.having import found as let_through
from console.queries.land import Areas, Land, Numbers, Reals, read_land
from console.queries.lasted import Closed, middles
from console.queries.map import MapPoint
from console.storage.city import grids_revision
from console.storage.columns import ticks
from console.storage.direct import Direct, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.sets.columns import Columns, sparse
from console.storage.sets.dimensions import area
from console.storage.sets.live import LiveSets
from console.storage.tables import cases
from console.storage.unit import View

_CHUNK = 20_000
_COLUMN: dict[Ground, ColumnElement[str]] = {
    Ground.CELL: cases.c.cell,
    Ground.RESPONSIBILITY: cases.c.responsibility_grid,
    Ground.STREET: cases.c.street,
    Ground.AREA: area,
}
_REPORTED = {
    ground: Statement(select(column).where(cases.c.reported_at >= bindparam("since")))
    for ground, column in _COLUMN.items()
}
_CELLS = Statement(select(cases.c.cell).where(Among()))


@dataclass(frozen=True, eq=False)
class Coloured:
    """Values by area: `value` is not a number where there is none, `whole` the cases that it is of.

    `levels` is the class of every unit grid as a byte, `breaks` where the classes begin, `quantile`
    whether they were made to hold equally many areas. `since` is None of what stands now.
    """

    wish: Wish
    value: Reals
    whole: Numbers
    areas: Areas
    levels: bytes
    breaks: tuple[float, ...]
    quantile: bool
    since: datetime | None
    at: datetime


class Colours:
    """Colours one store's city; `points` are its open cases as they are kept in memory."""

    def __init__(self, points: Callable[[View], Sequence[MapPoint]]) -> None:
        self._points = points
        self._land: Land | None = None
        self._columns = Columns()

    def coloured(self, view: View, wish: Wish, now: datetime, midnight: datetime) -> Coloured:
        """The colouring at `now`; `midnight` began the city's day."""
        land = self._at(view)
        areas = land.areas[wish.ground]
        since = wish.since(now, midnight)
        colouring = wish.colouring
        if colouring.ratio is not None:
            part, whole = (
                counted(view, land, wish.ground, count, since, now, self._columns)
                for count in (colouring.ratio.part, colouring.ratio.whole)
            )
            value = np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0)
        elif colouring.kind == "hours":
            asked = Closed(areas, wish.ground, _COLUMN[wish.ground], since, now)
            value, whole = middles(view, asked, self._columns)
        else:
            if colouring.count is not None:
                whole = counted(view, land, wish.ground, colouring.count, since, now, self._columns)
            elif wish.key == "today":
                told = Direct(view.connection).every(_REPORTED[wish.ground], (ticks(since),))
                whole = _gathered(areas, (code for (code,) in told))
            else:
                whole = self._standing(view, areas, None if wish.key != "overdue" else now)
            value = whole.astype(np.float64)
            if colouring.kind == "density":
                value = np.divide(value, areas.km2, out=np.zeros(len(value)), where=areas.km2 > 0)
        counts_now = not colouring.over and wish.key != "today"
        return classed(wish, value, whole, areas, None if counts_now else since, now)

    def packed(
        self, view: View, pack: Callable[[Coloured], bytes], wish: Wish, now: datetime, midnight: datetime
    ) -> tuple[Coloured, bytes]:
        """The same, and what `pack` makes of it on the reading thread."""
        found = self.coloured(view, wish, now, midnight)
        return found, pack(found)

    def _standing(self, view: View, areas: Areas, late_at: datetime | None) -> Numbers:
        """The open cases with a place, those past their deadline where a moment is given."""
        edge = None if late_at is None else ticks(late_at)
        positions = [
            one.position
            for one in self._points(view)
            if one.position is not None
            and (edge is None or (one.due_ticks is not None and one.due_ticks < edge))
        ]
        return np.bincount(areas.of_cell[positions], minlength=len(areas.codes))

    def _at(self, view: View) -> Land:
        if self._land is None or self._land.revision != grids_revision(view.connection):
            self._land = read_land(view)
        return self._land


def classed(
    wish: Wish, value: Reals, whole: Numbers, areas: Areas, since: datetime | None, now: datetime
) -> Coloured:
    """The values in their classes."""
    colouring = wish.colouring
    fixed = colouring.breaks and (wish.ground is Ground.CELL or colouring.judged)
    breaks = colouring.breaks if fixed else quantiles(value.tolist())
    edges = np.array(breaks, dtype=np.float64)
    if colouring.better == "high":
        levels = (value[:, None] < edges).sum(axis=1)
    else:
        levels = np.searchsorted(edges, value, side="right")
    if colouring.judged:
        levels = np.where((whole < FEWEST) | np.isnan(value), FEW, levels)
    of_cells = levels.astype(np.uint8)[areas.of_cell] if len(areas.codes) else np.zeros(0, np.uint8)
    return Coloured(wish, value, whole, areas, of_cells.tobytes(), breaks, not fixed, since, now)


def counted(
    view: View,
    land: Land,
    ground: Ground,
    count: Count,
    since: datetime,
    now: datetime,
    columns: Columns,
) -> Numbers:
    """How many cases of each area count in a figure of the board, over the period up to `now`."""
    areas = land.areas[ground]
    ids: BitMap | None = None
    with view.sets() as sets:
        if sets is not None:
            asked = CaseFilter(everything=True, figure=Figure(count, since, now))
            ids = let_through(view.connection, sets, asked, now, NOTHING)
            if ground is not Ground.CELL:
                return _by_sets(sets, areas, ground, ids)
            by_row = (ids & sets.touched) | sparse(ids)
    if ids is not None:  # the sets are not held meanwhile: others wait for them
        known = _in_cells(view, areas, ids - by_row, columns)
        return known + _gathered(areas, _cells_of(view, by_row))
    column = _COLUMN[ground]
    rows = view.connection.execute(
        select(column, func.count())
        .where(touched(since, now), measure(count, since, now, now))
        .group_by(column)
    )
    numbers = np.zeros(len(areas.codes), dtype=np.int64)
    for code, number in rows:
        if code in areas.place:
            numbers[areas.place[code]] = number
    return numbers


def _by_sets(sets: LiveSets, areas: Areas, ground: Ground, ids: BitMap) -> Numbers:
    number_of = sets.counter(ground.value, ids)
    return np.array([number_of(code) for code in areas.codes], dtype=np.int64)


def _in_cells(view: View, areas: Areas, ids: BitMap, columns: Columns) -> Numbers:
    """How many of the cases lie in each unit grid, by what stands beside the sets."""
    grids = columns.of(view.connection, "cell", ids)
    places = np.array([*(areas.place.get(code, -1) for code in columns.codes), -1], dtype=np.int64)
    found = places[grids]  # no grid is the last
    return np.bincount(found[found >= 0], minlength=len(areas.codes))


def _cells_of(view: View, ids: BitMap) -> Iterable[str]:
    every = ids.to_array()
    direct = Direct(view.connection)
    for first in range(0, len(every), _CHUNK):
        yield from (code for (code,) in direct.every(_CELLS, (told_ids(every[first : first + _CHUNK]),)))


def _gathered(areas: Areas, codes: Iterable[str]) -> Numbers:
    """How many of the codes are each area's; one that the city has no more is nobody's."""
    places = [at for at in map(areas.place.get, codes) if at is not None]
    return np.bincount(np.array(places, dtype=np.int64), minlength=len(areas.codes))
