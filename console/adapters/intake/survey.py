"""The first reading of a file: whole and readable or refused, before a row of it is written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from console.adapters.intake.cells import Line
from console.adapters.intake.lists import Values
from console.adapters.intake.mapping import Mapping
from console.adapters.intake.placing import Lie, Point, placed
from console.adapters.intake.rows import as_text, class_values, external_id, point_of
from console.adapters.intake.sheet import opened_sheet
from console.domain.errors import Refused
from console.storage.places import Places

BATCH = 500


@dataclass(slots=True)
class Survey:
    """What a file holds: `last` the last row of each external id, values of its lists, how it lies."""

    rows: int = 0
    last: dict[str, int] = field(default_factory=dict)
    classes: set[Values] = field(default_factory=set)
    departments: set[str] = field(default_factory=set)
    lies: Counter[Lie] = field(default_factory=Counter)


def survey(
    file: Path,
    mapping: Mapping,
    places: Places,
    progress: Callable[[int, int | None], None],
    cancelled: Callable[[], bool],
) -> Survey | None:
    """The survey of a whole file; None when cancelled.

    Raises Refused: whatever makes the file unreadable, and `swapped_columns` where more rows lie in
    the city with their coordinates exchanged than as they are.
    """
    found = Survey()
    with opened_sheet(file, mapping) as sheet:
        while batch := list(islice(sheet.lines, BATCH)):
            if cancelled():
                return None
            points = [point for line in batch if (point := _noted(line, mapping, found)) is not None]
            found.lies.update(lie for _, lie in placed(points, mapping.coordinates, places))
            progress(0, None)
    if mapping.place is not None and found.lies[Lie.SWAPPED] > found.lies[Lie.INSIDE]:
        raise Refused(
            "swapped_columns",
            file=file.name,
            lon=mapping.place.lon,
            lat=mapping.place.lat,
            rows=found.lies[Lie.SWAPPED],
        )
    return found


def _noted(line: Line, mapping: Mapping, found: Survey) -> Point | None:
    """Count one row in; its point, where it tells one."""
    found.rows += 1
    if line.broken is not None:
        return None
    if values := class_values(line.cells, mapping):
        found.classes.add(values)
    if mapping.department is not None and mapping.department.column in line.cells:
        found.departments.add(as_text(line.cells[mapping.department.column]))
    try:
        found.last[external_id(line.cells, mapping)] = line.number
        return point_of(line.cells, mapping)
    except Refused:  # told of the row itself when it is read to be written
        return None
