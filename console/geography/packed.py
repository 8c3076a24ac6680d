"""The cell layer as bytes: what the store keeps, the map page draws and the cell index is built from.

Little endian: magic `GCL1`; u32 cells, rings, vertices; f64 origin east, north (EPSG:3857 metres);
u32 cell_first_ring[cells + 1]; u32 ring_first_vertex[rings + 1]; f32 xy[2 * vertices], metres east and
north of the origin. Rings are not closed; a cell's inside is that of all its rings by the even-odd rule.
"""

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from console.domain.errors import Refused
from console.geography.mercator import degrees, mercator
from console.geography.rings import Floats, Rings, from_vertices, rings_of

if TYPE_CHECKING:  # alone it is no safe import on a thread: tests/architecture/test_whole_packages.py
    from shapely.geometry.base import BaseGeometry

MAGIC = b"GCL1"
_HEAD = struct.Struct("<4s3I2d")
# A whole origin far coarser than the rounding of f32 makes packing what was unpacked change nothing.
_ORIGIN_STEP = 1000.0


def packed_cells(polygons: "Sequence[BaseGeometry] | NDArray[np.object_]") -> bytes:
    """The layer of polygons in lon/lat degrees (EPSG:4490), cell i at place i.

    Rounds vertices to 32 bits, 1-2 mm within 30 km of the middle: vertices that cells share stay
    shared, and those that fall together become one.
    """
    exact = rings_of(polygons)
    metres = np.column_stack(mercator(exact.xy[:, 0], exact.xy[:, 1]))
    origin = _origin(metres)
    near = (metres - origin).astype("<f4")
    rings = _without_repeats(exact, near)
    rounded = rings.xy.astype("<f4")
    head = _HEAD.pack(MAGIC, rings.cells, len(rings.ring_first_vertex) - 1, len(rounded), *origin)
    body = (rings.cell_first_ring.astype("<u4"), rings.ring_first_vertex.astype("<u4"), rounded)
    return head + b"".join(part.tobytes() for part in body)


def unpacked(layer: bytes) -> Rings:
    """The rings of a layer in lon/lat degrees (EPSG:4490).

    Raises Refused("cell_layer_damaged") where the bytes are not a whole layer.
    """
    try:
        magic, cells, rings, vertices, east, north = _HEAD.unpack_from(layer)
    except struct.error:
        raise Refused("cell_layer_damaged", size=len(layer)) from None
    sizes = np.cumsum([_HEAD.size, 4 * (cells + 1), 4 * (rings + 1), 8 * vertices])
    if magic != MAGIC or sizes[-1] != len(layer):
        raise Refused("cell_layer_damaged", size=len(layer))
    cell_first_ring = np.frombuffer(layer, "<u4", cells + 1, sizes[0]).astype(np.int64)
    ring_first_vertex = np.frombuffer(layer, "<u4", rings + 1, sizes[1]).astype(np.int64)
    near = np.frombuffer(layer, "<f4", 2 * vertices, sizes[2]).reshape(-1, 2).astype(np.float64)
    if not (_counts_up(cell_first_ring, rings) and _counts_up(ring_first_vertex, vertices)):
        raise Refused("cell_layer_damaged", size=len(layer))
    lon, lat = degrees(near[:, 0] + east, near[:, 1] + north)
    return Rings(cell_first_ring, ring_first_vertex, np.column_stack((lon, lat)))


def _origin(metres: Floats) -> Floats:
    if not len(metres):
        return np.zeros(2)
    middle: Floats = (metres.min(axis=0) + metres.max(axis=0)) / 2
    return np.round(middle / _ORIGIN_STEP) * _ORIGIN_STEP


def _without_repeats(rings: Rings, rounded: NDArray[np.float32]) -> Rings:
    lengths = np.diff(rings.ring_first_vertex)
    ring_of_vertex = np.repeat(np.arange(len(lengths)), lengths)
    repeats = (rounded == rounded[rings.next_vertex]).all(axis=1)
    cell_of_ring = np.repeat(np.arange(rings.cells), np.diff(rings.cell_first_ring))
    return from_vertices(rings.cells, cell_of_ring, ring_of_vertex, rounded.astype(np.float64), ~repeats)


def _counts_up(firsts: NDArray[np.int64], last: int) -> bool:
    return bool(firsts[0] == 0 and firsts[-1] == last and (np.diff(firsts) >= 0).all())
