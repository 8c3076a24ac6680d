"""Measuring, coordinates, bookmarks, back and forth, the lock: on the real page, by keys as by mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget

from console.geography.distance import area_m2, length_m
from console.geography.typed_place import told_place
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web
MIDDLE = (WEST + 6 * STEP_LON, SOUTH + 4 * STEP_LAT)


@pytest.fixture
def shown(seat_with_page: Seat) -> WindowMap:
    shown = WindowMap(seat_with_page)
    shown.until(lambda stats: stats["marks"] > 0)
    go(seat_with_page, shown, *MIDDLE, 16)
    return shown


def go(seat: Seat, shown: WindowMap, lon: float, lat: float, zoom: int) -> None:
    """Be there, and the window knows of it."""
    shown.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
    until_view(seat, lon, lat, zoom)


def until_view(seat: Seat, lon: float, lat: float, zoom: int) -> None:
    def there() -> bool:
        view = placing(seat)._view
        near = view is not None and abs(view.lon - lon) < 2e-5 and abs(view.lat - lat) < 2e-5
        return near and view is not None and view.zoom == zoom

    seat.until(there)


def placing(seat: Seat):  # type: ignore[no-untyped-def]  # the part among the others
    return next(part for part in seat.window.charting.parts if hasattr(part, "history"))


def note(shown: WindowMap) -> str:
    return str(shown.run("document.getElementById('measure-note').textContent"))


def point(shown: WindowMap, lon: float, lat: float) -> QPoint:
    return shown.point(f"gridConsole.pointOfPlace({lon}, {lat})")


def test_that_distance_and_area_are_those_of_the_ellipsoid(seat_with_page: Seat, shown: WindowMap) -> None:
    seat = seat_with_page
    lon, lat = MIDDLE
    corners = [(lon, lat), (lon + 0.004, lat), (lon + 0.004, lat + 0.003)]
    for name, exact in (("measure_line", length_m(corners)), ("measure_area", area_m2(corners))):
        seat.press("Alt+M")
        words = "量距离" if name == "measure_line" else "量面积"
        seat.qtbot.waitUntil(lambda words=words: words in note(shown))
        for corner in corners:
            shown.click(point(shown, *corner))
        shown.click(point(shown, *corners[-1]))
        seat.qtbot.waitUntil(lambda: " m" in note(shown) or " ha" in note(shown))
        said = note(shown).split(" · ")[1].split(" ")
        value = float(said[1]) * {"m": 1, "km": 1000, "m²": 1, "ha": 10_000}[said[2]]
        assert value == pytest.approx(exact, rel=0.02)  # the corners stand on whole pixels
    measured = shown.stats()["measured"]
    assert measured["length"] == pytest.approx(length_m(measured["places"]), rel=1e-7)
    assert measured["area"] == pytest.approx(
        area_m2(measured["places"]), rel=1e-4
    )  # sides are geodesics there
    QTest.keyClick(shown.surface, Qt.Key.Key_Escape)
    seat.qtbot.waitUntil(lambda: note(shown).count("·") == 1)


def test_that_coordinates_are_copied_of_any_system_and_gone_to(
    seat_with_page: Seat, shown: WindowMap
) -> None:
    seat = seat_with_page
    QTest.mouseClick(shown.surface, Qt.MouseButton.RightButton, pos=shown._on_surface(point(shown, *MIDDLE)))
    seat.until(lambda: placing(seat).menu is not None and placing(seat).menu.isVisible())
    menu = placing(seat).menu
    copy = next(action for action in menu.actions() if action.objectName() == "copy_bd09")
    copy.trigger()
    menu.close()
    copied = QGuiApplication.clipboard().text()
    east, north = map(float, copied.split(", "))
    exact = [float(one) for one in told_place(*MIDDLE, "bd09").split(", ")]
    assert (east, north) == pytest.approx(exact, abs=3e-5)
    QGuiApplication.clipboard().setText(told_place(MIDDLE[0] + 0.003, MIDDLE[1], "cgcs2000"))
    seat.press("Alt+G")
    assert seat.find("placeLine", QLineEdit).text() == QGuiApplication.clipboard().text()
    seat.press("Return")
    until_view(seat, MIDDLE[0] + 0.003, MIDDLE[1], 17)
    seat.press("Esc")


def test_that_views_are_kept_gone_back_to_and_locked(seat_with_page: Seat, shown: WindowMap) -> None:
    seat = seat_with_page
    seat.press("Ctrl+B")
    name = seat.find("bookmarkName", QLineEdit)
    name.setText("中心")
    seat.press("Return")
    assert seat.find("bookmarkList", QListWidget).count() == 1
    seat.press("Esc")
    there = (MIDDLE[0] + 0.002, MIDDLE[1], 18)
    go(seat, shown, *there)
    seat.press("Alt+Left")
    until_view(seat, *MIDDLE, 16)
    seat.press("Alt+Right")
    until_view(seat, *there)
    seat.press("Alt+Shift+1")
    until_view(seat, *MIDDLE, 16)
    seat.press("Alt+L")
    seat.qtbot.waitUntil(
        lambda: shown.run("document.getElementById('map_grid').classList.contains('locked')")
    )
    shown.run("document.getElementById('map_grid').focus()")
    before = point(shown, *MIDDLE)
    QTest.keyClick(shown.surface, Qt.Key.Key_Right)
    QTest.keyClick(shown.surface, Qt.Key.Key_Plus)
    QTest.qWait(200)
    assert (point(shown, *MIDDLE), shown.stats()["zoom"]) == (before, 16)
    shown.run("document.getElementById('lock_view').click()")
    seat.until(lambda: not placing(seat)._locked)
    QTest.keyClick(shown.surface, Qt.Key.Key_Right)
    seat.until(lambda: point(shown, *MIDDLE) != before)
