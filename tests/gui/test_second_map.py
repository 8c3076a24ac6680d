"""The second map: put up by a key, following the first or free, closed without leaving anything behind."""

import gc
import weakref
from functools import partial

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from console.ui.second_map.beside import SecondMap
from console.ui.second_map.window import SecondMapWindow
from tests.gui.map_page import OpenMap
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap


class SecondPage(OpenMap):
    """The page of the second map."""

    def __init__(self, seat: Seat) -> None:
        assert put_up(seat).window is not None
        self.qtbot = seat.qtbot
        self.panel = put_up(seat).window.map  # type: ignore[union-attr]  # just looked


def put_up(seat: Seat) -> SecondMap:
    second = seat.window.charting.second
    if second.window is None:
        seat.press("Ctrl+F2")
        # Where there is no window manager a new window takes the keyboard.
        seat.window.activateWindow()
        seat.until(seat.window.isActiveWindow)
    return second


def taken_down(seat: Seat) -> None:
    ended: list[bool] = []
    seat.window.charting.second.ended.connect(lambda: ended.append(True))
    seat.window.charting.second.show_second_map()
    seat.until(lambda: ended)


def gone(left: "list[weakref.ref[object]]") -> bool:
    # What asked to be deleted inside a waiting loop is deleted by the loop outside it: here there is none.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return all(one() is None for one in left)


def windows() -> list[SecondMapWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, SecondMapWindow)]


def test_that_a_key_puts_the_second_map_up_with_city_and_cases(seat: Seat) -> None:
    second = put_up(seat)
    assert second.window is not None
    assert second.window.isVisible()
    panel = second.window.map
    seat.until(lambda: panel._scene.city is not None)
    seat.until(lambda: panel._scene.large("marks") == seat.window.map._scene.large("marks"))
    assert panel._scene.large("levels") == seat.window.map._scene.large("levels")


def test_that_it_follows_the_first_map_until_it_is_set_free(seat: Seat) -> None:
    second = put_up(seat)
    assert second.window is not None
    panel = second.window.map
    seat.until(lambda: panel._scene.city is not None)
    seat.window.map._on_view(113.7, 34.8, 15)
    assert panel.view == (113.7, 34.8, 15)
    seat.press("Shift+F2")
    assert not second.window.follows.isChecked()
    seat.window.map._on_view(113.6, 34.7, 13)
    assert panel.view == (113.7, 34.8, 15)
    seat.press("Shift+F2")
    assert panel.view == (113.6, 34.7, 13)


def test_that_both_maps_outline_the_same_case_and_cell(seat: Seat) -> None:
    second = put_up(seat)
    assert second.window is not None
    panel = second.window.map
    seat.until(lambda: panel._scene.city is not None)
    seat.choose(seat.queue.codes[0])
    seat.until(lambda: seat.window.map._scene._small["selected"] is not None)
    assert panel._scene._small["selected"] == seat.window.map._scene._small["selected"]
    panel.cell_chosen.emit(3)
    seat.until(lambda: seat.window.map._scene._small["filter"] == 3)
    assert panel._scene._small["filter"] == 3


def test_that_its_layers_and_colouring_are_its_own(seat: Seat) -> None:
    second = put_up(seat)
    assert second.window is not None
    panel = second.window.map
    seat.until(lambda: panel._scene.city is not None)
    seat.until(lambda: not second._clicks.busy)  # what was kept is taken up
    first = dict(seat.window.map._scene._small["layers"])
    panel._on_word["layer"](0, 0, 50)
    panel._on_word["colouring"](2, -1, 0)
    seat.until(lambda: panel._scene._small["colouring"] != seat.window.map._scene._small["colouring"])
    assert seat.window.map._scene._small["layers"] == first
    assert panel._scene._small["layers"] != first
    kept = seat.window.charting.colours.wish
    taken_down(seat)
    second = put_up(seat)
    assert second.window is not None
    again = second.window.map
    seat.until(lambda: again._scene._small["layers"] != first)  # as it was left
    assert seat.window.charting.colours.wish == kept


def test_that_it_closes_and_opens_without_a_leak(seat: Seat) -> None:
    for _time in range(3):
        second = put_up(seat)
        assert second.window is not None
        left = [weakref.ref(second.window.map), weakref.ref(second.link), *map(weakref.ref, second._parts)]
        del second
        taken_down(seat)
        seat.settle()
        seat.until(partial(gone, left))  # what was still being read for it is given up first
        assert windows() == []
    seat.window.map._on_view(113.6, 34.7, 13)
    seat.window.hub.changed.emit(type("Changes", (), {"cases": (), "everything": True})())


@pytest.mark.web
def test_that_the_page_of_the_second_map_follows_and_ends_with_its_window(seat_with_page: Seat) -> None:
    first = WindowMap(seat_with_page)
    second = SecondPage(seat_with_page)
    seat_with_page.until(lambda: second.panel.courier.is_open)
    first.look_at(5, 16)
    second.until(lambda stats: stats["zoom"] == 16)
    seat_with_page.press("Shift+F2")
    window = put_up(seat_with_page).window
    assert window is not None
    assert not window.follows.isChecked()
    second.run("gridConsole.goTo(113.7, 34.8, 14)")
    # What the first map told before may still be on its way.
    second.until(lambda stats: stats["zoom"] == 14 or second.run("gridConsole.goTo(113.7, 34.8, 14)"))
    first.look_at(5, 17)
    told = seat_with_page.window.map
    seat_with_page.until(lambda: told.view is not None and told.view[2] == 17)
    assert second.stats()["zoom"] < 17  # the chosen case may have brought it nearer, the first map did not
    browser = second.panel._browser
    assert browser is not None
    renderer = browser.page.renderProcessPid()
    taken_down(seat_with_page)
    seat_with_page.until(lambda: not psutil.pid_exists(renderer) or renderer == _renderer_of(seat_with_page))


def _renderer_of(seat: Seat) -> int:
    browser = seat.window.map._browser
    assert browser is not None
    return browser.page.renderProcessPid()
