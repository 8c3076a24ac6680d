"""What the grid map shows: the city's layers, open cases per cell, a mark per open case."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from console.domain.city import CityProfile
from console.storage.columns import instant
from console.storage.direct import Direct, Statement
from console.storage.tables import cases, layers, still_open, unit_grids
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class CityMap:
    """The city's layers as stored; `cell_codes` in the order of the cells."""

    profile: CityProfile
    cells: bytes
    roads: bytes
    divisions: bytes
    cell_codes: tuple[str, ...]


class MapPoint(NamedTuple):
    """An open case with a place, EPSG:4490; instants as the database keeps them.

    Ten thousand of them are read after every change: to make an instant of each takes longer than the
    asking.
    """

    id: int
    code: str
    lon: float
    lat: float
    due_ticks: int | None
    soon_ticks: int | None
    reworks: int

    @property
    def current_due_at(self) -> datetime | None:
        return None if self.due_ticks is None else instant(self.due_ticks)

    @property
    def soon_at(self) -> datetime | None:
        return None if self.soon_ticks is None else instant(self.soon_ticks)


_POINTS = Statement(
    select(
        cases.c.id,
        cases.c.code,
        cases.c.lon,
        cases.c.lat,
        cases.c.current_due_at,
        cases.c.soon_at,
        cases.c.reworks,
    ).where(still_open, cases.c.lon.is_not(None))
)

# Counted by the index of open cells before anything is joined.
_FULL = select(cases.c.cell, func.count().label("number")).where(still_open).group_by(cases.c.cell).subquery()
_COUNTS = Statement(
    select(unit_grids.c.position, _FULL.c.number).join(_FULL, _FULL.c.cell == unit_grids.c.code)
)


def city_map(view: View) -> CityMap:
    """The loaded city as the map needs it. Raises Refused("no_city")."""
    stored = dict(view.connection.execute(select(layers.c.name, layers.c.data)).all())
    codes = view.connection.execute(select(unit_grids.c.code).order_by(unit_grids.c.position)).scalars()
    return CityMap(
        view.reference.profile,
        stored.get("cells", b""),
        stored.get("roads", b""),
        stored.get("divisions", b""),
        tuple(codes),
    )


def cell_counts(view: View) -> dict[int, int]:
    """Open cases per cell position; cells without any are left out."""
    return dict(Direct(view.connection).every(_COUNTS))


def map_points(view: View) -> list[MapPoint]:
    """Every open case that has a place."""
    return list(map(MapPoint._make, Direct(view.connection).every(_POINTS)))
