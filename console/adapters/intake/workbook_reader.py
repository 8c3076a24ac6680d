"""The child process that takes an XLSX workbook apart into rows, so that a hostile file harms only it.

Finds `request.json` in its folder: `path`, `sheet` (empty for the first), `most_rows`. What the file claims
to hold is weighed before any of it is unpacked. Says on standard output what its sister `reader` says: first
["columns", []], then each row that is not blank as [number, cells], a header too. A cell that is a day or a
time is [kind, text in ISO 8601]. Imports nothing of the console.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  a class, whatever zlib calls it

MOST_ENTRIES = 5_000
MOST_BYTES = 1 << 30
# Deflate reaches 1,030:1; sheets of real cases stay under 40:1.
MOST_RATIO = 200
_SMALL = 1 << 20  # below this no ratio is dangerous, and tiny repeated parts have high ones
_ENCRYPTED = 0x1

_DAMAGED = (BadZipFile, KeyError, ValueError, SyntaxError, TypeError, AttributeError, EOFError, ZlibError)


class Refusal(Exception):  # noqa: N818  it is told, and becomes a Refused
    """Why nothing more of a workbook can be read."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def rows(request: dict[str, Any]) -> Iterator[list[Any]]:
    """Each row that is not blank, its number before it, without the blanks at its end."""
    from openpyxl import DEFUSEDXML, load_workbook

    if not DEFUSEDXML:
        raise Refusal("xml_unguarded")
    file, named, most = Path(request["path"]), request["sheet"], request["most_rows"]
    weigh(file)
    with whole():
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        names = book.sheetnames
    if named and named not in names:
        raise Refusal("no_sheet", sheet=named, known=", ".join(names))
    with whole():
        sheet = book[named or names[0]]
        sheet.reset_dimensions()  # the size a file declares may be a lie
        cells = sheet.iter_rows(values_only=True)
    yield ["columns", []]
    number = 0
    while True:
        number += 1
        with whole():
            row = next(cells, None)
        if row is None:
            return
        if number > most:
            raise Refusal("workbook_damaged", said=f"more than {most} rows")
        last = next((at for at in range(len(row), 0, -1) if row[at - 1] is not None), 0)
        if last:
            yield [number, [plain(value) for value in row[:last]]]


def plain(value: Any) -> Any:
    """A cell as JSON has it."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    for kind in (datetime, date, time):  # a datetime is a date too
        if isinstance(value, kind):
            return [kind.__name__, value.isoformat()]
    return str(value)


def weigh(file: Path) -> None:
    """Refuse a workbook by what its directory claims; unpacking never exceeds the claim."""
    with whole(), ZipFile(file) as archive:
        entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    ratio = max(
        (entry.file_size / max(entry.compress_size, 1) for entry in entries if entry.file_size > _SMALL),
        default=0.0,
    )
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES or ratio > MOST_RATIO:
        told = {"megabytes": total >> 20, "most": MOST_BYTES >> 20}
        raise Refusal("workbook_too_large", **told, ratio=round(ratio), most_ratio=MOST_RATIO)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refusal("workbook_damaged", said="encrypted")


@contextmanager
def whole() -> Iterator[None]:
    """Every way in which the readers say that a file is no workbook, as one refusal."""
    try:
        yield
    except _DAMAGED as problem:
        found = problem.__cause__ or problem  # openpyxl wraps what it met in a guess and a path
        raise Refusal("workbook_damaged", said=f"{type(found).__name__}: {found}"[:300]) from problem


def say(told: list[Any]) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def main(request: dict[str, Any]) -> None:
    try:
        for row in rows(request):
            say(row)
    except Refusal as problem:
        say(["refused", problem.code, problem.facts])
    except MemoryError:
        say(["refused", "reader_memory", {}])
    say([])
    sys.stdout.flush()


if __name__ == "__main__":
    main(json.loads(Path("request.json").read_text(encoding="utf-8")))
