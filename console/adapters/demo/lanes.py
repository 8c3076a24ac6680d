"""Cuts that run on into each other joined to one street, and named."""

from collections.abc import Mapping, Sequence
from math import atan2, cos, hypot

import numpy as np

from console.adapters.demo.mesh import Mesh
from console.adapters.demo.names import lane_names, runs_east
from console.adapters.demo.streets import Street

STRAIGHT_ON = 0.9
"""Cosine of the sharpest turn (26 degrees) at which a street keeps its name."""
SHORT_M = 500.0

End = tuple[int, int]
"""A cut's number and its end: 0 where it begins, -1 where it stops."""


def lanes(mesh: Mesh, random: np.random.Generator, cuts: Sequence[Street]) -> list[Street]:
    """Streets with names of their own out of the nameless cuts of blocks, in their order."""
    chains = _chains(cuts, _links(mesh, cuts))
    names = {way: lane_names(random, (way, "中" + way, "新" + way)) for way in ("街", "路", "巷")}
    return [Street(next(names[_way(mesh, chain)]), chain.rank, chain.path) for chain in chains]


def _way(mesh: Mesh, lane: Street) -> str:
    line = mesh.coordinates(lane.path)
    length = hypot(line[-1][0] - line[0][0], line[-1][1] - line[0][1])
    if lane.rank == 3 and length < SHORT_M:
        return "巷"
    return "街" if runs_east(line) else "路"


def _links(mesh: Mesh, cuts: Sequence[Street]) -> Mapping[End, End]:
    """The end of a cut of the same rank that every end runs on into, both ways, straightest first."""
    meeting: dict[int, list[End]] = {}
    for number, cut in enumerate(cuts):
        for end in (0, -1):
            meeting.setdefault(cut.path[end], []).append((number, end))
    wishes = sorted(
        (-straight, one, other)
        for ends in meeting.values()
        for place, one in enumerate(ends)
        for other in ends[place + 1 :]
        if one[0] != other[0] and cuts[one[0]].rank == cuts[other[0]].rank
        for straight in [-cos(_leaving(mesh, cuts, one) - _leaving(mesh, cuts, other))]
        if straight > STRAIGHT_ON
    )
    links: dict[End, End] = {}
    for _, one, other in wishes:
        if one not in links and other not in links:
            links[one], links[other] = other, one
    return links


def _leaving(mesh: Mesh, cuts: Sequence[Street], at: End) -> float:
    """The direction in which a cut leaves one of its ends."""
    path = cuts[at[0]].path
    start, after = (path[0], path[1]) if at[1] == 0 else (path[-1], path[-2])
    return atan2(mesh.y[after] - mesh.y[start], mesh.x[after] - mesh.x[start])


def _chains(cuts: Sequence[Street], links: Mapping[End, End]) -> list[Street]:
    """Every chain of linked cuts once, as one nameless street."""
    seen: set[int] = set()
    chains: list[Street] = []
    for number, cut in enumerate(cuts):
        if number in seen:
            continue
        seen.add(number)
        path = list(cut.path)
        for end in (-1, 0):
            follow = links.get((number, end))
            while follow is not None and follow[0] not in seen:
                at, near = follow
                seen.add(at)
                run = cuts[at].path if near == 0 else cuts[at].path[::-1]
                path = path + run[1:] if end == -1 else run[:0:-1] + path
                follow = links.get((at, -1 if near == 0 else 0))
        chains.append(Street("", cut.rank, path))
    return chains
