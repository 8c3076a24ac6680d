"""A signed handover as a PDF: all of it is there, as plain text, and the same every time."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from console.adapters.handover_paper import handover_pages
from console.domain.errors import Refused
from console.domain.handover import Edit, Handover
from console.domain.operation import Operation
from console.queries.handover import handover_brief
from console.runtime.desk import Desk
from console.runtime.handover import write_handover
from console.services.handover import give_handover, take_handover
from console.services.steps import take_step
from console.services.told import Told
from tests.lives import CHIEF, MINUTE, MONDAY, registered, taken

OTHER = "值班员02"
HOSTILE = '#panic("x") *bold* $1+1$ [link](a) <script>'
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def given(desk: Desk) -> Handover:
    """Two supervised cases, one struck and one with a remark that a template would take for its own."""
    codes = []
    for _case in range(2):
        case = taken(desk.store, registered(desk.store), Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)
        desk.do_now(
            take_step, case.code, Operation.SUPERVISE, Told(note="市长信箱", level=1),
            by=CHIEF, at=MONDAY + 5 * MINUTE,
        )  # fmt: skip
        codes.append(case.code)
    now = MONDAY + timedelta(hours=2)
    brief = desk.ask_now(handover_brief, now, CHIEF)
    edit = Edit("先看督办件", frozenset({codes[0]}), {codes[1]: HOSTILE}, "夜里有雨")
    return desk.do_now(give_handover, brief, edit, by=CHIEF, at=now)


def text_of(file: Path) -> str:
    return "".join("\n".join(page.extract_text() for page in PdfReader(file).pages).split())


def test_that_all_of_it_is_on_paper_as_it_was_written(desk: Desk, given: Handover, tmp_path: Path) -> None:
    file = tmp_path / "交班.pdf"
    assert write_handover(desk, given.id, file) == file.stat().st_size
    text = text_of(file)
    for said in ("先看督办件", "夜里有雨", CHIEF, "待接班", given.content_hash, HOSTILE):
        assert "".join(said.split()) in text, said
    for item in given.told["items"]:
        assert item["code"] in text
    pages = handover_pages(given, "小城", ZONE)
    assert [line["struck"] for line in pages["items"]].count(True) == 1


def test_that_the_same_handover_makes_the_same_bytes_until_it_is_taken(
    desk: Desk, given: Handover, tmp_path: Path
) -> None:
    one, again, after = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf"))
    for file in (one, again):
        write_handover(desk, given.id, file)
    assert one.read_bytes() == again.read_bytes()
    desk.do_now(take_handover, given.id, by=OTHER, at=MONDAY + timedelta(hours=3), note="收到")
    write_handover(desk, given.id, after)
    assert OTHER in text_of(after)
    assert "收到" in text_of(after)


def test_that_no_file_is_replaced_unasked_and_none_is_left_broken(
    desk: Desk, given: Handover, tmp_path: Path
) -> None:
    file = tmp_path / "交班.pdf"
    file.write_text("mine")
    with pytest.raises(Refused, match="file_exists"):
        write_handover(desk, given.id, file)
    assert file.read_text() == "mine"
    with pytest.raises(Refused, match="file_not_writable"):
        write_handover(desk, given.id, tmp_path / "nowhere" / "交班.pdf")
    with pytest.raises(Refused, match="no_such_handover"):
        write_handover(desk, 999, tmp_path / "other.pdf")
    assert list(tmp_path.glob("*.pdf")) == [file]
