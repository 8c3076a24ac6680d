"""The child process that parses a geometry file, so that a parser's crash or hang stays its own.

Finds `request.json` in its folder: `path`, `layer`, `encoding`, `out` (a folder). Leaves `answer.json` in
`out` and, where that holds no `error`, `shapes.npz` with the features' WKB end to end. Imports nothing of the
console; the reader of each format is found by its place.
"""

import importlib.util
import json
import warnings
from pathlib import Path
from typing import Any

_READERS = {
    ".gpkg": "geopackage_reader",
    ".shp": "shapefile_reader",
    ".geojson": "geojson_reader",
    ".json": "geojson_reader",
}


def reader(suffix: str) -> Any:
    """The reader of a format: nothing of the console is on this process's path."""
    name = _READERS[suffix]
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def parse(path: str, layer: str, encoding: str) -> tuple[dict[str, Any], list[bytes]]:
    """The answer and the WKB of every feature, empty where a feature has no geometry."""
    with reader(Path(path).suffix.lower()).Opened(Path(path), encoding) as opened:
        layers = opened.layers()
        if layer and layer not in layers:
            return {"error": "no_layer", "layers": layers}, []
        if not layer and len(layers) != 1:
            return {"error": "which_layer", "layers": layers}, []
        said, columns, wkb = opened.read(layer or layers[0])
    texts = {name: [plain(value) for value in column] for name, column in columns.items()}
    return {"crs": named(said), "columns": texts, "features": len(wkb)}, wkb


def named(said: str | None) -> str | None:
    """A coordinate system as `EPSG:nnnn` where it is one of those, else as the file says it."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if not said:
        return None
    try:
        system = CRS.from_user_input(said)
    except CRSError:
        return None
    if system.to_authority() == ("OGC", "CRS84"):
        return "EPSG:4326"
    number = system.to_epsg(min_confidence=70)
    return f"EPSG:{number}" if number else system.to_wkt()


def plain(value: Any) -> str:
    """A field's value as text; whole numbers without a point, nothing for null."""
    if value is None or value != value:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    return text.removesuffix(".0") if isinstance(value, float) and value.is_integer() else text


def answer(request: dict[str, Any]) -> None:
    out = Path(request["out"])
    import numpy as np

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parent sees what is wrong in the shapes themselves
            said, wkb = parse(request["path"], request["layer"], request["encoding"])
    except UnicodeDecodeError as error:
        said, wkb = {"error": "encoding", "byte": error.start}, []
    except MemoryError:
        said, wkb = {"error": "memory"}, []
    except Exception as error:
        said, wkb = {"error": "unreadable", "said": str(error)[:300]}, []
    sizes = np.array([len(item) for item in wkb], dtype=np.int64)
    np.savez(out / "shapes.npz", wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8), sizes=sizes)
    (out / "answer.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    answer(json.loads(Path("request.json").read_text(encoding="utf-8")))
