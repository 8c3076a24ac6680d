"""The past in the window: what its map shows, that nothing is acted on there, and the way back to now."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from console.domain.operation import Operation
from console.domain.replay import Period
from console.queries.past import Past
from console.runtime.bootstrap import open_desk
from console.runtime.drill import drills, make_drill
from console.ui.replay.page import ReplayPage
from console.ui.replay_door import ReplayDoor
from tests.gui.map_page import OpenMap
from tests.gui.seat import NOW, Seat
from tests.gui.seats import OpenSeat
from tests.gui.window_map import WindowMap
from tests.lives import TOLD

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def turned(seat: Seat) -> ReplayPage:
    """The page of the past, turned to by its key, with today read."""
    seat.press("Shift+F5")
    page = seat.window.charting.replaying.page
    assert page is not None
    seat.until(lambda: page.shown is not None and page.drawing.idle and not page.clicks.busy)
    return page


def drawn(seat: Seat, page: ReplayPage) -> ReplayPage:
    seat.until(lambda: page.drawing.idle and page.shown is not None)
    assert page.playing is not None
    assert page.shown is not None
    assert page.shown.at == page.playing.at
    return page


def test_that_it_says_that_this_is_the_past_and_which_second_of_it(seat: Seat) -> None:
    page = turned(seat)
    banner = seat.find("replayBanner")
    assert banner.text() == "2026-03-20 周五 00:00:00    回放:这里是过去,不是现在;在此不能办理案件"  # type: ignore[attr-defined]
    assert not seat.window.strip.isVisible()  # whose figures are those of now
    page.seek(NOW - HOUR)
    drawn(seat, page)
    assert "09:00:00" in banner.text()  # type: ignore[attr-defined]
    assert page.shown is not None
    assert page.past is not None
    assert page.shown.open == page.past.at(NOW - HOUR).open > 0


def test_that_keys_play_step_and_lead_back(seat: Seat) -> None:
    page = turned(seat)
    assert page.playing is not None
    assert page.past is not None
    begin = page.playing.at
    seat.press("Shift+Right")
    assert drawn(seat, page).playing.at == begin + MINUTE  # type: ignore[union-attr]
    seat.press("Right")
    following = page.past.after(begin + MINUTE)
    assert drawn(seat, page).playing.at == following  # type: ignore[union-attr]
    seat.press("Left", "Shift+Left")
    seat.press("+", "+", "-")
    assert page.playing.speed == 300
    seat.press("Space")
    seat.until(lambda: page.playing is not None and page.playing.at > begin + 5 * MINUTE)
    seat.press("Space")
    assert not page.playing.running
    seat.press("Home")
    assert drawn(seat, page).playing.at == begin  # type: ignore[union-attr]
    seat.press("Esc")
    assert seat.screen == ""
    assert seat.window.strip.isVisible()
    assert page.map is None


def test_that_nothing_can_be_done_to_a_case_from_the_past(seat: Seat) -> None:
    seat.press("Down")
    chosen = seat.case.code
    assert chosen
    actions = seat.window.actions_by_name
    possible = [name for name in actions if name.startswith("act_") and actions[name].isEnabled()]
    assert possible
    page = turned(seat)
    assert page.past is not None
    one = page.past.at(NOW).cases()[0]
    page._point(one.id)
    assert one.code in page.facts.case.text()
    assert seat.case.code == chosen  # what was pointed at in the past is not chosen in the present
    seat.window.case.reload.wish(now=True)
    seat.settle()
    assert not [name for name in actions if name.startswith("act_") and actions[name].isEnabled()]
    assert not actions["undo"].isEnabled()
    seat.press("Esc")
    seat.settle()
    assert [name for name in possible if not actions[name].isEnabled()] == []


def test_that_a_reading_can_be_broken_off_and_another_period_read(seat: Seat) -> None:
    page = turned(seat)
    read = page.past
    page.choose_days(NOW.date() - timedelta(days=9), NOW.date())
    page._cancel()
    seat.until(lambda: not page.clicks.busy)
    assert page.past is read
    page.choose_days(NOW.date() - timedelta(days=1), NOW.date() - timedelta(days=1))
    seat.until(lambda: page.past is not read and page.drawing.idle)
    assert page.past is not None
    assert page.past.period.until - page.past.period.since == timedelta(days=1)
    page.choose_days(NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=1))
    seat.settle()
    assert "末日" in seat.message


class SlowDoor(ReplayDoor):
    """Reads nothing before it is let go, as a store that is busy."""

    def hold(self) -> None:
        self.let_go = asyncio.Event()

    async def read(
        self, period: Period, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> Past:
        await self.let_go.wait()
        return await super().read(period, progress, cancelled)


def test_that_a_page_turned_to_again_has_its_map_while_the_old_reading_is_still_broken_off(
    seat: Seat,
) -> None:
    page = turned(seat)
    assert seat.door is not None
    door = page._door = SlowDoor(seat.door, page._zone)
    door.hold()
    page.choose_days(NOW.date() - timedelta(days=9), NOW.date())
    seat.window.pages.turn("")
    page.shown = page.city = None
    seat.window.pages.turn("replay")
    seat.until(lambda: page.shown is not None and page.drawing.idle)
    assert page.city is not None
    door.let_go.set()
    seat.settle()
    assert page.past is not None
    assert page.past.period.since.date() == page.past.period.until.date() - timedelta(days=1)


def test_that_a_film_and_a_drill_end_with_the_window(seat: Seat, tmp_path: Path) -> None:
    page = turned(seat)
    page.exporting.kind.setCurrentIndex(1)
    page.exporting.speed.setCurrentIndex(1)  # ten hours become an hour, ten pictures a second
    page.exporting.make(tmp_path / "series")
    seat.until(lambda: any(tmp_path.glob("series/*.png")))
    seat.window.charting.replaying.close()
    seat.until(lambda: not page.exporting.clicks.busy)
    assert not (tmp_path / "series").exists()
    assert page.drilling._stop


def test_that_an_act_elsewhere_meanwhile_is_on_the_map_after_the_return_and_not_before(seat: Seat) -> None:
    page = turned(seat)
    page.seek(NOW)
    before = drawn(seat, page).shown
    assert before is not None
    assert seat.door is not None
    one = next(row for row in seat.window.queue.model.shown if row.state == "to_dispatch")
    seat.wait(seat.door.take(one.code, Operation.DISPATCH, TOLD[Operation.DISPATCH], one.version))
    seat.settle()
    assert page.shown is before
    seat.press("Esc")
    assert seat.stored(one.code).case.state == "to_handle"


def test_that_a_drill_of_the_shown_second_is_made_opened_and_removed(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(  # a second window would outlive the test
        "PySide6.QtCore.QProcess.startDetached", lambda program, words: started.append([program, *words])
    )
    page = turned(seat)
    page.seek(NOW - HOUR)
    drawn(seat, page)
    seat.click("replayDrill")
    seat.until(lambda: not page.drilling.clicks.busy)
    made = drills(seat.folder)
    assert [one.at for one in made] == [NOW - HOUR]
    folder = seat.folder / "drills" / made[0].name
    assert started[0][-2:] == ["--data", str(folder)]
    drill = open_desk(folder, None)
    assert drill.store.profile().drill  # type: ignore[union-attr]
    drill.close()
    page.drilling._fill()
    page.drilling._menu.actions()[1].trigger()
    seat.until(lambda: not page.drilling.clicks.busy)
    assert drills(seat.folder) == []
    assert "已移除" in seat.message


def test_that_a_film_of_the_period_is_exported_from_the_page_and_can_be_broken_off(
    seat: Seat, tmp_path: Path
) -> None:
    page = turned(seat)
    seat.click("replayExport")
    assert seat.find("replayFilm").isVisible()
    page.exporting.size.setCurrentIndex(0)
    page.exporting.make(tmp_path / "day.webm")
    seat.until(lambda: not page.exporting.clicks.busy)
    assert (tmp_path / "day.webm").stat().st_size > 1000
    assert "101" in seat.message  # ten hours at an hour a second, ten pictures each
    page.exporting.kind.setCurrentIndex(1)
    page.exporting.make(tmp_path / "series")
    page.bar.cancelled.emit()
    seat.until(lambda: not page.exporting.clicks.busy)
    assert "已取消" in seat.message
    assert not (tmp_path / "series").exists()
    assert not page.bar.reading.isVisible()


def test_that_a_film_is_offered_the_name_of_its_first_day_in_the_city(seat: Seat) -> None:
    turned(seat)  # from midnight on, when in UTC it is still the day before
    seat.click("replayExport")
    seat.click("filmSave")
    dialog = seat.window.findChild(QFileDialog, "filmDialog")
    assert dialog is not None
    assert [Path(name).name for name in dialog.selectedFiles()] == ["20260320.webm"]
    dialog.reject()


def test_that_the_highest_point_of_the_course_leaves_its_caption_free(seat: Seat) -> None:
    page = turned(seat)
    timeline, picture = page.timeline, page.timeline._picture().toImage()
    line = seat.window.theme.colour("accent")
    caption = timeline._room().top() + timeline.fontMetrics().height()
    rows = [
        y
        for y in range(picture.height())
        for x in range(0, picture.width(), 7)
        if picture.pixelColor(x, y).name() == line.name()
    ]
    assert rows, "there is no course"
    assert min(rows) >= caption


def test_that_the_window_of_a_drill_says_so_in_title_badge_and_colour(
    seat: Seat, open_seat: OpenSeat
) -> None:
    assert seat.door is not None
    made = make_drill(seat.door.desk, seat.folder, NOW - HOUR, by="x", now=NOW)
    window = open_seat(folder=seat.folder / "drills" / made.name).window
    assert "演练 03-20 09:00" in window.windowTitle()
    assert window.header._badge.text() == "演练"
    assert window.header._badge.isVisibleTo(window)
    assert window.header.property("drill") is True
    assert not seat.window.header.property("drill")


@pytest.mark.web
def test_that_its_own_map_shows_the_cells_and_marks_of_that_second(seat_with_page: Seat) -> None:
    seat = seat_with_page
    live = WindowMap(seat).stats()
    page = turned(seat)
    assert page.map is not None
    assert page.past is not None
    seat.until(lambda: page.map is not None and not page.map._notice.isVisible())
    past_map = OpenMap.__new__(OpenMap)
    past_map.qtbot, past_map.panel = seat.qtbot, page.map
    for hours in (2, 20):
        page.seek(NOW - hours * HOUR / 10)
        expected = page.past.at(NOW - hours * HOUR / 10)
        marks, cells = int(expected.placed.sum()), int((expected.counts() > 0).sum())
        seat.until(lambda marks=marks: past_map.stats().get("marks") == marks)
        seat.until(lambda cells=cells: past_map.stats()["open"] == cells)
    seat.press("Esc")
    seat.until(lambda: page.map is None)
    assert WindowMap(seat).stats()["marks"] == live["marks"]
