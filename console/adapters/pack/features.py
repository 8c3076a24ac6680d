"""Features of a geometry file (GeoPackage, GeoJSON, shapefile), read by a child process under limits."""

import codecs
import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from console.adapters import confined
from console.adapters.pack import parser
from console.adapters.rows import wrong_encoding
from console.domain.errors import Refused

KNOWN_FORMATS = "GeoPackage (.gpkg), GeoJSON (.geojson, .json), shapefile (.shp)"
MEMORY = 4_000_000_000
SECONDS = 120
GRACE = 10  # seconds beyond the processor time, for starting up and waiting for the disk
_MOST_BYTES = 1_000_000_000
_HEADS = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a"}
_TEXT = (".geojson", ".json")
_ENDS = 4096  # bytes at either end of a GeoJSON file in which it may name its system
_NAMED_SYSTEM = re.compile(
    rb'"crs"\s*:\s*\{\s*"type"\s*:\s*"name"\s*,\s*"properties"\s*:\s*\{\s*"name"\s*:\s*"([^"]{1,200})"'
)
_SHAPEFILE_PARTS = (".shx", ".dbf")


@dataclass(frozen=True, eq=False)
class Features:
    """Geometry in the file's own coordinates, None where it has none or one that no polygon can be made
    of, and the fields as text by column; `crs` is what the file says of itself, empty where it does not."""

    shapes: NDArray[np.object_]
    columns: dict[str, list[str]]
    crs: str
    unclosed: tuple[int, ...]


def read_features(
    path: Path,
    file: str,
    *,
    layer: str = "",
    encoding: str = "utf-8",
    memory: int = MEMORY,
    seconds: int = SECONDS,
) -> Features:
    """All features of a file; `file` is its name in messages.

    Raises Refused: `geometry_format`, `shapefile_part_missing`, `file_too_large`, `geometry_layer`,
    `geometry_no_layer`, `geometry_unreadable`, `geometry_parser_died`, `geometry_parser_slow`,
    `wrong_encoding`, `encoding_unknown`.
    """
    _refuse_foreign(path, file)
    with TemporaryDirectory(prefix="grid-parse-") as folder:
        said_encoding = _encoding(path, file, encoding)
        request = {
            "path": str(path.resolve()),
            "layer": layer,
            "encoding": said_encoding,
            "out": folder,
        }
        _run(request, file, memory, seconds)
        said = json.loads((Path(folder) / "answer.json").read_text(encoding="utf-8"))
        if "error" in said:
            raise _refusal(said, file, said_encoding, layer)
        with np.load(Path(folder) / "shapes.npz", allow_pickle=False) as stored:
            return _features(said, _crs(path, said["crs"]), stored["wkb"].tobytes(), stored["sizes"])


def _refuse_foreign(path: Path, file: str) -> None:
    """Only files that are what their names say."""
    suffix = path.suffix.lower()
    if path.stat().st_size > _MOST_BYTES:
        raise Refused("file_too_large", file=file, megabytes=path.stat().st_size // 1_000_000, most=1000)
    with path.open("rb") as opened:
        head = opened.read(64)
    fits = head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{") if suffix in _TEXT else False
    if not (fits or (suffix in _HEADS and head.startswith(_HEADS[suffix]))):
        raise Refused("geometry_format", file=file, known=KNOWN_FORMATS)
    if suffix == ".shp":
        for part in _SHAPEFILE_PARTS:
            if not path.with_suffix(part).is_file() and not path.with_suffix(part.upper()).is_file():
                raise Refused("shapefile_part_missing", file=file, part=part)


def _encoding(path: Path, file: str, declared: str) -> str:
    """A shapefile may say its encoding itself; the other formats are UTF-8 by definition."""
    try:
        "".encode(declared)
    except LookupError:
        raise Refused("encoding_unknown", file=file, encoding=declared) from None
    if path.suffix.lower() != ".shp":
        return "utf-8"
    beside = path.with_suffix(".cpg")
    said = beside.read_text(encoding="ascii", errors="replace").strip() if beside.is_file() else ""
    page = re.search(r"(\d+)$", said)  # some programs write 936, ANSI 936 or OEM 936
    for name in (said, f"cp{page.group()}" if page else ""):
        try:
            return codecs.lookup(name).name
        except LookupError:
            continue
    return declared


def _run(request: dict[str, Any], file: str, memory: int, seconds: int) -> None:
    folder = Path(request["out"])
    program = Path(parser.__file__)
    ending = confined.run(program, request, folder, memory=memory, seconds=seconds, wait=seconds + GRACE)
    if ending.slow:
        raise Refused("geometry_parser_slow", file=file, seconds=seconds)
    if ending.status or not (folder / "answer.json").is_file():
        raise Refused("geometry_parser_died", file=file, status=ending.status, said=ending.said)


def _refusal(said: dict[str, Any], file: str, encoding: str, layer: str) -> Refused:
    match said["error"]:
        case "encoding":
            return wrong_encoding(file, encoding, said["byte"])
        case "no_layer":
            return Refused("geometry_no_layer", file=file, layer=layer, layers=", ".join(said["layers"]))
        case "which_layer":
            return Refused("geometry_layer", file=file, layers=", ".join(said["layers"]))
        case "memory":
            return Refused("geometry_unreadable", file=file, said="memory")
    return Refused("geometry_unreadable", file=file, said=said["said"])


def _crs(path: Path, said: str | None) -> str:
    """What the file says; GeoJSON that says nothing is reported as WGS84 and may be anything.

    So is GeoJSON that names a system nobody knows: that name is handed on as it stands.
    """
    if path.suffix.lower() in _TEXT and (name := _named_system(path)):
        try:
            CRS.from_user_input(name)
        except CRSError:
            return name
    return "" if said is None or (path.suffix.lower() in _TEXT and said == "EPSG:4326") else said


def _named_system(path: Path) -> str:
    """The name in the `crs` member that GeoJSON once had, which stands before or after the features."""
    with path.open("rb") as opened:
        head = opened.read(_ENDS)
        opened.seek(max(path.stat().st_size - _ENDS, 0))
        found = _NAMED_SYSTEM.search(head) or _NAMED_SYSTEM.search(opened.read())
    return found.group(1).decode("utf-8", "replace") if found else ""


def _features(said: dict[str, Any], crs: str, wkb: bytes, sizes: NDArray[np.int64]) -> Features:
    ends = np.cumsum(sizes).tolist()
    pieces = [wkb[begin:end] or None for begin, end in zip([0, *ends[:-1]], ends, strict=False)]
    with np.errstate(invalid="ignore"):  # coordinates that are no numbers are told of by feature
        read = shapely.from_wkb(np.array(pieces, dtype=object), on_invalid="ignore")
        shapes = np.asarray(shapely.force_2d(read), dtype=object)
    unclosed = [at for at, piece in enumerate(pieces) if piece is not None and shapes[at] is None]
    return Features(shapes, said["columns"], crs, tuple(unclosed))
