"""Panels that move, float and come back; layouts by name and key, kept for who made them."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

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


def box(seat: Seat, panel: str) -> tuple[int, int, int, int]:
    frame = seat.window.workspace.frames[panel]
    corner = frame.mapTo(seat.window.workspace, QPoint(0, 0))
    return corner.x(), corner.y(), frame.width(), frame.height()


def test_that_the_standard_stands_in_columns_with_room_and_with_the_case_as_a_sheet_without(
    seat: Seat,
) -> None:
    workspace = seat.window.workspace
    seat.window.resize(1920, 1080)
    seat.settle()
    shares = [round(100 * box(seat, panel)[2] / workspace.width()) for panel in ("queue", "map", "case")]
    assert shares == pytest.approx([33, 45, 22], abs=1)
    seat.window.resize(1366, 768)
    seat.choose(seat.codes[0])
    assert box(seat, "case")[0] == workspace.width() - 380 == workspace.width() - workspace.side_width
    assert box(seat, "map")[0] + box(seat, "map")[2] == workspace.width()


def test_that_the_map_is_told_how_much_of_it_the_sheet_covers(seat: Seat) -> None:
    covered: list[int] = []
    seat.window.workspace.map_covered.connect(covered.append)
    seat.window.resize(1366, 768)
    seat.choose(seat.codes[0])
    assert covered[-1] == 380
    seat.window.selection.choose_case(0)
    assert covered[-1] == 0


def test_that_a_panel_moves_by_the_keys_of_its_bar(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    seat.press("Ctrl+F7")
    keyboard = QApplication.focusWidget()
    assert keyboard is not None
    assert keyboard.objectName() == "bar_queue"
    seat.press("Right")
    assert box(seat, "queue")[0] > box(seat, "case")[0] > box(seat, "map")[0] == 0
    seat.press("Down")
    assert box(seat, "queue")[2] == seat.window.workspace.width()
    seat.press("Space")
    tabs = seat.find("panelTabs_map", QTabWidget)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["地图", "案件列表"]
    seat.press("Ctrl+F7")
    assert not seat.find("bar_queue").isVisible()


def test_that_a_dragged_panel_goes_where_the_hint_showed(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    seat.press("Ctrl+F7")
    workspace = seat.window.workspace
    bar, target = seat.find("bar_case"), workspace.frames["queue"]
    over = bar.mapFromGlobal(target.mapToGlobal(QPoint(target.width() // 2, target.height() - 20)))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    QTest.mouseMove(bar, over)
    hint = seat.find("dropHint")
    assert hint.isVisible()
    shown = hint.geometry()
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=over)
    seat.settle()
    assert not hint.isVisible()
    x, y, width, height = box(seat, "case")
    assert (y, height) == pytest.approx((shown.y(), shown.height()), abs=4)
    assert (x, width) == (box(seat, "queue")[0], box(seat, "queue")[2])  # both took the room it left
    assert x == shown.x() == 0


def test_that_closing_a_floated_panel_returns_it_and_the_choice_stays(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    seat.choose(seat.codes[0])
    chosen, before = seat.chosen, box(seat, "queue")
    seat.window.queue.take_keyboard()
    seat.press("Ctrl+Shift+F7")
    frame = seat.window.workspace.frames["queue"]
    own = frame.window()
    assert own is not seat.window
    assert own.isVisible()
    assert own.isWindow()
    assert seat.window.workspace.frames["map"].x() == 0
    own.close()
    seat.settle()
    assert frame.window() is seat.window
    assert box(seat, "queue") == before
    assert seat.chosen == chosen


def test_that_keys_work_in_a_panels_own_window_as_in_the_main_one(seat: Seat) -> None:
    seat.choose(seat.codes[0])
    seat.window.queue.take_keyboard()
    seat.press("Ctrl+Shift+F7")
    own = seat.window.workspace.frames["queue"].window()
    own.activateWindow()
    seat.until(own.isActiveWindow)
    seat.window.queue.take_keyboard()
    version = seat.stored(seat.chosen).case.version
    seat.press("U")
    assert seat.stored(seat.chosen).case.version == version + 1
    seat.press("F2")
    assert seat.window.pages.shown == "board"
    seat.press("F2", "Ctrl+Shift+F7")
    assert seat.window.workspace.frames["queue"].window() is seat.window


@pytest.mark.parametrize("number", range(len(BUILT_IN)))
def test_that_a_layout_is_shown_by_its_key_and_loses_no_panel(seat: Seat, number: int) -> None:
    seat.window.resize(1920, 1080)
    seat.choose(seat.codes[0])
    seat.press(f"Ctrl+Shift+{number + 1}")
    assert BUILT_IN[number].name in seat.message
    assert seat.find("queuePanel").isVisible()
    assert seat.find("casePanel").isVisible()
    assert seat.find("mapPanel").isVisible() is (BUILT_IN[number].name != "分拣")
    seat.press("Ctrl+Shift+1")
    assert seat.find("mapPanel").isVisible()


def test_that_a_layout_is_saved_renamed_dropped_and_restored(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    seat.window.workspace.push("map", Side.TOP)
    seat.press("F7")
    seat.click("layoutName")
    seat.type("夜班")
    seat.press("Return")
    assert "夜班" in seat.message
    seat.press("Esc", "Ctrl+Shift+1")
    assert box(seat, "map")[0] > box(seat, "map")[1] == 0
    seat.press("Ctrl+Shift+5")
    assert box(seat, "map")[2] == seat.window.workspace.width()
    seat.press("F7")
    field = seat.find("layoutName")
    field.setProperty("text", "")
    seat.click("layoutName")
    seat.type("大夜班")
    seat.click("renameLayout")
    assert [layout.name for layout in seat.window.arranging.shelf.own] == ["大夜班"]
    seat.find("layoutList").setFocus()
    seat.press("Delete")
    assert seat.window.arranging.shelf.own == []
    seat.click("undropLayout")
    assert [layout.name for layout in seat.window.arranging.shelf.own] == ["大夜班"]


def test_that_a_name_that_is_taken_is_refused_and_stays_in_the_field(seat: Seat) -> None:
    seat.press("F7")
    seat.click("layoutName")
    seat.type("标准")
    seat.press("Return")
    shown = [label for label in seat.window.findChildren(QWidget, "layoutProblem") if label.isVisible()]
    assert shown
    assert "标准" in str(shown[0].property("text"))
    assert seat.find("layoutName").property("text") == "标准"


def test_that_the_next_start_stands_as_the_last_one_ended(open_seat: OpenSeat) -> None:
    seat = open_seat()
    seat.window.resize(1500, 850)
    seat.window.workspace.push("queue", Side.RIGHT)
    seat.window.arranging.toggle_window("map")
    where = seat.window.workspace.frames["map"].window().geometry()
    seat.settle()
    seat.window.arranging.end()
    seat.window.hide()
    # Read before the next window opens: that one remembers its own size soon after.
    saved = read_shelf(seat.folder, Settings().operator, pytest.fail).window
    again = open_seat(folder=seat.folder)
    again.until(lambda: again.window.workspace.frames["map"].window() is not again.window)
    assert again.window.workspace.frames["map"].window().geometry() == where
    assert saved is not None
    assert (saved.box.width, saved.box.height) == (1500, 850)


def test_that_layouts_belong_to_who_sits_here(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    seat.press("Ctrl+Shift+2")
    seat.window.arranging.sit("别人")
    seat.settle()
    assert seat.find("mapPanel").isVisible()
    seat.window.arranging.sit(Settings().operator)
    seat.settle()
    assert not seat.find("mapPanel").isVisible()


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
    assert seat.window.arranging.shelf.in_use == BUILT_IN[0]
    assert path.with_suffix(".json.damaged").read_text("utf-8") == damage


def test_that_a_layout_is_written_as_something_that_can_be_read(seat: Seat) -> None:
    seat.press("Ctrl+Shift+3")
    seat.window.arranging.end()
    told = json.loads(document(seat).read_text("utf-8"))
    assert told["in_use"]["name"] == "地图为主"
    assert BY not in json.dumps(told)


def test_that_a_form_comes_to_the_front_where_the_case_is_behind_a_tab_or_in_a_window(seat: Seat) -> None:
    seat.window.resize(1920, 1080)
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.window.workspace.push("case", Side.TAB)
    seat.window.reaching.focus_queue()
    assert not seat.find("casePanel").isVisible()
    seat.press("S")
    form = seat.window.side.form
    assert form is not None
    assert form.isVisible()
    seat.press("Esc")
    assert seat.window.queue.isVisible()  # where the keyboard went back to
    seat.window.arranging.toggle_window("case")
    seat.window.activateWindow()
    seat.window.reaching.focus_queue()
    seat.press("S")
    form = seat.window.side.form
    assert form is not None
    assert form.isVisible()
    seat.until(lambda: form.window().isActiveWindow())


def test_that_what_lies_over_the_workspace_stays_above_the_sheet(seat: Seat) -> None:
    seat.window.resize(1366, 768)
    seat.choose(seat.codes[0])
    seat.press("F7")
    panel = seat.window.layers.panel
    assert panel is not None
    seat.window.zooming.zoom(110)
    seat.window.zooming.zoom(100)
    seat.settle()
    at = panel.geometry().center()
    assert panel.isAncestorOf(seat.window.workspace.childAt(at))
