"""The command line: what it says before Enter, what Enter does, and that nothing else does anything."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.command.readings import Acting, Filtering
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter
from console.kept import own_folder
from console.settings import Settings
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat


@pytest.fixture
def typing(seat: Seat) -> Seat:
    seat.press("Ctrl+K")
    return seat


def write(seat: Seat, line: str) -> None:
    """Type a line anew into the open command line."""
    if not seat.window.header.search.hasFocus():
        seat.press("Ctrl+K")
    seat.window.header.search.selectAll()
    seat.type(line)
    seat.settle()


def words(seat: Seat) -> str:
    return seat.window.commands.palette.words


def offered(seat: Seat) -> list[str]:
    model = seat.window.commands.palette._model
    return [model.item(at).text() for at in range(model.rowCount())]


def number_of(seat: Seat, code: str) -> int:
    """The number that stands at the row of a case."""
    numbers = seat.window.commands.numbers
    return next(
        number for at, number in numbers.take_numbers()
        if (row := seat.window.queue.model.row_at(at)) is not None and row.code == code
    )  # fmt: skip


def test_that_a_filter_says_itself_and_its_count_and_is_shown_on_enter(typing: Seat) -> None:
    before = typing.window.selection.wanted
    write(typing, "金水区 超期")
    assert "金水区" in words(typing)
    assert "超期" in words(typing)
    told = CaseFilter(late=True, division="410105")
    number = typing.wait(typing.door.queue_count(told))  # type: ignore[union-attr]  # it is open
    assert f"共 {number} 件" in words(typing)
    assert typing.window.selection.wanted == before
    typing.press("Return")
    assert typing.window.selection.wanted == told
    assert not typing.window.commands.palette.isVisible()
    assert typing.window.queue.table.hasFocus()
    assert typing.window.header.search.text() == "金水区 超期"


def test_that_an_act_is_a_whole_sentence_and_done_on_enter_only(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.window.selection.want(CaseFilter(states=(State.TO_DISPATCH,)))
    seat.press("Ctrl+K")
    write(seat, f"派 排水 {number_of(seat, code)}")
    assert f"派遣 {code}" in words(seat)
    assert "排水公司" in words(seat)
    assert "期限" in words(seat)
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
    write(seat, f"派 城管局 #{int(code[8:])}")
    seat.press("Return")
    assert seat.stored(code).case.department == own


def test_that_several_rows_are_done_together_and_undone_together(seat: Seat) -> None:
    codes = [seat.bring(State.REPORTED) for _time in range(3)]
    seat.window.selection.want(CaseFilter(states=(State.REPORTED,)))
    seat.press("Ctrl+K")
    rows = ",".join(str(number_of(seat, code)) for code in codes)
    write(seat, f"受理 {rows}")
    assert "3 件" in words(seat)
    seat.press("Return")
    assert {seat.stored(code).case.state for code in codes} == {State.TO_FILE}
    seat.press("Ctrl+Z")
    assert {seat.stored(code).case.state for code in codes} == {State.REPORTED}


def test_that_what_cannot_be_done_says_why_and_does_nothing(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    write(seat, f"派 排水 #{int(code[8:])}")
    assert "待受理" in words(seat)
    seat.press("Return")
    assert seat.stored(code).case.state is State.REPORTED
    assert seat.window.header.search.hasFocus()


def test_that_in_doubt_nothing_is_done_and_a_readable_line_is_offered(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    version = seat.stored(code).case.version
    write(seat, "返工 金水区")
    assert offered(seat)[0] == '返工 "金水区"'
    seat.press("Return")
    assert seat.stored(code).case.version == version
    seat.press("Down", "Return")
    assert seat.stored(code).case.state is State.TO_HANDLE


def test_that_what_an_act_lacks_is_asked_by_its_form(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    write(seat, f"挂账 #{int(code[8:])} 等配件")
    assert "截止日期" in words(seat)
    seat.press("Return")
    assert seat.chosen == code
    form = seat.window.side.form
    assert form is not None
    assert form.action.operation is Operation.ASK_SUSPENSION
    assert seat.find("formReason").toPlainText() == "等配件"  # type: ignore[attr-defined]  # a text


def test_that_the_number_of_a_row_stays_with_its_case_while_the_line_is_open(seat: Seat) -> None:
    first = seat.codes[0]
    seat.press("Ctrl+K")
    number = number_of(seat, first)
    write(seat, f"{number}")
    arrived = seat.bring(State.REPORTED)
    seat.window.queue.table.viewport().repaint()
    assert number_of(seat, first) == number
    if arrived in seat.codes[:5]:
        assert number_of(seat, arrived) > number
    seat.press("Return")
    assert seat.chosen == first


def test_that_a_case_is_gone_to_by_its_code_and_by_the_number_of_the_day(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    write(seat, code)
    seat.press("Return")
    assert seat.chosen == code
    seat.press("Escape")
    write(seat, f"#{int(code[8:])}")
    seat.press("Return")
    assert seat.chosen == code


def test_that_a_case_that_is_not_there_is_said(typing: Seat) -> None:
    write(typing, "2020010100001")
    typing.press("Return")
    assert "2020010100001" in words(typing)
    assert typing.window.header.search.hasFocus()


def test_that_the_window_turns_by_words_in_both_languages(open_seat: OpenSeat) -> None:
    seat = open_seat()
    write(seat, "看板")
    seat.press("Return")
    assert seat.window.pages.shown == "board"
    write(seat, "board")
    seat.press("Return")
    assert seat.window.pages.shown == ""
    write(seat, "kanban")
    seat.press("Return")
    assert seat.window.pages.shown == "board"
    write(seat, "超期")
    seat.press("Return")
    assert seat.window.pages.shown == ""


def test_that_the_line_is_spoken_in_english_too(open_seat: OpenSeat) -> None:
    seat = open_seat(settings=Settings(theme="dark", language="en"))
    code = seat.bring(State.REPORTED)
    write(seat, f"accept #{int(code[8:])}")
    assert words(seat).startswith(f"Accept {code}")
    seat.press("Return")
    assert seat.stored(code).case.state is State.TO_FILE


def test_that_tab_completes_and_down_chooses(typing: Seat) -> None:
    write(typing, "超期 jinsh")
    assert "金水区" in offered(typing)
    at = offered(typing).index("金水区")
    for _time in range(at + 1):
        typing.press("Down")
    typing.press("Tab")
    assert typing.window.header.search.text() == "超期 金水区 "
    assert typing.window.commands._reading == Filtering(CaseFilter(late=True, division="410105"))


def test_that_a_greyed_act_says_why_and_is_not_done(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    write(seat, "派遣")
    palette = seat.window.commands.palette
    assert palette.first is not None
    assert palette.first.why_not
    assert palette.first.key == "D"
    seat.press("Down", "Return")
    assert seat.stored(code).case.state is State.REPORTED


def test_that_up_on_an_empty_line_goes_back_in_what_was_typed_also_tomorrow(open_seat: OpenSeat) -> None:
    seat = open_seat()
    for line in ("超期", "金水区", "超期"):
        write(seat, line)
        seat.press("Return")
    path = own_folder(seat.folder, BY) / "commands.json"
    assert json.loads(path.read_text("utf-8")) == ["金水区", "超期"]
    again = open_seat(folder=seat.folder)
    again.press("Ctrl+K")
    again.press("Up")
    assert again.window.header.search.text() == "超期"
    again.press("Up")
    assert again.window.header.search.text() == "金水区"
    again.press("Down", "Down")
    assert again.window.header.search.text() == ""


def test_that_escape_leaves_without_doing_anything(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    write(seat, "受理")
    seat.press("Escape")
    assert seat.window.header.search.text() == ""
    assert seat.chosen == code
    assert not seat.window.commands.palette.isVisible()
    assert not seat.window.queue.table.verticalHeader().isVisible()
    assert seat.stored(code).case.state is State.REPORTED


def test_that_escape_leaves_the_line_before_a_form(seat: Seat) -> None:
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("Shift+D", "Ctrl+K")
    seat.type("x")
    seat.press("Escape")
    assert seat.window.side.form is not None


def test_that_composing_reads_nothing_and_enter_belongs_to_the_input_method(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    write(seat, "受理")
    composed = QInputMethodEvent("wei", [])
    QApplication.sendEvent(seat.window.header.search, composed)
    assert seat.window.header.search._composing
    assert isinstance(seat.window.commands._reading, Acting)
    QTest.keyClick(seat.window.header.search, Qt.Key.Key_Return)
    seat.settle()
    assert seat.stored(code).case.state is State.REPORTED
    brought = QInputMethodEvent()
    brought.setCommitString("为")
    QApplication.sendEvent(seat.window.header.search, brought)
    seat.settle()
    assert seat.window.header.search.text() == "受理为"
    assert not isinstance(seat.window.commands._reading, Acting)


def test_that_an_answer_to_an_older_line_is_not_shown(typing: Seat) -> None:
    line = typing.window.header.search
    line.setText("金水区")
    line.setText("二七区 超期")
    typing.settle()
    number = typing.wait(typing.door.queue_count(CaseFilter(late=True, division="410103")))  # type: ignore[union-attr]
    assert f"共 {number} 件" in words(typing)
    assert "二七区" in words(typing)


def test_that_the_line_is_emptied_when_the_list_is_narrowed_by_other_means(seat: Seat) -> None:
    write(seat, "超期")
    seat.press("Return")
    seat.choose_step("dispatch")
    assert seat.window.header.search.text() == ""


def test_that_the_screen_reader_is_told_what_the_line_means(typing: Seat) -> None:
    write(typing, "超期")
    assert "超期" in typing.window.header.search.accessibleDescription()
    assert typing.window.commands.palette.list.accessibleName()


def test_that_views_are_offered_by_name_and_by_sound_with_their_key(seat: Seat) -> None:
    views = seat.window.queue.views
    seat.window.selection.want(CaseFilter(division="410105"))
    views.list.save_wished.emit("金水夜班")
    seat.settle()
    at = next(place for place, one in enumerate(views.offered) if one.name == "金水夜班")
    seat.press("Ctrl+K")
    seat.until(lambda: seat.window.commands.words.idle)
    seat.press("Esc")
    for typed in ("夜班", "jsyb"):
        seat.window.selection.want(CaseFilter())
        write(seat, typed)
        model = seat.window.commands.palette._model
        row = next(row for row in range(model.rowCount()) if "金水夜班" in model.item(row).text())
        assert model.item(row).data(Qt.ItemDataRole.UserRole).key == f"Ctrl+Alt+{at + 1}"
        for _step in range(row + 1):
            seat.press("Down")
        seat.press("Return")
        seat.settle()
        assert seat.window.selection.wanted == CaseFilter(division="410105")
        assert seat.window.header.search.text() == ""


def test_that_the_cases_that_were_open_are_offered_again(seat: Seat) -> None:
    rows = seat.window.queue.model.shown[:3]
    for row in rows:
        seat.window.selection.choose_case(row.id)
        seat.settle()
    seat.press("Ctrl+K")
    told = [line for line in offered(seat) if any(row.code in line for row in rows)]
    assert [row.code for line in told for row in rows if row.code in line] == [rows[1].code, rows[0].code]
    write(seat, rows[0].code)
    assert any(rows[0].code in line for line in offered(seat))
