"""Saved views over the queue: opened by key, counted as things are done, named, shared, let go and back."""

import asyncio

from PySide6.QtWidgets import QLabel

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

WAITING = "等我办"


def number_of(words: str) -> int:
    """The count that the button of a view tells."""
    return int(words.split()[1].replace(",", ""))


def own_views(seat: Seat) -> tuple[SavedView, ...]:
    return seat.ask(saved_views, BY)


def test_that_the_built_in_views_count_what_they_show_when_opened_by_key(seat: Seat) -> None:
    seat.bring(State.TO_DISPATCH)
    for at, name in enumerate(seat.views.names[:6], 1):
        seat.press(f"Ctrl+Alt+{at}")
        wanted = seat.queue.filter
        assert wanted == seat.window.queue.views.offered[at - 1].wanted
        number = seat.ask(queue_count, wanted, seat.clock())
        assert len(seat.queue.codes) == number
        if seat.shows(f"view_{at}"):
            assert name in seat.views.on
            assert f"{name} {number}" in seat.views.words(name)


def test_that_a_view_of_the_seats_own_is_none_before_it_is_known_who_sits_there(seat: Seat) -> None:
    unknown = offered((), NOWHERE)
    assert {view.wanted for view in unknown} == {None}  # else "mine" would be everything, and turned on
    assert {view.problem for view in unknown} == {""}
    views = seat.window.queue.views
    views.here = NOWHERE
    views.show_words()
    assert seat.views.on == []
    before = seat.queue.filter
    views.open_view(0)
    assert seat.queue.filter is before


def test_that_counts_follow_what_is_done_and_tell_the_late_ones_by_a_shape(seat: Seat) -> None:
    before = number_of(seat.views.words(WAITING))
    code = seat.bring(State.REPORTED)
    assert number_of(seat.views.words(WAITING)) == before + 1
    seat.do(code, Operation.ACCEPT)
    seat.pass_time(60 * 24 * 9)
    late = seat.ask(queue_count, CaseFilter(late=True), seat.clock())
    assert seat.views.words("超期") == f"超期 {late} ▲{late}"
    assert seat.views.spoken("超期") == f"超期:{late} 件,其中超期 {late} 件 (Ctrl+Alt+4)"


def test_that_the_present_filter_is_saved_named_anew_deleted_and_brought_back(seat: Seat) -> None:
    seat.queue.show(CaseFilter(step=Step.DISPATCH, late=True))
    seat.press("Ctrl+D")
    seat.type("派遣超期")
    seat.press("Return")
    assert seat.message == "已保存视图“派遣超期”"
    assert [view.name for view in own_views(seat)] == ["派遣超期"]
    seat.press("Escape")
    assert seat.focused == "caseTable" or seat.find("queueEmpty", QLabel).hasFocus()
    seat.press("Ctrl+Backspace", "Ctrl+Alt+7")
    assert seat.queue.filter == CaseFilter(step=Step.DISPATCH, late=True)
    seat.views.rename("派遣超期", to="超期待派")
    assert [view.name for view in own_views(seat)] == ["超期待派"]
    seat.views.delete("超期待派")
    assert own_views(seat) == ()
    assert seat.views.deleted == "撤销删除“超期待派”"
    seat.views.restore()
    assert [view.name for view in own_views(seat)] == ["超期待派"]


def test_that_mine_waiting_and_today_follow_the_seat(seat: Seat) -> None:
    views = seat.window.queue.views
    assert views.here.name == BY
    assert views.here.today == seat.window.passing.midnight()
    seat.press("Ctrl+Alt+1")
    assert seat.queue.filter == CaseFilter(handler=BY)
    assert seat.text("chip_handler") == "我的  ×"
    seat.press("Ctrl+Alt+2")
    assert seat.text("chip_posts") == "等我办  ×"
    seat.press("Ctrl+Alt+6")
    assert seat.text("chip_reported_since") == "今日新件  ×"


def test_that_a_view_another_seat_shares_comes_by_itself(seat: Seat) -> None:
    assert seat.door is not None

    def shared(unit: Unit) -> None:
        view = keep_view(unit, "大家看<b>", CaseFilter(late_times=3), Standpoint("李四"), by="李四")
        share_view(unit, view.id, True, by="李四", at=NOW)

    seat.watch()
    with seat.door.desk.store.write() as unit:
        shared(unit)
    seat.until(lambda: len(seat.views.names) == 7, "the shared view is offered")
    seat.press("Ctrl+Alt+7")
    assert seat.queue.filter == CaseFilter(late_times=3)


def test_that_a_view_of_a_newer_program_says_so_and_shows_nothing_else(seat: Seat) -> None:
    assert seat.door is not None
    with seat.door.desk.store.write() as unit:
        keep_view(unit, "将来", CaseFilter(), Standpoint(), by=BY)
        unit.connection.exec_driver_sql("""UPDATE saved_views SET form = '{"version": 99}'""")
    seat.window.queue.views.seat_changed()
    seat.settle()
    before = seat.queue.filter
    seat.press("Ctrl+Alt+7")
    assert seat.queue.filter == before
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
    assert seat.views.names[-1] == "新视图"


def test_that_nobody_is_offered_what_the_one_before_deleted(seat: Seat) -> None:
    seat.views.save("查投诉")
    seat.views.delete("查投诉")
    assert "查投诉" in seat.views.deleted
    assert seat.door is not None
    seat.door.by = "另一席"
    seat.window.seating.changed.emit("另一席")
    seat.settle()
    assert seat.views.deleted == ""
