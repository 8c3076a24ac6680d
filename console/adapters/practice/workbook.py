"""The first sheet of a workbook as the CSV text that lists are read from, row for row."""

import csv
import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from console.adapters.intake.xlsx_sheet import MOST_ROWS, opened_book
from console.domain.errors import Refused

_MOST_COLUMNS = 200


def sheet_text(file: Path) -> str:
    """CSV text with as many rows as the sheet: a problem is told by the number that the user sees there.

    Raises Refused: `workbook_too_large`, `workbook_damaged`, `file_unreadable`.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    with opened_book(file) as rows:
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise Refused("workbook_damaged", file=file.name, said=f"more than {MOST_ROWS} rows")
            cells = [_text(value) for value in row[:_MOST_COLUMNS]]
            if any(cells):
                writer.writerow(cells)
            else:
                out.write("\n")
    return out.getvalue()


def _text(value: Any) -> str:
    """A cell as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
