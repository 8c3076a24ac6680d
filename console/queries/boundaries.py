"""The nearest borders around a place, in metres, with both sides named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from console.domain.boundary import Border, Boundary
from console.storage.places import Place
from console.storage.tables import divisions, responsibility_grids
from console.storage.unit import View

_REACHES = (60.0, 250.0, 1000.0, 5000.0, 50_000.0)  # metres: most borders are a block away
_KEYS: dict[Border, Callable[[Place], str]] = {
    Border.CELL: lambda row: row.cell,
    Border.GRID: lambda row: row.responsibility_grid,
    Border.AREA: lambda row: row.committee or row.district,
}
Names = dict[str, tuple[str, str]]


def boundaries(view: View, lon: float, lat: float) -> tuple[Boundary, ...]:
    """For each kind of border the nearest grid or area that is another; none for a place outside.

    The edge of the city is a border to nobody and not told. Raises Refused: `no_city`, `no_grids`.
    """
    places = view.places
    here = places.at(lon, lat)
    if here is None:
        return ()
    shapes = places.shapes
    found = []
    for border, key in _KEYS.items():
        mine = key(here)
        for reach in _REACHES:
            around = shapes.around(lon, lat, reach)
            others = around[[key(places.rows[at]) not in {mine, ""} for at in around]]
            if not len(others):
                continue
            away = shapes.metres_to(others, lon, lat)
            nearest = int(np.argmin(away))
            if away[nearest] <= reach:  # else one that is nearer may not have been looked at
                found.append(Boundary(border, float(away[nearest]), mine, key(places.rows[others[nearest]])))
                break
    return tuple(found)


def place_names(view: View, codes: Iterable[str]) -> Names:
    """What divisions and responsibility grids are called, in Chinese and English."""
    wanted = sorted({code for code in codes if code})
    asked: Sequence[tuple[str, str, str]] = [
        *view.connection.execute(
            select(divisions.c.code, divisions.c.name, divisions.c.name_en).where(
                divisions.c.code.in_(wanted)
            )
        ),
        *(
            (code, name, name)
            for code, name in view.connection.execute(
                select(responsibility_grids.c.code, responsibility_grids.c.name).where(
                    responsibility_grids.c.code.in_(wanted)
                )
            )
        ),
    ]
    return {code: (name, name_en) for code, name, name_en in asked}


@dataclass(frozen=True, slots=True)
class Owners:
    """For every unit grid, in the layer's order, its responsibility grid and its area, and their names."""

    grids: tuple[str, ...]
    areas: tuple[str, ...]
    names: Names


def cell_owners(view: View) -> Owners:
    """What borders on the map divide. Raises Refused: `no_city`, `no_grids`."""
    rows = view.places.rows
    grids = tuple(_KEYS[Border.GRID](row) for row in rows)
    areas = tuple(_KEYS[Border.AREA](row) for row in rows)
    return Owners(grids, areas, place_names(view, [*set(grids), *set(areas)]))
