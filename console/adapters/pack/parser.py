"""The child process that parses a geometry file, so that a parser's crash or hang stays its own.

Finds `request.json` in its folder: `path`, `layer`, `encoding`, `out` (a folder). Leaves `answer.json` in
`out` and, where that holds no `error`, `shapes.npz` with the features' WKB end to end. Imports nothing of the
console.
"""

import json
import warnings
from pathlib import Path
from typing import Any


def parse(path: str, layer: str, encoding: str) -> tuple[dict[str, Any], list[bytes]]:
    """The answer and the WKB of every feature, empty where a feature has no geometry."""
    import pyogrio
    import pyogrio.raw

    layers = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    if layer and layer not in layers:
        return {"error": "no_layer", "layers": layers}, []
    if not layer and len(layers) != 1:
        return {"error": "which_layer", "layers": layers}, []
    meta, _, shapes, fields = pyogrio.raw.read(
        path, layer=layer or layers[0], encoding=encoding, force_2d=True
    )
    names = [str(name) for name in meta["fields"]]
    columns = {name: [plain(value) for value in column] for name, column in zip(names, fields, strict=True)}
    wkb = [b"" if shape is None else bytes(shape) for shape in shapes]
    return {"crs": meta["crs"], "columns": columns, "features": len(wkb)}, wkb


def plain(value: Any) -> str:
    """A field's value as text; whole numbers without a point, nothing for null."""
    if value is None or value != value:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    text = str(value)
    if text == "NaT":
        return ""
    return text.removesuffix(".0") if hasattr(value, "is_integer") and value.is_integer() else text


def answer(request: dict[str, Any]) -> None:
    out = Path(request["out"])
    import numpy as np
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parent sees what is wrong in the shapes themselves
            said, wkb = parse(request["path"], request["layer"], request["encoding"])
    except UnicodeDecodeError as error:
        said, wkb = {"error": "encoding", "byte": error.start}, []
    except LookupError:
        said, wkb = {"error": "encoding_unknown"}, []
    except MemoryError:
        said, wkb = {"error": "memory"}, []
    except (DataSourceError, DataLayerError, FieldError, RuntimeError, ValueError, OSError) as error:
        said, wkb = {"error": "unreadable", "said": str(error)[:300]}, []
    sizes = np.array([len(item) for item in wkb], dtype=np.int64)
    np.savez(out / "shapes.npz", wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8), sizes=sizes)
    (out / "answer.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    answer(json.loads(Path("request.json").read_text(encoding="utf-8")))
