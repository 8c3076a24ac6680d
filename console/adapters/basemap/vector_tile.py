"""Vector tiles (MVT 2) as what the map page draws of them: few kinds of areas, lines and names.

Runs inside the child of `tile_reader`; imports nothing of the console. Raises ValueError for what is no tile.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 4096
_MOST_POINTS = 200_000  # of a tile; what comes after is left out, the finest last
_MOST_NAMES = 400
_LONGEST_NAME = 60
_POINT, _LINE, _AREA = 1, 2, 3
_MOVE, _ON, _CLOSE = 1, 2, 7

# What a kind is drawn as, in this order (resources/map/vector_style.js has the same list).
KINDS = (
    "built", "green", "water", "waterway", "building", "boundary", "rail", "path", "minor", "middle", "major",
)  # fmt: skip
_ROADS = ("minor", "middle", "major")

# By a part of the layer's name: OpenMapTiles, Protomaps, Shortbread, and what sites call them themselves.
_LAYERS = (
    (("transportation_name", "street_labels", "road_label", "roadname"), "name"),
    (("waterway", "river", "stream", "河流"), "waterway"),
    (("water", "ocean", "lake", "水"), "water"),
    (("building", "建筑", "房屋"), "building"),
    (("rail", "铁路", "轨道"), "rail"),
    (("transportation", "road", "street", "highway", "道路", "路"), "road"),
    (("boundar", "admin", "界"), "boundary"),
    (("park", "green", "wood", "forest", "grass", "landcover", "natural", "绿"), "green"),
    (("landuse", "land_use", "residential", "built", "用地"), "built"),
    (("place", "label", "poi", "名"), "name"),
)
_MAJOR = {"motorway", "trunk", "primary", "highway", "major_road", "expressway", "1", "快速路", "主干路"}
_MIDDLE = {"secondary", "tertiary", "medium_road", "2", "次干路"}
_PATH = {"path", "track", "footway", "pedestrian", "cycleway", "steps", "ferry", "aerialway"}
_RAIL = {"rail", "transit", "railway", "subway", "light_rail"}
_GREEN = {
    "park",
    "wood",
    "forest",
    "grass",
    "meadow",
    "cemetery",
    "garden",
    "nature_reserve",
    "pitch",
    "scrub",
}
_CLASS_FIELDS = ("class", "kind", "highway", "type", "fclass", "rank", "pmap:kind", "等级")
_NAME_FIELDS = ("name:zh", "name_zh", "name", "NAME", "名称")

Floats = NDArray[np.float64]


def layer_names(data: bytes) -> list[str]:
    return [str(layer.name)[:60] for layer in _tile(data).layers][:200]


def packed(data: bytes) -> bytes:
    """The tile, little endian: GVT1, u32 bytes of a JSON text padded with spaces to fours, the text; then i16
    x, y of all points, 4096 to the tile's side. The text: `runs` as kind, points, kind, points, ... of
    KINDS, `names` as x, y, weight and text.
    """
    runs: dict[int, list[tuple[int, NDArray[np.int16]]]] = {at: [] for at in range(len(KINDS))}
    names: list[tuple[int, int, int, str]] = []
    points = 0
    for layer, feature, facts in _features(data):
        kind = _kind(layer.name, feature.type, facts)
        if kind == "name" or feature.type == _POINT:
            if len(names) < _MOST_NAMES:
                names += _named(layer, feature, facts)
            continue
        if kind is None or points > _MOST_POINTS:
            continue
        for line in _lines(feature, layer.extent):
            points += len(line)
            runs[KINDS.index(kind)].append((len(line), _small(line)))
    told = {
        "runs": [part for at, every in runs.items() for size, _ in every for part in (at, size)],
        "names": sorted(names, key=lambda one: -one[2]),
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    lines = [line for every in runs.values() for _, line in every]
    body = np.concatenate(lines).astype("<i2").tobytes() if lines else b""
    return b"GVT1" + len(text).to_bytes(4, "little") + text + body


def road_lines(data: bytes) -> Iterator[Floats]:
    """The roads of a tile, in shares of its side."""
    for layer, feature, facts in _features(data):
        if feature.type == _LINE and _kind(layer.name, feature.type, facts) in _ROADS:
            for line in _lines(feature, layer.extent):
                yield line / SIDE


def _tile(data: bytes) -> Any:
    from google.protobuf.message import DecodeError
    from mapbox_vector_tile.Mapbox import vector_tile_pb2

    found = vector_tile_pb2.tile()
    try:
        found.ParseFromString(data)
    except DecodeError as problem:
        raise ValueError(f"no vector tile: {problem}") from None
    if not found.layers and data:
        raise ValueError("no vector tile: it has no layers")
    return found


def _features(data: bytes) -> Iterator[tuple[Any, Any, dict[str, str]]]:
    for layer in _tile(data).layers:
        if not 0 < layer.extent <= 65_536:
            raise ValueError(f"layer {layer.name[:40]!r} has an extent of {layer.extent}")
        keys = list(layer.keys)
        wanted = {at for at, key in enumerate(keys) if key in _CLASS_FIELDS or key in _NAME_FIELDS}
        for feature in layer.features:
            tags = list(feature.tags)
            facts = {
                keys[key]: _text(layer.values[value])
                for key, value in zip(tags[::2], tags[1::2], strict=False)
                if key in wanted and value < len(layer.values)
            }
            yield layer, feature, facts


def _text(value: Any) -> str:
    for _, held in value.ListFields():
        return str(held)[:200]
    return ""


def _kind(layer: str, geometry: int, facts: dict[str, str]) -> str | None:
    name = layer.lower()
    kind = next((kind for parts, kind in _LAYERS if any(part in name for part in parts)), None)
    said = {facts[field].lower() for field in _CLASS_FIELDS if field in facts}
    if kind == "name":
        return "name"
    if geometry == _AREA:
        if kind == "built" and said & _GREEN:
            return "green"
        return kind if kind in ("built", "green", "water", "building") else None
    if geometry != _LINE:
        return "name"
    if kind == "water":
        return "waterway"
    if kind != "road":
        return kind if kind in ("waterway", "rail", "boundary") else None
    if said & _RAIL:
        return "rail"
    if said & _PATH:
        return "path"
    return "major" if said & _MAJOR else "middle" if said & _MIDDLE else "minor"


def _named(layer: Any, feature: Any, facts: dict[str, str]) -> list[tuple[int, int, int, str]]:
    name = next((facts[field] for field in _NAME_FIELDS if facts.get(field)), "")
    if not name:
        return []
    line = next(iter(_lines(feature, layer.extent)), None)
    if line is None or not len(line):
        return []
    x, y = (int(part) for part in line[len(line) // 2])
    if not (0 <= x < SIDE and 0 <= y < SIDE):  # its own tile has it too
        return []
    weight = 2 if "place" in layer.name.lower() else 1 if feature.type == _LINE else 0
    return [(x, y, weight, name[:_LONGEST_NAME])]


def _small(line: Floats) -> NDArray[np.int16]:
    return np.clip(np.round(line), -16_384, 16_383).astype(np.int16)


def _lines(feature: Any, extent: int) -> Iterator[Floats]:
    """The runs of a feature's geometry, rings without their last point again; 4096 to the tile's side."""
    words = np.array(feature.geometry, dtype=np.int64)
    starts: list[int] = []
    taken: list[NDArray[np.int64]] = []
    at = count = 0
    while at < len(words):
        command, number = int(words[at]) & 7, int(words[at]) >> 3
        at += 1
        if command == _CLOSE:
            continue
        if command not in (_MOVE, _ON) or at + 2 * number > len(words):
            raise ValueError("a geometry with a wrong command")
        if command == _MOVE:
            starts += range(count, count + number)
        taken.append(words[at : at + 2 * number])
        at += 2 * number
        count += number
    if not taken or not starts:
        return
    every = np.concatenate(taken).reshape(-1, 2)
    steps = (every >> 1) ^ -(every & 1)
    places = np.cumsum(steps, axis=0) * (SIDE / extent)
    yield from (part for part in np.split(places, starts[1:]) if len(part))
