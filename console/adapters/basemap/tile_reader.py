"""The child process that reads tile archives, so that a lying file costs only this process.

Asked a JSON object a line (`console.adapters.companion`): `open` with path and file kind, `tile`, `roads` and
`grey` with a rectangle of tiles; `seconds` is what the answer may take of the processor. Imports nothing of
the console.
"""

import gzip
import io
import json
import math
import sqlite3
import sys
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
_MOST_EDGE = 1024  # px of a raster tile
_DEPTH = 4  # of PMTiles directories
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}
_FUNCTIONS = {"min", "max", "count", "length", "typeof", "coalesce", "substr"}
_STEPS = 20_000  # of SQLite between two looks at the clock
_HEADS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_VECTOR = "vector"


class WrongFileError(Exception):
    """What is wrong with a file: the field that is, and what was said of it."""

    def __init__(self, field: str, said: object) -> None:
        super().__init__(f"{field}: {said}")
        self.field = field
        self.said = str(said)[:200]


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
        corners = [head[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat")]
        return {
            "name": str(told.get("name", ""))[:4000],
            "attribution": str(told.get("attribution", ""))[:4000],
            "min_zoom": whole(head["min_zoom"], "header.min_zoom"),
            "max_zoom": whole(head["max_zoom"], "header.max_zoom"),
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


def kind_of(data: bytes) -> str:
    """The media type of a picture by its first bytes; anything else is taken for a vector tile."""
    for head, media in _HEADS:
        if data.startswith(head):
            return media
    return "image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else _VECTOR


def checked_picture(data: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            width, height = image.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as problem:
        raise WrongFileError("tile_data", problem) from None
    if not (0 < width <= _MOST_EDGE and 0 < height <= _MOST_EDGE):
        raise WrongFileError("tile_data", f"a picture of {width} x {height}")


def grant(seconds: float) -> None:
    """Let the next answer use so much processor time, and no more."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(used.ru_utime + used.ru_stime + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def grey(archive: Any, request: Answer) -> tuple[Answer, bytes]:
    """A rectangle of raster tiles as one grey picture of 256 px a tile."""
    from PIL import Image

    west, north, east, south = (request[name] for name in ("west", "north", "east", "south"))
    sheet = Image.new("L", (256 * (east - west + 1), 256 * (south - north + 1)), 255)
    found = 0
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            data = archive.tile(request["zoom"], x, y)
            if not data or kind_of(data) == _VECTOR:
                continue
            checked_picture(data)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
                sheet.paste(image.convert("L").resize((256, 256)), (256 * (x - west), 256 * (y - north)))
            found += 1
    return {"found": found, "width": sheet.width, "height": sheet.height}, sheet.tobytes()


def roads(archive: Any, vector: Any, request: Answer) -> tuple[Answer, bytes]:
    """The roads of a rectangle of vector tiles: f64 x, y in tiles from its corner, lines parted by NaN."""
    import numpy as np

    west, north, east, south = (request[name] for name in ("west", "north", "east", "south"))
    lines, found = [np.zeros((0, 2))], 0
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            data = archive.tile(request["zoom"], x, y)
            if not data or kind_of(data) != _VECTOR:
                continue
            found += 1
            for line in vector.road_lines(vector_bytes(data)):
                lines += [line + np.array([x - west, y - north]), np.full((1, 2), np.nan)]
    return {"found": found}, np.concatenate(lines).astype("<f8").tobytes()


def vector_bytes(data: bytes) -> bytes:
    return unpacked(data, "tile_data") if data[:2] == b"\x1f\x8b" else data


KINDS: dict[str, Any] = {"mbtiles": MBTiles, "pmtiles": PMTiles, "folder": Kept}


def answered(state: Answer, request: Answer) -> tuple[Answer, bytes]:
    task, seconds = request["task"], float(request["seconds"])
    grant(seconds)
    vector = state["vector"]
    if task == "open":
        state["archive"] = KINDS[request["kind"]](request["path"], seconds)
        archive = state["archive"]
        told = archive.info()
        data = archive.tile(*archive.sample()) or b""
        kind = kind_of(data)
        if kind == _VECTOR:
            layers = vector.layer_names(vector_bytes(data))
            return {**told, "content": _VECTOR, "layers": layers}, b""
        checked_picture(data)
        return {**told, "content": kind, "layers": []}, b""
    archive = state["archive"]
    archive.renew(seconds)
    if task == "grey":
        return grey(archive, request)
    if task == "roads":
        return roads(archive, vector, request)
    data = archive.tile(request["zoom"], request["x"], request["y"])
    if not data:
        return {"content": "none"}, b""
    kind = kind_of(data)
    if kind == _VECTOR:
        return {"content": _VECTOR}, vector.packed(vector_bytes(data))
    checked_picture(data)
    return {"content": kind}, data


def serve(asked: IO[bytes], told: IO[bytes], vector: Any) -> None:
    """Answer until nobody asks any more."""
    state: Answer = {"vector": vector}
    for line in asked:
        try:
            answer, body = answered(state, json.loads(line))
        except WrongFileError as problem:
            answer, body = {"wrong": problem.field, "said": problem.said}, b""
        except MemoryError:
            answer, body = {"wrong": "tile_data", "said": "memory"}, b""
        except (
            OSError,
            ValueError,
            KeyError,
            TypeError,
            IndexError,
            OverflowError,
            RecursionError,
        ) as problem:
            answer, body = {"wrong": "file", "said": repr(problem)[:200]}, b""
        told.write(json.dumps({**answer, "size": len(body)}).encode() + b"\n" + body)
        told.flush()


if __name__ == "__main__":
    import importlib.util

    # The other half of this program, by its place: nothing of the console is on this process's path.
    spec = importlib.util.spec_from_file_location("vector_tile", Path(__file__).with_name("vector_tile.py"))
    assert spec is not None
    assert spec.loader is not None
    half = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(half)
    serve(sys.stdin.buffer, sys.stdout.buffer, half)
