"""Rows of named cells: what every reader gives, cleaned of what no database or screen can hold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from console.domain.errors import Refused
from console.domain.text import cleaned

Cell = str | datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One row by column name, empty cells left out; `broken` says why it could not be read.

    `number` counts as a spreadsheet does: the header is row 1 (features of a GeoJSON count from 1).
    """

    number: int
    cells: Mapping[str, Cell]
    broken: Refused | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An opened file: its columns and its rows, read as they are asked for."""

    columns: Sequence[str]
    lines: Iterator[Line]


def cell(value: object, nulls: frozenset[str]) -> Cell | None:
    """A cell's text or time; None where it is empty or one of the `nulls`."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  the zone is the mapping's
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)  # a spreadsheet keeps the id 240263 as 240263.0
    text = cleaned(str(value)).strip()
    return None if not text or text in nulls else text


def line(number: int, columns: Sequence[str], values: Iterable[object], nulls: frozenset[str]) -> Line:
    """The row of `values` under `columns`; columns without a name are left out."""
    found = zip(columns, (cell(value, nulls) for value in values), strict=True)
    return Line(number, {name: value for name, value in found if name and value is not None})


def check_columns(columns: Sequence[str], needed: Iterable[str], file: str) -> None:
    """Raises Refused: `missing_columns` naming all of them, `repeated_columns`."""
    wanted = list(needed)
    if missing := [name for name in wanted if name not in columns]:
        known = ", ".join(name for name in columns if name)
        raise Refused("missing_columns", file=file, columns=", ".join(missing), known=known)
    if twice := [name for name in wanted if list(columns).count(name) > 1]:
        raise Refused("repeated_columns", file=file, columns=", ".join(twice))
