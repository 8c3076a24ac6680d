"""A first start on a small screen without window manager: every window fits it, in both languages, zoomed.

test_small_screens.py runs this file in a process of its own for each screen: a process keeps the screens
that it began with.
"""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from console.settings import Settings
from console.ui.main_window import MainWindow
from console.ui.scale import use_zoom
from console.ui.start import show_fitting
from console.ui.theme import Theme
from tests.gui.seats import OpenSeat


def room(window: QWidget) -> QSize:
    return window.screen().availableSize()


def fits(window: QWidget) -> bool:
    """Whether it is no larger than the screen, nor has to be; the platform gives it a frame of 2 px."""
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    return all(size == size.boundedTo(room(window)) for size in (window.size(), least))


LOOKS = [("zh", 100), ("en", 100), ("zh", 150), ("en", 150)]


@pytest.mark.parametrize(("language", "zoom"), LOOKS)
def test_that_every_window_fits_the_screen(open_seat: OpenSeat, language: str, zoom: int) -> None:
    try:
        settings = Settings(theme="light", language=language, zoom=zoom)
        seat = open_seat(settings=settings)
        window = seat.window
        window.resize(room(window))
        seat.settle()
        assert fits(window), (window.geometry(), window.minimumSizeHint())
        for name in ("queue", "map", "case"):
            seat.window.arranging.toggle_window(name)
            seat.settle()
            own = window.workspace.frames[name].window()
            assert own is not window
            assert fits(own), (name, own.geometry(), own.minimumSizeHint())
        seat.press("Ctrl+Shift+1")
        seat.window.wall.show_wall()
        wall = seat.window.wall.window
        assert wall is not None
        seat.settle()
        assert fits(wall), (wall.geometry(), wall.minimumSizeHint())
        seat.window.wall.close()
        seat.window.charting.second.show_second_map()
        second = seat.window.charting.second.window
        assert second is not None
        seat.settle()
        assert fits(second), (second.geometry(), second.minimumSizeHint())
    finally:
        use_zoom(100)


def test_that_a_window_opens_no_larger_than_the_screen(open_seat: OpenSeat, qapp: QApplication) -> None:
    """As console.ui.start opens it, before there is a store."""
    seat = open_seat()
    first = MainWindow(Theme("light", qapp), Settings(), seat.folder / "first")
    try:
        assert first.size() == room(first).boundedTo(QSize(1600, 900))
        show_fitting(first)
        qapp.processEvents()
        assert first.isMaximized()
        assert first.size() == first.size().boundedTo(room(first))
        assert fits(first), (first.geometry(), first.minimumSizeHint())
    finally:
        first.deleteLater()
