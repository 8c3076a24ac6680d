"""The demo city's register: codes and names of every division and grid, in index order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.demo.blocks import Neighbourhood
from console.adapters.demo.layers import Area, ToDegrees
from console.adapters.demo.names import Point, community_names, english, office_names, spell
from console.adapters.demo.streets import Street
from console.adapters.demo.territory import StreetArea, Territory
from console.domain.city import Division, Level, ResponsibilityGrid, UnitGrid
from console.geography.codes import numbered

SURVEYED = date(2015, 1, 1)
ROW_M = 120.0
"""Height of the rows in which unit grids are numbered: about the side of one."""

Shapes = NDArray[np.object_]


@dataclass
class Register:
    """`cells` are places in the given shapes; `unit_grids` goes with it one by one."""

    divisions: list[Division] = field(default_factory=list)
    responsibility_grids: list[ResponsibilityGrid] = field(default_factory=list)
    unit_grids: list[UnitGrid] = field(default_factory=list)
    cells: list[int] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)


@dataclass(frozen=True)
class Land:
    """All that the register is drawn up from, shapes in metres around the plan's centre.

    `patrols` are the borders of responsibility grids in the order of their communities; the cells
    of the patrol at place p are `cells[first[p] : first[p + 1]]`.
    """

    territory: Territory
    communities: Sequence[Neighbourhood]
    patrols: Shapes
    cells: Shapes
    first: Sequence[int]
    mains: Sequence[tuple[str, Sequence[Point]]]
    degrees: ToDegrees


def register(land: Land, random: np.random.Generator) -> Register:
    made = Register()
    rule = land.territory
    city = rule.city["code"]
    made.divisions.append(Division(city, rule.city["name"], rule.city["name_en"], Level.CITY, ""))
    for level, bodies in ((Level.DISTRICT, rule.districts), (Level.COMMITTEE, rule.committees)):
        made.divisions.extend(Division(body.code, body.name, body.name_en, level, city) for body in bodies)
    writer = _Writer(land, made, community_names(random))
    offices = office_names(random, [writer.middle(street) for street in rule.streets], land.mains)
    for street, office in zip(rule.streets, offices, strict=True):
        writer.street(street, office)
    made.areas.extend(_bodies(land, made))
    return made


def main_streets(streets: Sequence[Street], points: NDArray[np.float64]) -> list[tuple[str, list[Point]]]:
    """Main streets that a street office may be named after: not the rings, which pass too many."""
    lines: dict[str, list[Point]] = {}
    for street in streets:
        if street.rank < 3 and "环" not in street.name:
            lines.setdefault(street.name, []).extend(map(tuple, points[street.path].tolist()))
    return sorted(lines.items())


class _Writer:
    """Writes one street (街道) after the other into the register."""

    def __init__(self, land: Land, made: Register, names: Iterator[str]) -> None:
        self.land, self.made, self.names = land, made, names
        counts = [len(item.patrols) for item in land.communities]
        self.first_patrol = np.concatenate([[0], np.cumsum(counts)]).tolist()
        self.area = shapely.area(land.cells).tolist()
        self.length = shapely.length(land.cells).tolist()
        self.inside = _inside(land.cells)
        lon, lat = land.degrees(self.inside[:, 0], self.inside[:, 1])
        self.lon, self.lat = lon.tolist(), lat.tolist()

    def patrols(self, street: StreetArea) -> list[int]:
        return [
            patrol
            for community in street.communities
            for patrol in range(self.first_patrol[community], self.first_patrol[community + 1])
        ]

    def middle(self, street: StreetArea) -> Point:
        at = shapely.coverage_union_all(self.land.patrols[self.patrols(street)]).centroid
        return at.x, at.y

    def street(self, street: StreetArea, office: str) -> None:
        name_en = f"{english(office.removesuffix('街道'))} Subdistrict"
        self.made.divisions.append(Division(street.code, office, name_en, Level.STREET, street.district))
        self.made.areas.append(Area(Level.STREET, street.code, office, tuple(self.patrols(street))))
        number = 0
        for place, community in enumerate(street.communities, start=1):
            code, name = f"{street.code}{place:03d}", next(self.names)
            name_en = f"{spell(name.removesuffix('社区'))} Community"
            self.made.divisions.append(Division(code, name, name_en, Level.COMMUNITY, street.code))
            patrols = range(self.first_patrol[community], self.first_patrol[community + 1])
            grids = {patrol: f"{street.code}{number + at:02d}" for at, patrol in enumerate(patrols, start=1)}
            number += len(patrols)
            for at, (patrol, grid) in enumerate(grids.items(), start=1):
                grid_name = f"{name}责任网格{at}" if len(patrols) > 1 else f"{name}责任网格"
                self.made.responsibility_grids.append(
                    ResponsibilityGrid(grid, grid_name, street.district, street.code)
                )
                self.made.areas.append(Area(Level.RESPONSIBILITY, grid, grid_name, (patrol,)))
            self._cells(street, code, grids)

    def _cells(self, street: StreetArea, community: str, grids: dict[int, str]) -> None:
        first = self.land.first
        grid_of = {
            cell: grid for patrol, grid in grids.items() for cell in range(first[patrol], first[patrol + 1])
        }
        places = np.array(list(grid_of))
        ranks = numbered(self.inside[places, 0], self.inside[places, 1], ROW_M)
        for sequence, cell in enumerate(places[np.argsort(ranks)].tolist(), start=1):
            self.made.cells.append(cell)
            self.made.unit_grids.append(
                UnitGrid(
                    code=f"{community}{sequence:03d}",
                    responsibility_grid=grid_of[cell],
                    community=community,
                    street=street.code,
                    district=street.district,
                    committee=street.committee,
                    area_m2=round(self.area[cell], 2),
                    length_m=round(self.length[cell], 2),
                    lon=round(self.lon[cell], 8),
                    lat=round(self.lat[cell], 8),
                    start_date=SURVEYED,
                )
            )


def _inside(shapes: Shapes) -> NDArray[np.float64]:
    """A point inside every shape: its centre where that is inside."""
    middles = shapely.centroid(shapes)
    outside = ~shapely.contains_properly(shapes, middles)
    middles[outside] = shapely.point_on_surface(shapes[outside])
    return shapely.get_coordinates(middles)


def _bodies(land: Land, made: Register) -> Iterator[Area]:
    """Districts and committees as the patrols of their streets."""
    streets = {area.code: area.patrols for area in made.areas if area.level is Level.STREET}
    for level, bodies in (
        (Level.DISTRICT, land.territory.districts),
        (Level.COMMITTEE, land.territory.committees),
    ):
        for body in bodies:
            patrols = [
                patrol
                for street in land.territory.streets
                if body.code == (street.district if level is Level.DISTRICT else street.committee)
                for patrol in streets[street.code]
            ]
            if patrols:
                yield Area(level, body.code, body.name, tuple(patrols))
