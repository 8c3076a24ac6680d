"""What the grid map shows: the city's layers, open cases per cell, a mark per open case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from console.domain.city import CityProfile
from console.domain.flow import State
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


@dataclass(frozen=True, slots=True)
class MapPoint:
    """An open case with a place, EPSG:4490."""

    id: int
    code: str
    lon: float
    lat: float
    state: State
    current_due_at: datetime | None
    soon_at: datetime | None
    reworks: int


_POINTS = select(
    cases.c.id,
    cases.c.code,
    cases.c.lon,
    cases.c.lat,
    cases.c.state,
    cases.c.current_due_at,
    cases.c.soon_at,
    cases.c.reworks,
).where(still_open, cases.c.lon.is_not(None))

_COUNTS = (
    select(unit_grids.c.position, func.count())
    .join(cases, cases.c.cell == unit_grids.c.code)
    .where(still_open)
    .group_by(unit_grids.c.position)
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
    return dict(view.connection.execute(_COUNTS).all())


def map_points(view: View) -> list[MapPoint]:
    """Every open case that has a place."""
    return [MapPoint(*line) for line in view.connection.execute(_POINTS)]
