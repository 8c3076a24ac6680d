"""Reading GeoJSON: its features' properties, and their geometry as it is written, rings closed or not.

Part of the child process `parser.py`; imports nothing of the console.
"""

import math
import struct
from pathlib import Path
from typing import Any, Self

_WGS84 = "EPSG:4326"  # what the format says where the file says nothing
_PLAIN = {"Point": 1, "LineString": 2, "Polygon": 3}
_MANY = {"MultiPoint": ("Point", 4), "MultiLineString": ("LineString", 5), "MultiPolygon": ("Polygon", 6)}


class Opened:
    """A file opened for reading. Raises UnicodeDecodeError where it is no UTF-8, ValueError where it is no
    GeoJSON."""

    def __init__(self, path: Path, _encoding: str) -> None:
        import orjson

        self._path = path
        text = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        try:
            self._whole = orjson.loads(text)
        except orjson.JSONDecodeError:
            text.decode("utf-8")  # says so by its place, if that is what is wrong
            raise
        if not isinstance(self._whole, dict) or not isinstance(self._whole.get("type"), str):
            raise ValueError("no GeoJSON")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._whole = {}

    def layers(self) -> list[str]:
        name = self._whole.get("name")
        return [name if isinstance(name, str) and name else self._path.stem]

    def read(self, _layer: str) -> tuple[str | None, dict[str, list[Any]], list[bytes]]:
        """The coordinate system, the properties by name, and the WKB of every feature, empty for none.

        Raises ValueError naming the feature.
        """
        found = _features(self._whole)
        columns: dict[str, list[Any]] = {}
        wkb = []
        for at, feature in enumerate(found):
            if not isinstance(feature, dict):
                raise ValueError(f"feature {at + 1}: no object")
            for name, value in _properties(feature).items():
                column = columns.setdefault(name, [])
                column.extend([None] * (at - len(column)))
                column.append(value)
            try:
                wkb.append(wkb_of(feature.get("geometry")))
            except (TypeError, KeyError, IndexError, struct.error, ValueError) as problem:
                raise ValueError(f"feature {at + 1}: geometry: {problem}") from problem
        for column in columns.values():
            column.extend([None] * (len(found) - len(column)))
        return _system(self._whole), columns, wkb


def _features(whole: dict[str, Any]) -> list[Any]:
    match whole["type"]:
        case "FeatureCollection":
            found = whole.get("features")
            if not isinstance(found, list):
                raise ValueError("no list of features")
            return found
        case "Feature":
            return [whole]
    return [{"geometry": whole}]


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    """A feature's properties, and the name that it has beside them."""
    own = feature.get("properties")
    told = own if isinstance(own, dict) else {}
    name = feature.get("id")
    return {"id": name, **told} if isinstance(name, str) else told


def _system(whole: dict[str, Any]) -> str | None:
    """The member `crs` that GeoJSON once had."""
    said = whole.get("crs")
    told = said.get("properties") if isinstance(said, dict) else None
    name = told.get("name") if isinstance(told, dict) else None
    return name if isinstance(name, str) and name else _WGS84


def wkb_of(geometry: Any) -> bytes:
    """Two-dimensional WKB. Raises ValueError, TypeError, KeyError or IndexError where it is no geometry."""
    if geometry is None:
        return b""
    if not isinstance(geometry, dict):
        raise TypeError("no object")
    kind = geometry["type"]
    if kind == "GeometryCollection":
        pieces = [wkb_of(piece) for piece in geometry["geometries"]]
        return _head(7, len(pieces)) + b"".join(pieces)
    if kind in _MANY:
        single, number = _MANY[kind]
        pieces = [_plain(single, piece) for piece in geometry["coordinates"]]
        return _head(number, len(pieces)) + b"".join(pieces)
    if kind not in _PLAIN:
        raise ValueError(f"{str(kind)[:40]} is no kind of geometry")
    return _plain(kind, geometry["coordinates"])


def _plain(kind: str, coordinates: Any) -> bytes:
    if kind == "Point":
        return struct.pack("<BI2d", 1, 1, *(_place(coordinates) if coordinates else (math.nan, math.nan)))
    if kind == "LineString":
        return struct.pack("<BI", 1, 2) + _places(coordinates)
    return _head(3, len(coordinates)) + b"".join(map(_places, coordinates))


def _places(places: Any) -> bytes:
    numbers = [number for place in places for number in _place(place)]
    return struct.pack(f"<I{len(numbers)}d", len(places), *numbers)


def _place(place: Any) -> tuple[float, float]:
    if not isinstance(place, list) or len(place) < 2:
        raise ValueError("a place has two numbers")
    return place[0], place[1]


def _head(kind: int, count: int) -> bytes:
    return struct.pack("<BII", 1, kind, count)
