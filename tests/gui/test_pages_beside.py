"""What console.testing promises of the pages beside the queue: past, board, decisions, settings, layout."""

from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.flow import ENDED, State
from tests.gui.seat import NOW, Seat


def test_that_the_past_is_read_sought_stepped_played_and_left(seat: Seat) -> None:
    replay = seat.replay
    assert not replay.is_open
    replay.open()
    begin, end = replay.period
    assert (replay.moment, end) == (begin, NOW)
    replay.seek(NOW)
    assert replay.moment == NOW
    assert replay.open_cases == {
        code for code in seat.queue.codes if seat.stored(code).case.state not in ENDED
    }
    assert replay.events
    replay.step("minute_back")
    assert replay.moment == NOW - timedelta(minutes=1)
    replay.step("start")
    replay.step("faster")
    assert replay.speed == 300
    replay.play(begin + timedelta(minutes=20))
    assert begin + timedelta(minutes=20) <= replay.moment < NOW
    assert not replay.is_playing
    yesterday = NOW.date() - timedelta(days=1)
    replay.read(yesterday, yesterday)
    assert replay.period[1] <= begin
    replay.leave()
    assert not replay.is_open


def test_that_the_board_is_grouped_and_leads_to_the_cases_behind_a_figure(seat: Seat) -> None:
    board = seat.board
    board.open()
    areas = board.figures
    board.group("department")
    assert set(board.figures) != set(areas)
    board.group("area")
    board.between(NOW.date() - timedelta(days=30), NOW.date())
    name, told = next((name, row) for name, row in board.figures.items() if int(row[0]) > 0)
    assert len(board.heads) == len(told) + 1
    board.show_cases(name, 1)
    assert len(seat.queue.codes) == int(told[0])
    assert not board.is_open


def test_that_applications_and_triage_are_worked(seat: Seat) -> None:
    code = seat.bring(State.RETURNED)
    seat.approvals.open()
    assert code in seat.approvals.codes
    assert len(seat.approvals.rows) == len(seat.approvals.codes)
    seat.approvals.choose(code)
    assert seat.case.code == code
    seat.approvals.grant()
    assert seat.stored(code).case.state is not State.RETURNED
    seat.press("Esc")
    seat.triage.open()
    first = seat.triage.code
    assert first in seat.queue.codes
    seat.triage.skip("advice")
    second = seat.triage.code
    assert second != first
    seat.triage.skip("other", "等明天的会")
    assert seat.triage.code not in {first, second}
    seat.triage.leave()
    assert not seat.triage.is_open


def test_that_rights_settings_city_and_wall_are_worked(seat: Seat, tmp_path: Path) -> None:
    practice, settings = seat.practice, seat.settings
    practice.open()
    before = practice.right("file", "evaluator")
    practice.turn("file", "evaluator")
    assert practice.right("file", "evaluator") != before
    practice.save("考核员可立案")
    assert "考核员可立案" in seat.text("rightsHistory")
    settings.open()
    settings.search("zoom")
    assert settings.shown == ["zoom"]
    settings.put("density", "comfortable")
    assert seat.window.settings.density == "comfortable"
    settings.hand_out(tmp_path / "mine.toml")
    settings.reset("density")
    assert seat.window.settings.density == "compact"
    settings.bring_in(tmp_path / "mine.toml")
    assert seat.window.settings.density == "comfortable"
    assert settings.faults == []
    seat.city.open()
    seat.city.check(tmp_path / "none.zip")
    assert "none.zip" in seat.city.told
    assert seat.city.findings == []
    seat.press("Esc")
    seat.wall.open()
    assert "派遣" in seat.wall.told
    seat.wall.close()
    assert not seat.wall.is_open


def test_that_the_command_line_is_read_before_it_is_given(seat: Seat) -> None:
    line = seat.command
    assert not line.is_open
    code = seat.bring(State.REPORTED)
    line.write("超期")
    assert (line.is_open, line.line) == (True, "超期")
    assert "超期" in line.says
    line.write(f"受理 #{int(code[8:])}")
    assert code in line.says
    assert seat.stored(code).case.state is State.REPORTED
    line.write("看板")
    with pytest.raises(AssertionError, match="没有这一条"):
        line.choose("没有这一条")
    seat.press("Return")
    assert (seat.screen, line.is_open) == ("board", False)


def test_that_views_are_kept_opened_and_brought_back(seat: Seat) -> None:
    views, built_in = seat.views, len(seat.views.names)
    seat.queue.choose_step("dispatch")
    wanted = seat.queue.filter
    views.save("待派")
    assert views.names[built_in:] == ["待派"]
    seat.press("Esc")
    seat.queue.clear()
    views.open("待派")
    assert seat.queue.filter == wanted
    views.rename("待派", "夜班")
    assert views.names[built_in:] == ["夜班"]
    views.delete("夜班")
    assert "夜班" in views.deleted
    views.restore()
    assert views.names[built_in:] == ["夜班"]
    assert views.deleted == ""
    with pytest.raises(AssertionError, match="待派"):
        views.open("待派")


def test_that_panels_are_found_also_in_windows_of_their_own(seat: Seat) -> None:
    seat.resize(1600, 900)
    home = seat.layout.box("queue")
    assert not seat.layout.is_floating("queue")
    seat.layout.float("queue")
    assert seat.layout.is_floating("queue")
    assert seat.shows("queuePanel")
    seat.queue.choose(seat.queue.codes[0])
    assert seat.case.code == seat.queue.codes[0]
    seat.layout.close_window("queue")
    assert seat.layout.box("queue") == home
    with pytest.raises(AssertionError, match="queue"):
        seat.layout.close_window("queue")


def test_that_an_act_and_a_report_say_what_is_asked(seat: Seat) -> None:
    assert seat.form.of == ""
    seat.queue.choose(seat.bring(State.TO_DISPATCH))
    seat.case.act("act_dispatch_other")
    assert (seat.form.is_open, seat.form.of) == (True, "act_dispatch_other")
    assert seat.focused in seat.form.fields
    seat.form.cancel()
    seat.act("new_report")
    assert seat.form.of == "report"
