"""The open cases that have a place as columns of numbers, changed one by one: what the map is packed from.

Ten thousand named tuples taken apart and put together anew at every change held the interpreter for 25 ms,
several times a second, and the window waited for it. Columns are packed in two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from console.queries.map import MapPoint

NEVER = 2**62  # later than every instant, in microseconds: there is none
_NOWHERE = -1
_RECORD = [
    ("id", "<i8"),
    ("lon", "<f8"),
    ("lat", "<f8"),
    ("due", "<i8"),
    ("soon", "<i8"),
    ("reworks", "<i4"),
    ("position", "<i4"),
]


@dataclass(frozen=True, slots=True)
class PointColumns:
    """The points of one look: `rows` has the fields of _RECORD (EPSG:4490, microseconds, NEVER), `codes` by
    their side."""

    rows: Any
    codes: Sequence[str]

    def cell_counts(self) -> dict[int, int]:
        """Open cases per cell position; cells without any are left out."""
        import numpy as np

        numbers = np.bincount(self.rows["position"] - _NOWHERE)
        cells = np.flatnonzero(numbers)
        found = dict(zip((cells + _NOWHERE).tolist(), numbers[cells].tolist(), strict=True))
        found.pop(_NOWHERE, None)
        return found


class Points:
    """Points by their case, of which some change."""

    def __init__(self, points: Iterable["MapPoint"] = ()) -> None:
        import numpy as np  # only here, on a reading thread: the window is painted without it

        every = list(points)
        self._rows = np.array([_record(one) for one in every], dtype=_RECORD)
        self._codes = [one.code for one in every]
        self._slots = {one.id: slot for slot, one in enumerate(every)}

    def put(self, point: "MapPoint") -> None:
        """A point that is new, or another than before."""
        import numpy as np

        slot = self._slots.get(point.id)
        if slot is None:
            slot = self._slots[point.id] = len(self._codes)
            self._codes.append(point.code)
            if slot == len(self._rows):
                self._rows = np.concatenate([self._rows, np.zeros(slot // 2 + 64, dtype=_RECORD)])
        self._codes[slot] = point.code
        self._rows[slot] = _record(point)

    def drop(self, case_id: int) -> None:
        """A case has no point any more."""
        slot = self._slots.pop(case_id, None)
        if slot is None:
            return
        last = len(self._codes) - 1
        code = self._codes.pop()
        if slot != last:
            self._rows[slot], self._codes[slot] = self._rows[last], code
            self._slots[int(self._rows[slot]["id"])] = slot

    def columns(self) -> PointColumns:
        """The points as they are now, for good."""
        return PointColumns(self._rows[: len(self._codes)].copy(), tuple(self._codes))

    def tuples(self) -> list[tuple[Any, ...]]:
        """The same as rows of the fields of a MapPoint."""
        rows = zip(self._rows[: len(self._codes)].tolist(), self._codes, strict=True)
        return [
            (case_id, code, lon, lat, _known(due), _known(soon), reworks, None if at == _NOWHERE else at)
            for (case_id, lon, lat, due, soon, reworks, at), code in rows
        ]


def _record(one: "MapPoint") -> tuple[float, ...]:
    return (
        one.id,
        one.lon,
        one.lat,
        NEVER if one.due_ticks is None else one.due_ticks,
        NEVER if one.soon_ticks is None else one.soon_ticks,
        one.reworks,
        _NOWHERE if one.position is None else one.position,
    )


def _known(ticks: int) -> int | None:
    return None if ticks == NEVER else ticks
