"""Any file as a sheet of rows; its format is told by its ending."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from console.adapters.intake.cells import Line, Sheet
from console.adapters.intake.csv_sheet import opened_csv
from console.adapters.intake.geojson_sheet import opened_geojson
from console.adapters.intake.mapping import Mapping
from console.adapters.intake.xlsx_sheet import opened_xlsx
from console.domain.errors import Refused

_READERS: dict[str, Callable[[Path, Mapping], AbstractContextManager[Sheet]]] = {
    ".csv": opened_csv,
    ".tsv": opened_csv,
    ".txt": opened_csv,
    ".xlsx": opened_xlsx,
    ".geojson": opened_geojson,
    ".json": opened_geojson,
}


@contextmanager
def opened_sheet(file: Path, mapping: Mapping) -> Iterator[Sheet]:
    """The rows of a file. Raises Refused: `unknown_format`, `file_unreadable`, and those of its reader."""
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        raise Refused("unknown_format", file=file.name, known=", ".join(_READERS))
    with ExitStack() as stack:
        with readable(file):
            sheet = stack.enter_context(reader(file, mapping))
        yield Sheet(sheet.columns, _read(sheet.lines, file))


@contextmanager
def readable(file: Path) -> Iterator[None]:
    """What the system says against reading `file`, as Refused("file_unreadable")."""
    try:
        yield
    except OSError as problem:
        raise Refused("file_unreadable", file=str(file), said=problem.strerror or problem) from problem


def _read(lines: Iterator[Line], file: Path) -> Iterator[Line]:
    # Only the reading is watched: an OSError of whoever uses the rows is not the file's.
    while True:
        with readable(file):
            line = next(lines, None)
        if line is None:
            return
        yield line
