"""The queue: filters, the step strip, search, sorting, and rows that stay where they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget

from console.domain.flow import STEP_OF, State, Step
from console.domain.report import Report
from console.domain.wanted import CaseFilter, Order
from console.queries.queue import step_counts
from tests.gui.seat import Seat
from tests.lives import REPORT, WAY


def header_click(seat: Seat, column: str) -> None:
    table = seat.window.queue.table
    at = next(n for n, item in enumerate(seat.window.queue.model.columns) if item.key == column)
    heads = table.horizontalHeader()
    place = heads.sectionViewportPosition(at) + heads.sectionSize(at) // 2
    middle = heads.viewport().rect().center()
    middle.setX(place)
    QTest.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    seat.settle()


def pick(seat: Seat, box: str, code: object) -> None:
    """Choose an entry of a filter as the list does."""
    field = seat.find(box, QComboBox)
    field.setCurrentIndex(seat.window.queue.filters.panel.choices[box].index(code))
    seat.settle()


def row_on_screen(seat: Seat, code: str) -> int:
    """How far below the top of the table a case's row lies, px."""
    model = seat.window.queue.model
    row = model.row_of(seat.stored(code).case.id)
    assert row >= 0
    return seat.window.queue.table.visualRect(model.index(row, 0)).top()


def test_that_the_strip_counts_what_the_queue_then_shows(seat: Seat) -> None:
    for state in WAY:
        seat.bring(state)
    seat.window.refresh()
    seat.settle()
    counts = seat.ask(step_counts, seat.clock(), seat.window.passing.midnight())
    for step in Step:
        assert seat.window.strip._buttons[step]._number == counts[step].number, step
        seat.queue.choose_step(step.value)
        assert len(seat.queue.codes) == counts[step].number, step
        assert seat.find("queueCount", QLabel).text() == f"共 {counts[step].number} 件"
        states = {seat.stored(code).case.state for code in seat.queue.codes}
        assert {STEP_OF[state] for state in states} <= {step}
        seat.queue.choose_step(step.value)
        assert seat.queue.filter.step is None


def test_that_filters_narrow_together_and_are_cleared_at_once(seat: Seat) -> None:
    everything = seat.queue.codes
    pick(seat, "divisionFilter", "410105")
    assert {seat.stored(code).case.district for code in seat.queue.codes} == {"410105"}
    pick(seat, "departmentFilter", "D105")
    assert {seat.stored(code).case.department for code in seat.queue.codes} == {"D105"}
    pick(seat, "classFilter", "event:0110")
    assert {seat.stored(code).case.class_key for code in seat.queue.codes} <= {"event:0110"}
    assert len(seat.queue.codes) < len(everything)
    seat.press("Ctrl+Backspace")
    assert seat.queue.codes == everything
    assert seat.find("divisionFilter", QComboBox).currentIndex() == 0


def test_that_late_only_shows_running_clocks_past_due(seat: Seat) -> None:
    seat.bring(State.HANDLING)
    seat.pass_time(60 * 24 * 5)
    seat.window.refresh()
    seat.settle()
    pick(seat, "dueFilter", (True, 0, None))
    assert seat.queue.codes
    for code in seat.queue.codes:
        case = seat.stored(code).case
        assert case.current_due_at is not None
        assert case.current_due_at < seat.clock()
    assert seat.find("chip_late", QToolButton).text() == "超期  ×"
    seat.click("chip_late")
    assert seat.queue.filter == CaseFilter()


def test_that_words_search_all_cases_and_an_empty_field_goes_back(seat: Seat) -> None:
    before = seat.queue.codes
    closed = seat.bring(State.CLOSED)
    seat.press("Ctrl+K")
    seat.type(f'"{closed}"')
    seat.press("Return")
    assert seat.queue.codes == [closed]
    assert f"“{closed[:12]}”" in seat.find("chip_text", QToolButton).text()
    seat.press("Ctrl+K", "Ctrl+A", "Delete", "Return")
    assert not seat.queue.filter.text
    assert seat.queue.codes == before


@pytest.mark.parametrize("text", ["大学路 1 号", "路口有垃圾", "暴露垃圾", '"二七区城管局"', "%", "_", "'"])
def test_that_a_search_finds_by_place_text_class_and_department(seat: Seat, text: str) -> None:
    seat.bring(State.TO_HANDLE)
    seat.press("Ctrl+K")
    seat.type(text)
    seat.press("Return")
    if text in "%_'":
        assert seat.queue.codes == []
        assert seat.find("queueEmpty", QLabel).text() == "没有符合条件的案件。按 Ctrl+Backspace 清除筛选。"
    else:
        assert seat.queue.codes


def test_that_sorting_keeps_the_chosen_case_and_turns_at_the_second_click(seat: Seat) -> None:
    chosen = seat.queue.codes[7]
    seat.queue.choose(chosen)
    header_click(seat, "code")
    assert seat.queue.codes == sorted(seat.queue.codes)
    assert seat.case.code == chosen
    header_click(seat, "code")
    assert seat.queue.codes == sorted(seat.queue.codes, reverse=True)
    assert seat.case.code == chosen
    rows = seat.window.queue.table.selectionModel().selectedRows()
    assert [seat.queue.rows[row.row()] for row in rows] == [chosen]


def test_that_new_arrivals_do_not_move_the_chosen_row(seat: Seat) -> None:
    newest_on_top = CaseFilter(everything=True, order=Order.CODE, descending=True)
    seat.queue.show(newest_on_top)
    chosen = seat.queue.codes[25]
    seat.queue.choose(chosen)
    seat.window.queue.eye.go(20)
    before = row_on_screen(seat, chosen)
    for _report in range(4):
        seat.bring(State.REPORTED)
    assert seat.queue.codes.index(chosen) == 29
    assert seat.case.code == chosen
    assert row_on_screen(seat, chosen) == before


def test_that_the_next_case_takes_the_place_of_one_that_went_on(seat: Seat) -> None:
    codes = [seat.bring(State.REPORTED) for _report in range(3)]
    seat.queue.choose_step("collection")
    header_click(seat, "reported")
    shown = seat.queue.codes
    seat.queue.choose(codes[1])
    at = shown.index(codes[1])
    seat.press("A")
    assert codes[1] not in seat.queue.codes
    assert seat.case.code == shown[at + 1]
    assert seat.message.startswith(f"已受理:{codes[1]}")


def test_that_an_emptied_queue_says_so_and_keeps_the_keyboard(seat: Seat) -> None:
    seat.queue.choose_step("collection")
    seat.queue.choose(seat.queue.codes[0])
    while seat.queue.codes:
        seat.press("A")
    assert seat.find("queueEmpty", QLabel).text() == "这一步没有待办案件。"
    assert seat.find("queueEmpty").hasFocus()
    seat.press("N")
    assert seat.form.of == "report"


def test_that_the_rows_have_the_keyboard_also_when_they_came_behind_another_window(seat: Seat) -> None:
    seat.act("focus_queue")
    in_front = QWidget()
    in_front.show()
    in_front.activateWindow()
    seat.until(lambda: not seat.window.isActiveWindow())
    for wanted in (CaseFilter(text="无此案件"), CaseFilter()):
        seat.queue.show(wanted)
        seat.until(lambda: seat.idle)
        shown = seat.window.queue.table if seat.queue.codes else seat.find("queueEmpty")
        assert seat.window.focusWidget() is shown
    in_front.close()


def test_that_arrow_keys_walk_through_the_queue(seat: Seat) -> None:
    codes = seat.queue.codes
    seat.queue.choose(codes[0])
    seat.press("Down", "Down")
    assert seat.case.code == codes[2]
    seat.press("Up")
    assert seat.case.code == codes[1]


def test_that_columns_follow_the_step(seat: Seat) -> None:
    model = seat.window.queue.model

    def heads() -> list[str]:
        return [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]

    assert heads()[0] == "剩余"
    seat.queue.choose_step("collection")
    assert heads() == ["剩余", "上报", "来源", "类别", "地点", "描述"]
    bar = seat.window.queue.table.horizontalScrollBar()
    assert not bar.isVisible()


def test_that_rows_far_down_are_fetched_when_they_are_seen(seat: Seat) -> None:
    seat.queue.show(CaseFilter(everything=True))
    model = seat.window.queue.model
    assert model.total >= 300 > model.rowCount()
    seat.window.queue.eye.go(model.total)
    seat.settle()
    assert seat.queue.rows[-1] == seat.queue.codes[-1]


def test_that_a_report_without_a_place_is_a_case_too(seat: Seat) -> None:
    assert seat.door is not None
    case = seat.wait(seat.door.register(Report(REPORT.source, "没有坐标的来电")))
    seat.settle()
    assert case.code in seat.queue.codes
    seat.choose(case.code)
    assert any("没有坐标" in label.text() for label in seat.find("caseFacts").findChildren(QLabel))
