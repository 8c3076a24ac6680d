"""CSV as rows, streamed: RFC 4180 read strictly, so that a torn quote is told and not swallowed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from console.adapters.intake.cells import Line, Sheet, check_columns, line
from console.adapters.intake.encoding import checked_encoding
from console.adapters.intake.mapping import Mapping
from console.domain.errors import Refused

# csv's own limit of 131,072 characters is below what a long text with its quotes may take.
LONGEST_CELL = 1 << 22


@contextmanager
def opened_csv(file: Path, mapping: Mapping) -> Iterator[Sheet]:
    """The rows of a CSV file.

    Raises Refused: `wrong_encoding`, `no_header`, `missing_columns`, `repeated_columns`; while rows
    are read `open_quote`, where a quote that never closes has swallowed the rest of the file.
    """
    encoding = checked_encoding(file, mapping.encoding)
    csv.field_size_limit(LONGEST_CELL)
    with file.open(encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=mapping.delimiter, strict=True)
        records = _records(reader, file.name)
        header = next((record for _, record in records if record), None)
        if not isinstance(header, list):
            raise Refused("no_header", file=file.name)
        columns = [name.strip() for name in header]
        check_columns(columns, mapping.columns(), file.name)
        yield Sheet(columns, _lines(records, columns, frozenset(mapping.nulls)))


def _records(reader: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str] | Refused]]:
    """Each record with its number; a record that is no CSV as the refusal that says so."""
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            if "unexpected end of data" in str(problem) or "field larger" in str(problem):
                raise Refused("open_quote", file=file, row=number) from problem
            yield number, Refused("broken_row", said=str(problem))


def _lines(
    records: Iterable[tuple[int, list[str] | Refused]], columns: Sequence[str], nulls: frozenset[str]
) -> Iterator[Line]:
    for number, record in records:
        if isinstance(record, Refused):
            yield Line(number, {}, record)
        elif len(record) == len(columns):
            yield line(number, columns, record, nulls)
        elif record:  # a blank line is no row
            yield Line(number, {}, Refused("wrong_width", cells=len(record), columns=len(columns)))
