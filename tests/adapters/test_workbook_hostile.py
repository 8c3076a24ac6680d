"""A hostile workbook harms only the child process that reads it, and is told by file and row."""

import random
import signal
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from console.adapters.intake import workbook_reader, xlsx_sheet
from console.adapters.intake.sheet import opened_sheet
from console.adapters.intake.taken_apart import Told, heard_from
from console.adapters.intake.xlsx_sheet import opened_book
from console.domain.errors import Refused
from tests.adapters.intake_city import ROW, mapping

PROGRAM = Path(workbook_reader.__file__)
REQUEST = {"sheet": "", "most_rows": xlsx_sheet.MOST_ROWS}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData>'.encode()
TAIL = b"</sheetData></worksheet>"


def made(path: Path, rows: list[list[Any]]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def with_parts(folder: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook of the head of a case list, each of its parts as `change` makes it."""
    path = folder / "hostile.xlsx"
    with zipfile.ZipFile(made(folder / "plain.xlsx", [list(ROW), list(ROW.values())])) as plain:
        parts = {entry.filename: plain.read(entry) for entry in plain.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(name, data))
    return path


def long_sheet(folder: Path, count: int) -> Path:
    """So many rows of four numbers by chance: nothing that packs beyond reason."""
    dice = random.Random(5)
    cells = [f"<c><v>{dice.random()}</v></c>" * 4 for _kind in range(997)]
    rows = "".join(f'<row r="{number}">{cells[number % 997]}</row>' for number in range(1, count + 1))
    whole = HEAD + rows.encode() + TAIL
    return with_parts(folder, lambda name, data: whole if "sheet1" in name else data)


def all_of(told: Told) -> int:
    return sum(1 for _row in told)


def test_that_a_workbook_without_end_is_stopped_by_its_clock_and_told_by_row(tmp_path: Path) -> None:
    path = long_sheet(tmp_path, 200_000)
    with pytest.raises(Refused) as told, heard_from(PROGRAM, path, REQUEST, seconds=2) as (_, rows):
        all_of(rows)
    problem = told.value
    assert (problem.code, problem.facts["file"]) == ("reader_died", path.name)
    assert problem.facts["status"] in {-signal.SIGXCPU, -signal.SIGKILL}
    assert 1 < int(str(problem.facts["row"])) < 200_000


def test_that_a_workbook_that_hungers_for_memory_is_stopped(tmp_path: Path) -> None:
    text = random.Random(3).randbytes(15 << 20).hex().encode()
    whole = HEAD + b'<row r="1"><c t="inlineStr"><is><t>' + text + b"</t></is></c></row>" + TAIL
    path = with_parts(tmp_path, lambda name, data: whole if "sheet1" in name else data)
    with (
        pytest.raises(Refused) as told,
        heard_from(PROGRAM, path, REQUEST, memory=150_000_000) as (_, rows),
    ):
        all_of(rows)
    assert told.value.code in {"reader_memory", "reader_died"}
    with heard_from(PROGRAM, path, REQUEST) as (_, rows):  # what it may have usually is enough
        assert all_of(rows) == 1


def test_that_a_workbook_that_unfolds_to_more_than_it_claims_is_damaged(tmp_path: Path) -> None:
    bomb = HEAD + b" " * 50_000_000 + TAIL
    path = with_parts(tmp_path, lambda name, data: bomb if "sheet1" in name else data)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/worksheets/sheet1.xml").file_size == len(bomb)
    content = path.read_bytes()
    claimed = len(bomb).to_bytes(4, "little")
    assert content.count(claimed) == 2  # beside the part, and in the directory
    path.write_bytes(content.replace(claimed, (900_000).to_bytes(4, "little")))
    with pytest.raises(Refused) as told, opened_sheet(path, mapping()) as sheet:
        list(sheet.lines)
    assert told.value.code == "workbook_damaged"


def test_that_a_million_claimed_rows_are_read_as_those_that_are_there(tmp_path: Path) -> None:
    def far(name: str, data: bytes) -> bytes:
        return data.replace(b'<row r="2"', b'<row r="1000000"') if "sheet1" in name else data

    with opened_sheet(with_parts(tmp_path, far), mapping()) as sheet:
        assert [line.number for line in sheet.lines] == [1_000_000]


def test_that_a_reader_of_a_workbook_ends_with_its_reading(tmp_path: Path) -> None:
    """Who stops after a row leaves no child behind, whose pipe is full by then."""
    with heard_from(PROGRAM, long_sheet(tmp_path, 20_000), REQUEST) as (_, rows):
        assert next(rows)[0] == 1
    with pytest.raises((StopIteration, ValueError)):
        next(rows)


def test_that_cells_come_through_the_child_as_they_were(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["字", "数"],
        [],
        [datetime(2026, 11, 27, 8, 30), time(8, 30), True, 7, 0.25, "=", "𠀀\n", 2**60],  # noqa: DTZ001
        [date(2026, 11, 27), None, timedelta(hours=30)],
    ]
    with opened_book(made(tmp_path / "b.xlsx", rows)) as read:
        found: Iterator[tuple[Any, ...]] = read
        assert list(found) == [
            ("字", "数"),
            (),
            tuple(rows[2]),
            (datetime(2026, 11, 27), None, "1 day, 6:00:00"),  # noqa: DTZ001  a workbook knows no zone
        ]
