"""XLSX as rows, streamed from a child process; see console.adapters.intake.workbook_reader."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any

from console.adapters.intake import workbook_reader
from console.adapters.intake.cells import Line, Sheet, check_columns, line
from console.adapters.intake.mapping import Mapping as Declared
from console.adapters.intake.taken_apart import Told, heard_from
from console.domain.errors import Refused

MOST_ROWS = 1 << 20  # the format's own limit; a row may claim a higher number, and all before it are made
_SECOND_A_BYTE = 1e-5  # packed as they are, ten times as many cells stand in a byte as in a CSV's

_KINDS: Mapping[str, Callable[[str], object]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}


@contextmanager
def opened_xlsx(file: Path, mapping: Declared) -> Iterator[Sheet]:
    """The rows of a workbook's sheet: the mapping's, else the first.

    Raises Refused, while rows are read too: `workbook_too_large`, `workbook_damaged`, `no_sheet`,
    `no_header`, `missing_columns`, `repeated_columns`, and those of console.adapters.intake.taken_apart.
    """
    with _opened(file, mapping.sheet) as told:
        first = next(told, None)
        if first is None:
            raise Refused("no_header", file=file.name)
        columns = ["" if value is None else str(value).strip() for value in map(_value, first[1])]
        check_columns(columns, mapping.columns(), file.name)
        yield Sheet(columns, _lines(told, columns, frozenset(mapping.nulls)))


@contextmanager
def opened_book(file: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Every row of a workbook's first sheet up to the last that is not blank; the blank ones are empty.

    Raises Refused: `workbook_too_large`, `workbook_damaged`, `file_unreadable`, and those of
    console.adapters.intake.taken_apart.
    """
    try:
        with _opened(file, "") as told:
            yield _every(told)
    except OSError as problem:
        raise Refused("file_unreadable", file=str(file), said=problem.strerror or problem) from problem


@contextmanager
def _opened(file: Path, named: str) -> Iterator[Told]:
    """The rows of the sheet of that name, or of the first."""
    with file.open("rb"):  # what the system says against reading it is told here, not by the child
        pass
    request = {"sheet": named, "most_rows": MOST_ROWS}
    with heard_from(Path(workbook_reader.__file__), file, request, second_a_byte=_SECOND_A_BYTE) as (_, told):
        yield told


def _every(told: Told) -> Iterator[tuple[Any, ...]]:
    reached = 0
    for number, cells in told:
        for _blank in range(reached + 1, number):
            yield ()
        yield tuple(map(_value, cells))
        reached = number


def _lines(told: Told, columns: Sequence[str], nulls: frozenset[str]) -> Iterator[Line]:
    width = len(columns)
    for number, cells in told:
        if len(cells) > width:  # a row ends at its last cell: beyond the header stands something
            yield Line(number, {}, Refused("wrong_width", cells=len(cells), columns=width))
        else:
            values = islice(chain(map(_value, cells), [None] * width), width)
            yield line(number, columns, values, nulls)


def _value(cell: Any) -> Any:
    """A cell as the workbook had it."""
    return _KINDS[cell[0]](cell[1]) if isinstance(cell, list) else cell
