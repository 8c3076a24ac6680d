"""A whole city out of a fixed seed: streets, blocks, grids, who governs and who answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.catalogues import BUILTIN, builtin
from console.adapters.demo.blocks import Cutter, Progress
from console.adapters.demo.departments import departments, responsibilities
from console.adapters.demo.lanes import lanes
from console.adapters.demo.layers import divisions_layer, roads_layer
from console.adapters.demo.mesh import Loop, Mesh
from console.adapters.demo.plan import plan
from console.adapters.demo.register import Land, main_streets, register
from console.adapters.demo.site_layers import site_layers
from console.adapters.demo.staff import demo_staff
from console.adapters.demo.streets import skeleton
from console.adapters.demo.territory import territory
from console.adapters.holidays import SOURCE, china
from console.domain.calendar import CalendarTable, WorkPeriods
from console.domain.city import CityContent, CityProfile
from console.geography.coordinates import CoordinateSystem, convert
from console.geography.packed import packed_cells

SEED = 410_100
EDITION = "2026"
TIMEZONE = "Asia/Shanghai"
CALENDAR_YEARS = (2013, 2026)
PERIODS = ((time(8), time(12)), (time(14), time(18)))

Floats = NDArray[np.float64]


def demo_city(progress: Progress | None = None) -> CityContent:
    """The demo city, the same bytes every time: 38,515 unit grids in 707 responsibility grids.

    Made up from published figures (domain.md 7) in EPSG:4547; about six seconds on one core.
    `progress` is told how many responsibility grids of how many are cut.
    """
    mesh, random = Mesh(), np.random.default_rng(SEED)
    drawn = plan()
    base = skeleton(drawn, mesh)
    cutter = Cutter(mesh, random)
    communities = cutter.neighbourhoods(base.faces)
    governed = territory(mesh, base.faces, communities)
    patrols = [border for community in communities for border in community.patrols]
    cells = cutter.cells(patrols, progress)
    streets = [*base.streets, *lanes(mesh, random, cutter.cuts)]

    points = np.column_stack([mesh.x, mesh.y])
    degrees = _Degrees.around(*drawn.centre)
    vertices = np.column_stack(degrees(points[:, 0], points[:, 1]))
    loops = [mesh.current(cell) for group in cells for cell in group]
    borders = _polygons(points, [mesh.current(border) for border in patrols])
    land = Land(
        territory=governed,
        communities=communities,
        patrols=borders,
        cells=_polygons(points, loops),
        first=np.concatenate([[0], np.cumsum([len(group) for group in cells])]).tolist(),
        mains=main_streets(base.streets, points),
        degrees=degrees,
    )
    made = register(land, random)
    catalogues = tuple(builtin(edition) for edition in BUILTIN)
    roads = roads_layer(mesh, vertices, streets)
    latest = next(one for one in catalogues if one.edition == EDITION)
    bodies = governed.districts, governed.committees
    served = departments(*bodies)
    return CityContent(
        profile=_profile(governed.city),
        divisions=made.divisions,
        responsibility_grids=made.responsibility_grids,
        unit_grids=made.unit_grids,
        departments=served,
        rules=responsibilities(*bodies, catalogues),
        catalogues=catalogues,
        calendar=_calendar(),
        layers={
            "cells": packed_cells(_polygons(vertices, [loops[cell] for cell in made.cells])),
            "roads": roads,
            "divisions": divisions_layer(borders, made.areas, degrees),
            **site_layers(roads, borders, degrees, latest, np.random.default_rng(SEED)),
        },
        staff=demo_staff([body.code for part in bodies for body in part], served, made.responsibility_grids),
    )


@dataclass(frozen=True, slots=True)
class _Degrees:
    """Turns metres around a place of EPSG:4547 into lon/lat degrees of EPSG:4490."""

    east: float
    north: float

    @classmethod
    def around(cls, lon: float, lat: float) -> "_Degrees":
        east, north = convert(lon, lat, CoordinateSystem.CGCS2000, CoordinateSystem.CGCS2000_GK114)
        return cls(float(east), float(north))

    def __call__(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return convert(
            self.east + x, self.north + y, CoordinateSystem.CGCS2000_GK114, CoordinateSystem.CGCS2000
        )


def _polygons(points: Floats, loops: Sequence[Loop]) -> NDArray[np.object_]:
    """A polygon for every loop of point numbers."""
    ring = np.repeat(np.arange(len(loops)), [len(loop) for loop in loops])
    order = np.fromiter((vertex for loop in loops for vertex in loop), dtype=np.int64, count=len(ring))
    return np.asarray(shapely.polygons(shapely.linearrings(points[order], indices=ring)))


def _profile(city: Mapping[str, str]) -> CityProfile:
    return CityProfile(
        code=city["code"],
        name=city["name"],
        name_en=city["name_en"],
        timezone=TIMEZONE,
        edition=EDITION,
        generated=True,
        note=city["note"],
    )


def _calendar() -> CalendarTable:
    official = china(*CALENDAR_YEARS)
    seasons = (WorkPeriods(date(CALENDAR_YEARS[0], 1, 1), PERIODS),)
    return CalendarTable(TIMEZONE, seasons, official.days, official.years, official.names, SOURCE)
