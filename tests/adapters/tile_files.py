"""Tile archives made by the tests: streets around a place, as pictures or vector tiles, in any datum."""

import gzip
import io
import json
import math
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
from PIL import Image, ImageDraw
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from shapely.geometry import LineString, Point, box

from console.geography.coordinates import convert

LON, LAT = 113.65, 34.76
Tiles = dict[tuple[int, int, int], bytes]


def streets(seed: int = 2, lon: float = LON, lat: float = LAT) -> list[np.ndarray]:
    """Crooked streets over ten kilometres, in degrees."""
    dice = np.random.default_rng(seed)
    lines = []
    for _ in range(60):
        start = np.array([lon, lat]) + dice.uniform(-0.05, 0.05, 2)
        turns = np.cumsum(dice.normal(0, 0.25, 40)) + dice.uniform(0, 2 * np.pi)
        steps = np.column_stack((np.cos(turns), np.sin(turns))) * 0.002
        lines.append(start + np.cumsum(steps, axis=0))
    return lines


def roads_layer(lines: Iterable[np.ndarray]) -> bytes:
    """The same as a city's roads."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"{at}路", "rank": 1 + at % 3},
            "geometry": {"type": "LineString", "coordinates": line.tolist()},
        }
        for at, line in enumerate(lines)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def in_datum(lines: Iterable[np.ndarray], system: str) -> list[np.ndarray]:
    return [np.column_stack(convert(line[:, 0], line[:, 1], "wgs84", system)) for line in lines]


def plane(line: np.ndarray, zoom: int) -> np.ndarray:
    """Degrees as x and y in tiles, y from the north."""
    x = (line[:, 0] + 180) / 360 * 2**zoom
    y = (1 - np.arcsinh(np.tan(np.radians(line[:, 1]))) / math.pi) / 2 * 2**zoom
    return np.column_stack((x, y))


def _covered(lines: Iterable[np.ndarray], zoom: int) -> list[tuple[int, int]]:
    every = np.concatenate([plane(line, zoom) for line in lines])
    (west, north), (east, south) = np.floor(every.min(axis=0)), np.floor(every.max(axis=0))
    return [(x, y) for x in range(int(west), int(east) + 1) for y in range(int(north), int(south) + 1)]


def picture_tiles(
    lines: list[np.ndarray],
    zoom: int = 15,
    kind: str = "PNG",
    street: tuple[int, int, int] = (255, 255, 250),
) -> Tiles:
    """Streets on a grey ground, light unless told."""
    made = {}
    for x, y in _covered(lines, zoom):
        image = Image.new("RGB", (256, 256), (205, 210, 205))
        ink = ImageDraw.Draw(image)
        for line in lines:
            ink.line([tuple(point) for point in (plane(line, zoom) - (x, y)) * 256], fill=street, width=4)
        held = io.BytesIO()
        image.save(held, kind)
        made[zoom, x, y] = held.getvalue()
    return made


def vector_tile(layers: list[dict[str, Any]], *, packed: bool = True) -> bytes:
    data: bytes = mapbox_vector_tile.encode(layers, default_options={"y_coord_down": True, "extents": 4096})
    return gzip.compress(data) if packed else data


def vector_tiles(lines: list[np.ndarray], zoom: int = 14, name: str = "中心街") -> Tiles:
    """OpenMapTiles layers: streets, a lake, a park, a house and a place in every tile."""
    made = {}
    window = box(-0.02, -0.02, 1.02, 1.02)
    for x, y in _covered(lines, zoom):
        found = []
        for line in lines:
            part = LineString(plane(line, zoom) - (x, y)).intersection(window)
            for piece in getattr(part, "geoms", [part]):
                if piece.geom_type == "LineString" and not piece.is_empty:
                    shape = LineString(np.asarray(piece.coords) * 4096)
                    found.append({"geometry": shape, "properties": {"class": "primary"}})
        made[zoom, x, y] = vector_tile(
            [
                {"name": "transportation", "features": found},
                {"name": "water", "features": [{"geometry": box(300, 300, 900, 700), "properties": {}}]},
                {"name": "park", "features": [{"geometry": box(2000, 300, 2600, 700), "properties": {}}]},
                {"name": "building", "features": [{"geometry": box(3000, 300, 3300, 600), "properties": {}}]},
                {
                    "name": "place",
                    "features": [{"geometry": Point(2048, 2048), "properties": {"name": name}}],
                },
            ]
        )
    return made


def bounds_of(lines: Iterable[np.ndarray]) -> tuple[float, float, float, float]:
    every = np.concatenate(list(lines))
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    return float(west), float(south), float(east), float(north)


def write_mbtiles(path: Path, tiles: Tiles, metadata: Mapping[str, object] | None = None) -> Path:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE metadata (name text, value text)")
    base.execute(
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)"
    )
    base.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
    base.executemany("INSERT INTO metadata VALUES (?, ?)", [(k, str(v)) for k, v in (metadata or {}).items()])
    rows = [(z, x, 2**z - 1 - y, data) for (z, x, y), data in tiles.items()]
    base.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    base.commit()
    base.close()
    return path


def write_pmtiles(
    path: Path,
    tiles: Tiles,
    bounds: tuple[float, float, float, float],
    *,
    kind: TileType = TileType.MVT,
    metadata: Mapping[str, object] | None = None,
) -> Path:
    zooms = sorted({z for z, _, _ in tiles})
    west, south, east, north = bounds
    with path.open("wb") as file:
        writer = Writer(file)
        for (z, x, y), data in sorted(tiles.items(), key=lambda item: zxy_to_tileid(*item[0])):
            writer.write_tile(zxy_to_tileid(z, x, y), data)
        header = {
            "tile_type": kind,
            "tile_compression": Compression.GZIP if kind is TileType.MVT else Compression.NONE,
            "min_zoom": zooms[0],
            "max_zoom": zooms[-1],
            "min_lon_e7": int(west * 1e7),
            "min_lat_e7": int(south * 1e7),
            "max_lon_e7": int(east * 1e7),
            "max_lat_e7": int(north * 1e7),
            "center_zoom": zooms[0],
            "center_lon_e7": int((west + east) / 2 * 1e7),
            "center_lat_e7": int((south + north) / 2 * 1e7),
        }
        writer.finalize(header, dict(metadata or {}))
    return path
