"""A tile archive of a site (MBTiles, PMTiles), read through the child process that may die over it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.adapters.basemap import tile_reader
from console.adapters.companion import Answered, Companion, CompanionError
from console.domain.errors import Refused

SUFFIXES = (".mbtiles", ".pmtiles")
MEMORY = 1_500_000_000
_OPEN_S = 15  # of the processor to open a file, and to look at a part of it
_TILE_S = 4
_GRACE = 10  # seconds beyond that, for starting up and waiting for the disk
_MOST_BYTES = 2**40
_HEADS = {".mbtiles": b"SQLite format 3\0", ".pmtiles": b"PMTiles"}

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tile:
    """`content` is `none`, a picture's media type, or `vector`: `data` is what `vector_tile.packed` makes."""

    content: str
    data: bytes = b""


NO_TILE = Tile("none")


@dataclass(frozen=True, slots=True)
class ArchiveInfo:
    """What a file says of itself; `bounds` west, south, east, north in degrees of its own datum, `layers` the
    names of a vector tile's layers, `system` what it says of its datum."""

    name: str
    content: str
    min_zoom: int
    max_zoom: int
    bounds: tuple[float, float, float, float]
    attribution: str
    layers: tuple[str, ...]
    system: str


class TileArchive:
    """One file, or a folder of tiles that a service gave; `name` is what messages call it.

    For many threads. The child is begun with the first question.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self._companion = Companion(Path(tile_reader.__file__), MEMORY)
        self._info: ArchiveInfo | None = None

    def open(self) -> ArchiveInfo:
        """What the file says, once its header, its metadata and one tile have been read.

        Raises Refused: `basemap_missing`, `basemap_format`, `basemap_damaged` naming file and field,
        `basemap_slow`, `basemap_died`.
        """
        if self._info is None:
            kind = "folder" if self.path.is_dir() else self.path.suffix.lower().removeprefix(".")
            if kind != "folder":
                self._refuse_foreign(self.path.suffix.lower())
            request = {"task": "open", "kind": kind, "path": str(self.path.resolve())}
            told, _ = self._asked(request, _OPEN_S)
            self._info = ArchiveInfo(
                name=str(told["name"]),
                content=str(told["content"]),
                min_zoom=int(told["min_zoom"]),
                max_zoom=int(told["max_zoom"]),
                bounds=tuple(told["bounds"]),
                attribution=str(told["attribution"]),
                layers=tuple(told["layers"]),
                system=str(told["system"]),
            )
        return self._info

    def tile(self, zoom: int, x: int, y: int) -> Tile:
        """A tile of the usual numbering (y from the north). Raises Refused as `open`."""
        info = self.open()
        if not info.min_zoom <= zoom <= info.max_zoom:
            return NO_TILE
        told, body = self._again({"task": "tile", "zoom": zoom, "x": x, "y": y}, _TILE_S)
        return Tile(str(told["content"]), body)

    def roads(self, zoom: int, box: tuple[int, int, int, int]) -> list[Floats]:
        """The roads of a vector archive within tiles west, north, east, south: lines of x, y in tiles."""
        told, body = self._again({"task": "roads", "zoom": zoom, **_named(box)}, _OPEN_S)
        if not told["found"]:
            return []
        points = np.frombuffer(body, "<f8").reshape(-1, 2)
        ends = np.flatnonzero(np.isnan(points[:, 0]))
        lines = np.split(points, ends)
        return [line[~np.isnan(line[:, 0])] + box[:2] for line in lines if len(line) > 2]

    def grey(self, zoom: int, box: tuple[int, int, int, int]) -> NDArray[np.uint8]:
        """The same part of a raster archive as a grey picture of 256 px a tile; empty where it has none."""
        told, body = self._again({"task": "grey", "zoom": zoom, **_named(box)}, _OPEN_S)
        if not told["found"]:
            return np.zeros((0, 0), np.uint8)
        return np.frombuffer(body, np.uint8).reshape(told["height"], told["width"])

    def close(self) -> None:
        """End the child."""
        self._companion.close()

    def _refuse_foreign(self, suffix: str) -> None:
        """Only files that are what their names say."""
        try:
            with self.path.open("rb") as opened:
                head = opened.read(16)
        except OSError as problem:
            raise Refused("basemap_missing", file=self.name, said=problem.strerror) from None
        if suffix not in _HEADS or not head.startswith(_HEADS[suffix]):
            raise Refused("basemap_format", file=self.name, known="MBTiles (.mbtiles), PMTiles 3 (.pmtiles)")

    def _again(self, request: dict[str, Any], seconds: int) -> Answered:
        """Ask a child that has the file open; one that died over another question is begun anew."""
        self.open()
        if not self._companion.alive:
            self._info = None
            self.open()
        return self._asked(request, seconds)

    def _asked(self, request: dict[str, Any], seconds: int) -> Answered:
        try:
            told, body = self._companion.ask({**request, "seconds": seconds}, seconds + _GRACE)
        except CompanionError as problem:
            code = "basemap_slow" if problem.slow else "basemap_died"
            raise Refused(code, file=self.name, seconds=seconds, said=problem.said) from None
        if "wrong" in told:
            raise Refused("basemap_damaged", file=self.name, field=told["wrong"], said=told["said"])
        return told, body


def _named(box: tuple[int, int, int, int]) -> dict[str, int]:
    return dict(zip(("west", "north", "east", "south"), box, strict=True))
