"""A file as rows that a child process under limits takes apart; see console.adapters.intake.reader."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from console.adapters.intake import reader
from console.adapters.intake.cells import Line, line
from console.adapters.streamed import ChildDiedError, streamed
from console.domain.errors import Refused

MEMORY = 3_000_000_000  # ten times the largest GeoJSON, which is read whole
SECONDS = 60
_MOST_SECONDS = 3600
_SECOND_A_BYTE = 1e-6

Told = Iterator[list[Any]]


@contextmanager
def taken_apart(
    file: Path, kind: str, encoding: str, delimiter: str = ",", *, memory: int = MEMORY, seconds: int = 0
) -> Iterator[tuple[list[str], Told]]:
    """The columns of a file, and what its reader says of each row.

    Raises Refused, also while rows are read: what the reader refuses a whole file for, `reader_memory`, and
    `reader_died` naming the row over which it ended.
    """
    request = {"kind": kind, "encoding": encoding, "delimiter": delimiter}
    with heard_from(Path(reader.__file__), file, request, memory=memory, seconds=seconds) as (columns, said):
        yield columns, said


@contextmanager
def heard_from(
    program: Path,
    file: Path,
    request: Mapping[str, Any],
    *,
    memory: int = MEMORY,
    seconds: int = 0,
    second_a_byte: float = _SECOND_A_BYTE,
) -> Iterator[tuple[list[str], Told]]:
    """What a reading program says of a file: its columns, then its rows. Raises as `taken_apart`."""
    granted = seconds or min(_MOST_SECONDS, SECONDS + round(file.stat().st_size * second_a_byte))
    told_to_it = {**request, "path": str(file.resolve())}
    with streamed(program, told_to_it, memory=memory, seconds=granted) as told:
        said = _heard(told, file)
        columns: list[str] = next(said)[1]
        yield columns, said


def as_line(told: Sequence[Any], columns: Sequence[str], nulls: frozenset[str]) -> Line:
    """A row as it was said: cells under the columns or by their names, or why it is none."""
    number, cells, *problem = told
    if problem:
        code, facts = problem
        return Line(number, {}, Refused(code, **facts))
    if isinstance(cells, Mapping):
        return line(number, list(cells), cells.values(), nulls)
    return line(number, columns, cells, nulls)


def _heard(told: Told, file: Path) -> Told:
    row = 0
    try:
        for said in told:
            if said[0] == "refused":
                raise Refused(said[1], file=file.name, **{"row": row + 1, **said[2]})
            row = said[0] if isinstance(said[0], int) else row
            yield said
    except ChildDiedError as problem:
        raise Refused("reader_died", file=file.name, row=row + 1, status=problem.status) from problem
