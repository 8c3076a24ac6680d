"""Panels that move, float and come back; layouts by name and key, kept for who made them."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from console.domain.flow import State
from console.kept import own_folder
from console.settings import Settings
from console.ui.layouts.layout import BUILT_IN
from console.ui.layouts.shelf import FILE, read_shelf
from console.ui.layouts.tree import Side
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat


def document(seat: Seat, operator: str = "") -> Path:
    return own_folder(seat.folder, operator or seat.window.settings.operator) / FILE


def test_that_the_standard_stands_in_columns_with_room_and_with_the_case_as_a_sheet_without(
    seat: Seat,
) -> None:
    seat.resize(1920, 1080)
    shares = [
        round(100 * seat.layout.box(panel)[2] / seat.layout.width) for panel in ("queue", "map", "case")
    ]
    assert shares == pytest.approx([33, 45, 22], abs=1)
    seat.resize(1366, 768)
    seat.choose(seat.queue.codes[0])
    width = seat.layout.width
    assert seat.layout.box("case")[0] == width - 380 == width - seat.window.workspace.side_width
    assert seat.layout.box("map")[0] + seat.layout.box("map")[2] == width


def test_that_the_map_is_told_how_much_of_it_the_sheet_covers(seat: Seat) -> None:
    covered: list[int] = []
    seat.window.workspace.map_covered.connect(covered.append)
    seat.resize(1366, 768)
    seat.choose(seat.queue.codes[0])
    assert covered[-1] == 380
    seat.window.selection.choose_case(0)
    assert covered[-1] == 0


def test_that_a_panel_moves_by_the_keys_of_its_bar(seat: Seat) -> None:
    seat.resize(1920, 1080)
    seat.press("Ctrl+F7")
    assert seat.focused == "bar_queue"
    seat.press("Right")
    assert seat.layout.box("queue")[0] > seat.layout.box("case")[0] > seat.layout.box("map")[0] == 0
    seat.press("Down")
    assert seat.layout.box("queue")[2] == seat.layout.width
    seat.press("Space")
    tabs = seat.find("panelTabs_map", QTabWidget)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["地图", "案件列表"]
    seat.press("Ctrl+F7")
    assert not seat.shows("bar_queue")


def test_that_a_dragged_panel_goes_where_the_hint_showed(seat: Seat) -> None:
    seat.resize(1920, 1080)
    seat.press("Ctrl+F7")
    bar, target = seat.find("bar_case"), seat.find("frame_queue")
    over = bar.mapFromGlobal(target.mapToGlobal(QPoint(target.width() // 2, target.height() - 20)))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    QTest.mouseMove(bar, over)
    hint = seat.find("dropHint")
    assert hint.isVisible()
    shown = hint.geometry()
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=over)
    seat.settle()
    assert not hint.isVisible()
    x, y, width, height = seat.layout.box("case")
    assert (y, height) == pytest.approx((shown.y(), shown.height()), abs=4)
    assert (x, width) == (
        seat.layout.box("queue")[0],
        seat.layout.box("queue")[2],
    )  # both took the room it left
    assert x == shown.x() == 0


def test_that_closing_a_floated_panel_returns_it_and_the_choice_stays(seat: Seat) -> None:
    seat.resize(1920, 1080)
    seat.choose(seat.queue.codes[0])
    chosen, before = seat.case.code, seat.layout.box("queue")
    seat.act("focus_queue")
    seat.press("Ctrl+Shift+F7")
    assert seat.layout.is_floating("queue")
    assert seat.shows("panelWindow_queue")
    assert seat.layout.box("map")[0] == 0
    seat.layout.close_window("queue")
    assert not seat.layout.is_floating("queue")
    assert seat.layout.box("queue") == before
    assert seat.case.code == chosen


def test_that_keys_work_in_a_panels_own_window_as_in_the_main_one(seat: Seat) -> None:
    seat.choose(seat.queue.codes[0])
    seat.act("focus_queue")
    seat.press("Ctrl+Shift+F7")
    seat.layout.enter_window("queue")
    seat.act("focus_queue")
    version = seat.stored(seat.case.code).case.version
    seat.press("U")
    assert seat.stored(seat.case.code).case.version == version + 1
    seat.press("F2")
    assert seat.screen == "board"
    seat.press("F2", "Ctrl+Shift+F7")
    assert not seat.layout.is_floating("queue")


@pytest.mark.parametrize("number", range(len(BUILT_IN)))
def test_that_a_layout_is_shown_by_its_key_and_loses_no_panel(seat: Seat, number: int) -> None:
    seat.resize(1920, 1080)
    seat.choose(seat.queue.codes[0])
    seat.press(f"Ctrl+Shift+{number + 1}")
    assert BUILT_IN[number].name in seat.message
    assert seat.layout.name == BUILT_IN[number].name
    assert seat.shows("queuePanel")
    assert seat.shows("casePanel")
    assert seat.shows("mapPanel") is (BUILT_IN[number].name != "分拣")
    seat.press("Ctrl+Shift+1")
    assert seat.shows("mapPanel")


def test_that_a_layout_is_saved_renamed_dropped_and_restored(seat: Seat) -> None:
    seat.resize(1920, 1080)
    seat.window.workspace.push("map", Side.TOP)
    seat.layout.save("夜班")
    assert "夜班" in seat.message
    seat.press("Esc", "Ctrl+Shift+1")
    assert seat.layout.box("map")[0] > seat.layout.box("map")[1] == 0
    seat.press("Ctrl+Shift+5")
    assert seat.layout.box("map")[2] == seat.window.workspace.width()
    seat.press("F7")
    assert seat.shows("layoutPanel")
    seat.layout.rename("大夜班")
    assert seat.layout.own == ["大夜班"]
    seat.layout.drop()
    assert seat.layout.own == []
    seat.layout.restore()
    assert seat.layout.own == ["大夜班"]


def test_that_a_name_that_is_taken_is_refused_and_stays_in_the_field(seat: Seat) -> None:
    seat.layout.save("标准")
    assert "标准" in seat.layout.problem
    assert seat.text("layoutName") == "标准"


def test_that_the_next_start_stands_as_the_last_one_ended(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.resize(1500, 850)
    seat.window.workspace.push("queue", Side.RIGHT)
    seat.layout.float("map")
    where = seat.layout.window_box("map")
    seat.window.arranging.end()
    seat.window.hide()
    # Read before the next window opens: that one remembers its own size soon after.
    saved = read_shelf(seat.folder, Settings().operator, pytest.fail).window
    again = open_seat(folder=seat.folder)
    again.until(lambda: again.layout.is_floating("map"), "the map has its window again")
    assert again.layout.window_box("map") == where
    assert saved is not None
    assert (saved.box.width, saved.box.height) == (1500, 850)


def test_that_layouts_belong_to_who_sits_here(seat: Seat) -> None:
    seat.resize(1920, 1080)
    seat.press("Ctrl+Shift+2")
    seat.window.arranging.sit("别人")
    seat.settle()
    assert seat.shows("mapPanel")
    seat.window.arranging.sit(Settings().operator)
    seat.settle()
    assert not seat.shows("mapPanel")


@pytest.mark.parametrize("damage", ["{", "[]", '{"version": 9}', '{"version": 1, "own": 3}'])
def test_that_a_damaged_file_is_told_put_aside_and_the_standard_stands(
    open_seat: OpenSeat, tmp_path: Path, damage: str
) -> None:
    first = open_seat()
    path = document(first)
    first.window.arranging.end()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(damage, "utf-8")
    seat = open_seat(folder=first.folder, opened=False)
    assert FILE in seat.message
    assert seat.layout.name == BUILT_IN[0].name
    assert path.with_suffix(".json.damaged").read_text("utf-8") == damage


def test_that_a_layout_is_written_as_something_that_can_be_read(seat: Seat) -> None:
    seat.press("Ctrl+Shift+3")
    seat.window.arranging.end()
    told = json.loads(document(seat).read_text("utf-8"))
    assert told["in_use"]["name"] == "地图为主"
    assert BY not in json.dumps(told)


def test_that_a_form_comes_to_the_front_where_the_case_is_behind_a_tab_or_in_a_window(seat: Seat) -> None:
    seat.resize(1920, 1080)
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.window.workspace.push("case", Side.TAB)
    seat.act("focus_queue")
    assert not seat.shows("casePanel")
    seat.press("S")
    form = seat.window.side.form
    assert form is not None
    assert form.isVisible()
    seat.press("Esc")
    assert seat.window.queue.isVisible()  # where the keyboard went back to
    seat.layout.float("case")
    seat.window.activateWindow()
    seat.act("focus_queue")
    seat.press("S")
    form = seat.window.side.form
    assert form is not None
    assert form.isVisible()
    seat.until(lambda: form.window().isActiveWindow())


def test_that_what_lies_over_the_workspace_stays_above_the_sheet(seat: Seat) -> None:
    seat.resize(1366, 768)
    seat.choose(seat.queue.codes[0])
    seat.press("F7")
    panel = seat.window.layers.panel
    assert panel is not None
    seat.window.zooming.zoom(110)
    seat.window.zooming.zoom(100)
    seat.settle()
    at = panel.geometry().center()
    assert panel.isAncestorOf(seat.window.workspace.childAt(at))
