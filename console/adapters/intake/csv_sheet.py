"""CSV as rows, streamed: RFC 4180 read strictly, so that a torn quote is told and not swallowed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.adapters.intake.cells import Sheet, check_columns
from console.adapters.intake.encoding import checked_encoding
from console.adapters.intake.mapping import Mapping
from console.adapters.intake.taken_apart import as_line, taken_apart


@contextmanager
def opened_csv(file: Path, mapping: Mapping) -> Iterator[Sheet]:
    """The rows of a CSV file, which a child process takes apart.

    Raises Refused: `wrong_encoding`, `no_header`, `missing_columns`, `repeated_columns`; while rows
    are read `open_quote`, where a quote that never closes has swallowed the rest of the file, and
    those of console.adapters.intake.taken_apart.
    """
    encoding = checked_encoding(file, mapping.encoding)
    with taken_apart(file, "csv", encoding, mapping.delimiter) as (columns, told):
        check_columns(columns, mapping.columns(), file.name)
        nulls = frozenset(mapping.nulls)
        yield Sheet(columns, (as_line(one, columns, nulls) for one in told))
