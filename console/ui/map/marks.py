"""The marks of open cases as the map page reads them: shape, lamp and place in a compact file."""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from console.domain.lamp import Lamp
from console.geography.mercator import mercator

if TYPE_CHECKING:
    from console.queries.point_columns import PointColumns

_HEADER = struct.Struct("<4sI2d")
_RECORD = [("id", "<u4"), ("x", "<f4"), ("y", "<f4"), ("shape", "u1"), ("lamp", "u1"), ("zero", "<u2")]
LAMP_BYTES = {Lamp.IN_TIME: 0, Lamp.SOON: 1, Lamp.LATE: 2, Lamp.NONE: 3}
_STACKING = (1, 2, 3, 0)  # by those bytes: the most urgent last
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    every = list(marks)
    return packed_columns(
        [mark.code for mark in every],
        [mark.case_id for mark in every],
        [mark.lon for mark in every],
        [mark.lat for mark in every],
        [mark.shape for mark in every],
        [LAMP_BYTES[mark.lamp] for mark in every],
    )


def packed_points(points: "PointColumns", now: datetime) -> bytes:
    """The same of the open cases as they stand at `now`, all at once: in a loop 10,000 take 50 ms.

    A case sent back for rework has a loop, as long as it is not urgent.
    """
    import numpy as np  # only here, on a reading thread: the window is painted without it

    from console.queries.slots import NEVER

    rows = points.rows
    ticks = (now - _EPOCH) // timedelta(microseconds=1)
    due = rows["due"]
    lamps = np.where(rows["soon"] <= ticks, LAMP_BYTES[Lamp.SOON], LAMP_BYTES[Lamp.IN_TIME])
    lamps[due < ticks] = LAMP_BYTES[Lamp.LATE]
    lamps[due == NEVER] = LAMP_BYTES[Lamp.NONE]
    shapes = np.array((Shape.IN_TIME, Shape.SOON, Shape.LATE, Shape.IN_TIME))[lamps]
    shapes[(rows["reworks"] > 0) & (shapes == Shape.IN_TIME)] = Shape.REWORK
    return packed_columns(rows["code"], rows["id"], rows["lon"], rows["lat"], shapes, lamps)


def packed_columns(
    codes: Any,
    ids: Any,
    lon: Any,
    lat: Any,
    shapes: Any,
    lamps: Any,
) -> bytes:
    """The same of columns, sequences or arrays: of every mark its Shape and the byte of its lamp."""
    import numpy as np

    if not len(codes):
        return _HEADER.pack(b"GCM1", 0, 0.0, 0.0)
    order = np.lexsort((ids, np.array(_STACKING)[np.asarray(lamps)]))
    x, y = mercator(np.asarray(lon)[order], np.asarray(lat)[order])
    records = np.zeros(len(codes), dtype=_RECORD)
    records["id"] = np.asarray(ids)[order]
    records["x"], records["y"] = x - x[0], y - y[0]
    records["shape"], records["lamp"] = np.asarray(shapes)[order], np.asarray(lamps)[order]
    told = np.asarray(codes, dtype=object)[order].tolist()
    words = "\n".join(told)
    if words.count("\n") != len(told) - 1:
        words = "\n".join([code.replace("\n", " ") for code in told])
    return _HEADER.pack(b"GCM1", len(codes), float(x[0]), float(y[0])) + records.tobytes() + words.encode()
