"""Which unit grid belongs to which area, by place: what the values of a colouring are gathered over."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from sqlalchemy import select

from console.domain.colouring import Ground
from console.storage.city import grids_revision
from console.storage.tables import divisions, responsibility_grids, unit_grids
from console.storage.unit import View

Numbers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Areas:
    """The areas of one kind: `of_cell` is the area of each unit grid, in the order of the cells."""

    codes: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    of_cell: Numbers
    km2: Reals

    @cached_property
    def place(self) -> dict[str, int]:
        return {code: at for at, code in enumerate(self.codes)}


@dataclass(frozen=True, eq=False)
class Land:
    """The unit grids of one revision of the city, gathered by every kind of area."""

    revision: str
    areas: dict[Ground, Areas]

    @property
    def cells(self) -> int:
        return len(self.areas[Ground.CELL].codes)


def read_land(view: View) -> Land:
    """The areas of the loaded city; a committee's grids are not its host district's."""
    columns = unit_grids.c
    rows = view.connection.execute(
        select(
            columns.code,
            columns.responsibility_grid,
            columns.street,
            columns.district,
            columns.committee,
            columns.area_m2,
        ).order_by(columns.position)
    ).all()
    named = _names(view)
    m2 = np.array([row.area_m2 for row in rows], dtype=np.float64)
    codes = {
        Ground.CELL: [row.code for row in rows],
        Ground.RESPONSIBILITY: [row.responsibility_grid for row in rows],
        Ground.STREET: [row.street for row in rows],
        Ground.AREA: [row.committee or row.district for row in rows],
    }
    return Land(
        grids_revision(view.connection), {ground: _areas(told, named, m2) for ground, told in codes.items()}
    )


def _areas(of_cell: list[str], named: dict[str, tuple[str, str]], m2: Reals) -> Areas:
    codes = tuple(dict.fromkeys(of_cell))
    place = {code: at for at, code in enumerate(codes)}
    places = np.array([place[code] for code in of_cell], dtype=np.int64)
    km2 = np.bincount(places, weights=m2, minlength=len(codes)) / 1e6 if len(codes) else np.zeros(0)
    return Areas(codes, tuple(named.get(code, (code, code)) for code in codes), places, km2)


def _names(view: View) -> dict[str, tuple[str, str]]:
    grids = view.connection.execute(select(responsibility_grids.c.code, responsibility_grids.c.name))
    told = view.connection.execute(select(divisions.c.code, divisions.c.name, divisions.c.name_en))
    return {code: (name, name) for code, name in grids} | {code: (zh, en) for code, zh, en in told}
