"""Who governs what in the demo city: districts, committees, streets (街道) and communities (社区)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot, pi
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from console.adapters.demo.blocks import Neighbourhood
from console.adapters.demo.mesh import Loop, Mesh
from console.adapters.demo.plan import KILOMETRE
from console.system import resource

OWN_STREETS, COMMITTEE_STREETS = 1, 401
"""First numbers: a committee's streets are numbered apart in their host district."""
MOST_PATROLS = 13
"""Responsibility grids a street may hold when two are joined."""


@dataclass(frozen=True, slots=True)
class Body:
    """A district or a management committee."""

    code: str
    name: str
    name_en: str
    area: shapely.Polygon
    by_community: bool


@dataclass(frozen=True, slots=True)
class StreetArea:
    """A street office's area: its nine-digit code and its communities, by place in the city's list."""

    code: str
    district: str
    committee: str
    communities: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Territory:
    city: Mapping[str, str]
    districts: tuple[Body, ...]
    committees: tuple[Body, ...]
    streets: tuple[StreetArea, ...]


def territory(mesh: Mesh, faces: Sequence[Loop], communities: Sequence[Neighbourhood]) -> Territory:
    """The bodies of resources/demo/territory.toml, and streets grown from communities inside them."""
    raw = tomllib.loads(resource("demo", "territory.toml").read_text("utf-8"))
    districts = tuple(_body(item) for item in raw["district"])
    committees = tuple(_body(item) for item in raw["committee"])
    by_face = _middles(mesh, faces)[[item.face for item in communities]]
    own = _middles(mesh, [item.border for item in communities])
    host = _within(by_face, districts, nearest=True)
    manager = _within(by_face, [body for body in committees if not body.by_community], nearest=False)
    special = _within(own, [body for body in committees if body.by_community], nearest=False)
    zones = [(host[place], special[place] or manager[place]) for place in range(len(communities))]
    groups = _grown(mesh, communities, zones, int(raw["streets"]))
    return Territory(raw["city"], districts, committees, _numbered(groups, zones, own))


def _body(raw: Mapping[str, Any]) -> Body:
    area = shapely.Polygon(np.asarray(raw["area"]) * KILOMETRE) if raw["area"] else shapely.Polygon()
    return Body(raw["code"], raw["name"], raw["name_en"], area, raw.get("by_community", False))


def _middles(mesh: Mesh, loops: Sequence[Loop]) -> NDArray[np.object_]:
    return shapely.centroid([shapely.Polygon(mesh.coordinates(loop)) for loop in loops])


def _within(points: NDArray[np.object_], bodies: Sequence[Body], *, nearest: bool) -> list[str]:
    """The code of the body around every point; the nearest one or "" where none is."""
    away = np.array([shapely.distance(body.area, points) for body in bodies])
    away[np.isnan(away)] = np.inf
    best = away.argmin(axis=0)
    reach = np.inf if nearest else 0.0
    return [
        bodies[number].code if away[number, place] <= reach else ""
        for place, number in enumerate(best.tolist())
    ]


def _numbered(
    groups: Sequence[Sequence[int]], zones: Sequence[tuple[str, str]], middles: NDArray[np.object_]
) -> tuple[StreetArea, ...]:
    """Streets with codes, numbered from the north-west inside their district."""
    x, y = shapely.get_x(middles).tolist(), shapely.get_y(middles).tolist()
    number: dict[tuple[str, bool], int] = {}
    streets = []
    for group in sorted(
        groups, key=lambda group: sum(x[place] - 2 * y[place] for place in group) / len(group)
    ):
        district, committee = zones[group[0]]
        key = (district, bool(committee))
        first = COMMITTEE_STREETS if committee else OWN_STREETS
        number[key] = number.get(key, first - 1) + 1
        ordered = sorted(group, key=lambda place: (-round(y[place] / 600), x[place]))
        streets.append(StreetArea(f"{district}{number[key]:03d}", district, committee, tuple(ordered)))
    return tuple(sorted(streets, key=lambda street: street.code))


@dataclass
class _Group:
    members: list[int]
    zone: tuple[str, str]
    patrols: int
    area: float
    around: float
    shared: dict[int, float]


def _grown(
    mesh: Mesh, communities: Sequence[Neighbourhood], zones: Sequence[tuple[str, str]], wanted: int
) -> list[list[int]]:
    """Communities joined into about `wanted` compact, connected groups, never across a zone.

    Always the smallest group that can grow joins the neighbour with which it is most compact.
    """
    groups = _alone(mesh, communities, zones)
    settled: set[int] = set()
    while len(groups) > wanted:
        open_groups = [number for number in groups if number not in settled]
        if not open_groups:
            break
        small = min(open_groups, key=lambda number: (groups[number].patrols, groups[number].area))
        partner = _partner(groups, small)
        if partner is None:
            settled.add(small)
        else:
            _join(groups, small, partner)
            settled.discard(partner)
    return [group.members for group in groups.values()]


def _alone(
    mesh: Mesh, communities: Sequence[Neighbourhood], zones: Sequence[tuple[str, str]]
) -> dict[int, _Group]:
    """Every community as a group of its own, with the border lengths it shares."""
    groups: dict[int, _Group] = {}
    owners: dict[tuple[int, int], int] = {}
    for number, community in enumerate(communities):
        loop = mesh.current(community.border)
        group = _Group([number], zones[number], len(community.patrols), mesh.area(loop), 0.0, {})
        groups[number] = group
        for start, end in pairwise([*loop, loop[0]]):
            length = hypot(mesh.x[end] - mesh.x[start], mesh.y[end] - mesh.y[start])
            group.around += length
            other = owners.setdefault((min(start, end), max(start, end)), number)
            if other != number:
                group.shared[other] = group.shared.get(other, 0.0) + length
                groups[other].shared[number] = groups[other].shared.get(number, 0.0) + length
    return groups


def _partner(groups: Mapping[int, _Group], small: int) -> int | None:
    one = groups[small]
    best, choice = 0.0, None
    for number, shared in one.shared.items():
        other = groups[number]
        if other.zone != one.zone or one.patrols + other.patrols > MOST_PATROLS:
            continue
        around = one.around + other.around - 2 * shared
        compact = 4 * pi * (one.area + other.area) / around**2
        score = compact * (1 - 0.03 * other.patrols)
        if score > best:
            best, choice = score, number
    return choice


def _join(groups: dict[int, _Group], gone: int, kept: int) -> None:
    one, other = groups.pop(gone), groups[kept]
    other.members.extend(one.members)
    other.patrols += one.patrols
    other.area += one.area
    other.around += one.around - 2 * one.shared[kept]
    del other.shared[gone], one.shared[kept]
    for number, length in one.shared.items():
        other.shared[number] = other.shared.get(number, 0.0) + length
        neighbour = groups[number].shared
        neighbour[kept] = neighbour.get(kept, 0.0) + neighbour.pop(gone)
