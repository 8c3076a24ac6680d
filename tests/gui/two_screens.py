"""Two real screens: panels and the wall go to the second one, and come home when it is gone.

test_two_screens.py runs this file in a process of its own on an X server of its own, because the other tests
run without a window system. The two screens divide the one room of 1920 x 1080 that the server has.
"""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tests.gui.monitors import Monitors
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat

LEFT, RIGHT = QRect(0, 0, 1100, 1080), QRect(1100, 0, 820, 1080)


@pytest.fixture
def monitors(qapp: QGuiApplication) -> Iterator[Monitors]:
    made = Monitors()
    made.set("left", *LEFT.getRect(), primary=True)
    made.set("right", *RIGHT.getRect())
    yield made
    made.take("right")
    made.take("left")
    made.close()


@pytest.fixture
def seat(monitors: Monitors, open_seat: OpenSeat) -> Seat:
    seat = open_seat()
    seat.until(lambda: len(QGuiApplication.screens()) == 2)
    seat.window.setGeometry(0, 0, 1000, 700)
    seat.settle()
    return seat


def lies_in(window: QWidget, screen: QRect) -> bool:
    return screen.contains(window.geometry())


def test_that_the_layout_for_two_screens_sends_the_map_to_the_second(seat: Seat) -> None:
    seat.press("Ctrl+Shift+4")
    own = seat.window.workspace.frames["map"].window()
    assert own is not seat.window
    seat.until(lambda: lies_in(own, RIGHT))
    seat.press("Ctrl+Shift+1")
    assert seat.window.workspace.frames["map"].window() is seat.window


def test_that_a_panel_goes_to_the_next_screen_and_home_with_the_screen(
    seat: Seat, monitors: Monitors
) -> None:
    seat.window.arranging.to_next_screen("queue")
    own = seat.window.workspace.frames["queue"].window()
    seat.until(lambda: lies_in(own, RIGHT))
    monitors.take("right")
    seat.until(lambda: len(QGuiApplication.screens()) == 1)
    seat.until(lambda: lies_in(own, LEFT))
    monitors.set("right", *RIGHT.getRect())
    seat.until(lambda: len(QGuiApplication.screens()) == 2)
    seat.until(lambda: lies_in(own, RIGHT))


def test_that_a_layout_of_two_screens_opens_whole_where_only_one_is_left(
    seat: Seat, monitors: Monitors, open_seat: OpenSeat
) -> None:
    seat.window.arranging.to_next_screen("map")
    own = seat.window.workspace.frames["map"].window()
    seat.until(lambda: lies_in(own, RIGHT))
    seat.settle()
    seat.window.arranging.end()
    seat.window.hide()
    monitors.take("right")
    seat.until(lambda: len(QGuiApplication.screens()) == 1)
    again = open_seat(folder=seat.folder)
    frame = again.window.workspace.frames["map"]
    again.until(lambda: frame.window() is not again.window)
    again.until(lambda: lies_in(frame.window(), LEFT))


def test_that_the_wall_takes_the_second_screen(seat: Seat) -> None:
    seat.window.wall.show_wall()
    window = seat.window.wall.window
    assert window is not None
    seat.until(lambda: lies_in(window, RIGHT))
