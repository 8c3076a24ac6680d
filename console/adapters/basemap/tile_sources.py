"""Tile archives as files: MBTiles, PMTiles, and a folder of tiles that a service gave.

A part of the child process (`tile_reader`); imports nothing of the console. Whatever a file says of itself is
held against the file before it is believed.
"""

import gzip
import io
import json
import math
import sqlite3
import time
import zlib
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

Answer = dict[str, Any]

_MOST_TILE = 4_000_000
_MOST_UNPACKED = 24_000_000
_MOST_DIRECTORY = 2_000_000
_MOST_METADATA = 2_000_000
_DEPTH = 4  # of PMTiles directories
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_FUNCTIONS = {"min", "max", "count", "length", "typeof", "coalesce", "substr"}
_STEPS = 20_000  # of SQLite between two looks at the clock


class WrongFileError(Exception):
    """What is wrong with a file: the field that is, and what was said of it."""

    def __init__(self, field: str, said: object) -> None:
        super().__init__(f"{field}: {said}")
        self.told = {"wrong": field, "said": str(said)[:200]}


class MBTiles:
    """An MBTiles file: SQLite, read without a journal or its triggers, and with its views on a leash."""

    def __init__(self, path: str, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        try:
            self._db = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True)
            self._db.text_factory = lambda text: text.decode("utf-8", "replace")
            self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_TILE)
            self._db.execute("PRAGMA trusted_schema = OFF")
            self._db.execute("PRAGMA cell_size_check = ON")
        except sqlite3.Error as problem:
            raise WrongFileError("sqlite", problem) from None
        self._db.set_authorizer(self._may)
        self._db.set_progress_handler(lambda: int(time.monotonic() > self._until), _STEPS)

    @staticmethod
    def _may(action: int, one: str | None, two: str | None, *_more: object) -> int:
        # A view may be the usual join of map and images; no more than reading is ever allowed.
        named = action == sqlite3.SQLITE_FUNCTION and two in _FUNCTIONS
        return sqlite3.SQLITE_OK if action in _ALLOWED or named else sqlite3.SQLITE_DENY

    def _rows(self, field: str, asked: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(asked, values).fetchmany(1000)
        except (sqlite3.Error, OverflowError) as problem:
            raise WrongFileError(field, problem) from None

    def renew(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def info(self) -> Answer:
        rows = self._rows("metadata", "SELECT name, value FROM metadata WHERE typeof(value) != 'blob'")
        told = {str(name): str(value)[:4000] for name, value in rows}
        zooms = self._rows("tiles.zoom_level", "SELECT min(zoom_level), max(zoom_level) FROM tiles")[0]
        low, high = (whole(zoom, "tiles.zoom_level") for zoom in zooms)
        bounds = told.get("bounds", "")
        return {
            "name": told.get("name", ""),
            "attribution": told.get("attribution", ""),
            "min_zoom": low,
            "max_zoom": high,
            "bounds": bounds_of(bounds.split(","), "metadata.bounds") if bounds else self._extent(high),
            "system": told.get("crs", "") or told.get("datum", ""),
        }

    def _extent(self, zoom: int) -> list[float]:
        asked = (
            "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) FROM tiles "
            "WHERE zoom_level = ?"
        )
        west, east, low, high = (
            whole(one, "tiles", 2**zoom - 1) for one in self._rows("tiles", asked, zoom)[0]
        )
        top = 2**zoom - 1 - high
        return [
            *corner(zoom, west, 2**zoom - low)[:1],
            corner(zoom, 0, 2**zoom - low)[1],
            *corner(zoom, east + 1, top),
        ]

    def sample(self) -> tuple[int, int, int]:
        asked = "SELECT zoom_level, tile_column, tile_row FROM tiles ORDER BY zoom_level DESC LIMIT 1"
        rows = self._rows("tiles", asked)
        if not rows:
            raise WrongFileError("tiles", "no rows")
        zoom = whole(rows[0][0], "tiles.zoom_level")
        column, row = (whole(one, "tiles", 2**zoom - 1) for one in rows[0][1:])
        return zoom, column, 2**zoom - 1 - row

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
        rows = self._rows("tiles.tile_data", asked, zoom, x, 2**zoom - 1 - y)
        if not rows:
            return None
        data = rows[0][0]
        if not isinstance(data, bytes):
            raise WrongFileError("tiles.tile_data", f"{type(data).__name__} at {zoom}/{x}/{y}")
        return data


class PMTiles:
    """A PMTiles file of version 3; every offset is held against the file before it is believed."""

    def __init__(self, path: str, _seconds: float) -> None:
        from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, deserialize_header

        self._file: IO[bytes] = Path(path).open("rb")  # noqa: SIM115  it is read as long as this process lives
        self._size = self._file.seek(0, io.SEEK_END)
        try:
            self.head: Answer = dict(deserialize_header(self._bytes("header", 0, 127, 127)))
        except SpecVersionUnsupported:
            raise WrongFileError("header.version", "only version 3 is read") from None
        except (MagicNumberNotFound, ValueError, UnicodeDecodeError, IndexError) as problem:
            raise WrongFileError("header", str(problem) or "no PMTiles header") from None
        for part, most in (("root", _MOST_DIRECTORY), ("metadata", _MOST_METADATA)):
            if self.head[f"{part}_length"] > most:
                raise WrongFileError(
                    f"header.{part}_length", f"{self.head[f'{part}_length']} bytes, at most {most}"
                )
        for part in ("root", "metadata", "leaf_directory", "tile_data"):
            self._check(f"header.{part}_offset", self.head[f"{part}_offset"], self.head[f"{part}_length"])
        self._root = self._directory("root", self.head["root_offset"], self.head["root_length"])

    def renew(self, seconds: float) -> None:
        """Nothing here waits."""

    def _check(self, field: str, offset: int, length: int) -> None:
        if offset + length > self._size:
            raise WrongFileError(field, f"{offset} + {length} bytes, but the file has {self._size}")

    def _bytes(self, field: str, offset: int, length: int, most: int) -> bytes:
        if length > most:
            raise WrongFileError(field, f"{length} bytes, at most {most}")
        self._check(field, offset, length)
        self._file.seek(offset)
        return self._file.read(length)

    def _directory(self, field: str, offset: int, length: int) -> list[Any]:
        from pmtiles.tile import Compression, deserialize_directory

        packed = self._bytes(field, offset, length, _MOST_DIRECTORY)
        if self.head["internal_compression"] == Compression.NONE:
            packed = gzip.compress(packed, 1)  # the library knows directories only packed
        elif self.head["internal_compression"] != Compression.GZIP:
            raise WrongFileError("header.internal_compression", "only gzip or none is read")
        unpacked(packed, field)  # a bomb is found here, in small steps
        try:
            entries: list[Any] = deserialize_directory(packed)
        except (EOFError, OSError, ValueError, IndexError, OverflowError) as problem:
            raise WrongFileError(field, problem) from None
        return entries

    def info(self) -> Answer:
        from pmtiles.tile import Compression

        head = self.head
        data = self._bytes("metadata", head["metadata_offset"], head["metadata_length"], _MOST_METADATA)
        if data and head["internal_compression"] == Compression.GZIP:
            data = unpacked(data, "metadata")
        try:
            told = json.loads(data) if data else {}
        except (ValueError, RecursionError) as problem:
            raise WrongFileError("metadata", problem) from None
        told = told if isinstance(told, dict) else {}
        zooms = [whole(head[name], f"header.{name}") for name in ("min_zoom", "max_zoom")]
        if zooms[0] > zooms[1]:
            raise WrongFileError("header.min_zoom", f"{zooms[0]}, but max_zoom is {zooms[1]}")
        corners = [head[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat")]
        return {
            "name": str(told.get("name", ""))[:4000],
            "attribution": str(told.get("attribution", ""))[:4000],
            "min_zoom": zooms[0],
            "max_zoom": zooms[1],
            "bounds": bounds_of(corners, "header.bounds"),
            "system": str(told.get("crs", "") or told.get("datum", ""))[:100],
        }

    def sample(self) -> tuple[int, int, int]:
        from pmtiles.tile import tileid_to_zxy

        entries = self._root
        for _ in range(_DEPTH):
            if not entries:
                break
            last = entries[-1]
            if last.run_length:
                try:
                    return tileid_to_zxy(last.tile_id)
                except OverflowError as problem:
                    raise WrongFileError("root", problem) from None
            entries = self._leaf(last)
        raise WrongFileError("root", "no tile in its directories")

    def _leaf(self, entry: Any) -> list[Any]:
        return self._directory(
            "leaf_directory", self.head["leaf_directory_offset"] + entry.offset, entry.length
        )

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        from pmtiles.tile import find_tile, zxy_to_tileid

        wanted, entries = zxy_to_tileid(zoom, x, y), self._root
        for _ in range(_DEPTH):
            found = find_tile(entries, wanted)
            if found is None:
                return None
            if found.run_length:
                at = self.head["tile_data_offset"] + found.offset
                return self._bytes("tile_data", at, found.length, _MOST_TILE)
            entries = self._leaf(found)
        raise WrongFileError("leaf_directory", "directories that lead to each other")


class Kept:
    """The tiles of a service, kept as files named by zoom, column and row."""

    def __init__(self, path: str, _seconds: float) -> None:
        self._folder = Path(path)

    def renew(self, seconds: float) -> None:
        """Nothing here waits."""

    def info(self) -> Answer:
        whole_world = [-180.0, -85.0, 180.0, 85.0]
        zooms = {"min_zoom": 0, "max_zoom": 24}
        return {"name": "", "attribution": "", **zooms, "bounds": whole_world, "system": ""}

    def sample(self) -> tuple[int, int, int]:
        for file in self._folder.glob("*-*-*"):
            parts = file.name.split("-")
            if all(part.isdecimal() for part in parts) and file.stat().st_size:
                zoom, x, y = map(int, parts)
                return zoom, x, y
        raise WrongFileError("tiles", "no tile was kept")

    def tile(self, zoom: int, x: int, y: int) -> bytes | None:
        file = self._folder / f"{zoom}-{x}-{y}"
        return file.read_bytes() if file.is_file() else None


def whole(value: object, field: str, most: int = 24) -> int:
    if not isinstance(value, int) or not 0 <= value <= most:
        raise WrongFileError(field, f"{value!r} is not within 0 and {most}")
    return value


def bounds_of(parts: Any, field: str) -> list[float]:
    try:
        west, south, east, north = (float(part) for part in parts)
    except ValueError:
        raise WrongFileError(field, parts) from None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise WrongFileError(field, [west, south, east, north])
    return [west, south, east, north]


def corner(zoom: int, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a tile's upper left corner."""
    north = math.pi * (1 - 2 * y / 2**zoom)
    return x / 2**zoom * 360 - 180, math.degrees(math.atan(math.sinh(north)))


def unpacked(data: bytes, field: str) -> bytes:
    """What gzip has packed, as long as it is not absurdly much."""
    machine = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        found = machine.decompress(data, _MOST_UNPACKED)
    except zlib.error as problem:
        raise WrongFileError(field, problem) from None
    if machine.unconsumed_tail:
        raise WrongFileError(field, f"unpacks to more than {_MOST_UNPACKED} bytes")
    return found


KINDS: dict[str, Any] = {"mbtiles": MBTiles, "pmtiles": PMTiles, "folder": Kept}
