"""The ground of the loaded city for who simulates on it: a point and an area for every cell, roads, names."""

from dataclasses import dataclass

from sqlalchemy import select

from console.storage.tables import divisions, layers, unit_grids
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Ground:
    """Points inside the cells (EPSG:4490 degrees) and areas (m2), in the order of the cells layer.

    `roads` is GeoJSON or empty; `names` gives the names of divisions by code.
    """

    lon: tuple[float, ...]
    lat: tuple[float, ...]
    area_m2: tuple[float, ...]
    roads: bytes
    names: dict[str, str]


def ground(view: View) -> Ground:
    """The ground of the loaded city; empty where it has no cells."""
    cells = view.connection.execute(
        select(unit_grids.c.lon, unit_grids.c.lat, unit_grids.c.area_m2).order_by(unit_grids.c.position)
    ).all()
    lon, lat, area = zip(*cells, strict=True) if cells else ((), (), ())
    roads = view.connection.execute(select(layers.c.data).where(layers.c.name == "roads")).scalar()
    names = view.connection.execute(select(divisions.c.code, divisions.c.name))
    return Ground(lon, lat, area, roads or b"", dict(names.all()))
