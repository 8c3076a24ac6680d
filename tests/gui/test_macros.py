"""Macros: recorded as hands work, readable, run on one case or many, stopped where something is refused."""

import json

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from console.domain.flow import State
from console.kept import own_folder
from console.ui.macros.book import Macro
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat


def put(seat: Seat, *lines: str, key: str = "Alt+1", name: str = "快办") -> None:
    """Let the seat have a macro."""
    seat.window.commands.macros._put([Macro(name, lines, key)])
    seat.settle()


def test_that_what_hands_do_is_recorded_named_and_run_by_its_key(seat: Seat) -> None:
    seat.choose(seat.bring(State.REPORTED))
    seat.press("Ctrl+R", "A", "F", "Shift+D")
    seat.find("formDepartment", QComboBox).setCurrentIndex(
        seat.find("formDepartment", QComboBox).findData("P01")
    )
    seat.press("Ctrl+Return", "Ctrl+R")
    assert seat.find("macroText", QPlainTextEdit).toPlainText().splitlines() == [
        "受理",
        "立案",
        "派遣 排水公司",
    ]
    seat.find("macroName", QLineEdit).setText("快办")
    seat.find("macroKey", QComboBox).setCurrentIndex(1)
    seat.click("macroKeep")
    seat.press("Escape")
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("Alt+1")
    after = seat.stored(code).case
    assert (after.state, after.department) == (State.TO_HANDLE, "P01")
    seat.press("Ctrl+Z")
    assert seat.stored(code).case.state is State.REPORTED


def test_that_a_macro_stops_at_the_first_refusal_and_says_where(seat: Seat) -> None:
    put(seat, "受理", "派遣", "立案")
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("Alt+1")
    assert seat.stored(code).case.state is State.TO_FILE
    assert "第 2 步“派遣”" in seat.message
    assert "待立案" in seat.message
    seat.press("Ctrl+Z")
    assert seat.stored(code).case.state is State.REPORTED


def test_that_on_marked_cases_it_says_first_what_it_would_do_and_is_taken_back(seat: Seat) -> None:
    put(seat, "受理")
    codes = [seat.bring(State.REPORTED) for _time in range(3)]
    seat.queue.choose_step("collection")
    seat.press("Ctrl+1", "Home")
    seat.press("Ctrl+A")
    seat.press("Alt+1")
    assert {seat.stored(code).case.state for code in codes} == {State.REPORTED}
    assert "件执行" in seat.window.layers.panel.said.text()  # type: ignore[union-attr]  # it lies there
    seat.press("Return")
    assert {seat.stored(code).case.state for code in codes} == {State.TO_FILE}
    seat.press("Ctrl+Z")
    assert {seat.stored(code).case.state for code in codes} == {State.REPORTED}


def test_that_the_list_says_beforehand_what_would_be_refused(seat: Seat) -> None:
    put(seat, "派遣")
    seat.choose(seat.bring(State.REPORTED))
    seat.press("Ctrl+Shift+R")
    said = seat.window.layers.panel.said.text()  # type: ignore[union-attr]  # it lies there
    assert "将对 1 件执行" in said
    assert "待受理" in said


def test_that_a_macro_is_called_by_its_name_on_the_command_line(seat: Seat) -> None:
    put(seat, "受理")
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("Ctrl+K")
    seat.type("快办")
    assert "Alt+1" in seat.command.says
    seat.press("Return")
    assert seat.stored(code).case.state is State.TO_FILE


def test_that_a_line_that_cannot_be_read_is_said_and_nothing_is_lost(seat: Seat) -> None:
    put(seat, "受理")
    seat.press("Ctrl+Shift+R")
    seat.find("macroText", QPlainTextEdit).setPlainText("受理\n返工 金水区")
    seat.click("macroKeep")
    panel = seat.window.layers.panel
    assert "第 2 步“返工 金水区”" in panel.said.text()  # type: ignore[union-attr]  # it lies there
    assert seat.find("macroText", QPlainTextEdit).toPlainText() == "受理\n返工 金水区"
    assert seat.window.commands.macros.macros == [Macro("快办", ("受理",), "Alt+1")]


def test_that_macros_are_kept_as_text_for_who_made_them(open_seat: OpenSeat) -> None:
    seat = open_seat()
    put(seat, "受理")
    seat.press("Ctrl+Shift+R")
    seat.find("macroText", QPlainTextEdit).setPlainText("受理\n立案")
    seat.click("macroKeep")
    path = own_folder(seat.folder, BY) / "macros.json"
    assert json.loads(path.read_text("utf-8")) == [
        {"name": "快办", "key": "Alt+1", "lines": ["受理", "立案"]}
    ]
    again = open_seat(folder=seat.folder)
    assert again.window.commands.macros.macros == [Macro("快办", ("受理", "立案"), "Alt+1")]
    again.press("Ctrl+Shift+R")
    again.click("macroDrop")
    assert again.window.commands.macros.macros == []
    assert json.loads(path.read_text("utf-8")) == []
