"""XLSX as rows, streamed; what the file claims to hold is weighed before any of it is unpacked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  a class, whatever zlib calls it

from console.adapters.intake.cells import Line, Sheet, check_columns, line
from console.adapters.intake.mapping import Mapping
from console.domain.errors import Refused

MOST_ENTRIES = 5_000
MOST_BYTES = 1 << 30
MOST_ROWS = 1 << 20  # the format's own limit; a row may claim a higher number, and all before it are made
# Deflate reaches 1,030:1; sheets of real cases stay under 40:1.
MOST_RATIO = 200
_SMALL = 1 << 20  # below this no ratio is dangerous, and tiny repeated parts have high ones
_ENCRYPTED = 0x1

_DAMAGED = (BadZipFile, KeyError, ValueError, SyntaxError, TypeError, AttributeError, EOFError, ZlibError)


@contextmanager
def opened_xlsx(file: Path, mapping: Mapping) -> Iterator[Sheet]:
    """The rows of a workbook's sheet: the mapping's, else the first.

    Raises Refused: `workbook_too_large`, `workbook_damaged`, `no_sheet`, `no_header`,
    `missing_columns`, `repeated_columns`.
    """
    with _opened(file, mapping.sheet) as sheet:
        records = _records(sheet.iter_rows(values_only=True), file)
        first = next(records, None)
        if first is None:
            raise Refused("no_header", file=file.name)
        columns = ["" if value is None else str(value).strip() for value in first[1]]
        check_columns(columns, mapping.columns(), file.name)
        yield Sheet(columns, _lines(records, columns, frozenset(mapping.nulls)))


@contextmanager
def opened_book(file: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Every row of a workbook's first sheet, blank ones too.

    Raises Refused: `workbook_too_large`, `workbook_damaged`, `file_unreadable`.
    """
    try:
        with _opened(file, "") as sheet:
            yield _watched(sheet.iter_rows(values_only=True), file)
    except OSError as problem:
        raise Refused("file_unreadable", file=str(file), said=problem.strerror or problem) from problem


@contextmanager
def _opened(file: Path, named: str) -> Iterator[Any]:
    """The sheet of that name, or the first."""
    # Imported late: a tenth of a second that only who reads a workbook has to pay.
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise Refused("xml_unguarded")
    weigh(file)
    # Opened here: openpyxl leaves the file open when it finds a damaged workbook.
    with file.open("rb") as opened:
        with _whole(file):
            book = load_workbook(opened, read_only=True, data_only=True, keep_links=False)
        if named and named not in book.sheetnames:
            known = ", ".join(book.sheetnames)
            raise Refused("no_sheet", file=file.name, sheet=named, known=known)
        sheet = book[named or book.sheetnames[0]]
        sheet.reset_dimensions()  # the size a file declares may be a lie
        yield sheet


def _watched(rows: Iterator[tuple[Any, ...]], file: Path) -> Iterator[tuple[Any, ...]]:
    while True:
        with _whole(file):
            row = next(rows, None)
        if row is None:
            return
        yield row


def weigh(file: Path) -> None:
    """Refuse a workbook by what its directory claims; unpacking never exceeds the claim.

    Raises Refused: `workbook_too_large`, `workbook_damaged`.
    """
    with _whole(file), ZipFile(file) as archive:
        entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    ratio = max(
        (entry.file_size / max(entry.compress_size, 1) for entry in entries if entry.file_size > _SMALL),
        default=0.0,
    )
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or ratio > MOST_RATIO:
        raise Refused(
            "workbook_too_large",
            file=file.name,
            megabytes=total >> 20,
            most=MOST_BYTES >> 20,
            ratio=round(ratio),
            most_ratio=MOST_RATIO,
        )
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("workbook_damaged", file=file.name, said="encrypted")


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    """Every way in which the readers say that a file is no workbook, as one refusal."""
    try:
        yield
    except _DAMAGED as problem:
        found = problem.__cause__ or problem  # openpyxl wraps what it met in a guess and a path
        said = f"{type(found).__name__}: {found}"
        raise Refused("workbook_damaged", file=file.name, said=said) from problem


def _records(rows: Iterator[tuple[Any, ...]], file: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Each row that is not blank, with its number."""
    number = 0
    while True:
        number += 1
        with _whole(file):
            row = next(rows, None)
        if row is None:
            return
        if number > MOST_ROWS:
            raise Refused("workbook_damaged", file=file.name, said=f"more than {MOST_ROWS} rows")
        if any(value is not None for value in row):
            yield number, row


def _lines(
    records: Iterator[tuple[int, tuple[Any, ...]]], columns: Sequence[str], nulls: frozenset[str]
) -> Iterator[Line]:
    for number, row in records:
        # Without declared dimensions a row ends at its last cell; beyond the header only blanks may lie.
        beyond = [value for value in row[len(columns) :] if value is not None]
        if beyond:
            yield Line(number, {}, Refused("wrong_width", cells=len(row), columns=len(columns)))
        else:
            yield line(number, columns, islice(chain(row, [None] * len(columns)), len(columns)), nulls)
