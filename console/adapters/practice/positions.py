"""Places of patrollers from a CSV file: the good rows, and what is wrong with the others."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from console.adapters.rows import Problem, Row, read_rows
from console.domain.position import Position


class PositionRow(Row):
    """`lon` and `lat` EPSG:4490 degrees, `at` an instant with its offset: 2026-03-20T10:00:00+08:00."""

    name: Annotated[str, Field(min_length=1, max_length=64)]
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    at: AwareDatetime


def read_positions(text: str, *, file: str) -> tuple[tuple[Position, ...], tuple[Problem, ...]]:
    """The places of CSV text and every problem, by row and field. Raises as console.adapters.rows."""
    rows = read_rows(text, PositionRow, file=file)
    return tuple(Position(row.name, row.lon, row.lat, row.at) for _, row in rows.good), rows.problems
