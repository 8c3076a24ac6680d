"""The whole life of a case: one seat in the window, the others through the command line on the same store."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

import pytest
from click.testing import CliRunner
from PySide6.QtWidgets import QDateEdit, QLabel, QPlainTextEdit, QPushButton

from console.cli import acts
from console.cli.main import grid_console
from console.domain.case import Case, CheckResult, Flag, Satisfaction
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.i18n import use_language
from console.queries.case import CaseCard
from console.queries.verify import mismatches
from console.runtime import jobs
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat

LEADER, DESK, PATROLLER = "值班长09", "经办员09", "采集员09"


class Office:
    """The others at work on the same store: the window hears of them by its watch."""

    def __init__(self, seat: Seat, state: State) -> None:
        self.seat = seat
        self.code = seat.bring(state)
        seat.choose(self.code)

    @property
    def card(self) -> CaseCard:
        return self.seat.stored(self.code)

    @property
    def case(self) -> Case:
        return self.card.case

    def does(self, operation: Operation, *options: str, by: str = DESK) -> None:
        """Run `cases do` and wait until the window has seen what it did."""
        words = ["--data", str(self.seat.folder), "cases", "do", operation.value, self.code, "--by", by]
        said = CliRunner().invoke(grid_console, [*words, *options], catch_exceptions=False)
        assert said.exit_code == 0, said.output
        use_language("zh")
        shown = self.seat.window.case
        self.seat.until(lambda: shown.card and shown.card.case.version == self.case.version)
        self.seat.settle()

    def says(self, *keys: str, text: str) -> None:
        """Press keys that open a form, type and confirm."""
        self.seat.press(*keys)
        self.seat.find("formReason", QPlainTextEdit).setFocus()
        self.seat.type(text)
        self.seat.press("Ctrl+Return")
        assert not self.seat.form.is_open

    def text(self, name: str) -> str:
        return self.seat.find(name, QLabel).text()


@pytest.fixture
def watching(open_seat: OpenSeat, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seat]:
    """A window that watches the store; the command line reads the same clock."""
    monkeypatch.setattr(jobs, "WATCH_SECONDS", 0.05)
    seat = open_seat()

    class Now(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return seat.clock()

    monkeypatch.setattr(acts, "datetime", Now)
    seat.watch()
    yield seat
    assert isinstance(seat.ask(lambda view: list(mismatches(view)))[0], int)


def test_that_a_refused_return_is_a_shuffle_and_a_granted_one_goes_to_another_dispatcher(
    watching: Seat,
) -> None:
    office = Office(watching, State.HANDLING)
    office.does(Operation.ASK_RETURN, "--note", "不属于本部门职责")
    assert "回退申请(经办员09" in office.text("caseRequest")
    office.says("Shift+Y", text="属于本部门职责")
    assert (office.case.state, office.case.shuffles) == (State.HANDLING, 1)
    office.does(Operation.ASK_RETURN, "--note", "权属已移交")
    watching.press("Y")
    assert (office.case.state, office.case.returns, office.case.barred) == (State.TO_DISPATCH, 1, BY)
    assert not watching.find("primaryAct", QPushButton).isEnabled()
    assert watching.find("actReason", QLabel).isVisible()
    office.does(Operation.DISPATCH, "--department", "P01", by=LEADER)
    assert office.case.department == "P01"
    lines = watching.window.case._timeline.lines
    told = {at: line.answers for at, line in enumerate(lines) if line.answers >= 0}
    assert [lines[question].head.split("  ")[1] for question in told.values()] == ["申请回退", "申请回退"]


def test_that_extension_suspension_check_and_rework_lead_to_a_closed_case(watching: Seat) -> None:
    office = Office(watching, State.HANDLING)
    first_due = office.case.due_at
    office.says("Shift+E", text="配件未到")
    assert office.case.request is Request.EXTENSION
    office.does(Operation.ALLOW_EXTENSION, by=LEADER)
    assert first_due is not None
    assert office.case.due_at is not None
    assert office.case.due_at > first_due
    watching.press("H")
    watching.find("formUntil", QDateEdit).setDate(watching.find("formUntil", QDateEdit).minimumDate())
    watching.find("formReason", QPlainTextEdit).setFocus()
    watching.type("等待停水")
    watching.press("Ctrl+Return")
    office.does(Operation.ALLOW_SUSPENSION, by=LEADER)
    assert "挂账至 03-21" in watching.find("caseFlags").accessibleName()
    watching.pass_time(120)
    watching.press("Shift+H", "B", "K")
    watching.type(PATROLLER)
    watching.press("Ctrl+Return")
    assert (office.case.state, office.case.handler) == (State.POST_CHECK, PATROLLER)
    office.does(Operation.FAIL_CHECK, "--note", "仍有残留", by=PATROLLER)
    watching.press("V")
    assert office.case.state is State.FED_BACK
    assert "核查" in watching.message
    office.says("R", text="彻底清理")
    watching.press("E", "B", "K")
    watching.type(PATROLLER)
    watching.press("Ctrl+Return")
    office.does(Operation.PASS_CHECK, by=PATROLLER)
    watching.press("V")
    assert (office.case.state, office.case.closed_condition) == (State.CLOSED, 1)
    watching.choose(office.code)
    watching.press("I")
    watching.click("formSatisfaction_very")
    watching.press("Ctrl+Return")
    assert (office.case.satisfaction, office.case.reworks) == (Satisfaction.VERY, 1)


def test_that_a_case_is_checked_before_filing_supervised_and_answered(watching: Seat) -> None:
    office = Office(watching, State.TO_FILE)
    watching.press("Shift+K")
    watching.type(PATROLLER)
    watching.press("Ctrl+Return")
    office.does(Operation.PRE_CHECK_RESULT, "--result", "exists", by=PATROLLER)
    assert (office.case.state, office.case.checked) == (State.TO_FILE, CheckResult.EXISTS)
    watching.press("F", "D")
    office.says("S", text="限今日办结")
    assert office.case.supervision == 1
    office.does(Operation.REPLY_SUPERVISION, "--note", "已增派人员")
    watching.press("Shift+S")
    assert (office.case.supervision, Flag.SUPERVISED in office.case.flags) == (0, False)


def test_that_a_late_case_is_appealed_in_two_reviews_and_opened_again(watching: Seat) -> None:
    office = Office(watching, State.HANDLING)
    watching.pass_time(60 * 24 * 4)
    watching.press("B", "V")
    watching.choose(office.code)
    assert "超期反馈" in office.text("caseState")
    assert "倍" in watching.find("caseShare").accessibleName()
    office.does(Operation.APPEAL, "--note", "道路封闭")
    watching.press("Y")
    assert office.case.request is Request.APPEAL_REVIEW
    office.does(Operation.ALLOW_APPEAL, by=LEADER)
    assert {Flag.APPEALED, Flag.EXEMPT} <= set(office.case.flags)
    office.says("Shift+R", text="问题反弹")
    assert office.case.state is State.TO_DISPATCH


def test_that_undo_goes_back_act_by_act_and_after_its_time_by_a_counter_entry(watching: Seat) -> None:
    office = Office(watching, State.REPORTED)
    watching.press("A", "F", "D")
    assert office.case.state is State.TO_HANDLE
    watching.press("Ctrl+Z")
    assert (office.case.state, office.card.facts[-1].operation) == (State.TO_DISPATCH, Operation.UNDO)
    watching.press("Ctrl+Z")
    assert office.case.state is State.TO_FILE
    watching.press("F")
    watching.clock.forward(minutes=5)
    watching.window.messages._on_tick()
    assert not watching.find("undoButton").isVisible()
    office.says("Ctrl+Z", text="立案条件选错")
    assert (office.case.state, office.card.facts[-1].operation) == (State.TO_FILE, Operation.COUNTER)
    undone = [line.undone for line in watching.window.case._timeline.lines]
    assert undone == [False, False, True, True, False, False, True, False]


def test_that_of_two_windows_one_wins_and_the_other_keeps_what_it_typed(
    watching: Seat, open_seat: OpenSeat
) -> None:
    office = Office(watching, State.TO_DISPATCH)
    other = open_seat(folder=watching.folder, clock=watching.clock)
    assert other.door is not None
    other.door.by = LEADER
    other.watch()
    other.choose(office.code)
    other.press("T")
    other.type("立案条件有误,退回")
    watching.window.activateWindow()
    watching.until(watching.window.isActiveWindow)
    watching.press("D")
    assert office.case.state is State.TO_HANDLE
    other.until(lambda: "派遣" in other.find("formNews", QLabel).text())
    assert other.find("formReason", QPlainTextEdit).toPlainText() == "立案条件有误,退回"
    assert not other.find("formConfirm", QPushButton).isEnabled()
    assert len(office.card.facts) == 4
