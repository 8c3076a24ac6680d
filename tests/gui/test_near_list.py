"""The list of what is near a case: opened by a key, narrowed, one opened from it, and back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QPushButton, QWidget

from console.domain.flow import State
from console.domain.nearby import Kin
from console.queries.near import near_cases
from tests.gui.seat import Seat, keyboard
from tests.gui.window_map import WindowMap


def lines(seat: Seat) -> list[str]:
    shown = seat.find("nearList", QListWidget)
    return [shown.item(at).text() for at in range(shown.count())]


def open_list(seat: Seat, metres: int) -> str:
    """Near a case that waits; the list with so many metres is there."""
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    seat.press("Alt+N")
    seat.until(lambda: seat.window.layers.panel is not None)
    seat.until(lambda: code in seat.window.layers.panel.findChild(QWidget, "nearTitle").text())
    seat.find(f"near_{metres}", QPushButton).click()
    near = seat.ask(near_cases, seat.stored(code).case, metres, Kin.ALL)
    seat.until(lambda: len(lines(seat)) == len(near.cases))
    assert [line.split("\n")[1].split(" · ")[0] for line in lines(seat)] == [one.code for one in near.cases]
    return code


def test_that_the_list_says_how_far_and_a_case_can_be_opened_from_it_and_left(seat: Seat) -> None:
    code = open_list(seat, 500)
    assert "米" in lines(seat)[0]
    shown = seat.find("nearList", QListWidget)
    assert keyboard() is shown
    other = shown.item(0).data(Qt.ItemDataRole.UserRole)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    seat.until(lambda: seat.window.selection.case_id == other)
    seat.until(lambda: seat.find("nearBack").isVisible())
    QTest.keyClick(shown, Qt.Key.Key_Backspace)
    seat.until(lambda: seat.case.code == code)
    seat.press("Esc")
    seat.until(lambda: seat.window.layers.panel is None)
    assert seat.case.code == code


def test_that_the_list_narrows_to_its_class(seat: Seat) -> None:
    code = open_list(seat, 500)
    seat.find("near_class", QPushButton).click()
    case = seat.stored(code).case
    near = seat.ask(near_cases, case, 500, Kin.CLASS)
    seat.until(lambda: len(lines(seat)) == len(near.cases))
    assert all(one.class_key == case.class_key for one in near.cases)


@pytest.mark.web
def test_that_the_map_marks_what_is_near(seat_with_page: Seat) -> None:
    seat = seat_with_page
    shown = WindowMap(seat)
    shown.until(lambda stats: stats["marks"] > 0)
    open_list(seat, 200)
    seat.qtbot.waitUntil(lambda: b"200" in (seat.window.map._scene.large("near") or b""))
    case = next(
        one
        for one in seat.ask(near_cases, seat.stored(seat.case.code).case, 200, Kin.ALL).cases
        if not one.is_open
    )
    shown.run(f"gridConsole.goTo({case.lon}, {case.lat}, 19)")
    shown.until(lambda stats: stats["zoom"] == 19)
    shown.click(shown.point(f"gridConsole.pointOfPlace({case.lon}, {case.lat})"))
    seat.until(lambda: seat.window.selection.case_id == case.id)


@pytest.mark.web
def test_that_the_list_leaves_the_map_in_sight_where_the_window_is_small(seat_with_page: Seat) -> None:
    seat = seat_with_page
    seat.resize(1366, 768)
    code = open_list(seat, 200)
    panel, side = seat.find("nearPanel", QWidget), seat.find("casePanel", QWidget)
    left = panel.mapTo(seat.window, QPoint()).x()
    on_map = seat.window.map.mapTo(seat.window, QPoint()).x()
    assert left + panel.width() <= on_map < side.mapTo(seat.window, QPoint()).x()
    shown = WindowMap(seat)
    case_id = seat.stored(code).case.id
    seat.until(lambda: shown.has_mark(case_id))
    seat.until(lambda: 0 < shown.case_point(case_id).x() < side.mapTo(seat.window.map, QPoint()).x())
    seat.resize(1920, 1000)
    seat.until(
        lambda: panel.mapTo(seat.window, QPoint()).x() > seat.window.map.mapTo(seat.window, QPoint()).x()
    )
