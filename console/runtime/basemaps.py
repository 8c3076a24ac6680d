"""The base maps at work: files and services opened, tiles fetched on threads, datums compared."""

import json
import math
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from console.adapters.basemap.archive import ArchiveInfo, Tile, TileArchive
from console.adapters.basemap.collection import (
    BaseMap,
    Collection,
    keep_collection,
    new_basemap,
    read_collection,
)
from console.adapters.basemap.wmts import Wmts
from console.domain.errors import Refused
from console.geography.alignment import Alignment, aligned, drawn, offset, seen, square_at
from console.geography.mercator import WORLD, mercator

__all__ = ["BaseMap", "BaseMapRoom", "Collection", "Shown", "Tile", "road_lines", "shift_table"]

Floats = NDArray[np.float64]

_THREADS = 3
_PICTURE_ZOOM = 15
_ROAD_ZOOM = 14
_COARSEST = 12  # below it roads are left out or too coarse to compare
_HALF = WORLD / 2
_SHIFT_NODES = 9  # along each side of the city: between them a datum's shift is as good as straight


@dataclass(frozen=True, slots=True)
class Shown:
    """What a base map says of itself once it is open."""

    key: str
    name: str
    attribution: str
    min_zoom: int
    max_zoom: int
    vector: bool


class BaseMapRoom:
    """The base maps of one data folder; `hosts` are those a service may be on. For many threads."""

    def __init__(self, folder: Path, hosts: Sequence[str], kept_tiles: Path) -> None:
        self._folder = folder
        self._hosts = hosts
        self._kept_tiles = kept_tiles
        self._sources: dict[str, tuple[str, TileArchive | Wmts]] = {}
        self._opening = Lock()
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="basemap")

    def collection(self) -> Collection:
        """What is kept. Raises Refused as `read_collection`."""
        return read_collection(self._folder)

    def keep(self, collection: Collection) -> None:
        """Raises Refused("folder_not_writable")."""
        keep_collection(self._folder, collection)

    def add(self, place: str, name: str = "") -> BaseMap:
        """Open a file or a service, and keep it. Raises Refused as they do when they are opened."""
        one = new_basemap(place, name)
        collection = self.collection()
        known = next((other for other in collection.maps if other.place == one.place), None)
        one = replace(one, key=known.key) if known else one
        shown = self.open(one)
        if not name and shown.name and not one.is_service:
            one = replace(one, name=_plain(shown.name))
        self.keep(collection.having(one))
        return one

    def open(self, one: BaseMap) -> Shown:
        """What it says of itself. Raises Refused as the sources do."""
        source = self.source(one)
        if isinstance(source, Wmts):
            layer = source.open()
            zooms = sorted(layer.matrices) or [0, 18]
            return Shown(one.key, layer.title, "", zooms[0], zooms[-1], vector=False)
        info: ArchiveInfo = source.open()
        vector = info.content == "vector"
        return Shown(one.key, info.name, _plain(info.attribution), info.min_zoom, info.max_zoom, vector)

    def source(self, one: BaseMap) -> TileArchive | Wmts:
        """The opened source; each lives until another takes its place, or all are closed."""
        with self._opening:
            place, found = self._sources.get(one.key, ("", None))
            if found is None or place != one.place:
                if found is not None:
                    found.close()
                if one.is_service:
                    found = Wmts(one.place, one.name, self._hosts, self._kept_tiles)
                else:
                    found = TileArchive(Path(one.place), Path(one.place).name)
                self._sources[one.key] = (one.place, found)
            return found

    def tile(self, one: BaseMap, zoom: int, x: int, y: int) -> "Future[Tile]":
        """A tile, fetched on a thread; its result raises Refused as the source does."""
        return self._pool.submit(lambda: self.source(one).tile(zoom, x, y))

    def compare(self, one: BaseMap, roads: bytes) -> Alignment | None:
        """How it lies to the city's roads (GeoJSON in EPSG:4490); None where there is nothing to compare.

        Raises Refused as the sources do, and `basemap_elsewhere` where it does not cover the city.
        """
        lines = road_lines(roads)
        if not lines:
            return None
        lon, lat = (float(np.median(np.concatenate(lines)[:, at])) for at in (0, 1))
        west, south, east, north = square_at(lon, lat)
        source = self.source(one)
        info = self.open(one)
        if isinstance(source, TileArchive):
            w, s, e, n = source.open().bounds
            if w > east or e < west or s > north or n < south:
                raise Refused("basemap_elsewhere", name=one.name)
        finest = _ROAD_ZOOM if info.vector else _PICTURE_ZOOM
        zoom = min(info.max_zoom, finest)
        if zoom < _COARSEST:
            return None
        box = _tiles(zoom, west, south, east, north)
        if info.vector and isinstance(source, TileArchive):
            theirs = drawn((_degrees(line, zoom) for line in source.roads(zoom, box)), lon, lat)
        else:
            picture = (
                source.grey(zoom, box) if isinstance(source, TileArchive) else _mosaic(source, zoom, box)
            )
            if not picture.size:
                return None
            theirs = seen(picture, _plane(zoom, box), lon, lat)
        return aligned(drawn(lines, lon, lat), theirs, lon, lat)

    def close(self) -> None:
        """End every source and thread."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        with self._opening:
            for _, source in self._sources.values():
                source.close()
            self._sources.clear()


def shift_table(one: BaseMap, bounds: tuple[float, float, float, float]) -> dict[str, Any] | None:
    """Where a base map has to be drawn from: how far, in metres of EPSG:3857, it lies to the east and north,
    at nodes over the city's `bounds` (degrees), rows from the south; None where it lies right."""
    if one.system == "wgs84" and not (one.east or one.north):
        return None
    west, south, east, north = bounds
    lons, lats = np.linspace(west, east, _SHIFT_NODES), np.linspace(south, north, _SHIFT_NODES)
    shifts = []
    for lat in lats:
        stretched = 1 / math.cos(math.radians(float(lat)))
        for lon in lons:
            away = (one.east, one.north) if one.system == "wgs84" else offset(one.system, lon, lat)
            shifts += [round(part * stretched, 2) for part in away]
    return {"bounds": list(bounds), "nodes": _SHIFT_NODES, "shifts": shifts}


def road_lines(roads: bytes) -> list[Floats]:
    """The lines of a roads layer, in degrees."""
    found = []
    for feature in json.loads(roads or b"{}").get("features", ()):
        geometry = feature.get("geometry") or {}
        parts = geometry.get("coordinates", ())
        for part in [parts] if geometry.get("type") == "LineString" else parts:
            line = np.asarray(part, dtype=np.float64)
            if line.ndim == 2 and len(line) > 1:
                found.append(line[:, :2])
    return found


def _plain(text: str) -> str:
    """A name out of a file: one short line of it."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:80]


def _tiles(zoom: int, west: float, south: float, east: float, north: float) -> tuple[int, int, int, int]:
    x, y = mercator(np.array([west, east]), np.array([north, south]))
    side = 2 * _HALF / 2**zoom
    columns, rows = ((x + _HALF) / side).astype(int), ((_HALF - y) / side).astype(int)
    return int(columns[0]), int(rows[0]), int(columns[1]), int(rows[1])


def _plane(zoom: int, box: tuple[int, int, int, int]) -> tuple[float, float, float, float]:
    side = 2 * _HALF / 2**zoom
    west, north, east, south = box
    return west * side - _HALF, _HALF - (south + 1) * side, (east + 1) * side - _HALF, _HALF - north * side


def _degrees(line: Floats, zoom: int) -> Floats:
    lon = line[:, 0] / 2**zoom * 360 - 180
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * line[:, 1] / 2**zoom))))
    return np.column_stack((lon, lat))


def _mosaic(source: Wmts, zoom: int, box: tuple[int, int, int, int]) -> NDArray[np.uint8]:
    """The same of a service: its tiles are kept first, then decoded by the child that reads archives."""
    west, north, east, south = box
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            source.tile(zoom, x, y)
    kept = TileArchive(source.folder, source.name)
    try:
        return kept.grey(zoom, box)
    finally:
        kept.close()
