"""Many cases at once: marked in the queue, done by one key, told row by row, taken back together."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from console.domain.flow import State, Step
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.services.steps import Told, take_step
from tests.gui.seat import Seat


def mark(seat: Seat, *codes: str) -> None:
    """Mark cases with the mouse: a click, and more with Ctrl."""
    for number, code in enumerate(codes):
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        seat.queue.press(code, held)


def states(seat: Seat, codes: list[str]) -> set[State]:
    return {seat.stored(code).case.state for code in codes}


def test_that_marked_cases_are_dispatched_together_each_to_its_own_and_taken_back(seat: Seat) -> None:
    codes = [seat.bring(State.TO_DISPATCH) for _case in range(3)]
    seat.queue.show(CaseFilter(step=Step.DISPATCH))
    mark(seat, *codes)
    assert seat.queue.marked == 3
    assert "已选 3 件" in seat.find("queueCount", QLabel).text()
    assert seat.find("primaryAct", QPushButton).text() == "D  派遣 × 3 件"
    seat.press("D")
    assert states(seat, codes) == {State.TO_HANDLE}
    assert {seat.stored(code).case.department for code in codes} == {"D105"}
    assert seat.message == "已派遣 3 件"
    assert seat.find("undoButton").isVisible()
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.TO_DISPATCH}
    assert seat.message == "已撤销“派遣”3 件"


def test_that_one_that_refuses_does_not_stop_the_others_and_is_named(seat: Seat) -> None:
    codes = [seat.bring(State.TO_FILE) for _case in range(3)]
    seat.queue.show(CaseFilter(step=Step.FILING))
    mark(seat, *codes)
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:  # committed beside the desk: the window is not told
        take_step(unit, codes[0], Operation.VOID, Told(note="重复"), by="另一席", at=seat.clock())
    seat.press("F")
    assert states(seat, codes[1:]) == {State.TO_FILE}, "first it is told, nothing is done yet"
    assert seat.find("bulkSummary", QLabel).text().startswith("可办 2 · ")
    assert seat.find("bulkConfirm", QPushButton).text() == "Enter 办理 2 件"
    seat.press("Return")
    assert states(seat, codes[1:]) == {State.TO_DISPATCH}
    assert seat.message.startswith(f"已立案 2 件 · 1 件未成:{codes[0]} ")
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.TO_FILE, State.VOIDED}


def test_that_one_reason_is_asked_for_all(seat: Seat) -> None:
    codes = [seat.bring(State.REPORTED) for _case in range(2)]
    seat.queue.show(CaseFilter(step=Step.COLLECTION))
    mark(seat, *codes)
    seat.press("X")
    seat.type("不属于本城市管理范围")
    seat.press("Ctrl+Return")
    assert states(seat, codes) == {State.NOT_ACCEPTED}
    assert {seat.stored(code).facts[-1].note for code in codes} == {"不属于本城市管理范围"}
    assert not seat.form.is_open


def test_that_what_is_different_for_each_is_not_done_to_many(seat: Seat) -> None:
    codes = [seat.bring(State.TO_DISPATCH) for _case in range(2)]
    seat.queue.show(CaseFilter(step=Step.DISPATCH))
    mark(seat, *codes)
    seat.press("Shift+O")
    assert seat.message == "每件的拆法不同,不能成批办理:请只选一件"
    assert not seat.form.is_open


def test_that_marks_stay_when_others_act_and_go_with_a_click_or_escape(seat: Seat) -> None:
    codes = [seat.bring(State.TO_DISPATCH) for _case in range(3)]
    seat.queue.show(CaseFilter(step=Step.DISPATCH))
    mark(seat, *codes)
    seat.bring(State.TO_DISPATCH)
    assert seat.queue.marked == 3
    seat.do(codes[0], Operation.DISPATCH, Told(department="P01"), by="另一席")
    assert seat.queue.marked == 2
    seat.queue.choose(codes[1])
    assert seat.queue.marked == 0
    mark(seat, *codes[1:])
    seat.press("Escape")
    assert (seat.queue.marked, seat.window.selection.case_id) == (0, 0)


def test_that_all_that_a_filter_lets_through_are_marked_however_many_but_those_left_out(seat: Seat) -> None:
    seat.queue.show(CaseFilter(everything=True))
    seat.press("Ctrl+A")
    everything = seat.queue.codes
    assert seat.queue.marked == len(everything) > 250
    seat.queue.press(everything[3], Qt.KeyboardModifier.ControlModifier)
    marked = seat.wait(seat.window.queue.marked_cases())
    assert [code for code, _version in marked] == everything[:3] + everything[4:]
    assert f"已选 {len(everything) - 1} 件" in seat.find("queueCount", QLabel).text()
    seat.queue.choose(everything[5])
    assert seat.queue.marked == 0


def test_that_a_range_goes_over_rows_that_were_never_seen(seat: Seat) -> None:
    seat.queue.show(CaseFilter(everything=True, order=Order.CODE))
    codes = seat.queue.codes
    seat.queue.choose(codes[2])
    seat.press("Shift+End")
    marked = seat.wait(seat.window.queue.marked_cases())
    assert [code for code, _version in marked] == codes[2:]
    assert seat.case.code == codes[-1]
    seat.press("Shift+Up")
    assert seat.queue.marked == len(codes) - 3
    seat.press("Up")
    assert (seat.queue.marked, seat.case.code) == (0, codes[-3])
