"""One moment of the past as the page shows it: packed for the map, counted and told, on a worker thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.domain.flow import Step
from console.domain.lamp import Lamp
from console.ui.map.marks import LAMP_BYTES, Shape, packed_columns
from console.ui.map.ramp import LEVEL_STARTS

if TYPE_CHECKING:
    from console.queries.past import Event, Moment, Past

_MOST = 65_535  # the page counts in sixteen bits
_FEW = 200  # cells that are drawn one by one sooner than all at once
_TOLD_BEFORE, _TOLD_AFTER = 9, 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page shows of an instant; `levels` and `counts` are of all cells, `marks` a mark file.

    `changed` are the cells that differ from the frame before, each with level and count; None where that
    is not known, or they are so many that all of them are sooner told.
    """

    at: datetime
    levels: bytes
    counts: bytes
    marks: bytes
    changed: Mapping[int, tuple[int, int]] | None
    open: int
    late: int
    reported: int
    ended: int
    steps: Mapping[Step, tuple[int, int]]
    events: "Sequence[Event]"


def frame(past: "Past", at: datetime, zone: ZoneInfo, before: Frame | None = None) -> Frame:
    """The frame of an instant, after another that is shown; `zone` says when its day began."""
    import numpy as np

    moment = past.at(at)
    counts = moment.counts()
    levels = np.searchsorted(LEVEL_STARTS, counts, "right").astype(np.uint8)
    midnight = datetime.combine(at.astimezone(zone).date(), time(), zone)
    reported, ended = moment.day(midnight)
    whole = np.minimum(counts, _MOST).astype("<u2")
    return Frame(
        moment.at,
        levels.tobytes(),
        whole.tobytes(),
        _marks(moment),
        None if before is None else _changed(before, whole, levels),
        moment.open,
        moment.late,
        reported,
        ended,
        moment.steps(),
        past.around(at, _TOLD_BEFORE, _TOLD_AFTER),
    )


def _changed(before: Frame, counts: Any, levels: Any) -> Mapping[int, tuple[int, int]] | None:
    import numpy as np

    known = np.frombuffer(before.counts, "<u2")
    if len(known) != len(counts):
        return None
    moved = np.flatnonzero(known != counts)
    if len(moved) > _FEW:
        return None
    return {int(at): (int(levels[at]), int(counts[at])) for at in moved}


def _marks(moment: "Moment") -> bytes:
    """The open cases that have a place, with shape and lamp as they were."""
    import numpy as np

    from console.queries.past import LAMPS

    past, placed = moment.past, moment.placed
    rows = moment.rows[placed]
    lamps: Any = np.array([LAMP_BYTES[lamp] for lamp in LAMPS], np.uint8)[moment.lamps[placed]]
    shapes = np.array(_SHAPES)[lamps]
    shapes = np.where((past.columns.reworks[rows] > 0) & (shapes == Shape.IN_TIME), Shape.REWORK, shapes)
    shapes = np.where(moment.suspended[placed], Shape.SUSPENDED, shapes)
    cases, places = past.columns.case[rows], past.columns.place[rows]
    codes = [past.codes[case] for case in cases.tolist()]
    return packed_columns(
        codes, past.ids[cases], past.places.lon[places], past.places.lat[places], shapes, lamps
    )


_SHAPES = tuple(
    shape
    for _lamp, shape in sorted(
        (LAMP_BYTES[lamp], shape)
        for lamp, shape in (
            (Lamp.IN_TIME, Shape.IN_TIME),
            (Lamp.SOON, Shape.SOON),
            (Lamp.LATE, Shape.LATE),
            (Lamp.NONE, Shape.IN_TIME),
        )
    )
)
