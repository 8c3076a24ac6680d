"""What a part of the map holds, in rows: its open cases, and the unit grids they lie in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from console.domain.flow import State
from console.queries.boundaries import Names, place_names
from console.storage.tables import cases, still_open
from console.storage.unit import View

MOST = 500

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4490."""


@dataclass(frozen=True, slots=True)
class CaseInView:
    """An open case with a place, EPSG:4490 degrees; instants are aware UTC."""

    id: int
    code: str
    class_name: str
    class_name_en: str
    state: State
    address: str
    cell: str
    current_due_at: datetime | None
    soon_at: datetime | None
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class CellInView:
    """A unit grid with open cases, `late` of them overdue; the place is the middle of its cases."""

    code: str
    area: str
    open: int
    late: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class InView:
    """The MOST most urgent cases, the MOST fullest grids, how many of both there are, names of areas."""

    cases: tuple[CaseInView, ...]
    cells: tuple[CellInView, ...]
    open: int
    grids: int
    names: Names


_ROWS = (
    cases.c.id,
    cases.c.code,
    cases.c.class_key,
    cases.c.edition,
    cases.c.state,
    cases.c.address,
    cases.c.cell,
    cases.c.current_due_at,
    cases.c.soon_at,
    cases.c.lon,
    cases.c.lat,
)


def in_view(view: View, box: Box | None, now: datetime) -> InView:
    """The open cases of a box, of the whole city without one."""
    there = [still_open, cases.c.lat.is_not(None), *_within(box)]
    late = func.count().filter(cases.c.current_due_at < now)
    area = func.coalesce(func.nullif(cases.c.committee, ""), cases.c.district)
    grouped = (
        select(cases.c.cell, func.min(area), func.count(), late, func.avg(cases.c.lon), func.avg(cases.c.lat))
        .where(*there, cases.c.cell != "")
        .group_by(cases.c.cell)
        .order_by(func.count().desc(), cases.c.cell)
    )
    cells = [
        CellInView(code, where, number, overdue, lon, lat)
        for code, where, number, overdue, lon, lat in view.connection.execute(grouped)
    ]
    order = (cases.c.current_due_at.is_(None), cases.c.current_due_at, cases.c.id)
    rows = view.connection.execute(select(*_ROWS).where(*there).order_by(*order).limit(MOST)).all()
    number = view.connection.execute(select(func.count()).where(*there).select_from(cases)).scalar_one()
    found = []
    for row in rows:
        named = view.reference.edition(row.edition).by_key.get(row.class_key)
        found.append(
            CaseInView(
                row.id, row.code, named.name if named else "", named.name_en if named else "", row.state,
                row.address[:200], row.cell, row.current_due_at, row.soon_at, row.lon, row.lat,
            )
        )  # fmt: skip
    shown = tuple(cells[:MOST])
    return InView(tuple(found), shown, number, len(cells), place_names(view, {one.area for one in shown}))


def _within(box: Box | None) -> list[ColumnElement[bool]]:
    if box is None:
        return []
    west, south, east, north = box
    return [cases.c.lon.between(west, east), cases.c.lat.between(south, north)]
