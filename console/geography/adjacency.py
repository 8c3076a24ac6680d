"""Which cells of a coverage lie beside which, and along how much of their borders."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from console.geography.rings import Floats, Ints, Rings, rings_of

if TYPE_CHECKING:  # alone it is no safe import on a thread: tests/architecture/test_whole_packages.py
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True, eq=False)
class Borders:
    """Pairs of cells, the lower first, each pair once, with the length of the edges they share."""

    first: Ints
    second: Ints
    length: Floats


def shared_borders(polygons: "Sequence[BaseGeometry] | NDArray[np.object_]") -> Borders:
    """The borders between polygons that share edges vertex by vertex, as in a valid coverage."""
    return borders_of(rings_of(polygons))


def borders_of(rings: Rings) -> Borders:
    """The same of cells that are rings already, as the stored layer has them."""
    then = rings.next_vertex
    _, vertex = np.unique(rings.xy[:, 0] + 1j * rings.xy[:, 1], return_inverse=True)
    low, high = np.minimum(vertex, vertex[then]), np.maximum(vertex, vertex[then])
    edge = low * (len(vertex) + 1) + high
    order = np.argsort(edge, kind="stable")  # stable: of two cells at an edge the lower comes first
    twin = np.flatnonzero(np.diff(edge[order]) == 0)
    one, other = order[twin], order[twin + 1]
    cell = rings.cell_of_vertex
    between = cell[one] * (rings.cells + 1) + cell[other]
    length = np.hypot(*(rings.xy[then[one]] - rings.xy[one]).T)
    pairs, which = np.unique(between, return_inverse=True)
    first, second = np.divmod(pairs, rings.cells + 1)
    apart = first != second
    total = np.bincount(which, weights=length, minlength=len(pairs))
    return Borders(first[apart], second[apart], total[apart])
