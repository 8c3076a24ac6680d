"""Selecting on the real map, by mouse and by keys: the queue follows, and the map shows what it follows."""

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from console.command.reader import read
from console.command.readings import Filtering, Unread
from console.domain.area import Area
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_city
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web

CITY = small_city()
LEFT, SHIFT, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
NO = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(seat_with_page: Seat) -> WindowMap:
    shown = WindowMap(seat_with_page)
    shown.until(lambda stats: stats["marks"] > 0)
    shown.run(f"gridConsole.goTo({WEST + 6 * STEP_LON}, {SOUTH + 4 * STEP_LAT}, 16)")
    return shown


def point(shown: WindowMap, column: float, row: float) -> QPoint:
    lon, lat = WEST + column * STEP_LON, SOUTH + row * STEP_LAT
    return shown.point(f"gridConsole.pointOfPlace({lon}, {lat})")


def drag(shown: WindowMap, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = NO) -> None:
    surface = shown.surface
    first, last = (surface.mapFrom(shown.panel, one) for one in (start, end))
    QTest.mousePress(surface, LEFT, modifier, first)
    for step in (0.4, 0.8, 1):
        QTest.mouseMove(surface, first + (last - first) * step)
        QTest.qWait(20)
    QTest.mouseRelease(surface, LEFT, modifier, last)


def until_area(seat: Seat, holds: str) -> Area:
    def there() -> bool:
        area = seat.queue.filter.within
        return area is not None and holds in area.told()

    seat.qtbot.waitUntil(there, timeout=20_000)
    area = seat.queue.filter.within
    assert area is not None
    return area


def in_queue(seat: Seat) -> int:
    return seat.wait(seat.window.map_link._door.queue_count(seat.queue.filter))


def test_that_a_box_becomes_the_filter_and_shift_and_ctrl_add_and_take(
    seat_with_page: Seat, shown: WindowMap
) -> None:
    seat = seat_with_page
    everything = in_queue(seat)
    seat.press("Alt+S")
    seat.qtbot.waitUntil(lambda: "框选" in shown.run("document.getElementById('select-note').textContent"))
    drag(shown, point(shown, 3, 2), point(shown, 6, 5))
    area = until_area(seat, "+p")
    assert area.points == 4
    half = in_queue(seat)
    assert 0 < half < everything
    seat.qtbot.waitUntil(
        lambda: f"{half} 件" in (shown.run("document.getElementById('area-tag').textContent") or "")
    )
    assert seat.find("chip_within").isVisible()
    drag(shown, point(shown, 6, 2), point(shown, 9, 5), SHIFT)
    until_area(seat, ";+p")
    assert in_queue(seat) > half
    drag(shown, point(shown, 2, 1), point(shown, 10, 6), CTRL)
    until_area(seat, ";-p")
    assert in_queue(seat) == 0
    shown.run("document.getElementById('map_grid').focus()")
    QTest.keyClick(shown.surface, Qt.Key.Key_Escape)  # the tool
    seat.until(lambda: not seat.window.charting.hand.holds)
    QTest.keyClick(shown.surface, Qt.Key.Key_Escape)  # the area
    seat.qtbot.waitUntil(lambda: seat.queue.filter.within is None)
    assert in_queue(seat) == everything


def test_that_a_polygon_grids_and_a_road_can_be_selected(seat_with_page: Seat, shown: WindowMap) -> None:
    seat = seat_with_page
    shown.run("document.getElementById('select').click()")
    seat.qtbot.waitUntil(lambda: shown.run("Boolean(document.getElementById('select-polygon'))"))
    shown.run("document.getElementById('select-polygon').click()")
    for column, row in ((3, 2), (8, 2), (8, 6)):
        shown.click(point(shown, column, row))
    shown.click(point(shown, 8, 6))  # the last place once more ends it
    assert until_area(seat, "+p").points == 3
    shown.run("document.getElementById('select-cell').click()")
    shown.click(point(shown, 4.5, 4.5))
    assert until_area(seat, "+c").told() == f"+c{CITY.unit_grids[4 * 12 + 4].code}"
    shown.run("document.getElementById('select-grid').click()")
    shown.click(point(shown, 7.5, 4.5))
    assert until_area(seat, "+g").told() == f"+g{CITY.unit_grids[4 * 12 + 7].responsibility_grid}"
    shown.run("document.getElementById('select-road').click()")
    road = json.loads(CITY.layers["roads"])["features"][0]["geometry"]["coordinates"]
    (west, south), (east, north) = road[0], road[1]
    shown.click(shown.point(f"gridConsole.pointOfPlace({(west + east) / 2}, {(south + north) / 2})"))
    assert until_area(seat, "+p").points > 4


def test_that_an_area_can_be_drawn_without_a_mouse(seat_with_page: Seat, shown: WindowMap) -> None:
    seat = seat_with_page
    seat.press("Alt+S")
    seat.qtbot.waitUntil(lambda: "框选" in shown.run("document.getElementById('select-note').textContent"))
    shown.run("document.getElementById('map_grid').focus()")
    for key in (Qt.Key.Key_Return, *[Qt.Key.Key_Right] * 2, *[Qt.Key.Key_Down] * 2, Qt.Key.Key_Return):
        QTest.keyClick(shown.surface, key)
        QTest.qWait(30)
    assert until_area(seat, "+p").points == 4
    assert shown.run("document.getElementById('select-note').getAttribute('aria-live')") == "polite"


def test_that_an_area_is_kept_under_a_name_and_taken_up_by_it_on_the_map_and_in_the_line(
    seat_with_page: Seat, shown: WindowMap
) -> None:
    seat = seat_with_page
    seat.press("Alt+S")
    drag(shown, point(shown, 3, 2), point(shown, 6, 5))
    drawn = until_area(seat, "+p")
    seat.qtbot.waitUntil(lambda: shown.run("Boolean(document.getElementById('area-save'))"))
    shown.run("document.getElementById('area-save').click()")
    views = seat.window.queue.views
    seat.until(lambda: views.list.isVisible() and views.list.name.hasFocus())
    seat.type("整治片区")
    seat.press("Return")
    seat.until(lambda: views.idle and seat.queue.filter.within != drawn)
    named = seat.queue.filter.within
    assert named == Area(drawn.pieces, "整治片区")
    seat.qtbot.waitUntil(
        lambda: "整治片区" in (shown.run("document.getElementById('area-words')?.textContent") or "")
    )
    seat.window.charting.selecting.clear()
    assert seat.queue.filter.within is None
    shown.run("document.getElementById('select').click()")
    seat.qtbot.waitUntil(
        lambda: shown.run("document.getElementById('area-named-0')?.textContent") == "整治片区"
    )
    shown.run("document.getElementById('area-named-0').click()")
    assert until_area(seat, "整治片区") == named
    until_on_the_map(seat, shown)
    lexicon, _vocabulary = seat.wait(seat.door.command_words(dict, []))  # type: ignore[union-attr]
    reading = read("选区:整治片区", lexicon, seat.door.now())  # type: ignore[union-attr]
    assert isinstance(reading, Filtering)
    assert reading.wanted.within == named
    unknown = read("选区:没有这个", lexicon, seat.door.now())  # type: ignore[union-attr]
    assert isinstance(unknown, Unread)
    assert unknown.problem.facts["candidates"] == ("整治片区",)


def until_on_the_map(seat: Seat, shown: WindowMap) -> None:
    """What is saved lies with the campaigns: switched on in the list, told by the tip, told apart there."""
    tick = "document.getElementById('layer-campaigns')"
    shown.run("document.getElementById('layers').click()")
    seat.qtbot.waitUntil(lambda: shown.run(f"Boolean({tick})"))
    assert "已保存的选区" in shown.run(f"{tick}.closest('.layer-row').textContent")
    shown.run(f"{tick}.click()")
    shown.run("document.getElementById('layers').click()")
    assert "已保存的选区 · \u2068整治片区\u2069" in shown.tip_at(point(shown, 4.5, 3.2), "整治片区").split(
        "\n"
    )
    outside = point(shown, 8.5, 3.2)
    told_there = [""]  # until the tip is of the other place it is still that of the first

    def elsewhere() -> bool:
        shown.hover(outside + QPoint(len(told_there) % 2, 0))
        told_there.append(shown.stats()["tip"])
        return bool(told_there[-1]) and "整治片区" not in told_there[-1]

    seat.until(elsewhere)
