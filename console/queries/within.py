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

    `whole` are the communities (beginnings of codes) of which every grid is in it.
    """

    area: Area
    inside: frozenset[str]
    edge: frozenset[str]
    whole: frozenset[str]

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
        return any(piece.rings for piece in self.area.pieces)

    def among(self, sets: LiveSets) -> tuple[BitMap, BitMap]:
        """The cases that lie in it by what the sets know, and those whose rows have to be asked."""
        sure = sets.any("cell", self.whole)
        for value in self._partly:
            told = sets.placed(value)
            sure |= BitMap(told.ids[told.of_grids(self.inside)])
            unsure = told.of_grids(self.edge) if value else np.ones(len(told.ids), dtype=bool)
            points = told.where(unsure & ~np.isnan(told.lat))
            if len(points.ids):
                sure |= BitMap(points.ids[_lie_in(points, self.area.pieces, sets)])
        return sure, sets.any("cell", self._partly) & sets.touched

    def around(self, sets: LiveSets) -> tuple[list[Placed], BitMap]:
        """The places of the cases of all grids that it touches, and the cases whose rows have to be asked."""
        codes = self.inside | self.edge
        values = self.whole | self._partly
        found = []
        for value in values:
            told = sets.placed(value)
            near = told.of_grids(codes) if value else np.ones(len(told.ids), dtype=bool)
            found.append(told.where(near & ~np.isnan(told.lat)))
        return found, sets.any("cell", values) & sets.touched

    @property
    def _partly(self) -> frozenset[str]:
        """The communities of which some grids are in it; where points decide, what is outside every grid."""
        touched = {code[:CELL_SHOWN] for code in self.inside | self.edge} - self.whole
        return frozenset(touched | {""} if self.drawn else touched)


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


def _worked_out(places: Places, area: Area) -> Within:
    rows = places.rows
    lies = [_OUT] * len(rows)
    for piece in area.pieces:
        sure = _IN if piece.adds else _OUT
        for position, exact in _touched(places, piece):
            if exact:
                lies[position] = sure
            elif lies[position] != sure:
                lies[position] = _EDGE
    outside = {row.cell[:CELL_SHOWN] for row, state in zip(rows, lies, strict=True) if state != _IN}
    inside = frozenset(row.cell for row, state in zip(rows, lies, strict=True) if state == _IN)
    return Within(
        area,
        inside,
        frozenset(row.cell for row, state in zip(rows, lies, strict=True) if state == _EDGE),
        frozenset({code[:CELL_SHOWN] for code in inside} - outside),
    )


def _touched(places: Places, piece: Piece) -> Iterator[tuple[int, bool]]:
    """The positions that a piece decides on, and whether it decides on all of the cell."""
    if piece.rings:
        inside, edge = places.shapes.sorted_by(piece.rings)
        yield from ((int(position), True) for position in inside.nonzero()[0])
        yield from ((int(position), False) for position in edge.nonzero()[0])
        return
    codes = frozenset(piece.codes)
    for position, row in enumerate(places.rows):
        if (row.cell if piece.kind == "cells" else row.responsibility_grid) in codes:
            yield position, True


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


def _lie_in(points: Placed, pieces: Sequence[Piece], sets: LiveSets) -> NDArray[np.bool_]:
    """Which of the points lie in the pieces: the same sums over the same sides as `_exactly` asks of rows."""
    found = np.zeros(len(points.ids), dtype=bool)
    for piece in pieces:
        if piece.kind == "cells":
            met = points.of_grids(frozenset(piece.codes))
        elif piece.kind == "grids":
            met = members(points, sets.any("responsibility_grid", piece.codes))
        else:
            met = np.zeros(len(points.ids), dtype=bool)
            for low, high, low_x, slope in _edges(piece.rings):
                level = (points.lat >= low) & (points.lat < high)
                met ^= level & (points.lon < low_x + (points.lat - low) * slope)
        found = found | met if piece.adds else found & ~met
    return found


def _edges(rings: Sequence[Ring]) -> Iterator[tuple[float, float, float, float]]:
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
