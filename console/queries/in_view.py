"""What a part of the map holds, in rows: its open cases, and the unit grids there, with or without any."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from console.domain.flow import State
from console.queries.boundaries import Names, place_names
from console.storage.tables import cases, still_open, unit_grids
from console.storage.unit import View

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, EPSG:4490."""


class CaseInView(NamedTuple):
    """An open case with a place, EPSG:4490 degrees; instants are aware UTC."""

    id: int
    code: str
    edition: str
    class_key: str
    state: State
    address: str
    cell: str
    current_due_at: datetime | None
    soon_at: datetime | None
    lon: float
    lat: float


class CellInView(NamedTuple):
    """A unit grid; `open` cases lie in it, `late` of them overdue.

    `position` is its place on the map, -1 of a grid that the city has no more. Where cases are, the point
    is the middle of them, otherwise that of the grid.
    """

    code: str
    position: int
    area: str
    open: int
    late: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class InView:
    """The cases, the most urgent first; the grids, the fullest first, `grids` of them with open cases.

    `names` are those of the areas, `classes` of the classes by edition and key: Chinese and English.
    """

    cases: tuple[CaseInView, ...]
    cells: tuple[CellInView, ...]
    grids: int
    names: Names
    classes: dict[tuple[str, str], tuple[str, str]]


_CASE = [cases.c[name] for name in CaseInView._fields]


def in_view(view: View, box: Box | None, now: datetime, *, empty: bool = False) -> InView:
    """The open cases and grids of a box, of the whole city without one; `empty` grids as well if wished."""
    there = [still_open, cases.c.lat.is_not(None), *_within(box, cases.c.lon, cases.c.lat)]
    cells = _filled(view, there, now)
    filled = len(cells)
    if empty:
        cells += _empty(view, box, {one.code for one in cells})
    order = (cases.c.current_due_at.is_(None), cases.c.current_due_at, cases.c.id)
    rows = view.connection.execute(select(*_CASE).where(*there).order_by(*order)).all()
    found = tuple(map(CaseInView._make, rows))
    return InView(
        found,
        tuple(cells),
        filled,
        place_names(view, {one.area for one in cells}),
        {kind: _class_name(view, *kind) for kind in {(one.edition, one.class_key) for one in found}},
    )


def _filled(view: View, there: list[ColumnElement[bool]], now: datetime) -> list[CellInView]:
    late = func.count().filter(cases.c.current_due_at < now)
    area = func.coalesce(func.nullif(cases.c.committee, ""), cases.c.district)
    position = func.coalesce(func.min(unit_grids.c.position), -1)
    grouped = (
        select(
            cases.c.cell,
            position,
            func.min(area),
            func.count(),
            late,
            func.avg(cases.c.lon),
            func.avg(cases.c.lat),
        )
        .select_from(cases.outerjoin(unit_grids, unit_grids.c.code == cases.c.cell))
        .where(*there, cases.c.cell != "")
        .group_by(cases.c.cell)
        .order_by(func.count().desc(), cases.c.cell)
    )
    return [CellInView(*row) for row in view.connection.execute(grouped)]


def _empty(view: View, box: Box | None, filled: set[str]) -> list[CellInView]:
    """The grids without an open case in the box whose middle lies there, in the order of their codes."""
    grid = unit_grids.c
    area = func.coalesce(func.nullif(grid.committee, ""), grid.district)
    rows = view.connection.execute(
        select(grid.code, grid.position, area, grid.lon, grid.lat)
        .where(*_within(box, grid.lon, grid.lat))
        .order_by(grid.code)
    )
    return [
        CellInView(code, position, where, 0, 0, lon, lat)
        for code, position, where, lon, lat in rows
        if code not in filled
    ]


def _class_name(view: View, edition: str, key: str) -> tuple[str, str]:
    known = view.reference.edition(edition).by_key.get(key)
    return (known.name, known.name_en) if known else ("", "")


def _within(
    box: Box | None, lon: ColumnElement[float], lat: ColumnElement[float]
) -> list[ColumnElement[bool]]:
    if box is None:
        return []
    west, south, east, north = box
    return [lon.between(west, east), lat.between(south, north)]
