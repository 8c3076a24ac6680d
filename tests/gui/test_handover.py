"""The handover of a shift in the window: edited, signed, told to whoever follows, taken over, read again."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QToolButton

from console.domain.duty import Duty
from console.domain.handover import Edit, Handover
from console.queries.handover import handover_brief
from console.queries.handovers import last_handovers
from console.services.handover import give_handover
from console.services.roster import load_roster
from console.storage.unit import Store
from console.ui.attention.handover_panel import HandoverPanel
from tests.gui.seat import BY, NOW, Seat

OTHER = "值班员02"
HANDED_TEXT, HANDED_REMARK = "夜里先看紧急件", "有雨"


def panel(seat: Seat) -> HandoverPanel:
    seat.press("Shift+F6")
    seat.until(lambda: isinstance(seat.window.layers.panel, HandoverPanel))
    found = seat.window.layers.panel
    assert isinstance(found, HandoverPanel)
    return found


def kept(seat: Seat) -> tuple[Handover, ...]:
    return seat.ask(last_handovers)


def given_by_other(seat: Seat) -> int:
    """A handover that another seat signed."""
    store = Store(seat.ask(lambda view: view._store).url)
    with store.read() as view:
        brief = handover_brief(view, NOW, OTHER)
    with store.write() as unit:
        one = give_handover(unit, brief, Edit(HANDED_TEXT, remark=HANDED_REMARK), by=OTHER, at=NOW)
    store.close()
    return one.id


def test_that_a_shift_is_edited_and_signed_by_keys(seat: Seat) -> None:
    shown = panel(seat)
    struck, noted = (shown.lines.model.lines[at].code for at in (0, 1))
    assert shown.lines.table.hasFocus()
    seat.press("Delete", "Down", "Tab")
    seat.type("已电话催办")
    assert "已电话催办" in seat.find("handoverText", QPlainTextEdit).toPlainText()
    seat.find("handoverRemark", QLineEdit).setFocus()
    seat.type("今夜有雨")
    seat.press("Ctrl+Return")
    seat.until(lambda: kept(seat))
    (one,) = kept(seat)
    items = {item["code"]: item for item in one.told["items"]}
    assert items[struck]["struck"]
    assert items[noted]["remark"] == "已电话催办"
    assert one.told["remark"] == "今夜有雨"
    assert one.given_by == BY
    seat.until(lambda: seat.window.layers.panel is None)
    assert "待接班" in seat.message


def test_that_a_text_of_ones_own_stays_and_may_not_be_too_long(seat: Seat) -> None:
    shown = panel(seat)
    text = seat.find("handoverText", QPlainTextEdit)
    text.setPlainText("长" * 301)
    assert not seat.find("handoverSign", QPushButton).isEnabled()
    text.setPlainText("短")
    seat.find("handoverLines").setFocus()
    seat.press("Delete")
    assert text.toPlainText() == "短"
    assert shown.sign.isEnabled()


def test_that_a_case_of_the_brief_is_shown(seat: Seat) -> None:
    shown = panel(seat)
    code = shown.lines.model.lines[0].code
    seat.press("Return")
    seat.until(lambda: seat.case.code == code)


def test_that_a_waiting_handover_is_told_and_taken_over(seat: Seat) -> None:
    number = given_by_other(seat)
    seat.window.attending.sit_down()
    chip = seat.find("shiftButton", QToolButton)
    seat.until(lambda: "待接班 1" in chip.text())
    assert any("交班待接" in line.note for line in seat.window.attending.alarms.lines)
    shown = panel(seat)
    assert shown._stack.currentIndex() == 1
    assert HANDED_TEXT in shown._told.text()
    seat.type("")
    shown.answer.setText("已阅")
    seat.press("Ctrl+Return")
    seat.until(lambda: kept(seat)[0].taken_by == BY)
    assert kept(seat)[0].taken_note == "已阅"
    assert kept(seat)[0].id == number
    seat.until(lambda: "待接班" not in chip.text())
    seat.until(lambda: not shown.take.isEnabled())
    seat.until(lambda: shown.isAncestorOf(seat.window.focusWidget()))


def test_that_a_button_switched_off_in_use_leaves_the_keyboard_in_its_panel(seat: Seat) -> None:
    given_by_other(seat)
    seat.window.attending.sit_down()
    seat.until(lambda: "待接班 1" in seat.find("shiftButton", QToolButton).text())
    shown = panel(seat)
    shown.take.setFocus()
    seat.until(shown.take.hasFocus)
    shown.take.setEnabled(False)
    seat.settle()
    assert shown.isAncestorOf(seat.window.focusWidget())  # not the command line, whose list would cover it


def test_that_a_seat_outside_its_shift_is_told_and_not_stopped(seat: Seat) -> None:
    assert seat.door is not None
    duties = [Duty(NOW.date(), "day", OTHER, leads=True)]
    seat.wait(seat.door.desk.do(load_roster, duties, by=BY, at=NOW))
    chip = seat.find("shiftButton", QToolButton)
    seat.until(lambda: "非本班" in chip.text())
    assert f"带班领导:{OTHER}" in chip.accessibleName()
    assert seat.find("clock", QLabel).text() == "10:00:00"
    seat.clock.forward(hours=1)
    assert seat.clock() == NOW + timedelta(hours=1)
    seat.press("N")
    assert seat.form.of == "report"


def test_that_a_given_one_is_saved_as_a_pdf_by_a_key(seat: Seat, tmp_path: Path) -> None:
    number = given_by_other(seat)
    shown = panel(seat)
    shown.turn(0)
    seat.press("Ctrl+P")
    assert seat.window.findChild(QFileDialog, "handoverDialog") is None  # nothing is signed on this page
    shown.turn(1)
    seat.settle()
    seat.press("Ctrl+P")
    dialog = seat.window.findChild(QFileDialog, "handoverDialog")
    assert isinstance(dialog, QFileDialog)
    target = tmp_path / "交班.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.close()
    seat.until(target.exists)
    seat.until(lambda: str(number) in seat.message)
    assert target.read_bytes().startswith(b"%PDF")
