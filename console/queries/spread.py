"""How cases lie over the city: their places for the heat, their numbers per unit for the hot spots."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from console.domain.wanted import CaseFilter
from console.queries.filter import conditions, meant
from console.storage.tables import cases, layers, unit_grids
from console.storage.unit import View

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Ground:
    """The units of a city: the packed unit grids, and the responsibility grid of each, as its place among
    `grids`, the codes of the responsibility grids."""

    cells: bytes
    grid_of_cell: NDArray[np.int64]
    grids: tuple[str, ...]


def case_places(view: View, wanted: CaseFilter, now: datetime) -> tuple[Floats, Floats]:
    """Longitude and latitude (EPSG:4490) of every wanted case that has a place."""
    asked = select(cases.c.lon, cases.c.lat).where(
        *conditions(wanted, now, meant(view, wanted)), cases.c.lon.is_not(None), cases.c.lat.is_not(None)
    )
    # Flat, because numpy looks into every row for what it may be: 50,000 of them took a second more.
    flat = chain.from_iterable(view.connection.execute(asked))
    found = np.fromiter(flat, dtype=np.float64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def cell_numbers(view: View, wanted: CaseFilter, now: datetime, cells: int) -> Floats:
    """The wanted cases in every unit grid, by its position; those outside all grids count nowhere."""
    asked = (
        select(unit_grids.c.position, func.count())
        .join(cases, cases.c.cell == unit_grids.c.code)
        .where(*conditions(wanted, now, meant(view, wanted)))
        .group_by(unit_grids.c.position)
    )
    numbers = np.zeros(cells)
    for position, number in view.connection.execute(asked):
        if position < cells:
            numbers[position] = number
    return numbers


def ground(view: View) -> Ground:
    """The city's units; none where no city is loaded."""
    packed = view.connection.execute(select(layers.c.data).where(layers.c.name == "cells")).scalar()
    asked = select(unit_grids.c.responsibility_grid).order_by(unit_grids.c.position)
    codes = list(view.connection.execute(asked).scalars())
    grids, which = np.unique(np.array(codes, dtype=np.str_), return_inverse=True)
    return Ground(packed or b"", which.astype(np.int64), tuple(grids.tolist()))
