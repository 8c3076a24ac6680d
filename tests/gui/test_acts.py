"""The acts of the case panel: one next thing to do, the others quiet, the rest greyed with a reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QToolButton

from console.domain.flow import ENDED, State, operations
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.i18n import named
from console.services.steps import Told, take_step
from console.ui.actions import ACTS
from console.words import STATES
from tests.gui.screen_text import as_shown
from tests.gui.seat import Seat

PRIMARY = {
    State.REPORTED: "A  受理",
    State.TO_FILE: "F  立案 4 工作时",
    State.TO_DISPATCH: "D  派遣 金水区城管局 16:00",
    State.TO_HANDLE: "E  接收处置",
    State.HANDLING: "B  处置反馈",
    State.FED_BACK: "V  核查通过并结案",
    State.POST_CHECK: "V  核查通过并结案",
}


@pytest.mark.parametrize("state", State)
def test_that_each_state_has_one_next_act_with_its_consequence(seat: Seat, state: State) -> None:
    seat.choose(seat.bring(state))
    big = [button for button in seat.window.findChildren(QPushButton, "primaryAct") if button.isVisible()]
    if state in ENDED:
        assert big == []
        return
    assert len(big) == 1
    assert big[0].accessibleName() == as_shown(big[0].toolTip())
    assert big[0].accessibleName() == PRIMARY[state]
    assert big[0].text() == PRIMARY[state]


@pytest.mark.parametrize("state", State)
def test_that_what_is_not_allowed_is_greyed_and_says_why(seat: Seat, state: State) -> None:
    seat.choose(seat.bring(state))
    allowed = {row.operation for row in operations(state)}
    shown = [
        (act, button) for act in ACTS if (button := seat.find(f"{act.name}Button", QToolButton)).isVisible()
    ]
    assert shown
    for act, button in shown:
        assert button.isEnabled() == (act.operation in allowed), act.name
        assert seat.window.actions_by_name[act.name].isEnabled() == button.isEnabled()
        if not button.isEnabled():
            assert STATES[state] in button.toolTip()
            assert button.accessibleDescription() == button.toolTip()
    for act in ACTS:
        if act.operation not in allowed:
            assert not seat.window.actions_by_name[act.name].isEnabled(), act.name


def test_that_a_greyed_act_does_nothing_by_its_key(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("F", "D", "E", "B", "V", "K", "R", "G")
    assert seat.stored(code).case.version == 1
    assert not seat.window.side.busy


def test_that_without_a_case_no_act_is_offered(seat: Seat) -> None:
    seat.window.selection.choose_case(0)
    seat.settle()
    assert not any(seat.window.actions_by_name[act.name].isEnabled() for act in ACTS)
    assert not seat.find("caseActs").isVisible()
    assert "选一个案件" in seat.find("caseEmpty", type(seat.window.case._empty)).text()


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_that_a_triple_click_acts_once(seat: Seat, by: str) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.window.queue.take_keyboard()
    button = seat.find("primaryAct", QPushButton)
    for _click in range(3):
        if by == "key":
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
        else:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    seat.settle()
    card = seat.stored(code)
    assert [fact.operation for fact in card.facts] == [Operation.REGISTER, Operation.ACCEPT]
    assert seat.message.startswith("已受理")
    assert seat.find("undoButton").isVisible()


def test_that_a_click_between_commit_and_redraw_is_no_second_act(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    button = seat.find("primaryAct", QPushButton)
    seen: list[str] = []
    seat.window.conduct.done.connect(lambda _case: QTest.mouseClick(button, Qt.MouseButton.LeftButton))
    seat.window.conduct.done.connect(lambda _case: seen.append(seat.message))
    seat.click("primaryAct")
    assert seat.stored(code).case.version == 2
    assert seat.message == seen[0]
    assert seat.find("undoButton").isVisible()


def test_that_a_case_another_seat_has_moved_on_is_refused_with_a_sentence(seat: Seat) -> None:
    code = seat.bring(State.TO_FILE)
    seat.choose(code)
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:  # committed beside the desk: the window is not told
        take_step(unit, code, Operation.VOID, Told(note="重复"), by="另一席", at=seat.clock())
    seat.press("F")
    assert seat.message == f"案件 {code} 已被他人处理,请按新状态再操作"
    card = seat.stored(code)
    assert (card.case.state, card.case.version) == (State.VOIDED, 3)
    assert not seat.find("undoButton").isVisible()


def test_that_what_another_seat_did_is_shown_and_can_be_gone_on_with(seat: Seat) -> None:
    code = seat.bring(State.TO_FILE)
    seat.choose(code)
    assert seat.door is not None
    seat.watch()
    with seat.door.desk.store.write() as unit:
        take_step(unit, code, Operation.FILE, Told(condition=1), by="另一席", at=seat.clock())
    seat.until(lambda: seat.window.case.card and seat.window.case.card.case.state is State.TO_DISPATCH)
    seat.settle()
    seat.press("D")
    assert seat.stored(code).case.state is State.TO_HANDLE


def test_that_undo_runs_out_after_its_countdown(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("A")
    undo = seat.find("undoButton", QPushButton)
    assert undo.text() == "撤销 Ctrl+Z(30 秒)"
    seat.window.messages._on_tick()
    assert undo.text() == "撤销 Ctrl+Z(29 秒)"
    for _second in range(29):
        seat.window.messages._on_tick()
    assert not undo.isVisible()
    seat.press("Ctrl+Z")
    assert seat.message == "没有可撤销的操作"
    assert seat.stored(code).case.state is State.TO_FILE


def test_that_another_department_is_one_more_key(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("Shift+D")
    field = seat.find("formDepartment", QComboBox)
    assert field.hasFocus()
    to = next(item for item in seat.window._lists.departments if item.code == "P01")  # type: ignore[union-attr]
    line = field.lineEdit()
    assert line is not None
    line.selectAll()
    seat.type(named(to.name, to.name_en))
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.department == "P01"
    assert seat.window.queue.table.hasFocus()


def test_that_a_form_says_what_is_missing_and_escape_leaves_it(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    seat.press("R", "Ctrl+Return")
    assert seat.find("warning").isVisible()
    assert seat.window.side.busy
    seat.press("Escape")
    assert not seat.window.side.busy
    assert seat.stored(code).case.state is State.FED_BACK
    assert seat.window.queue.table.hasFocus()
    seat.press("V")
    assert seat.stored(code).case.state is State.CLOSED


def test_that_what_was_typed_for_one_case_is_not_done_to_another(seat: Seat) -> None:
    one, other = seat.bring(State.FED_BACK), seat.bring(State.FED_BACK)
    seat.choose(one)
    seat.press("R")
    seat.type("现场未清理")
    seat.choose(other)
    assert not seat.window.side.busy
    assert {seat.stored(code).case.version for code in (one, other)} == {6}


def test_that_a_feedback_after_its_deadline_is_told_as_late(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.wait_minutes(60 * 24 * 3)
    assert "超期" in seat.find("caseState", type(seat.window.case._state)).text()
    seat.press("B")
    assert "超期反馈" in seat.find("caseState", type(seat.window.case._state)).text()
    row = seat.window.queue.model
    shown = row._rows[seat.stored(code).case.id]
    assert row.lamp_of(shown) is Lamp.LATE
