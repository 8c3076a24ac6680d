"""Which cases lie in an area: its grids by their codes, and the points at the edge of its shapes exactly.

A case lies in a shape if its whole unit grid does; where the edge passes through the grid, or the case is
outside every grid, its own point decides. So an area of any size asks little of the database.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import ColumnElement, and_, false, literal_column, not_, or_

from console.domain.area import Area, Piece, Ring
from console.geography.shapes import CellShapes
from console.storage.among_codes import among_codes
from console.storage.places import Places
from console.storage.sets.dimensions import CELL_SHOWN
from console.storage.sets.live import LiveSets
from console.storage.sets.placed import Placed, members
from console.storage.tables import cases
from console.storage.unit import View

_KEPT = 16  # areas whose cells are remembered: an operator goes back and forth between a few


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """An area in a city: codes of the unit grids wholly in it, and of those that its edge passes through.

    `whole` are the communities (beginnings of codes) of which every grid is in it, `partly` those of which
    some are, or may be; where points decide, also what is outside every grid.
    """

    area: Area
    inside: frozenset[str]
    edge: frozenset[str]
    whole: frozenset[str]
    partly: frozenset[str]

    @property
    def condition(self) -> ColumnElement[bool]:
        """A case lies in it."""
        sure = among_codes(cases.c.cell, self.inside)
        unsure = (
            or_(among_codes(cases.c.cell, self.edge), cases.c.cell == "") if self.edge else cases.c.cell == ""
        )
        if not self.drawn:
            return sure
        return or_(sure, and_(unsure, cases.c.lat.is_not(None), _exactly(self.area.pieces)))

    @property
    def drawn(self) -> bool:
        """Whether single points decide anywhere."""
        return _is_drawn(self.area)

    def among(self, sets: LiveSets) -> tuple[BitMap, BitMap]:
        """The cases that lie in it by what the sets know, and those whose rows have to be asked."""
        sure = sets.any("cell", self.whole)
        edges = [tuple(_edges(piece.rings)) for piece in self.area.pieces]
        for value in self.partly:
            told = sets.placed(value)
            sure |= BitMap(told.ids[told.of_grids(self.inside)])
            unsure = told.of_grids(self.edge) if value else np.ones(len(told.ids), dtype=bool)
            points = told.where(unsure & ~np.isnan(told.lat))
            if len(points.ids):
                sure |= BitMap(points.ids[_lie_in(points, self.area.pieces, edges, sets)])
        return sure, sets.any("cell", self.partly) & sets.touched

    def around(self, sets: LiveSets) -> tuple[list[Placed], BitMap]:
        """The places of the cases of all grids that it touches, and the cases whose rows have to be asked."""
        codes = self.inside | self.edge
        values = self.whole | self.partly
        found = []
        for value in values:
            told = sets.placed(value)
            near = told.of_grids(codes) if value else np.ones(len(told.ids), dtype=bool)
            found.append(told.where(near & ~np.isnan(told.lat)))
        return found, sets.any("cell", values) & sets.touched


_remembered: "WeakKeyDictionary[CellShapes, OrderedDict[Area, Within]]" = WeakKeyDictionary()
_remembering = Lock()


def within(view: View, area: Area) -> Within:
    """The area in the city as this view sees it. Raises Refused: `no_city`, `no_grids`."""
    places = view.places
    with _remembering:
        known = _remembered.setdefault(places.shapes, OrderedDict())
        found = known.get(area)
        if found is None:
            found = known[area] = _worked_out(places, area)
            if len(known) > _KEPT:
                known.popitem(last=False)
        else:
            known.move_to_end(area)
        return found


_OUT, _IN, _EDGE = 0, 1, 2

_Edge = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Ground:
    """The codes of a city's grids, and of each the place of its community among `communities`."""

    codes: NDArray[np.object_]
    community: NDArray[np.intp]
    communities: NDArray[np.object_]

    @classmethod
    def of(cls, places: Places) -> "_Ground":
        codes = [row.cell for row in places.rows]
        beginnings = [code[:CELL_SHOWN] for code in codes]
        at = {beginning: number for number, beginning in enumerate(dict.fromkeys(beginnings))}
        return cls(
            np.array(codes, dtype=object),
            np.fromiter(map(at.__getitem__, beginnings), dtype=np.intp, count=len(codes)),
            np.array(list(at), dtype=object),
        )

    def codes_of(self, chosen: NDArray[np.bool_]) -> frozenset[str]:
        return frozenset(self.codes[chosen].tolist())

    def communities_of(self, chosen: NDArray[np.bool_]) -> frozenset[str]:
        """Those with any of the chosen grids."""
        found = np.bincount(self.community[chosen], minlength=len(self.communities)) > 0
        return frozenset(self.communities[found].tolist())


_grounds: "WeakKeyDictionary[CellShapes, _Ground]" = WeakKeyDictionary()


def _worked_out(places: Places, area: Area) -> Within:
    ground = _grounds.get(places.shapes)
    if ground is None:
        ground = _grounds[places.shapes] = _Ground.of(places)
    lies = np.full(len(places.rows), _OUT, dtype=np.uint8)
    for piece in area.pieces:
        sure = _IN if piece.adds else _OUT
        all_of_it, some_of_it = _touched(places, piece)
        lies[all_of_it] = sure
        lies[some_of_it & (lies != sure)] = _EDGE
    whole = ground.communities_of(lies == _IN) - ground.communities_of(lies != _IN)
    partly = ground.communities_of(lies != _OUT) - whole
    return Within(
        area,
        ground.codes_of(lies == _IN),
        ground.codes_of(lies == _EDGE),
        whole,
        partly | {""} if _is_drawn(area) else partly,
    )


def _is_drawn(area: Area) -> bool:
    return any(piece.rings for piece in area.pieces)


def _touched(places: Places, piece: Piece) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The cells that a piece decides on, all of each; and those of which it decides on a part."""
    if piece.rings:
        return places.shapes.sorted_by(piece.rings)
    codes, of_cells = frozenset(piece.codes), piece.kind == "cells"
    chosen = [(row.cell if of_cells else row.responsibility_grid) in codes for row in places.rows]
    return np.array(chosen, dtype=bool), np.zeros(len(chosen), dtype=bool)


def _exactly(pieces: Sequence[Piece]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = false()
    for piece in pieces:
        met = _met(piece)
        found = or_(found, met) if piece.adds else and_(found, not_(met))
    return found


def _met(piece: Piece) -> ColumnElement[bool]:
    if piece.kind == "cells":
        return among_codes(cases.c.cell, piece.codes)
    if piece.kind == "grids":
        return among_codes(cases.c.responsibility_grid, piece.codes)
    # Written out, not bound: a thousand corners would be more parameters than a statement may have.
    return literal_column(f"(({_sum(list(_sides(piece.rings)))}) % 2 = 1)")


def _sides(rings: Sequence[Ring]) -> Iterator[str]:
    """For every side of the rings whether it lies east of the point, as 1 or 0."""
    for low, high, low_x, slope in _edges(rings):
        yield (
            f"CASE WHEN cases.lat >= {_number(low)} AND cases.lat < {_number(high)} AND "
            f"cases.lon < {_number(low_x)} + (cases.lat - {_number(low)}) * {_number(slope)} "
            "THEN 1 ELSE 0 END"
        )


def _lie_in(
    points: Placed, pieces: Sequence[Piece], edges: Sequence[Sequence[_Edge]], sets: LiveSets
) -> NDArray[np.bool_]:
    """Which of the points lie in the pieces: the same sums over the same sides as `_exactly` asks of rows."""
    found = np.zeros(len(points.ids), dtype=bool)
    for piece, sides in zip(pieces, edges, strict=True):
        if piece.kind == "cells":
            met = points.of_grids(frozenset(piece.codes))
        elif piece.kind == "grids":
            met = members(points, sets.any("responsibility_grid", piece.codes))
        else:
            met = np.zeros(len(points.ids), dtype=bool)
            for low, high, low_x, slope in sides:
                level = (points.lat >= low) & (points.lat < high)
                met ^= level & (points.lon < low_x + (points.lat - low) * slope)
        found = found | met if piece.adds else found & ~met
    return found


def _edges(rings: Sequence[Ring]) -> Iterator[_Edge]:
    """Of every side that is not level: its lower and upper latitude, its lower longitude, its slope."""
    for ring in rings:
        for (x, y), (other_x, other_y) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if y == other_y:
                continue
            (low_x, low), (_high_x, high) = sorted(((x, y), (other_x, other_y)), key=lambda point: point[1])
            yield low, high, low_x, (other_x - x) / (other_y - y)


def _number(value: float) -> str:
    return f"({value:.17g}{'' if 'e' in f'{value:.17g}' or '.' in f'{value:.17g}' else '.0'})"


def _sum(terms: Sequence[str]) -> str:
    """A sum whose brackets are nested few deep: SQLite takes no expression of a thousand storeys."""
    if len(terms) <= 1:
        return terms[0] if terms else "0"
    middle = len(terms) // 2
    return f"({_sum(terms[:middle])} + {_sum(terms[middle:])})"
