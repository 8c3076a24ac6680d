"""The acts of the case panel: one next thing to do, the others quiet, the rest greyed with a reason."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QToolButton

from console.domain.flow import ENDED, State
from console.domain.lamp import Lamp
from console.domain.operation import Operation
from console.i18n import _, named
from console.services.steps import Told, take_step
from console.ui.actions import ACTS
from console.ui.case.more import beside
from console.ui.case.offer import quick
from console.words import STATES
from tests.gui.screen_text import as_shown
from tests.gui.seat import Seat

PRIMARY = {
    State.REPORTED: "A  受理",
    State.PRE_CHECK: "J  核实反馈",
    State.TO_FILE: "F  立案 4 工作时",
    State.TO_DISPATCH: "D  派遣 金水区城管局 16:00",
    State.TO_HANDLE: "E  接收处置",
    State.HANDLING: "B  处置反馈",
    State.SUSPENDED: "Shift+H  恢复",
    State.RETURNED: "Y  同意回退",
    State.FED_BACK: "V  核查通过并结案 · 已整改",
    State.POST_CHECK: "V  核查通过并结案 · 已整改",
    State.TO_CLOSE: "V  核查通过并结案 · 已整改",
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
def test_that_only_what_may_be_done_is_offered_and_all_acts_are_listed_with_why(
    seat: Seat, state: State
) -> None:
    code = seat.bring(state)
    seat.choose(code)
    card = seat.window.case.card
    assert card is not None
    for act in quick(card):
        assert seat.find(f"{act.name}Button", QToolButton).isVisible()
        assert seat.window.actions_by_name[act.name].isEnabled()
    seat.press("M")
    listed = listed_acts(seat)
    assert set(listed) == {act.name for act in ACTS}
    for name, (usable, why) in listed.items():
        assert usable == seat.window.actions_by_name[name].isEnabled(), name
        assert usable == (why == ""), name
    wrong = [why for _usable, why in listed.values() if why.startswith(f"案件 {code} 现为")]
    assert wrong
    assert all(_(STATES[state]) in why for why in wrong)
    seat.press("Escape")
    assert not seat.form.is_open
    assert seat.case.code == code


def listed_acts(seat: Seat) -> dict[str, tuple[bool, str]]:
    """By act what the list of all acts shows: whether it may be chosen, and why not."""
    more = seat.window.side.more
    assert more is not None
    model = more.list.model()
    rows = [model.index(at, 0) for at in range(model.rowCount())]
    return {
        index.data(Qt.ItemDataRole.UserRole): (
            bool(index.flags() & Qt.ItemFlag.ItemIsEnabled),
            index.data(Qt.ItemDataRole.UserRole + 2),
        )
        for index in rows
        if index.data(Qt.ItemDataRole.UserRole)
    }


@pytest.mark.parametrize("name", [40, 110, 170])
def test_that_the_state_in_which_an_act_is_possible_is_not_painted_over_its_name(name: int) -> None:
    line = QRect(12, 2, 356, 26)
    room = beside(line, name)
    assert room.left() > line.left() + name
    assert room.right() < line.right()


def test_that_a_greyed_act_does_nothing_by_its_key(seat: Seat) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.press("F", "D", "E", "B", "V", "K", "R", "G")
    assert seat.stored(code).case.version == 1
    assert not seat.form.is_open


def test_that_without_a_case_no_act_is_offered(seat: Seat) -> None:
    seat.window.selection.choose_case(0)
    seat.settle()
    assert not any(seat.window.actions_by_name[act.name].isEnabled() for act in ACTS)
    assert not seat.find("caseActs").isVisible()
    assert "选一个案件" in seat.find("caseEmpty", type(seat.window.case._empty)).text()
    seat.press("Shift+D")
    assert seat.message == "派往其他部门:请先选一个案件"


@pytest.mark.parametrize("by", ["key", "mouse"])
def test_that_a_triple_click_acts_once(seat: Seat, by: str) -> None:
    code = seat.bring(State.REPORTED)
    seat.choose(code)
    seat.act("focus_queue")
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
    assert seat.message == f"案件 {code} 已被他人处理,请按新状态再操作(10:00 另一席 作废)"
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


def test_that_undo_counts_down_and_then_wants_a_reason(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("D")
    undo = seat.find("undoButton", QPushButton)
    assert undo.text() == "撤销 Ctrl+Z(30 秒)"
    seat.clock.forward(seconds=1)
    seat.window.messages._on_tick()
    assert undo.text() == "撤销 Ctrl+Z(29 秒)"
    seat.press("F")  # refused: what was done before can be undone all the same
    assert "不能立案" in seat.message
    assert undo.isVisible()
    seat.clock.forward(seconds=30)
    seat.window.messages._on_tick()
    assert not undo.isVisible()
    seat.press("Ctrl+Z")
    assert seat.find("formReason").hasFocus()
    assert seat.find("formTitle", QLabel).text() == "冲正上一步:派遣"
    assert seat.stored(code).case.state is State.TO_HANDLE
    seat.type("派错部门")
    seat.press("Ctrl+Return")
    card = seat.stored(code)
    assert card.case.state is State.TO_DISPATCH
    assert (card.facts[-1].operation, card.facts[-1].note) == (Operation.COUNTER, "派错部门")
    assert seat.message == f"已撤销“派遣”:{code}"


def test_that_another_department_is_one_more_key(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("Shift+D")
    field = seat.find("formDepartment", QComboBox)
    assert field.hasFocus()
    to = next(item for item in seat.window._lists.departments if item.code == "P01")  # type: ignore[union-attr]
    seat.type(named(to.name, to.name_en))
    seat.press("Ctrl+Return")
    assert seat.stored(code).case.department == "P01"
    assert seat.focused == "caseTable"


def test_that_a_form_says_what_is_missing_and_escape_leaves_it(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.choose(code)
    seat.press("R", "Ctrl+Return")
    assert seat.find("formProblem").isVisible()
    assert seat.form.is_open
    seat.press("Escape")
    assert not seat.form.is_open
    assert seat.stored(code).case.state is State.FED_BACK
    assert seat.focused == "caseTable"
    seat.press("V")
    assert seat.stored(code).case.state is State.CLOSED


def test_that_what_was_typed_for_one_case_is_not_done_to_another(seat: Seat) -> None:
    one, other = seat.bring(State.FED_BACK), seat.bring(State.FED_BACK)
    seat.choose(one)
    seat.press("R")
    seat.type("现场未清理")
    seat.choose(other)
    assert not seat.form.is_open
    assert {seat.stored(code).case.version for code in (one, other)} == {6}


def test_that_a_feedback_after_its_deadline_is_told_as_late(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.pass_time(60 * 24 * 3)
    assert "超期" in seat.find("caseState", type(seat.window.case._state)).text()
    seat.press("B")
    assert "超期反馈" in seat.find("caseState", type(seat.window.case._state)).text()
    model = seat.window.queue.model
    shown = model.row_at(model.row_of(seat.stored(code).case.id))
    assert shown is not None
    assert model.lamp_of(shown) is Lamp.LATE
