"""Triage: the next case comes by itself, three keys send it on, and no other seat has the same one."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import TypeVar

from PySide6.QtWidgets import QLabel, QPushButton

from console.domain.flow import State, Step
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.wanted import CaseFilter
from console.queries.presence import others
from console.queries.triage import Waiting
from console.runtime.triage import TriageCase
from console.services.presence import attend
from console.services.steps import Told
from console.ui.triage_door import TriageDoor
from tests.gui.seat import Seat
from tests.gui.test_presence import OTHER, second


def begun(seat: Seat, *states: State) -> list[str]:
    """Triage over new cases in these states, the first one shown."""
    codes = []
    for state in states:
        seat.clock.forward(seconds=1)
        codes.append(seat.bring(state))
    seat.queue.show(CaseFilter(text="路口有垃圾"))
    seat.press("F11")
    return codes


def state(seat: Seat, code: str) -> State:
    return seat.stored(code).case.state


def test_that_three_keys_file_and_dispatch_and_the_next_comes_by_itself(seat: Seat) -> None:
    first, second_one = begun(seat, State.REPORTED, State.REPORTED)
    assert (seat.triage.code, seat.case.code) == (first, first)
    assert seat.text("triageText") == "路口有垃圾"
    seat.press("A")
    assert (seat.triage.code, state(seat, first)) == (first, State.TO_FILE)
    seat.press("F")
    assert (seat.triage.code, state(seat, first)) == (first, State.TO_DISPATCH)
    seat.press("D")
    assert state(seat, first) == State.TO_HANDLE
    assert (seat.triage.code, seat.case.code) == (second_one, second_one)
    assert seat.triage.progress == "已分拣 1 件 · 还有 1 件"


def test_that_one_key_goes_the_whole_way_and_one_undo_takes_it_back(seat: Seat) -> None:
    first, other = begun(seat, State.REPORTED, State.REPORTED)
    go = seat.find("triageGo", QPushButton)
    assert go.accessibleName().startswith("Enter  受理 → 立案 → 派遣 金水区城管局")
    seat.press("Return")
    assert state(seat, first) is State.TO_HANDLE
    assert seat.triage.code == other
    assert seat.message.startswith(f"已受理 → 立案 → 派遣:{first}")
    seat.press("Ctrl+Z")
    assert state(seat, first) is State.REPORTED
    assert seat.triage.code == first, "what was taken back is to do again"
    assert state(seat, other) is State.REPORTED
    seat.press("Return", "Return")
    assert {state(seat, code) for code in (first, other)} == {State.TO_HANDLE}
    assert seat.shows("triageEmpty")


def test_that_a_case_is_passed_over_by_a_number_and_the_reason_is_on_it(seat: Seat) -> None:
    first, other = begun(seat, State.TO_DISPATCH, State.TO_DISPATCH)
    seat.press("Space")
    assert seat.shows("skip_check")
    seat.press("2")  # the key of the second dispatch, elsewhere
    assert seat.triage.code == other
    assert seat.message == f"已跳过:{first} 需先核实"
    assert state(seat, first) is State.TO_DISPATCH
    (skip,) = seat.stored(first).skips
    assert (skip.by, skip.reason.value) == ("测试员", "check")
    seat.press("F11")
    seat.choose(first)
    lines = [label.text() for label in seat.window.case.findChildren(QLabel) if "需先核实" in label.text()]
    assert lines == ["10:00 测试员 需先核实"]


def test_that_another_reason_is_written_and_escape_goes_back_to_the_case(seat: Seat) -> None:
    first, other = begun(seat, State.TO_DISPATCH, State.TO_DISPATCH)
    seat.press("Space", "Escape")
    assert not seat.shows("skip_check")
    assert seat.triage.code == first
    seat.press("Space", "6")
    seat.type("等照片")
    seat.press("Return")
    assert seat.triage.code == other
    assert seat.stored(first).skips[0].note == "等照片"


def test_that_what_was_passed_over_comes_back_later(seat: Seat) -> None:
    (first,) = begun(seat, State.TO_DISPATCH)
    seat.press("Space", "1")
    assert seat.triage.code == ""
    assert seat.shows("triageEmpty")
    seat.clock.forward(minutes=31)
    seat.window.triaging.restart()
    seat.settle()
    assert seat.triage.code == first


def test_that_its_cases_are_not_given_to_another_seat(seat: Seat) -> None:
    codes = begun(seat, State.TO_DISPATCH, State.TO_DISPATCH, State.TO_DISPATCH)
    ids = [seat.stored(code).case.id for code in codes]
    held = [(one.case_id, one.doing) for one in seat.ask(others, OTHER)]
    assert held == [(ids[0], Doing.TRIAGE), (ids[1], Doing.TRIAGE)], "the shown one and the one after it"
    second(seat)
    second(seat)
    assert [(one.case_id, one.doing) for one in seat.ask(others, OTHER)] == held
    seat.press("F11")
    second(seat)
    second(seat)
    assert [(one.case_id, one.doing) for one in seat.ask(others, OTHER)] == [(ids[0], Doing.LOOKING)]


def test_that_what_another_seat_has_taken_is_passed_by(seat: Seat) -> None:
    seat.clock.forward(seconds=1)
    taken = seat.bring(State.TO_DISPATCH)
    assert seat.door is not None
    there = {seat.stored(taken).case.id: Doing.TRIAGE}
    seat.door.desk.do_now(attend, OTHER, there, by="李四")
    (mine,) = begun(seat, State.TO_DISPATCH)
    assert seat.triage.code == mine
    seat.press("D")
    assert seat.triage.code == ""
    assert "1" in seat.text("triageEmpty")


def test_that_what_others_do_to_the_shown_and_the_next_case_is_seen(seat: Seat) -> None:
    first, other, third = begun(seat, State.TO_DISPATCH, State.TO_DISPATCH, State.TO_DISPATCH)
    seat.do(other, Operation.DISPATCH, Told(department="P01"), by="另一席")
    assert seat.window.triaging._ahead is not None
    assert seat.window.triaging._ahead.card.case.code == third
    seat.do(first, Operation.DISPATCH, Told(department="P01"), by="另一席")
    seat.do(first, Operation.RECEIVE, by="另一席")
    assert seat.triage.code in (first, third)
    assert seat.window.triaging._current is not None
    assert seat.window.triaging._current.card.case.version == seat.stored(seat.triage.code).case.version


def test_that_a_case_that_is_only_looked_at_is_not_sent_on(seat: Seat) -> None:
    first, other = begun(seat, State.TO_DISPATCH, State.TO_DISPATCH)
    links = [name for name in (f"triageSimilar_{seat.stored(other).case.id}",) if seat.find(name)]
    seat.click(links[0])
    assert seat.case.code == other
    assert seat.triage.code == first
    assert not seat.find("triageGo").isEnabled()
    seat.find("triagePanel").setFocus()
    seat.press("Return")
    assert {state(seat, code) for code in (first, other)} == {State.TO_DISPATCH}
    seat.press("Escape")
    assert seat.case.code == first
    assert seat.find("triageGo").isEnabled()
    seat.press("Return")
    assert state(seat, first) is State.TO_HANDLE


def test_that_a_form_comes_over_it_and_gives_the_keyboard_back(seat: Seat) -> None:
    first, other = begun(seat, State.REPORTED, State.REPORTED)
    seat.press("X")
    seat.type("不属于本城市管理范围")
    seat.press("Ctrl+Return")
    assert state(seat, first) is State.NOT_ACCEPTED
    assert seat.triage.code == other
    assert seat.focused == "triagePanel"


def test_that_it_ends_by_its_key_and_by_escape_and_the_queue_is_back(seat: Seat) -> None:
    begun(seat, State.TO_DISPATCH)
    seat.press("Escape")
    assert not seat.triage.is_open
    assert seat.shows("queuePanel")
    seat.press("F11", "F11")
    assert seat.shows("queuePanel")
    assert seat.message == "分拣结束:已办 0 件"


def test_that_without_a_filter_it_is_what_waits_for_this_seat(seat: Seat) -> None:
    seat.press("F11")
    assert seat.triage.code
    assert seat.window.triaging._wanted.posts


def test_that_a_step_of_the_strip_is_what_comes(seat: Seat) -> None:
    code = seat.bring(State.FED_BACK)
    seat.clock.forward(seconds=1)
    seat.press("F11")
    seat.queue.choose_step("feedback")
    assert seat.window.triaging._wanted.step is Step.FEEDBACK
    assert state(seat, seat.triage.code) is State.FED_BACK
    assert state(seat, code) is State.FED_BACK
    while seat.triage.code:
        before = seat.triage.code
        seat.press("Return")
        assert state(seat, before) is State.CLOSED, "the main act of the state, where there is no routine way"


def test_that_the_pace_is_told_after_a_while(seat: Seat) -> None:
    begun(seat, State.TO_DISPATCH, State.TO_DISPATCH, State.TO_DISPATCH)
    seat.clock.forward(minutes=3)
    seat.press("D")
    seat.clock.at += timedelta(minutes=3)
    seat.press("D")
    assert seat.triage.progress == "已分拣 2 件 · 还有 1 件 · 每小时 20 件"


T = TypeVar("T")
WAY = (Operation.ACCEPT, Operation.FILE, Operation.DISPATCH)


class SlowDoor(TriageDoor):
    """Answers, but holds back what it knows until it is let go."""

    def hold(self) -> None:
        self.let_go = asyncio.Event()
        self.held = 0

    async def waiting(self, wanted: CaseFilter, done: Sequence[int]) -> Waiting:
        return await self._later(await super().waiting(wanted, done))

    async def case(self, case_id: int) -> TriageCase:
        return await self._later(await super().case(case_id))

    async def _later(self, found: T) -> T:
        self.held += 1
        await self.let_go.wait()
        return found


def test_that_a_case_that_comes_after_the_end_is_not_shown(seat: Seat) -> None:
    codes = begun(seat, State.REPORTED)
    seat.press("F11")
    assert seat.door is not None
    door = seat.window.triaging._door = SlowDoor(seat.door)
    door.hold()
    seat.window.selection.choose_case(0)
    seat.settle()
    seat.window.triaging.toggle_triage()
    seat.until(lambda: door.held > 0)
    seat.window.triaging.toggle_triage()
    door.let_go.set()
    seat.settle()
    assert codes
    assert seat.window.selection.case_id == 0
    assert seat.triage.code == ""


def test_that_what_was_read_before_an_act_does_not_bring_the_case_back(seat: Seat) -> None:
    first, other = begun(seat, State.REPORTED, State.REPORTED)
    triaging = seat.window.triaging
    assert seat.door is not None
    door = triaging._door = SlowDoor(seat.door)
    door.hold()
    triaging._stale = True  # another seat has touched it
    triaging.steps.wish(now=True)
    seat.until(lambda: door.held > 0)
    case = seat.wait(TriageDoor(seat.door).go(first, WAY, seat.stored(first).case.version))
    triaging._on_done(case)
    assert seat.triage.code == other
    door.let_go.set()
    seat.settle()
    assert (seat.triage.code, seat.case.code) == (other, other)
