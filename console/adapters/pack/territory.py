"""From cut areas to a city's territory: streets, communities, responsibility grids and unit grid codes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.pack.columns import Area
from console.domain.city import Division, Level, ResponsibilityGrid
from console.geography.codes import MOST_IN_COMMUNITY, division_codes, unit_codes
from console.geography.cutting import Cut, cut

Shapes = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_CITY_DIGITS = 4


@dataclass(frozen=True, eq=False)
class Territory:
    """`codes` and `patrol` (responsibility grid code) are those of the cells, in the order of the cut."""

    divisions: list[Division]
    responsibility_grids: list[ResponsibilityGrid]
    codes: list[str]
    patrol: list[str]


def territory(
    areas: Shapes,
    done: Cut,
    inside: Floats,
    names: Sequence[Area],
    band_m: float,
    code: str,
    city: str,
) -> Territory:
    """Numbers everything below the county `code` (its first county where `code` is a city's).

    `inside` holds a point in each cell, metres. A street is a group of areas, or all of them; a
    community is an area, or a part of one that has more cells than a community can number. Raises
    Refused("division_too_full").
    """
    county = code if not code.endswith("00") else f"{code[:_CITY_DIGITS]}01"
    part = _parts(areas, done, inside)
    streets = list(dict.fromkeys(area.street for area in names))
    street_of_area = np.array([streets.index(area.street) for area in names])
    street_codes = _codes(
        [county], np.zeros(len(streets), int), _middles(inside, street_of_area[done.area]), band_m
    )
    area_codes = _codes(street_codes, street_of_area, _middles(inside, done.area), band_m)
    parts, part_of_cell = np.unique(np.column_stack((done.area, part)), axis=0, return_inverse=True)
    part_codes = _codes(street_codes, street_of_area[parts[:, 0]], _middles(inside, part_of_cell), band_m)
    divisions = [
        Division(f"{county[:_CITY_DIGITS]}00", city, city, Level.CITY, ""),
        Division(county, city, city, Level.DISTRICT, f"{county[:_CITY_DIGITS]}00"),
    ]
    for place, street in enumerate(streets):
        divisions.append(Division(street_codes[place], street or city, street or city, Level.STREET, county))
    for place, (area, number) in enumerate(parts.tolist()):
        name = names[area].name if number == 0 else f"{names[area].name} {number + 1}"
        parent = street_codes[street_of_area[area]]
        divisions.append(Division(part_codes[place], name, name, Level.COMMUNITY, parent))
    patrols = [
        ResponsibilityGrid(area_codes[place], area.name, county, street_codes[street_of_area[place]])
        for place, area in enumerate(names)
    ]
    communities = [part_codes[place] for place in part_of_cell.ravel().tolist()]
    codes = unit_codes(communities, inside[:, 0], inside[:, 1], band_m)
    ordered = sorted(divisions, key=lambda item: (list(Level).index(item.level), item.code))
    return Territory(ordered, patrols, codes, [area_codes[place] for place in done.area.tolist()])


def _codes(parents: Sequence[str], parent: Ints, middles: Floats, band_m: float) -> list[str]:
    codes = [""] * len(parent)
    for place, prefix in enumerate(parents):
        members = np.flatnonzero(parent == place)
        made = division_codes(prefix, middles[members, 0], middles[members, 1], band_m)
        for member, code in zip(members.tolist(), made, strict=True):
            codes[member] = code
    return codes


def _middles(inside: Floats, group: Ints) -> Floats:
    """The mean of the cells' points in each group."""
    flat = group.ravel()
    count = np.maximum(np.bincount(flat), 1)
    return np.column_stack([np.bincount(flat, weights=inside[:, axis]) / count for axis in (0, 1)])


def _parts(areas: Shapes, done: Cut, inside: Floats) -> Ints:
    """For every cell the part of its area it is in: 0, but in areas with too many cells for one number."""
    part = np.zeros(len(done.cells), dtype=np.int64)
    for area in np.flatnonzero(np.bincount(done.area, minlength=len(areas)) > MOST_IN_COMMUNITY):
        cells = np.flatnonzero(done.area == area)
        points = shapely.points(inside[cells])
        pieces = 1
        while np.bincount(part[cells]).max() > MOST_IN_COMMUNITY:
            pieces += 1
            side = float(np.sqrt(areas[area].area / (pieces * len(cells) / MOST_IN_COMMUNITY)))
            coarse = cut([areas[area]], side).cells
            part[cells] = shapely.STRtree(coarse).nearest(points)
            part[cells] = np.unique(part[cells], return_inverse=True)[1]
    return part
