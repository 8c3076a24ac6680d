"""The command line: what it says before Enter, what Enter does, and that nothing else does anything."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QListView

from console.domain.flow import State
from console.domain.wanted import CaseFilter
from console.kept import own_folder
from console.settings import Settings
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat


@pytest.fixture
def typing(seat: Seat) -> Seat:
    seat.press("Ctrl+K")
    return seat


def test_that_a_filter_says_itself_and_its_count_and_is_shown_on_enter(typing: Seat) -> None:
    before = typing.queue.filter
    typing.command.write("金水区 超期")
    assert "金水区" in typing.command.says
    assert "超期" in typing.command.says
    told = CaseFilter(late=True, division="410105")
    number = typing.wait(typing.door.queue_count(told))  # type: ignore[union-attr]  # it is open
    assert f"共 {number} 件" in typing.command.says
    assert typing.queue.filter == before
    typing.press("Return")
    assert typing.queue.filter == told
    assert not typing.command.is_open
    assert typing.focused == "caseTable"
    assert typing.command.line == "金水区 超期"


def test_that_an_act_is_a_whole_sentence_and_done_on_enter_only(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.queue.show(CaseFilter(states=(State.TO_DISPATCH,)))
    seat.press("Ctrl+K")
    seat.command.write(f"派 排水 {seat.command.number(code)}")
    assert f"派遣 {code}" in seat.command.says
    assert "排水公司" in seat.command.says
    assert "期限" in seat.command.says
    assert seat.stored(code).case.state is State.TO_DISPATCH
    seat.press("Return")
    after = seat.stored(code).case
    assert (after.state, after.department) == (State.TO_HANDLE, "P01")
    seat.press("Ctrl+Z")
    assert seat.stored(code).case.state is State.TO_DISPATCH


def test_that_a_department_for_short_is_that_of_the_case_s_own_area(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    case = seat.stored(code).case
    own = {"410105": "D105", "410103": "D103"}[case.district]
    seat.say(f"派 城管局 #{int(code[8:])}")
    assert seat.stored(code).case.department == own


def test_that_several_rows_are_done_together_and_undone_together(seat: Seat) -> None:
    codes = [seat.bring(State.REPORTED) for _time in range(3)]
    seat.queue.show(CaseFilter(states=(State.REPORTED,)))
    seat.press("Ctrl+K")
    rows = ",".join(str(seat.command.number(code)) for code in codes)
    seat.command.write(f"受理 {rows}")
    assert "3 件" in seat.command.says
    seat.press("Return")
    assert {seat.stored(code).case.state for code in codes} == {State.TO_FILE}
    seat.press("Ctrl+Z")
    assert {seat.stored(code).case.state for code in codes} == {State.REPORTED}


def test_that_what_cannot_be_done_says_why_and_does_nothing(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.command.write(f"派 排水 #{int(code[8:])}")
    assert "待受理" in seat.command.says
    seat.press("Return")
    assert seat.stored(code).case.state is State.REPORTED
    assert seat.focused == "searchField"


def test_that_in_doubt_nothing_is_done_and_a_readable_line_is_offered(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    version = seat.stored(code).case.version
    seat.command.write("返工 金水区")
    assert seat.command.offers[0] == '返工 "金水区"'
    seat.press("Return")
    assert seat.stored(code).case.version == version
    seat.press("Down", "Return")
    assert seat.stored(code).case.state is State.TO_HANDLE


def test_that_what_an_act_lacks_is_asked_by_its_form(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.command.write(f"挂账 #{int(code[8:])} 等配件")
    assert "截止日期" in seat.command.says
    seat.press("Return")
    assert seat.case.code == code
    assert seat.form.of == "act_ask_suspension"
    assert seat.form.fields["formReason"] == "等配件"


def test_that_the_number_of_a_row_stays_with_its_case_while_the_line_is_open(seat: Seat) -> None:
    first = seat.queue.codes[0]
    seat.press("Ctrl+K")
    number = seat.command.number(first)
    seat.command.write(f"{number}")
    arrived = seat.bring(State.REPORTED)
    seat.window.queue.table.viewport().repaint()
    assert seat.command.number(first) == number
    if arrived in seat.queue.codes[:5]:
        assert seat.command.number(arrived) > number
    seat.press("Return")
    assert seat.case.code == first


def test_that_a_case_is_gone_to_by_its_code_and_by_the_number_of_the_day(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.say(code)
    assert seat.case.code == code
    seat.press("Escape")
    seat.say(f"#{int(code[8:])}")
    assert seat.case.code == code


def test_that_a_case_that_is_not_there_is_said(typing: Seat) -> None:
    typing.say("2020010100001")
    assert "2020010100001" in typing.command.says
    assert typing.focused == "searchField"


def test_that_the_window_turns_by_words_in_both_languages(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.say("看板")
    assert seat.screen == "board"
    seat.say("board")
    assert seat.screen == ""
    seat.say("kanban")
    assert seat.screen == "board"
    seat.say("超期")
    assert seat.screen == ""


def test_that_the_line_is_spoken_in_english_too(open_seat: OpenSeat) -> None:
    seat = open_seat(settings=Settings(theme="dark", language="en"))
    code = seat.bring(State.REPORTED)
    seat.command.write(f"accept #{int(code[8:])}")
    assert seat.command.says.startswith(f"Accept {code}")
    seat.press("Return")
    assert seat.stored(code).case.state is State.TO_FILE


def test_that_tab_completes_and_down_chooses(typing: Seat) -> None:
    typing.command.write("超期 jinsh")
    assert "金水区" in typing.command.offers
    typing.press(*["Down"] * (typing.command.offers.index("金水区") + 1), "Tab")
    assert typing.command.line == "超期 金水区 "
    typing.press("Return")
    assert typing.queue.filter == CaseFilter(late=True, division="410105")


def test_that_a_greyed_act_says_why_and_is_not_done(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.command.write("派遣")
    palette = seat.window.commands.palette
    assert palette.first is not None
    assert palette.first.why_not
    assert palette.first.key == "D"
    seat.press("Down", "Return")
    assert seat.stored(code).case.state is State.REPORTED


def test_that_up_on_an_empty_line_goes_back_in_what_was_typed_also_tomorrow(open_seat: OpenSeat) -> None:
    seat = open_seat()
    for line in ("超期", "金水区", "超期"):
        seat.say(line)
    path = own_folder(seat.folder, BY) / "commands.json"
    assert json.loads(path.read_text("utf-8")) == ["金水区", "超期"]
    again = open_seat(folder=seat.folder)
    again.press("Ctrl+K")
    again.press("Up")
    assert again.command.line == "超期"
    again.press("Up")
    assert again.command.line == "金水区"
    again.press("Down", "Down")
    assert again.command.line == ""


def test_that_escape_leaves_without_doing_anything(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.command.write("受理")
    seat.press("Escape")
    assert seat.command.line == ""
    assert seat.case.code == code
    assert not seat.command.is_open
    assert not seat.shows("rowNumbers")
    assert seat.stored(code).case.state is State.REPORTED


def test_that_escape_leaves_the_line_before_a_form(seat: Seat) -> None:
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("Shift+D", "Ctrl+K")
    seat.type("x")
    seat.press("Escape")
    assert seat.form.of.startswith("act_")


def test_that_composing_reads_nothing_and_enter_belongs_to_the_input_method(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.command.write("受理")
    read = seat.command.says
    assert code in read
    composed = QInputMethodEvent("wei", [])
    QApplication.sendEvent(seat.find("searchField"), composed)
    seat.settle()
    assert seat.command.says == read
    seat.press("Return")
    assert seat.stored(code).case.state is State.REPORTED
    brought = QInputMethodEvent()
    brought.setCommitString("为")
    QApplication.sendEvent(seat.find("searchField"), brought)
    seat.settle()
    assert seat.command.line == "受理为"
    assert code not in seat.command.says


def test_that_an_answer_to_an_older_line_is_not_shown(typing: Seat) -> None:
    line = typing.find("searchField", QLineEdit)
    line.setText("金水区")
    line.setText("二七区 超期")
    typing.settle()
    number = typing.wait(typing.door.queue_count(CaseFilter(late=True, division="410103")))  # type: ignore[union-attr]
    assert f"共 {number} 件" in typing.command.says
    assert "二七区" in typing.command.says


def test_that_the_line_is_emptied_when_the_list_is_narrowed_by_other_means(seat: Seat) -> None:
    seat.say("超期")
    seat.queue.choose_step("dispatch")
    assert seat.command.line == ""


def test_that_the_screen_reader_is_told_what_the_line_means(typing: Seat) -> None:
    typing.command.write("超期")
    assert "超期" in typing.find("searchField").accessibleDescription()
    assert typing.find("commandList").accessibleName()


def test_that_views_are_offered_by_name_and_by_sound_with_their_key(seat: Seat) -> None:
    seat.queue.show(CaseFilter(division="410105"))
    seat.views.save("金水夜班")
    seat.press("Esc")
    at = seat.views.names.index("金水夜班")
    for typed in ("夜班", "jsyb"):
        seat.queue.show(CaseFilter())
        seat.command.write(typed)
        model = seat.find("commandList", QListView).model()
        row = next(row for row, words in enumerate(seat.command.offers) if "金水夜班" in words)
        assert model.index(row, 0).data(Qt.ItemDataRole.UserRole).key == f"Ctrl+Alt+{at + 1}"
        seat.command.choose("金水夜班")
        assert seat.queue.filter == CaseFilter(division="410105")
        assert seat.command.line == ""


def test_that_the_cases_that_were_open_are_offered_again(seat: Seat) -> None:
    codes = seat.queue.rows[:3]
    for code in codes:
        seat.queue.choose(code)
    seat.press("Ctrl+K")
    assert [code for line in seat.command.offers for code in codes if code in line] == [codes[1], codes[0]]
    seat.command.write(codes[0])
    assert any(codes[0] in line for line in seat.command.offers)
