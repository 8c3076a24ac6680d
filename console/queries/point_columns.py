"""The open cases that have a place as columns, changed one by one: what the map is packed from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.queries.slots import NEVER, Slots

if TYPE_CHECKING:
    from console.queries.map import MapPoint

_NOWHERE = -1
_FIELDS = (
    ("id", "<i8"),
    ("code", "O"),
    ("lon", "<f8"),
    ("lat", "<f8"),
    ("due", "<i8"),
    ("soon", "<i8"),
    ("reworks", "<i4"),
    ("position", "<i4"),
)


@dataclass(frozen=True, slots=True)
class PointColumns:
    """The points of one look by columns: id, code, lon and lat (EPSG:4490), due and soon (microseconds, or
    NEVER), reworks, position of the cell or -1."""

    rows: Any

    def cell_counts(self) -> dict[int, int]:
        """Open cases per cell position; cells without any are left out."""
        import numpy as np

        numbers = np.bincount(self.rows["position"] - _NOWHERE)
        numbers[:1] = 0
        cells = np.flatnonzero(numbers)
        return dict(zip((cells + _NOWHERE).tolist(), numbers[cells].tolist(), strict=True))


class Points:
    """Points by their case, of which some change."""

    def __init__(self, points: Iterable["MapPoint"] = ()) -> None:
        self._slots = Slots(_FIELDS, map(_record, points))

    def put(self, point: "MapPoint") -> None:
        """A point that is new, or another than before."""
        self._slots.put(_record(point))

    def drop(self, case_id: int) -> None:
        """A case has no point any more."""
        self._slots.drop(case_id)

    def columns(self) -> PointColumns:
        """The points as they are now, for good."""
        return PointColumns(self._slots.rows.copy())

    def tuples(self) -> list[tuple[Any, ...]]:
        """The same as rows of the fields of a MapPoint."""
        return [
            (case_id, code, lon, lat, _known(due), _known(soon), reworks, None if at == _NOWHERE else at)
            for case_id, code, lon, lat, due, soon, reworks, at in self._slots.rows.tolist()
        ]


def _record(one: "MapPoint") -> tuple[Any, ...]:
    return (
        one.id,
        one.code,
        one.lon,
        one.lat,
        NEVER if one.due_ticks is None else one.due_ticks,
        NEVER if one.soon_ticks is None else one.soon_ticks,
        one.reworks,
        _NOWHERE if one.position is None else one.position,
    )


def _known(ticks: int) -> int | None:
    return None if ticks == NEVER else ticks
