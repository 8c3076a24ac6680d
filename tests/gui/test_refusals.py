"""What cannot be opened: one sentence in the window, and a program that ends as it should."""

import os
import sys
from pathlib import Path

import PySide6
import pytest
from PySide6.QtWidgets import QLabel

from console.domain.errors import Refused
from console.runtime.bootstrap import open_desk
from console.ui import guard, start
from console.words import refusal
from tests.gui.seat import Seat, close_log
from tests.gui.seats import OpenSeat


def said(seat: Seat) -> str:
    """The sentence of a window that could not be opened; message line and empty queue agree."""
    seat.live()
    empty = seat.find("queueEmpty", QLabel)
    seat.until(lambda: seat.message)
    assert empty.isVisible()
    assert empty.text() == seat.message
    assert not seat.find("caseTable").isVisible()
    assert not any(
        action.isEnabled() for name, action in seat.window.actions_by_name.items() if "act_" in name
    )
    return seat.message


def test_that_a_store_without_a_city_asks_for_one_and_lets_nothing_else_be_done(
    open_seat: OpenSeat, tmp_path: Path
) -> None:
    open_desk(tmp_path / "new", None).close()
    close_log()
    seat = open_seat(folder=tmp_path / "new", opened=False)
    seat.live()
    seat.until(lambda: seat.screen == "founding")
    seat.press("N", "F5", "Ctrl+Z", "A", "D")
    assert seat.screen == "founding"
    assert seat.form.of != "report"


def test_that_a_damaged_database_is_told_and_left_as_it_is(open_seat: OpenSeat, tmp_path: Path) -> None:
    file = tmp_path / "broken" / "console.sqlite"
    file.parent.mkdir()
    file.write_bytes(b"this was a database once" * 400)
    seat = open_seat(folder=file.parent, opened=False)
    assert said(seat) == f"数据库文件已损坏:sqlite:///{file};请用备份恢复"
    assert file.read_bytes() == b"this was a database once" * 400
    assert seat.find("databaseLamp", QLabel).text() == "数据库不可用"


def test_that_a_folder_that_cannot_be_written_is_told(open_seat: OpenSeat, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    seat = open_seat(folder=tmp_path / "file" / "data", opened=False)
    assert said(seat).startswith(f"数据文件夹不可写:{tmp_path / 'file' / 'data'}(")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes wherever it likes")
def test_that_a_read_only_folder_is_told(open_seat: OpenSeat, tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    assert "不可写" in said(open_seat(folder=folder, opened=False))
    folder.chmod(0o700)


def test_that_a_failed_act_is_told_and_the_window_lives_on(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_told: object, **_more: object) -> None:
        raise Refused("database_full", url="sqlite:///x")

    code = seat.queue.codes[0]
    seat.queue.choose(code)
    before = seat.stored(code)
    assert seat.door is not None
    monkeypatch.setattr(seat.door.desk, "do", full)
    seat.click("primaryAct")
    assert seat.message == "磁盘已满,未保存:sqlite:///x"
    assert seat.stored(code) == before
    assert not seat.find("undoButton").isVisible()


@pytest.mark.parametrize(
    ("qt", "python", "well"),
    [
        ("6.11.3", (3, 11, 7), True),
        ("6.12.0", (3, 11, 7), False),
        ("6.13.1", (3, 10, 2), False),
        ("7.0.0", (3, 11, 0), False),
        ("6.12.0", (3, 12, 0), True),
        ("6.8.3", (3, 11, 2), True),
    ],
)
def test_that_the_pair_that_aborts_is_refused(
    monkeypatch: pytest.MonkeyPatch, qt: str, python: tuple[int, ...], well: bool
) -> None:
    monkeypatch.setattr(PySide6, "__version__", qt)
    monkeypatch.setattr(sys, "version_info", (*python, "final", 0))
    if well:
        guard.check_pair()
        return
    with pytest.raises(Refused) as told:
        guard.check_pair()
    assert refusal(told.value) == (
        f"PySide6 {qt} 与 Python {'.'.join(map(str, python))} 不能同用,会随机崩溃:"
        "请装 PySide6 6.11 或 Python 3.12"
    )


def test_that_none_is_not_used_up_by_the_installed_pair(seat: Seat) -> None:
    label = seat.find("clock", QLabel)
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 250


def test_that_a_bad_pair_ends_with_code_2_before_a_window(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guard, "BAD_FROM", (6, 0))
    monkeypatch.setattr(guard, "COUNTED_BEFORE", (9, 9))
    assert start.open_window(tmp_path, None) == 2
    assert "PySide6" in capsys.readouterr().err
