"""What the grid map shows: the city's layers, open cases per cell, a mark per open case."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from threading import Lock
from typing import NamedTuple

from sqlalchemy import select

from console.domain.city import CityProfile
from console.domain.errors import Refused
from console.geography.site_layer_names import SITE_LAYERS, stored_name
from console.queries.point_columns import PointColumns, Points
from console.queries.watch import Head, changed_since, journal_head
from console.storage.city import profile
from console.storage.columns import instant
from console.storage.direct import Direct, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.tables import cases, divisions, layers, still_open, unit_grids
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class CityMap:
    """The city's layers as stored; `cell_codes` in the order of the cells, `own` what the site added.

    `english` are the English names of divisions by their own, where the city gives other ones.
    """

    profile: CityProfile
    cells: bytes
    roads: bytes
    divisions: bytes
    cell_codes: tuple[str, ...]
    own: dict[str, bytes]
    english: dict[str, str]


class MapPoint(NamedTuple):
    """An open case with a place, EPSG:4490, in the cell at `position`; instants as the database keeps them.

    There are ten thousand of them: to make an instant of each takes longer than the asking.
    """

    id: int
    code: str
    lon: float
    lat: float
    due_ticks: int | None
    soon_ticks: int | None
    reworks: int
    position: int | None

    @property
    def current_due_at(self) -> datetime | None:
        return None if self.due_ticks is None else instant(self.due_ticks)

    @property
    def soon_at(self) -> datetime | None:
        return None if self.soon_ticks is None else instant(self.soon_ticks)


_OPEN = (
    select(
        cases.c.id,
        cases.c.code,
        cases.c.lon,
        cases.c.lat,
        cases.c.current_due_at,
        cases.c.soon_at,
        cases.c.reworks,
        unit_grids.c.position,
    )
    .outerjoin(unit_grids, unit_grids.c.code == cases.c.cell)
    .where(still_open, cases.c.lon.is_not(None))
)
_POINTS = Statement(_OPEN)
_SOME = Statement(_OPEN.where(Among()))
_MOST_ONE_BY_ONE = 3000  # of more changes every point is read


class OpenPoints:
    """Every open case that has a place, kept from one look to the next.

    Only what the journal names since the last look is read again. For many threads.
    """

    def __init__(self) -> None:
        self._points: Points | None = None  # the first look makes them, off the window's thread
        self._seen: Head | None = None
        self._looking = Lock()

    def look(self, view: View) -> list[MapPoint]:
        """The points as `view` sees them."""
        with self._looking:
            return list(map(MapPoint._make, self._caught_up(view).tuples()))

    def state(
        self, view: View, packed: Callable[[PointColumns, datetime], bytes], now: datetime
    ) -> tuple[dict[int, int], bytes]:
        """Open cases per cell, and the points as `packed` packs them for the page."""
        with self._looking:
            points = self._caught_up(view).columns()
        return points.cell_counts(), packed(points, now)

    def _caught_up(self, view: View) -> Points:
        head, seen, points = journal_head(view), self._seen, self._points
        if points is None or seen is None or seen.revision != head.revision or head.fact < seen.fact:
            points = Points(map_points(view))
        elif head.fact > seen.fact:
            points = self._followed(view, points, seen.fact)
        self._points, self._seen = points, head
        return points

    def _followed(self, view: View, points: Points, fact: int) -> Points:
        moved = changed_since(view, fact, _MOST_ONE_BY_ONE)
        if len(moved) == _MOST_ONE_BY_ONE:
            return Points(map_points(view))
        for case_id in moved:
            points.drop(case_id)
        for row in Direct(view.connection).every(_SOME, (told_ids(moved),)):
            points.put(MapPoint._make(row))
        return points


_CODES = Statement(select(unit_grids.c.code).order_by(unit_grids.c.position))
_NAMES = select(divisions.c.name, divisions.c.name_en)


def city_map(view: View) -> CityMap:
    """The loaded city as the map needs it. Raises Refused("no_city").

    It is read without the other reference data, which take three times as long.
    """
    head = profile(view.connection)
    if head is None:
        raise Refused("no_city")
    stored = dict(view.connection.execute(select(layers.c.name, layers.c.data)).all())
    return CityMap(
        head,
        stored.get("cells", b""),
        stored.get("roads", b""),
        stored.get("divisions", b""),
        # The index of points knows them too.
        tuple(intern(code) for (code,) in Direct(view.connection).every(_CODES)),
        {name: stored.get(name, b"") for name in map(stored_name, SITE_LAYERS)},
        {name: english for name, english in view.connection.execute(_NAMES) if english and english != name},
    )


def cell_counts(points: Iterable[MapPoint]) -> dict[int, int]:
    """Open cases per cell position; cells without any are left out."""
    return Counter(one.position for one in points if one.position is not None)


def map_points(view: View) -> list[MapPoint]:
    """Every open case that has a place."""
    return list(map(MapPoint._make, Direct(view.connection).every(_POINTS)))
