"""What was typed and not handed in comes back to who typed it, through a crash too."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from console.domain.case import Flag
from console.domain.flow import State
from console.domain.operation import Operation
from console.kept import own_folder
from console.services.steps import Told
from console.ui.drafts.entered import entered
from console.ui.forms.report import ReportForm
from tests.gui.seat import BY, Clock, Seat
from tests.gui.seats import OpenSeat
from tests.lives import CHIEF

WORDS = "井盖松动,{{7*191}} <b>夜间</b> 💧"


def reason(seat: Seat) -> QPlainTextEdit:
    return seat.find("formReason", QPlainTextEdit)


def pass_seconds(seat: Seat) -> None:
    """What the drafts' timer does every two seconds, and its writing."""
    seat.window.drafts.look()
    seat.settle()


def after_crash(seat: Seat, open_seat: OpenSeat, name: str = "crashed") -> Seat:
    """Another window on what lies on the disk now, as if the power had gone."""
    folder = seat.folder.parent / name
    shutil.copytree(seat.folder, folder)
    return open_seat(folder=folder)


def type_reason(seat: Seat) -> str:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    seat.press("R")
    seat.type(WORDS)
    return code


def test_that_words_survive_a_crash_and_are_offered_to_who_typed_them(
    seat: Seat, open_seat: OpenSeat
) -> None:
    code = type_reason(seat)
    pass_seconds(seat)
    fresh = after_crash(seat, open_seat)
    assert code in fresh.message
    assert fresh.find("draftsButton").isVisible()
    fresh.press("Ctrl+Shift+D")
    fresh.until(lambda: fresh.form.of.startswith("act_"))
    assert fresh.case.code == code
    assert reason(fresh).toPlainText() == WORDS
    fresh.press("Ctrl+Return")
    assert fresh.stored(code).case.state is State.TO_HANDLE
    assert not fresh.find("draftsButton").isVisible()
    assert not json.loads((own_folder(fresh.folder, BY) / "drafts.json").read_text("utf-8"))


def test_that_nobody_else_is_offered_them(seat: Seat, open_seat: OpenSeat) -> None:
    code = type_reason(seat)
    pass_seconds(seat)
    fresh = after_crash(seat, open_seat)
    assert fresh.door is not None
    fresh.door.by = "另一席"
    fresh.window.seating.changed.emit("另一席")
    fresh.settle()
    assert not fresh.find("draftsButton").isVisible()
    fresh.choose(code)
    fresh.press("R")
    assert not reason(fresh).toPlainText()
    fresh.press("Escape")
    fresh.door.by = BY
    fresh.window.seating.changed.emit(BY)
    fresh.settle()
    fresh.press("R")
    assert reason(fresh).toPlainText() == WORDS


def test_that_leaving_a_form_keeps_what_was_typed_and_emptying_it_can_be_taken_back(seat: Seat) -> None:
    type_reason(seat)
    seat.press("Escape")
    assert seat.form.of == ""
    seat.press("R")
    assert reason(seat).toPlainText() == WORDS
    seat.press("Ctrl+Shift+Backspace")
    assert not reason(seat).toPlainText()
    assert not seat.find("draftsButton").isVisible()
    seat.press("Ctrl+Shift+Backspace")
    assert reason(seat).toPlainText() == WORDS
    seat.click("draftTurn")
    seat.press("Escape")
    seat.press("R")
    assert not reason(seat).toPlainText()


def test_that_a_refused_act_leaves_its_draft(seat: Seat, open_seat: OpenSeat) -> None:
    code = type_reason(seat)
    seat.do(code, Operation.MARK, Told(flag=Flag.URGENT), by=CHIEF)  # the form is of an older version now
    form = seat.window.side.form
    assert form is not None
    seat.window.side.act_told.emit(form.action, Told(note=WORDS), 1)
    seat.settle()
    assert seat.stored(code).case.state is State.FED_BACK
    fresh = after_crash(seat, open_seat)
    fresh.press("Ctrl+Shift+D")
    fresh.until(lambda: fresh.form.of.startswith("act_"))
    assert reason(fresh).toPlainText() == WORDS


def test_that_a_whole_report_comes_back(seat: Seat, open_seat: OpenSeat) -> None:
    seat.press("N")
    form = seat.window.side.report
    assert isinstance(form, ReportForm)
    form.case_class.setCurrentIndex(2)
    form.description.setPlainText(WORDS)
    form.address.setText("中原路 1 号")
    form.source.setCurrentIndex(3)
    form.show_place(113.7, 34.75)
    before = entered(form)
    pass_seconds(seat)
    fresh = after_crash(seat, open_seat)
    fresh.press("N")
    again = fresh.window.side.report
    assert isinstance(again, ReportForm)
    assert entered(again) == before
    assert before["reportPickPlace"] == [113.7, 34.75]
    fresh.press("Ctrl+Return")
    fresh.press("N")
    assert fresh.form.of == "report"
    assert not fresh.window.side.report.description.toPlainText()


def test_that_departments_and_photos_come_back(seat: Seat, open_seat: OpenSeat, tmp_path: Path) -> None:
    photo = tmp_path / "后.png"
    picture = QImage(64, 48, QImage.Format.Format_RGB32)
    picture.fill(0x336699)
    assert picture.save(str(photo))
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("Shift+B")
    assert seat.form.of.startswith("act_")
    seat.window.side.form.take_files([photo])
    picker = seat.window.side.form._fields[0].picker  # type: ignore[attr-defined]
    seat.until(lambda: picker.evidence() and not picker.busy)
    picked = picker.evidence()
    pass_seconds(seat)
    seat.press("Escape")
    seat.press("G")
    assisting = seat.find("formAssisting", QComboBox)
    assisting.setCurrentIndex(1)
    assisting.activated.emit(1)
    kept = seat.window.side.form._fields[1].told()
    assert kept["assisting"]
    pass_seconds(seat)
    fresh = after_crash(seat, open_seat)
    fresh.choose(code)
    fresh.press("G")
    assert fresh.form.of.startswith("act_")
    assert fresh.window.side.form._fields[1].told() == kept
    fresh.press("Escape")
    fresh.press("Shift+B")
    again = fresh.window.side.form._fields[0].picker  # type: ignore[attr-defined]
    fresh.until(lambda: again.evidence() and not again.busy)
    assert again.evidence() == picked


@pytest.mark.parametrize(
    "content",
    [b"\x00\xff", b"7", b'[{"name": "act_rework"}]', b'[{"name": 1, "code": 2, "at": 3, "entries": 4}]'],
)
def test_that_a_damaged_file_is_told_and_put_aside(content: bytes, seat: Seat, open_seat: OpenSeat) -> None:
    path = own_folder(seat.folder, BY) / "drafts.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    fresh = after_crash(seat, open_seat)
    assert "drafts.json.damaged" in fresh.message
    aside = own_folder(fresh.folder, BY) / "drafts.json.damaged"
    assert aside.read_bytes() == content


def test_that_a_good_draft_beside_a_damaged_one_is_offered(seat: Seat, open_seat: OpenSeat) -> None:
    code = type_reason(seat)
    pass_seconds(seat)
    path = own_folder(seat.folder, BY) / "drafts.json"
    path.write_text(json.dumps([*json.loads(path.read_text("utf-8")), {"name": 7}]), "utf-8")
    fresh = after_crash(seat, open_seat)
    assert "drafts.json.damaged" in fresh.message
    fresh.press("Ctrl+Shift+D")
    fresh.until(lambda: fresh.form.of.startswith("act_"))
    assert (fresh.case.code, reason(fresh).toPlainText()) == (code, WORDS)


def test_that_an_entry_that_no_input_can_take_is_passed_over(seat: Seat, open_seat: OpenSeat) -> None:
    seat.press("N")
    form = seat.window.side.report
    assert form is not None
    seat.type(WORDS)
    pass_seconds(seat)
    path = own_folder(seat.folder, BY) / "drafts.json"
    (draft,) = json.loads(path.read_text("utf-8"))
    assert WORDS in draft["entries"].values()
    draft["entries"] = {
        name: value if value == WORDS else {"x": [7]} for name, value in draft["entries"].items()
    }
    path.write_text(json.dumps([draft]), "utf-8")
    fresh = after_crash(seat, open_seat)
    fresh.press("N")
    shown = fresh.window.side.report
    assert shown is not None
    assert WORDS in entered(shown).values()


def test_that_a_draft_of_a_case_that_is_gone_is_told(seat: Seat, open_seat: OpenSeat) -> None:
    type_reason(seat)
    pass_seconds(seat)
    path = own_folder(seat.folder, BY) / "drafts.json"
    path.write_text(path.read_text("utf-8").replace(seat.case.code, "19990101000001"), "utf-8")
    fresh = after_crash(seat, open_seat)
    fresh.press("Ctrl+Shift+D")
    assert fresh.message.startswith("没有案件")
    fresh.press("Ctrl+Shift+D")
    assert fresh.message == "没有未提交的草稿"
    assert WORDS in path.read_text("utf-8")


def test_that_old_drafts_go(seat: Seat, open_seat: OpenSeat) -> None:
    type_reason(seat)
    pass_seconds(seat)
    folder = seat.folder.parent / "later"
    shutil.copytree(seat.folder, folder)
    clock = Clock(seat.clock.at + timedelta(days=8))
    fresh = open_seat(folder=folder, clock=clock)
    assert not fresh.find("draftsButton").isVisible()
