"""The fixed part of what the map shows: one city's cells, roads and divisions."""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_HEADER = struct.Struct("<4s3I2d")


@dataclass(frozen=True)
class MapCity:
    """A city as the map page reads it.

    cells: the packed unit grids (magic GCL1, see resources/map/cells.js for the layout), EPSG:3857.
    cell_codes: the printed code of every cell, in the order of `cells`.
    roads, divisions: GeoJSON FeatureCollections in lon/lat degrees; empty bytes mean none.
    badge: shown over the map as long as it stands there, for a city that is generated; "" for none.
    Raises ValueError when `cells` is not such a file or does not fit its codes.
    """

    cells: bytes
    cell_codes: Sequence[str]
    roads: bytes = b""
    divisions: bytes = b""
    badge: str = ""

    def __post_init__(self) -> None:
        if len(self.cells) < _HEADER.size or self.cells[:4] != b"GCL1":
            raise ValueError("not a packed cell file")
        _, cells, rings, vertices, _, _ = _HEADER.unpack_from(self.cells)
        if len(self.cells) != _HEADER.size + 4 * (cells + 1) + 4 * (rings + 1) + 8 * vertices:
            raise ValueError("the packed cell file is cut short or has a tail")
        if len(self.cell_codes) != cells:
            raise ValueError(f"{cells} cells but {len(self.cell_codes)} codes")

    @cached_property
    def extent(self) -> tuple[float, float] | None:
        """Width and height of all cells, in metres of EPSG:3857; None where there are none."""
        import numpy as np  # only a wall asks, and long after the first picture

        vertices = _HEADER.unpack_from(self.cells)[3]
        if not vertices:
            return None
        xy = np.frombuffer(self.cells, "<f4", 2 * vertices, len(self.cells) - 8 * vertices).reshape(-1, 2)
        width, height = np.ptp(xy, axis=0).tolist()
        return width, height

    @property
    def cell_count(self) -> int:
        return len(self.cell_codes)

    @cached_property
    def codes_document(self) -> bytes:
        """The codes as the page reads them, JSON; of a very large city it takes long enough to be felt."""
        return json.dumps(list(self.cell_codes)).encode("ascii")
