"""The map page lives on while its panel goes between windows."""

import numpy as np
import pytest

from console.geography.packed import unpacked
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web


def share_of(shown: WindowMap) -> float:
    """How much of its map a city takes, the longer way."""
    city = shown.panel._scene.city
    assert city is not None
    (west, south), (east, north) = (found(unpacked(city.cells).xy, axis=0) for found in (np.min, np.max))
    ends = f"[gridConsole.pointOfPlace({west}, {north}), gridConsole.pointOfPlace({east}, {south})]"
    share = "Math.max((b.x - a.x) / innerWidth, (b.y - a.y) / innerHeight)"
    return float(shown.run(f"(([a, b]) => {share})({ends})"))


def test_that_the_map_page_lives_on_wherever_its_panel_goes(seat_with_page: Seat) -> None:
    seat = seat_with_page
    shown = WindowMap(seat)
    shown.run("window.sameness = 41")
    moments: list[str] = []
    seat.window.map._browser.page.renderProcessTerminated.connect(lambda *_: moments.append("died"))
    seat.window.map._browser.starting.connect(lambda: moments.append("started again"))
    for _time in range(3):
        seat.window.arranging.toggle_window("map")
        seat.settle()
        assert seat.window.map.window() is not seat.window
        before = shown.stats()["zoom"]
        shown.run("gridConsole.panBy(40, 20)")
        assert shown.run("window.sameness") == 41
        assert shown.stats()["zoom"] == before
        seat.press("Ctrl+Shift+3", "Ctrl+Shift+2", "Ctrl+Shift+1")
        assert seat.window.map.window() is seat.window
        assert shown.run("window.sameness") == 41
    assert moments == []


def test_that_a_zoomed_page_is_drawn_larger_and_told_its_cover_in_its_own_pixels(
    seat_with_page: Seat,
) -> None:
    seat = seat_with_page
    shown = WindowMap(seat)
    seat.resize(1366, 768)
    seat.choose(seat.queue.codes[0])
    width = shown.run("innerWidth")
    seat.window.zooming.zoom(150)
    seat.settle()
    shown.until(lambda _stats: abs(shown.run("innerWidth") * 1.5 - width) < width * 0.2)
    covered = "getComputedStyle(document.querySelector('.leaflet-container')).getPropertyValue('--covered')"
    seat.until(lambda: shown.run(covered) == "380px")
    legend = "getComputedStyle(document.querySelector('#legend')).display"
    assert shown.run(legend) == "none"  # hardly any of the map is left
    seat.window.selection.choose_case(0)
    seat.until(lambda: shown.run(legend) == "block")
    seat.window.zooming.zoom(100)


def test_that_the_wall_has_a_map_of_its_own_fed_by_the_same_readings(seat_with_page: Seat) -> None:
    seat = seat_with_page
    seat.window.wall.show_wall()
    window = seat.window.wall.window
    assert window is not None
    with seat.qtbot.waitSignal(window.map.painted, timeout=20_000):
        pass
    own, other = WindowMap(seat), WindowMap(seat)
    other.panel = window.map
    other.until(lambda stats: stats["marks"] == own.stats()["marks"] > 0)
    tools = "getComputedStyle(document.querySelector('#controls')).display"
    assert (own.run(tools), other.run(tools)) == ("flex", "none")
    assert 0.5 < share_of(other) < 1  # neither lost in the middle of the wall's map nor cut
    with seat.qtbot.waitSignal(seat.window.wall.ended, timeout=20_000):
        seat.window.wall.close()
    own.run("gridConsole.panBy(10, 10)")
