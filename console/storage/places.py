"""Where points lie: the stored cells as an index, and the grid rows behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from console.domain.case import Case, changed
from console.domain.errors import Refused
from console.storage.tables import layers, unit_grids

if TYPE_CHECKING:
    from console.geography.cell_index import CellIndex
    from console.geography.shapes import CellShapes

CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Place:
    """The grids and divisions a point belongs to."""

    cell: str
    responsibility_grid: str
    street: str
    district: str
    committee: str


@dataclass(frozen=True, slots=True)
class Places:
    """Points to places; `rows` and `shapes` in the order of the cells layer."""

    revision: str
    index: "CellIndex"
    rows: Sequence[Place]
    shapes: "CellShapes"

    def at(self, lon: float, lat: float) -> Place | None:
        """The place of a point (EPSG:4490 degrees), None outside every unit grid."""
        position = self.index.cell_at(lon, lat)
        return None if position < 0 else self.rows[position]

    def placed(self, case: Case) -> Case:
        """The case with the grid, street and district its point lies in; empty ones outside."""
        found = None
        if case.lon is not None and case.lat is not None:
            found = self.at(case.lon, case.lat)
        place = found or Place("", "", "", "", "")
        return changed(
            case,
            cell=place.cell,
            responsibility_grid=place.responsibility_grid,
            street=place.street,
            district=place.district,
            committee=place.committee,
        )


def read_places(connection: Connection, revision: str) -> Places:
    """The index of the loaded city. Raises Refused("no_grids") when the city has no cells."""
    # The engine under it (numpy, shapely) is heavy: only who asks for a place pays for it.
    from console.geography.cell_index import CellIndex
    from console.geography.shapes import CellShapes

    data = connection.execute(select(layers.c.data).where(layers.c.name == CELLS)).scalar_one_or_none()
    if data is None:
        raise Refused("no_grids")
    found = connection.execute(
        select(
            unit_grids.c.code,
            unit_grids.c.responsibility_grid,
            unit_grids.c.street,
            unit_grids.c.district,
            unit_grids.c.committee,
        ).order_by(unit_grids.c.position)
    )
    rows = [Place(*map(intern, row)) for row in found.all()]  # 38,515 cells lie in 700 grids and 100 streets
    return Places(revision, CellIndex.of_layer(data), rows, CellShapes(data))
