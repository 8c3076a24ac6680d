"""The rules that grids must keep (domain.md 2.1, 2.2), and what is found where they do not."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from console.domain.city import Division, Level, ResponsibilityGrid, UnitGrid
from console.geography.codes import SEQUENCE, is_unit_code
from console.geography.topology import Place, gaps, misfits, overlaps, unmatched

Shapes = NDArray[np.object_]

# A declared area may differ from the measured one by a metre or a hundredth, whichever is more.
_AREA_M2, _AREA_SHARE = 1.0, 0.01


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not kept: by which code, where (EPSG:4490) and with what facts."""

    rule: str
    code: str = ""
    lon: float | None = None
    lat: float | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Grids:
    """What is checked: unit grids in force with their polygons in metres of `system`.

    `retired` are codes that were in use once, `told` the places of unit grids whose polygon is missing for
    a reason that is a finding already. Polygons of communities and responsibility grids may
    be missing; then only what their unit grids say is checked.
    """

    unit_grids: Sequence[UnitGrid]
    shapes: Shapes
    system: str
    divisions: Sequence[Division]
    responsibility_grids: Sequence[ResponsibilityGrid]
    retired: Collection[str] = ()
    told: Collection[int] = ()
    communities: Mapping[str, BaseGeometry] = field(default_factory=dict)
    responsibility_shapes: Mapping[str, BaseGeometry] = field(default_factory=dict)


def check_grids(grids: Grids) -> list[Finding]:
    """Every breach of a rule, sorted by rule and code."""
    found = [
        *_code_findings(grids),
        *_sequence_findings(grids),
        *_division_findings(grids),
        *_date_findings(grids.unit_grids),
        *_shape_findings(grids),
        *_responsibility_findings(grids),
        *_topology_findings(grids),
    ]
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda item: (item.rule, item.code, str(sorted(item.facts.items(), key=str))))


def _at(rule: str, grid: UnitGrid, **facts: object) -> Finding:
    placed = math.isfinite(grid.lon) and math.isfinite(grid.lat)
    return Finding(rule, grid.code, grid.lon if placed else None, grid.lat if placed else None, facts)


def _code_findings(grids: Grids) -> Iterator[Finding]:
    times = Counter(grid.code for grid in grids.unit_grids)
    retired = frozenset(grids.retired)
    for grid in grids.unit_grids:
        if not is_unit_code(grid.code):
            yield _at("unit_code_form", grid)
        if grid.code[:-SEQUENCE] != grid.community:
            yield _at("unit_code_parent", grid, community=grid.community)
        if times[grid.code] > 1:
            yield _at("unit_code_repeated", grid, times=times[grid.code])
        if grid.code in retired:
            yield _at("unit_code_reused", grid)


def _sequence_findings(grids: Grids) -> Iterator[Finding]:
    """Numbers passed over that no unit grid of the community has or had; `missing` counts them.

    A community with a wrong code is left out: which number that code should be, nobody knows.
    """
    members: dict[str, list[UnitGrid]] = {}
    for grid in grids.unit_grids:
        members.setdefault(grid.community, []).append(grid)
    retired: dict[str, set[str]] = {}
    for code in filter(is_unit_code, grids.retired):
        retired.setdefault(code[:-SEQUENCE], set()).add(code)
    for community, cells in members.items():
        cell = {grid.code: grid for grid in cells}
        if len(cell) < len(cells) or not all(_is_code_in(code, community) for code in cell):
            continue
        before = 0
        for code in sorted(retired.get(community, set()) | cell.keys()):
            number = int(code[-SEQUENCE:])
            if number > before + 1 and code in cell:
                missing = number - before - 1
                yield _at(
                    "sequence_gap", cell[code], community=community, after=f"{before:03d}", missing=missing
                )
            before = number


def _is_code_in(code: str, community: str) -> bool:
    return is_unit_code(code) and code[:-SEQUENCE] == community


def _division_findings(grids: Grids) -> Iterator[Finding]:
    known = {(item.level, item.code) for item in grids.divisions}
    codes = {item.code for item in grids.divisions}
    for code, times in Counter(item.code for item in grids.divisions).items():
        if times > 1:
            yield Finding("division_repeated", code, facts={"times": times})
    for item in grids.divisions:
        if item.parent and item.parent not in codes:
            yield Finding("division_parent", item.code, facts={"parent": item.parent})
    for grid in grids.unit_grids:
        for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.COMMITTEE):
            code = getattr(grid, level.value)
            if (level, code) not in known and (code or level is not Level.COMMITTEE):
                yield _at("division_unknown", grid, level=level.value, division=code)


def _date_findings(unit_grids: Sequence[UnitGrid]) -> Iterator[Finding]:
    for grid in unit_grids:
        if grid.end_date is not None and grid.end_date < grid.start_date:
            yield _at("dates_swapped", grid, start=grid.start_date.isoformat(), end=grid.end_date.isoformat())


def _shape_findings(grids: Grids) -> Iterator[Finding]:
    areal = np.isin(shapely.get_type_id(grids.shapes), (3, 6)) & ~shapely.is_empty(grids.shapes)
    valid = shapely.is_valid(grids.shapes)
    measured = shapely.area(grids.shapes)
    told = frozenset(grids.told)
    for at, grid in enumerate(grids.unit_grids):
        if not areal[at]:
            if at not in told:
                yield _at("polygon_missing", grid)
        elif not valid[at]:
            yield _at("polygon_invalid", grid, reason=shapely.is_valid_reason(grids.shapes[at]))
        elif measured[at] <= 0 or grid.area_m2 <= 0:
            yield _at("area_not_positive", grid, declared=grid.area_m2)
        elif abs(grid.area_m2 - measured[at]) > max(_AREA_M2, _AREA_SHARE * measured[at]):
            yield _at(
                "area_differs", grid, declared=round(grid.area_m2, 1), measured=round(float(measured[at]), 1)
            )


def _responsibility_findings(grids: Grids) -> Iterator[Finding]:
    filled = {grid.responsibility_grid for grid in grids.unit_grids}
    times = Counter(item.code for item in grids.responsibility_grids)
    for code in times:
        if times[code] > 1:
            yield Finding("responsibility_repeated", code, facts={"times": times[code]})
        if code not in filled:
            yield Finding("responsibility_empty", code)
    for grid in grids.unit_grids:
        if not grid.responsibility_grid:
            yield _at("responsibility_missing", grid)
        elif grid.responsibility_grid not in times:
            yield _at("responsibility_unknown", grid, responsibility_grid=grid.responsibility_grid)


def _topology_findings(grids: Grids) -> Iterator[Finding]:
    shapes = grids.shapes.copy()
    shapes[~shapely.is_valid(shapes)] = shapely.Polygon()
    cells = grids.unit_grids
    if len(suspects := unmatched(shapes)):
        for first, second, place in overlaps(shapes, suspects, grids.system):
            yield _placed("overlap", cells[first].code, place, other=cells[second].code)
    for place in gaps(shapes, grids.system, matched=not len(suspects)):
        yield _placed("gap", "", place)
    communities = [cell.community for cell in cells]
    for owner, kind, place in misfits(shapes, communities, grids.communities, grids.system):
        yield _placed(f"community_{kind}", owner, place)
    patrols = [cell.responsibility_grid for cell in cells]
    for owner, kind, place in misfits(shapes, patrols, grids.responsibility_shapes, grids.system):
        yield _placed(f"responsibility_{kind}", owner, place)


def _placed(rule: str, code: str, place: Place, **facts: object) -> Finding:
    return Finding(rule, code, place.lon, place.lat, facts | {"area_m2": round(place.area_m2, 1)})
