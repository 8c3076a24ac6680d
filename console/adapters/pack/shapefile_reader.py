"""Reading a shapefile with the table beside it, by pyshp.

Part of the child process `parser.py`; imports nothing of the console.
"""

import struct
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

_POINT, _LINES, _POLYGON, _POINTS = (1, 11, 21), (3, 13, 23), (5, 15, 25), (8, 18, 28)
_Place = tuple[float, ...]


class Opened:
    """A file opened for reading. Raises shapefile.ShapefileException, struct.error and others where it is
    damaged, UnicodeDecodeError where the table is in another encoding, OSError."""

    def __init__(self, path: Path, encoding: str) -> None:
        import shapefile

        self._path, self._encoding = path, encoding
        with ExitStack() as files:
            # By opened files: by its name alone pyshp would look into archives and at addresses too.
            parts = {kind: files.enter_context(part(path, kind).open("rb")) for kind in ("shp", "shx", "dbf")}
            # Letter by byte, since pyshp says of text in another encoding only that it cannot be read.
            self._reader = shapefile.Reader(**parts, encoding="latin-1")
            self._files = files.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def layers(self) -> list[str]:
        return [self._path.stem]

    def read(self, _layer: str) -> tuple[str | None, dict[str, list[Any]], list[bytes]]:
        """The coordinate system, the fields by name, and the WKB of every feature, empty for none."""
        names = [self._text(field[0]) for field in self._reader.fields if field[0] != "DeletionFlag"]
        columns: dict[str, list[Any]] = {name: [] for name in names}
        wkb = []
        for number in range(len(self._reader)):
            record = self._reader.record(number)
            if record is None:  # deleted, and not yet packed out of the table
                continue
            for name, value in zip(names, record, strict=True):
                columns[name].append(self._text(value) if isinstance(value, str) else value)
            wkb.append(wkb_of(self._reader.shape(number)))
        beside = part(self._path, "prj")
        said = beside.read_text("utf-8", "replace") if beside.is_file() else None
        return said, columns, wkb

    def _text(self, letters: str) -> str:
        return letters.encode("latin-1").decode(self._encoding)


def part(path: Path, kind: str) -> Path:
    """The file of the same name that ends otherwise, in small letters or in large ones."""
    return next(
        (found for name in (kind, kind.upper()) if (found := path.with_suffix(f".{name}")).is_file()),
        path.with_suffix(f".{kind}"),
    )


def wkb_of(shape: Any) -> bytes:
    """A shape in two dimensions as WKB; rings as they stand, closed or not. Raises ValueError for patches."""
    if shape.shapeType == 0:
        return b""
    if shape.shapeType in _POINT:
        return _of_point(shape.points[0])
    if shape.shapeType in _POINTS:
        return _many(4, [_of_point(place) for place in shape.points])
    if shape.shapeType not in (*_LINES, *_POLYGON):
        raise ValueError(f"shapes of kind {shape.shapeTypeName} are not read")
    ends = [*shape.parts[1:], len(shape.points)]
    pieces = [shape.points[begin:end] for begin, end in zip(shape.parts, ends, strict=True)]
    if shape.shapeType in _LINES:
        lines = [_head(2) + _places(piece) for piece in pieces]
        return lines[0] if len(lines) == 1 else _many(5, lines)
    polygons = [_polygon(rings) for rings in (_grouped(pieces) if len(pieces) > 1 else [pieces])]
    return polygons[0] if len(polygons) == 1 else _many(6, polygons)


def _grouped(rings: list[list[_Place]]) -> list[list[list[_Place]]]:
    """Rings as polygons, each with its holes: holes turn the other way."""
    import shapely
    from shapefile import is_cw

    outer: list[list[_Place]] = []
    holes: list[list[_Place]] = []
    for ring in rings:
        (outer if is_cw(ring) else holes).append(ring)
    if not outer:  # turned the wrong way by whoever wrote them
        outer, holes = holes, []
    polygons = [[ring] for ring in outer]
    if not holes:
        return polygons
    if len(outer) == 1:
        return [[outer[0], *holes]]
    areas = [shapely.Polygon([place[:2] for place in ring]) for ring in outer]
    for hole in holes:
        corners = shapely.MultiPoint([place[:2] for place in hole])
        around = [at for at, area in enumerate(areas) if area.covers(corners)]
        if around:  # the smallest where one island lies in another's lake
            polygons[min(around, key=lambda at: float(areas[at].area))].append(hole)
        else:
            polygons.append([hole])
    return polygons


def _polygon(rings: list[list[_Place]]) -> bytes:
    return _head(3) + struct.pack("<I", len(rings)) + b"".join(map(_places, rings))


def _of_point(place: _Place) -> bytes:
    return _head(1) + struct.pack("<2d", place[0], place[1])


def _many(kind: int, pieces: list[bytes]) -> bytes:
    return _head(kind) + struct.pack("<I", len(pieces)) + b"".join(pieces)


def _places(places: list[_Place]) -> bytes:
    numbers = [number for place in places for number in place[:2]]
    return struct.pack(f"<I{len(numbers)}d", len(places), *numbers)


def _head(kind: int) -> bytes:
    return struct.pack("<BI", 1, kind)
