"""Calendar days from a CSV file with the columns date, works, name."""

import csv
from datetime import date
from pathlib import Path

from console.domain.calendar import SiteDay
from console.domain.errors import Refused

_WORKED = frozenset({"1", "true", "work", "上班", "工作", "班"})
_FREE = frozenset({"0", "false", "rest", "休息", "放假", "休"})


def read_days(file: Path) -> dict[date, SiteDay]:
    """The days of a CSV file with the columns date, works, name.

    Raises Refused: `file_unreadable`, `calendar_row` with the line that cannot be read.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused("file_unreadable", file=file, said=str(problem)) from problem
    days: dict[date, SiteDay] = {}
    rows = csv.DictReader(text.splitlines())
    for row in rows:
        try:
            days[date.fromisoformat(_cell(row, "date"))] = SiteDay(
                _is_worked(_cell(row, "works")), _cell(row, "name")
            )
        except ValueError as problem:
            raise Refused("calendar_row", file=file, line=rows.line_num) from problem
    return days


def _cell(row: dict[str, str], column: str) -> str:
    return (row.get(column) or "").strip()


def _is_worked(told: str) -> bool:
    word = told.lower()
    if word not in _WORKED | _FREE:
        raise ValueError(told)
    return word in _WORKED
