"""The layers that a site adds to its map: points of some classes, lines and areas, packed for the page."""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

MOST_VERTICES = 50_000
"""Of the lines and areas of one layer; finer ones are smoothed until they are no more."""

_EARTH_RADIUS = 6_378_137.0
_HEADER = struct.Struct("<4sI2d")
_DECIMALS = 6  # of a degree: 0.1 m
_FINEST = 4e-6  # degrees: about 0.4 m
_LONGEST_RUN = (
    10_000  # vertices; GEOS smooths by recursion, which a jagged run of many more takes off the stack's end
)

Reals = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class SiteLayer:
    """One layer: `lon` and `lat` of its points (EPSG:4490), the place of each in `classes`, and its name;
    `shapes` are lines and areas in degrees with a name each.

    A class is a code, empty for one that is in no catalogue, and a name.
    """

    lon: Reals
    lat: Reals
    classes: Sequence[tuple[str, str]]
    class_of: npt.NDArray[np.int64]
    names: Sequence[str]
    shapes: Sequence[tuple[str, Any]] = field(default_factory=tuple)


def packed_layer(layer: SiteLayer) -> bytes:
    """Little endian: GCS1, u32 points, f64 x and y of the origin (EPSG:3857 metres), f32 metres east and
    north of it per point, u16 class per point, two bytes more where they are odd; then JSON: classes
    [[code, name], ...], names of the points, shapes as GeoJSON in lon/lat.
    """
    x = np.radians(layer.lon) * _EARTH_RADIUS
    y = np.arcsinh(np.tan(np.radians(layer.lat))) * _EARTH_RADIUS
    count = len(x)
    x0, y0 = (float(x[0]), float(y[0])) if count else (0.0, 0.0)
    places = np.column_stack((x - x0, y - y0)).astype("<f4")
    classes = layer.class_of.astype("<u2").tobytes() + b"\0\0" * (count % 2)
    told = {
        "classes": [list(one) for one in layer.classes],
        "names": list(layer.names),
        "shapes": _collection(layer.shapes),
    }
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    return _HEADER.pack(b"GCS1", count, x0, y0) + places.tobytes() + classes + text


def unpacked_layer(data: bytes) -> SiteLayer:
    """The layer of `packed_layer`, its points to the centimetre. Raises ValueError for other bytes."""
    if len(data) < _HEADER.size or data[:4] != b"GCS1":
        raise ValueError("not a packed layer")
    _, count, x0, y0 = _HEADER.unpack_from(data)
    at = _HEADER.size
    places = np.frombuffer(data, "<f4", 2 * count, at).reshape(-1, 2).astype(np.float64)
    at += 8 * count
    class_of = np.frombuffer(data, "<u2", count, at).astype(np.int64)
    told = json.loads(data[at + 2 * (count + count % 2) :])
    return SiteLayer(
        np.degrees((places[:, 0] + x0) / _EARTH_RADIUS),
        np.degrees(np.arctan(np.sinh((places[:, 1] + y0) / _EARTH_RADIUS))),
        [(str(code), str(name)) for code, name in told["classes"]],
        class_of,
        told["names"],
        [
            (one["properties"]["name"], shapely.geometry.shape(one["geometry"]))
            for one in told["shapes"]["features"]
        ],
    )


def smoothed(shapes: Sequence[Any]) -> list[Any]:
    """Lines and areas (degrees) with no more vertices together than a map can draw again and again."""
    kept = np.array(shapes, dtype=object)
    if len(kept) and int(shapely.get_num_coordinates(kept).sum()) > MOST_VERTICES:
        kept = np.array([_thinned(shape) for shape in kept], dtype=object)
    finest = _FINEST
    while len(kept) and int(shapely.get_num_coordinates(kept).sum()) > MOST_VERTICES and finest < 1:
        kept = np.asarray(shapely.simplify(kept, finest, preserve_topology=False), dtype=object)
        finest *= 2
    return list(kept)


def _thinned(shape: Any) -> Any:
    """With every so manieth vertex of a run that is too long to be smoothed."""
    if shapely.get_num_coordinates(shape) <= _LONGEST_RUN:
        return shape
    parts = [_thinned_part(part) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else type(shape)(parts)


def _thinned_part(part: Any) -> Any:
    if isinstance(part, shapely.Polygon):
        return shapely.Polygon(_thinned_run(part.exterior), [_thinned_run(ring) for ring in part.interiors])
    return shapely.LineString(_thinned_run(part)) if isinstance(part, shapely.LineString) else part


def _thinned_run(run: Any) -> Reals:
    xy = shapely.get_coordinates(run)
    step = -(-len(xy) // _LONGEST_RUN)
    return xy if step == 1 else np.concatenate((xy[:-1:step], xy[-1:]))


def _collection(shapes: Sequence[tuple[str, Any]]) -> Mapping[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": shapely.transform(shape, lambda xy: np.round(xy, _DECIMALS)).__geo_interface__,
            }
            for name, shape in shapes
        ],
    }
