"""The child process that reads tile archives, so that a lying file costs only this process.

Asked a JSON object a line (`console.adapters.companion`): `open` with path and file kind, `tile`, `roads` and
`grey` with a rectangle of tiles; `seconds` is what the answer may take of the processor. Imports nothing of
the console; its other halves are found by their place.
"""

import importlib.util
import io
import json
import math
import sys
from pathlib import Path
from typing import IO, Any

Answer = dict[str, Any]

_MOST_EDGE = 1024  # px of a raster tile
_HEADS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_VECTOR = "vector"


def half(name: str) -> Any:
    """Another part of this program: nothing of the console is on this process's path."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


sources, vector = half("tile_sources"), half("vector_tile")
WrongFileError: Any = sources.WrongFileError


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


def roads(archive: Any, request: Answer) -> tuple[Answer, bytes]:
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
    return sources.unpacked(data, "tile_data") if data[:2] == b"\x1f\x8b" else data


def answered(state: Answer, request: Answer) -> tuple[Answer, bytes]:
    task, seconds = request["task"], float(request["seconds"])
    grant(seconds)
    if task == "open":
        state["archive"] = sources.KINDS[request["kind"]](request["path"], seconds)
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
        return roads(archive, request)
    data = archive.tile(request["zoom"], request["x"], request["y"])
    if not data:
        return {"content": "none"}, b""
    kind = kind_of(data)
    if kind == _VECTOR:
        return {"content": _VECTOR}, vector.packed(vector_bytes(data))
    checked_picture(data)
    return {"content": kind}, data


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Answer until nobody asks any more."""
    state: Answer = {}
    for line in asked:
        try:
            answer, body = answered(state, json.loads(line))
        except WrongFileError as problem:
            answer, body = problem.told, b""
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
    serve(sys.stdin.buffer, sys.stdout.buffer)
