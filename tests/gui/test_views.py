"""Saved views over the queue: opened by key, counted as things are done, named, shared, let go and back."""

import asyncio

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton

from console.domain.filter_form import NOWHERE, Standpoint
from console.domain.flow import State, Step
from console.domain.operation import Operation
from console.domain.saved_view import SavedView
from console.domain.wanted import CaseFilter
from console.queries.paging import queue_count
from console.queries.views import saved_views
from console.services.views import keep_view, share_view
from console.storage.unit import Unit
from console.ui.queue.offered import offered
from console.ui.views_door import ViewsDoor
from tests.gui.seat import BY, NOW, Seat


def counted(seat: Seat) -> None:
    """Wait for the counts that follow what was done."""
    views = seat.window.queue.views
    seat.until(lambda: views.counting.idle)
    views.counting.wish(now=True)
    seat.until(lambda: views.counting.idle)


def button(seat: Seat, at: int) -> QToolButton:
    return seat.find(f"view_{at}", QToolButton)


def own_views(seat: Seat) -> tuple[SavedView, ...]:
    return seat.ask(saved_views, BY)


def test_that_the_built_in_views_count_what_they_show_when_opened_by_key(seat: Seat) -> None:
    seat.bring(State.TO_DISPATCH)
    for at in range(1, 7):
        counted(seat)
        seat.press(f"Ctrl+Alt+{at}")
        view = seat.window.queue.views._offered[at - 1]
        assert seat.window.selection.wanted == view.wanted
        number = seat.ask(queue_count, view.wanted, seat.clock())
        assert len(seat.codes) == number
        if button(seat, at).isVisible():
            assert button(seat, at).isChecked()
            assert f"{view.name} {number}" in button(seat, at).text()


def test_that_a_view_of_the_seats_own_is_none_before_it_is_known_who_sits_there(seat: Seat) -> None:
    unknown = offered((), NOWHERE)
    assert {view.wanted for view in unknown} == {None}  # else "mine" would be everything, and turned on
    assert {view.problem for view in unknown} == {""}
    views = seat.window.queue.views
    views.here = NOWHERE
    views.show_words()
    assert not any(button(seat, at).isChecked() for at in range(1, 7))
    before = seat.window.selection.wanted
    views.open_view(0)
    assert seat.window.selection.wanted is before


def test_that_counts_follow_what_is_done_and_tell_the_late_ones_by_a_shape(seat: Seat) -> None:
    counted(seat)
    before = seat.window.queue.views._counts[1].number
    code = seat.bring(State.REPORTED)
    counted(seat)
    assert seat.window.queue.views._counts[1].number == before + 1
    seat.do(code, Operation.ACCEPT)
    seat.wait_minutes(60 * 24 * 9)
    counted(seat)
    late = seat.ask(queue_count, CaseFilter(late=True), seat.clock())
    assert button(seat, 4).text() == f"超期 {late} ▲{late}"
    assert button(seat, 4).accessibleName() == f"超期:{late} 件,其中超期 {late} 件 (Ctrl+Alt+4)"


def test_that_the_present_filter_is_saved_named_anew_deleted_and_brought_back(seat: Seat) -> None:
    seat.window.selection.want(CaseFilter(step=Step.DISPATCH, late=True))
    seat.settle()
    seat.press("Ctrl+D")
    seat.type("派遣超期")
    seat.press("Return")
    assert seat.message == "已保存视图“派遣超期”"
    assert [view.name for view in own_views(seat)] == ["派遣超期"]
    seat.press("Escape")
    assert seat.window.queue.table.hasFocus() or seat.find("queueEmpty", QLabel).hasFocus()
    seat.press("Ctrl+Backspace", "Ctrl+Alt+7")
    assert seat.window.selection.wanted == CaseFilter(step=Step.DISPATCH, late=True)
    seat.press("Ctrl+Shift+F", "End")
    seat.find("viewName", QLineEdit).setText("超期待派")
    seat.click("viewRename")
    assert [view.name for view in own_views(seat)] == ["超期待派"]
    seat.click("viewDelete")
    assert own_views(seat) == ()
    assert seat.find("viewRestore", QPushButton).text() == "撤销删除“超期待派”"
    seat.click("viewRestore")
    assert [view.name for view in own_views(seat)] == ["超期待派"]


def test_that_mine_waiting_and_today_follow_the_seat(seat: Seat) -> None:
    views = seat.window.queue.views
    assert views.here.name == BY
    assert views.here.today == seat.window.passing.midnight()
    assert views._offered[0].wanted == CaseFilter(handler=BY)
    seat.press("Ctrl+Alt+1")
    assert seat.find("chip_handler", QToolButton).text() == "我的  ×"
    seat.press("Ctrl+Alt+2")
    assert seat.find("chip_posts", QToolButton).text() == "等我办  ×"
    seat.press("Ctrl+Alt+6")
    assert seat.find("chip_reported_since", QToolButton).text() == "今日新件  ×"


def test_that_a_view_another_seat_shares_comes_by_itself(seat: Seat) -> None:
    assert seat.door is not None

    def shared(unit: Unit) -> None:
        view = keep_view(unit, "大家看<b>", CaseFilter(late_times=3), Standpoint("李四"), by="李四")
        share_view(unit, view.id, True, by="李四", at=NOW)

    seat.watch()
    with seat.door.desk.store.write() as unit:
        shared(unit)
    seat.until(lambda: len(seat.window.queue.views._offered) == 7)
    seat.press("Ctrl+Alt+7")
    assert seat.window.selection.wanted == CaseFilter(late_times=3)


def test_that_a_view_of_a_newer_program_says_so_and_shows_nothing_else(seat: Seat) -> None:
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:
        keep_view(unit, "将来", CaseFilter(), Standpoint(), by=BY)
        unit.connection.exec_driver_sql("""UPDATE saved_views SET form = '{"version": 99}'""")
    seat.window.queue.views.seat_changed()
    seat.settle()
    before = seat.window.selection.wanted
    seat.press("Ctrl+Alt+7")
    assert seat.window.selection.wanted == before
    assert seat.message == "将来:这个筛选是较新的程序保存的(格式 99):请先更新本程序"


class SlowOnce(ViewsDoor):
    """Holds its first answer back until it is let go."""

    def hold(self) -> None:
        self.let_go = asyncio.Event()
        self._held = False

    async def views(self) -> tuple[SavedView, ...]:
        found = await super().views()
        if not self._held:
            self._held = True
            await self.let_go.wait()
        return found


def test_that_an_answer_from_before_a_view_was_saved_does_not_hide_it(seat: Seat) -> None:
    views = seat.window.queue.views
    assert seat.door is not None
    door = views._door = SlowOnce(seat.door)
    door.hold()
    views.reload.wish(now=True)
    seat.until(lambda: door._held)
    views._do(views._save("新视图"))
    seat.until(lambda: not views.clicks.busy)
    door.let_go.set()
    seat.settle()
    assert views.offered[-1].name == "新视图"


def test_that_nobody_is_offered_what_the_one_before_deleted(seat: Seat) -> None:
    views = seat.window.queue.views
    seat.press("Ctrl+D")
    seat.type("查投诉")
    seat.press("Return")
    views.list.list.setCurrentRow(len(views.offered) - 1)
    seat.click("viewDelete")
    assert "查投诉" in seat.find("viewRestore", QPushButton).text()
    assert seat.door is not None
    seat.door.by = "另一席"
    seat.window.seating.changed.emit("另一席")
    seat.settle()
    assert not seat.find("viewRestore", QPushButton).isVisible()
