"""The marks of open cases as the map page reads them: shape, lamp and place in a compact file."""

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from console.domain.lamp import Lamp

_EARTH_RADIUS = 6_378_137.0
_HEADER = struct.Struct("<4sI2d")
_RECORD = struct.Struct("<I2f2BH")
_LAMP_BYTES = {Lamp.IN_TIME: 0, Lamp.SOON: 1, Lamp.LATE: 2, Lamp.NONE: 3}
_STACKING = (Lamp.NONE, Lamp.IN_TIME, Lamp.SOON, Lamp.LATE)


class Shape(IntEnum):
    """The form of a mark; the same forms stand in the queue, the board and the legend."""

    IN_TIME = 0
    SOON = 1
    LATE = 2
    SUSPENDED = 3
    REWORK = 4
    SUPERVISED = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One open case on the map; lon and lat in degrees (EPSG:4490), `code` is what people read."""

    case_id: int
    lon: float
    lat: float
    shape: Shape
    lamp: Lamp
    code: str = ""


def packed_marks(marks: Iterable[Mark]) -> bytes:
    """Pack marks, little endian: GCM1, u32 count, f64 x, f64 y of the origin (EPSG:3857 metres); then
    per mark u32 case id, f32 metres east, f32 metres north, u8 shape, u8 lamp, u16 zero; then the codes
    as UTF-8 lines. The most urgent come last, so that they are drawn on top and found first.
    """
    ordered = sorted(marks, key=_stacking)
    if not ordered:
        return _HEADER.pack(b"GCM1", 0, 0.0, 0.0)
    origin_x, origin_y = _mercator(ordered[0].lon, ordered[0].lat)
    packed = bytearray(_HEADER.pack(b"GCM1", len(ordered), origin_x, origin_y))
    for mark in ordered:
        x, y = _mercator(mark.lon, mark.lat)
        packed += _RECORD.pack(
            mark.case_id, x - origin_x, y - origin_y, mark.shape, _LAMP_BYTES[mark.lamp], 0
        )
    packed += "\n".join(mark.code.replace("\n", " ") for mark in ordered).encode()
    return bytes(packed)


def _stacking(mark: Mark) -> tuple[int, int]:
    return _STACKING.index(mark.lamp), mark.case_id


def _mercator(lon: float, lat: float) -> tuple[float, float]:
    x = math.radians(lon) * _EARTH_RADIUS
    return x, math.asinh(math.tan(math.radians(lat))) * _EARTH_RADIUS
