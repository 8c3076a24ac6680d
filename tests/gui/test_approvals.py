"""The queue of applications: who may decide sees it, decides by a key, and comes to the next."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QToolButton

from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.services.steps import NOTHING, take_step
from console.ui.approvals.model import headline
from console.ui.approvals.panel import ApprovalsPanel
from tests.gui.seat import BY, Seat
from tests.lives import TOLD

ASKER = "部门甲"


def ask(seat: Seat, operation: Operation = Operation.ASK_EXTENSION, by: str = ASKER) -> str:
    """A case in handling with an application on it; its code."""
    code = seat.bring(State.HANDLING)
    assert seat.door is not None
    seat.wait(seat.door.desk.do(take_step, code, operation, TOLD[operation], by=by, at=seat.clock()))
    seat.clock.forward(minutes=1)
    seat.settle()
    return code


def panel(seat: Seat) -> ApprovalsPanel:
    found = seat.window.left.approvals
    assert found is not None
    return found


def listed(seat: Seat) -> list[str]:
    return [row.case.code for row in panel(seat).model.rows]


def test_that_the_badge_counts_what_this_seat_may_decide(seat: Seat) -> None:
    button = seat.find("approvalsButton", QToolButton)
    before = button.accessibleDescription()
    ask(seat)
    ask(seat, by=BY)  # one's own application is somebody else's to decide
    assert button.accessibleDescription() == str(int(before or 0) + 1)


def test_that_the_longest_waiting_of_mine_is_first_and_others_say_why(seat: Seat) -> None:
    others, first, second = ask(seat, by=BY), ask(seat), ask(seat)
    seat.press("F4")
    rows = panel(seat).model.rows
    mine = [row.case.code for row in rows if row.mine]
    assert mine.index(first) < mine.index(second)
    own = next(row for row in rows if row.case.code == others)
    assert not own.mine
    assert rows.index(own) >= len(mine)
    told = panel(seat).model.index(rows.index(own)).data()
    assert "自己" in told
    assert "延期申请" in headline(own)


def test_that_choosing_a_row_chooses_its_case(seat: Seat) -> None:
    first, second = ask(seat), ask(seat)
    seat.press("F4")
    assert seat.case.code == listed(seat)[0]
    seat.choose(first)
    seat.press("Down")
    assert seat.case.code == second
    assert panel(seat).list.hasFocus()


def test_that_a_decision_gives_way_to_the_next_and_can_be_undone(seat: Seat) -> None:
    first, second = ask(seat), ask(seat)
    seat.press("F4")
    seat.choose(first)
    seat.press("Y")
    card = seat.stored(first)
    assert (card.case.extensions, card.case.request) == (1, None)
    assert seat.case.code == second
    assert first not in listed(seat)
    seat.press("Ctrl+Z")
    assert seat.stored(first).case.request is Request.EXTENSION
    assert first in listed(seat)
    assert seat.case.code == first


def test_that_a_first_review_passed_on_to_others_gives_way_too(seat: Seat) -> None:
    late, other = seat.bring(State.HANDLING), ask(seat)
    seat.clock.forward(days=3)
    assert seat.door is not None
    for operation in (Operation.FEED_BACK, Operation.CLOSE, Operation.APPEAL):
        told, by = TOLD.get(operation, NOTHING), ASKER if operation is Operation.APPEAL else BY
        seat.wait(seat.door.desk.do(take_step, late, operation, told, by=by, at=seat.clock()))
        seat.clock.forward(minutes=1)
    seat.settle()
    seat.press("F4")
    seat.choose(late)
    seat.press("Y")
    assert seat.stored(late).case.request is Request.APPEAL_REVIEW
    assert not next(row for row in panel(seat).model.rows if row.case.code == late).mine
    assert seat.case.code == other


def test_that_a_refusal_asks_for_its_reason(seat: Seat) -> None:
    code = ask(seat)
    seat.press("F4")
    seat.choose(code)
    seat.press("Shift+Y")
    assert seat.form.is_open
    seat.type("理由不足")
    seat.press("Ctrl+Return")
    card = seat.stored(code)
    assert (card.case.extensions, card.case.request) == (0, None)
    assert card.facts[-1].note == "理由不足"


@pytest.mark.parametrize("operation", [Operation.ASK_RETURN, Operation.ASK_SUSPENSION])
def test_that_the_buttons_are_called_by_what_they_decide(seat: Seat, operation: Operation) -> None:
    code = ask(seat, operation)
    seat.press("F4")
    seat.choose(code)
    words = "回退" if operation is Operation.ASK_RETURN else "挂账"
    assert words in seat.find("act_allowDecision").accessibleName()
    assert words in seat.find("act_refuseDecision").accessibleName()


def test_that_what_is_decided_elsewhere_leaves_the_list(seat: Seat) -> None:
    code = ask(seat)
    seat.press("F4")
    assert code in listed(seat)
    assert seat.door is not None
    decide = seat.door.desk.do(
        take_step, code, Operation.ALLOW_EXTENSION, by="另一席", at=seat.clock() + timedelta(minutes=1)
    )
    seat.wait(decide)
    seat.settle()
    assert code not in listed(seat)


def test_that_escape_and_the_key_lead_back_to_the_queue(seat: Seat) -> None:
    ask(seat)
    for leave in ("Escape", "F4"):
        seat.press("F4")
        assert seat.find("approvalsButton", QToolButton).isChecked()
        seat.press(leave)
        assert not seat.find("approvalsButton", QToolButton).isChecked()
        assert seat.focused == "caseTable"


def test_that_looking_for_something_else_brings_the_queue(seat: Seat) -> None:
    ask(seat)
    seat.press("F4")
    seat.queue.choose_step("handling")
    assert not seat.window.left.shows_approvals
    assert seat.focused == "caseTable"
    seat.press("F4", "Ctrl+K")
    seat.type("大学路")
    seat.press("Return")
    assert seat.queue.filter.text
    assert not seat.window.left.shows_approvals
    assert seat.focused == "caseTable"


def test_that_an_empty_queue_says_so(seat: Seat) -> None:
    seat.window.left.toggle()
    panel(seat).model.show_rows([], seat.clock())
    panel(seat)._show()
    assert not panel(seat).list.isVisible()
    assert "没有等待审批" in panel(seat)._empty.text()
