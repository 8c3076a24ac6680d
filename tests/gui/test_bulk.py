"""Many cases: what will be refused is told before, what was done after; one key takes all of it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from console.domain.flow import State, Step
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.wanted import CaseFilter
from console.services.steps import Told, take_step
from console.ui.bulk.dock import BulkDock
from console.ui.bulk.table import LineTable
from console.ui.bulking import BATCH, FEW
from tests.gui.seat import Seat
from tests.gui.test_many import mark, states
from tests.gui.test_presence import there
from tests.lives import CHIEF


def marked(seat: Seat, codes: Sequence[str]) -> None:
    """Let these cases be the marked ones, as they are now, however many."""
    versions = [(code, seat.stored(code).case.version) for code in codes]

    async def cases() -> list[tuple[str, int]]:
        return versions

    conduct = seat.window.conduct
    conduct._marked, conduct._cases = lambda: len(versions), cases
    seat.choose(codes[0])


def waiting(seat: Seat, count: int, state: State = State.TO_DISPATCH) -> list[str]:
    seat.queue.show(CaseFilter(step=Step.COLLECTION))  # no row moves while they come
    return [seat.bring(state) for _case in range(count)]


def beside(seat: Seat, code: str, operation: Operation, told: Told, by: str = "另一席") -> None:
    """Committed beside the desk: the window is not told."""
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:
        take_step(unit, code, operation, told, by=by, at=seat.clock())


def dock(seat: Seat) -> BulkDock:
    return seat.window.bulking.dock


def summary(seat: Seat) -> str:
    return seat.find("bulkSummary", QLabel).text()


def test_that_few_are_done_by_one_key_and_more_are_shown_first(seat: Seat) -> None:
    codes = waiting(seat, FEW + 1)
    marked(seat, codes[:FEW])
    seat.press("D")
    assert not dock(seat).isVisible()
    assert states(seat, codes[:FEW]) == {State.TO_HANDLE}
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.TO_DISPATCH}
    marked(seat, codes)
    seat.press("D")
    assert dock(seat).isVisible()
    assert summary(seat) == f"可办 {FEW + 1}"
    assert states(seat, codes) == {State.TO_DISPATCH}
    seat.press("Return")
    assert states(seat, codes) == {State.TO_HANDLE}
    assert not dock(seat).isVisible()
    assert seat.message == f"已派遣 {FEW + 1} 件"
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.TO_DISPATCH}
    assert seat.message == f"已撤销“派遣”{FEW + 1} 件"


def test_that_what_is_refused_is_told_by_reason_and_can_be_looked_at(seat: Seat) -> None:
    codes = waiting(seat, 6)
    marked(seat, codes)
    for code in codes[:2]:
        beside(seat, code, Operation.VOID, Told(note="重复"))
    beside(seat, codes[2], Operation.DISPATCH, Told(department="P01"))
    seat.press("D")
    groups = seat.find("bulkGroups", QListWidget)
    assert summary(seat).startswith("可办 3 · ")
    seat.press("Down")
    assert groups.isVisible()
    assert [groups.item(at).text().split()[0] for at in range(groups.count())] == ["6", "3", "3"]
    groups.setCurrentRow(2)
    table = seat.find("bulkTable", LineTable)
    shown = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert sorted(shown) == sorted(codes[:3])
    assert "…" not in table.model().index(0, 4).data()
    place = table.visualRect(table.model().index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    seat.settle()
    assert seat.case.code == shown[0]
    seat.press("Return")
    assert states(seat, codes[3:]) == {State.TO_HANDLE}
    assert states(seat, codes[:2]) == {State.VOIDED}
    assert seat.message.startswith("已派遣 3 件 · 3 件未成:")


def test_that_the_preview_is_left_by_escape_and_nothing_was_done(seat: Seat) -> None:
    codes = waiting(seat, 3)
    marked(seat, codes)
    beside(seat, codes[0], Operation.VOID, Told(note="重复"))
    seat.press("D", "Escape")
    assert not dock(seat).isVisible()
    assert states(seat, codes[1:]) == {State.TO_DISPATCH}
    assert seat.window.queue.isAncestorOf(seat.window.focusWidget())


def test_that_what_was_not_done_can_be_tried_again_as_it_is_now(seat: Seat) -> None:
    codes = waiting(seat, 3)
    marked(seat, codes)
    beside(seat, codes[0], Operation.CONSULT, Told(note="由排水公司先行处置"))
    seat.press("D", "Return")
    assert states(seat, codes[1:]) == {State.TO_HANDLE}
    assert seat.find("bulkRetry").isVisible()
    seat.click("bulkRetry")
    assert states(seat, codes) == {State.TO_HANDLE}
    assert not dock(seat).isVisible()


def test_that_it_can_be_stopped_and_what_was_done_stays_done(seat: Seat) -> None:
    codes = waiting(seat, FEW + 5, State.REPORTED)
    marked(seat, codes)
    bulking = seat.window.bulking
    door = seat.door
    assert door is not None
    take_many, calls = door.take_many, []

    async def slow(*told: object) -> object:
        calls.append(told)
        outcomes = await take_many(*told)  # type: ignore[arg-type]
        bulking._show_progress()
        seat.window.back()  # as Escape does, while the first batch is through
        return outcomes

    door.take_many = slow  # type: ignore[method-assign, assignment]
    import console.ui.bulking as module

    before, module.BATCH = module.BATCH, 10
    try:
        seat.press("A", "Return")
    finally:
        module.BATCH = before
        door.take_many = take_many  # type: ignore[method-assign]
    assert len(calls) == 1
    assert [seat.stored(code).case.state for code in codes].count(State.TO_FILE) == 10
    assert summary(seat) == f"未办:已停止 {FEW - 5} · 已办 10"
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.REPORTED}
    assert before == BATCH


def test_that_one_form_tells_all_and_is_kept_while_it_is_seen_ahead(seat: Seat) -> None:
    codes = waiting(seat, 3, State.TO_FILE)
    marked(seat, codes)
    beside(seat, codes[2], Operation.FILE, Told(condition=1))
    seat.press("Shift+X")
    seat.type("重复登记")
    seat.press("Ctrl+Return")
    assert summary(seat).startswith("可办 2 · ")
    assert seat.form.of.startswith("act_")
    seat.press("Escape")
    assert seat.form.of.startswith("act_"), "what was typed is still there"
    seat.window.side.form.confirm.click()
    seat.settle()
    seat.press("Return")
    assert states(seat, codes[:2]) == {State.VOIDED}
    assert {seat.stored(code).facts[-1].note for code in codes[:2]} == {"重复登记"}
    assert not seat.form.is_open


def test_that_after_the_grace_many_are_countered_with_one_reason(seat: Seat) -> None:
    codes = waiting(seat, 3)
    marked(seat, codes)
    seat.press("D")
    seat.clock.forward(minutes=5)
    seat.press("Ctrl+Z")
    assert states(seat, codes) == {State.TO_HANDLE}
    assert seat.find("bulkReason").hasFocus()
    seat.press("Return")
    assert summary(seat) == "请写明理由"
    seat.type("派错部门")
    seat.press("Return")
    assert states(seat, codes) == {State.TO_DISPATCH}
    facts = [seat.stored(code).facts[-1] for code in codes]
    assert {(fact.operation, fact.note) for fact in facts} == {(Operation.COUNTER, "派错部门")}


def test_that_marked_cases_are_countered_by_the_key_of_the_counter_entry(seat: Seat) -> None:
    codes = waiting(seat, 2)
    for code in codes:
        seat.do(code, Operation.DISPATCH, Told(department="P01"))
    seat.clock.forward(minutes=5)
    marked(seat, codes)
    seat.press("Ctrl+Shift+Z")
    seat.type("派错部门")
    seat.press("Ctrl+Return")
    assert states(seat, codes) == {State.TO_DISPATCH}


def test_that_different_applications_are_decided_by_one_key(seat: Seat) -> None:
    codes = waiting(seat, 2, State.HANDLING)
    seat.do(codes[0], Operation.ASK_EXTENSION, Told(note="配件未到"), by=CHIEF)
    later = seat.clock().replace(month=5)
    seat.do(codes[1], Operation.ASK_SUSPENSION, Told(note="冬季不能施工", until=later), by=CHIEF)
    marked(seat, codes)
    seat.press("Y")
    assert seat.message == "已同意申请 2 件"
    assert [seat.stored(code).case.state for code in codes] == [State.HANDLING, State.SUSPENDED]
    seat.press("Ctrl+Z")
    assert {seat.stored(code).case.request is None for code in codes} == {False}


def test_that_marks_of_the_queue_come_to_the_same(seat: Seat) -> None:
    codes = waiting(seat, 2)
    seat.queue.show(CaseFilter(step=Step.DISPATCH))
    mark(seat, *codes)
    beside(seat, codes[0], Operation.VOID, Told(note="重复"))
    seat.press("D")
    assert seat.find("bulkConfirm", QPushButton).accessibleName() == "Enter 办理 1 件"
    seat.press("Return")
    assert states(seat, codes[1:]) == {State.TO_HANDLE}


def test_that_what_another_seat_is_about_to_do_is_told_before(seat: Seat) -> None:
    codes = waiting(seat, 3)
    marked(seat, codes)
    there(seat, codes[1], Doing.EDITING)
    seat.press("D")
    assert summary(seat) == "可办 2 · 可办,但别的席位正在办理 1"
    assert states(seat, codes) == {State.TO_DISPATCH}
    seat.press("Return")
    assert states(seat, codes) == {State.TO_HANDLE}, "it is told, nothing is locked"
