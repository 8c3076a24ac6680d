"""A duty roster from CSV and workbooks: good rows kept, bad ones named by row and field."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from console.adapters.practice.roster import Listable, read_roster, roster_text
from console.domain.actor import Post
from console.domain.duty import USUAL, Duty
from console.domain.errors import Refused

KNOWN = Listable(
    USUAL,
    {"张三": {Post.ACCEPTOR}, "李四": {Post.LEADER}},
    {"acceptor": Post.ACCEPTOR, "受理员": Post.ACCEPTOR, "leader": Post.LEADER},
)
HEAD = "日期,班次,姓名,岗位,席位,带班\n"
GOOD = "2026-03-09,白班,张三,受理员,3 号席,\n2026/3/9,day,李四,,,是\n"
DAY = date(2026, 3, 9)
DUTIES = (Duty(DAY, "day", "张三", Post.ACCEPTOR, "3 号席"), Duty(DAY, "day", "李四", leads=True))


def test_that_a_roster_reads_with_chinese_heads_and_with_ours() -> None:
    assert read_roster(HEAD + GOOD, KNOWN, file="班表.csv") == (DUTIES, ())
    ours = (
        "day,shift,person,post,seat,leads\n2026-03-09,day,张三,acceptor,3 号席,\n2026-03-09,day,李四,,,true\n"
    )
    assert read_roster(ours, KNOWN, file="班表.csv") == (DUTIES, ())


@pytest.mark.parametrize(
    ("row", "field", "kind"),
    [
        ("三月九日,白班,张三,,,", "day", "value_error"),
        ("2026-02-30,白班,张三,,,", "day", "value_error"),
        ("2026-03-09,下午班,张三,,,", "shift", "unknown_shift"),
        ("2026-03-10,白班,王五,,,", "person", "unknown_person"),
        ("2026-03-10,白班,,,,", "person", "missing"),
        ("2026-03-10,白班,张三,市长,,", "post", "unknown_post"),
        ("2026-03-10,白班,张三,leader,,", "post", "not_of_post"),
        ("2026-03-10,白班,张三,,,也许", "leads", "value_error"),
        ("2026-03-09,白班,张三,,,", "person", "on_duty_twice"),
        ("2026-03-09,白班,张三,,,是", "leads", "second_leader"),
    ],
)
def test_that_a_bad_row_is_named_and_the_good_ones_are_kept(row: str, field: str, kind: str) -> None:
    duties, problems = read_roster(f"{HEAD}{GOOD}{row}\n", KNOWN, file="班表.csv")
    assert duties == DUTIES
    assert (4, field, kind) in [(one.row, one.field, one.kind) for one in problems]


def test_that_a_workbook_reads_as_its_rows_are_numbered(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["日期", "班次", "姓名", "岗位", "席位", "带班"])
    sheet.append([datetime(2026, 3, 9), "白班", "张三", "受理员", "3 号席", None])  # noqa: DTZ001  a cell has no zone
    sheet.append([])
    sheet.append(["2026-03-09", "白班", "李四", None, None, "是"])
    sheet.append(["2026-03-09", "白班", "王五", None, None, None])
    file = tmp_path / "班表.xlsx"
    book.save(file)
    duties, problems = read_roster(roster_text(file, "utf-8"), KNOWN, file=file.name)
    assert duties == DUTIES
    assert [(one.row, one.field, one.kind) for one in problems] == [(5, "person", "unknown_person")]


def test_that_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "班表.xlsx"
    file.write_bytes(b"PK\x03\x04 no")
    with pytest.raises(Refused, match="workbook_damaged"):
        roster_text(file, "utf-8")
    with pytest.raises(Refused, match="file_unreadable"):
        roster_text(tmp_path / "无.csv", "utf-8")
    with pytest.raises(Refused, match="file_unreadable"):
        roster_text(tmp_path / "无.xlsx", "utf-8")


def test_that_missing_columns_are_named() -> None:
    with pytest.raises(Refused) as refused:
        read_roster("日期,班次\n2026-03-09,白班\n", KNOWN, file="班表.csv")
    assert refused.value.code == "missing_columns"
    assert refused.value.facts["columns"] == "person"
