"""The wall view: read from five metres, shown by a key, gone without a trace."""

from math import atan, degrees, floor, log2, pi

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.i18n import use_language
from console.ui.wall import reading, sheet
from console.ui.wall.map import filling
from tests.gui.seat import Seat

HEIGHT_MM = 55 * 25.4 * 9 / (16**2 + 9**2) ** 0.5
DISTANCE_MM = 5000
WORLD = 2 * pi * 6378137.0  # m, EPSG:3857
X_HEIGHT, DIGIT_HEIGHT, CHINESE_HEIGHT = 0.543, 0.733, 0.92  # of the size, as console.ui.wall.reading reckons


def minutes_of_arc(size: float, part: float) -> float:
    """Under which angle a part of a letter of `size` lines is seen from five metres."""
    return degrees(atan(size * part * HEIGHT_MM / reading.LINES / DISTANCE_MM)) * 60


def test_that_every_letter_of_the_wall_is_large_enough_at_five_metres() -> None:
    for size in (reading.TEXT, reading.FIGURE, reading.CLOCK):
        assert minutes_of_arc(size, X_HEIGHT) >= 15
        assert minutes_of_arc(size, DIGIT_HEIGHT) >= 20
        assert minutes_of_arc(size, CHINESE_HEIGHT) >= 20
    assert minutes_of_arc(32, DIGIT_HEIGHT) < 16  # the reckoning tells small from large


def test_that_the_painted_letters_are_as_large_as_reckoned(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    letters = sheet.WallSheet._letters

    def noted(self: sheet.WallSheet, painter: object, size: int, *, medium: bool = False) -> None:
        asked.append(size)
        letters(self, painter, size, medium=medium)  # type: ignore[arg-type]  # whatever paints

    monkeypatch.setattr(sheet.WallSheet, "_letters", noted)
    seat.press("F12")
    window = seat.window.wall.window
    assert window is not None
    seat.until(lambda: seat.window.wall.reload.idle)
    window.resize(1920, 1080)
    window.sheet.grab()
    assert asked
    assert min(asked) >= reading.TEXT


def test_that_a_key_puts_the_wall_up_and_esc_takes_it_down_for_nothing(seat: Seat) -> None:
    wall = seat.window.wall
    assert wall.window is None
    seat.press("F12")
    window = wall.window
    assert window is not None
    assert window.isVisible()
    assert window.isFullScreen()
    assert wall._tick.isActive()
    ended: list[bool] = []
    wall.ended.connect(lambda: ended.append(True))
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    seat.until(lambda: ended)
    assert wall.window is None
    assert not wall._tick.isActive()
    assert seat.window.map_link._panels == [seat.window.map]
    seat.window.hub.changed.emit(type("Changes", (), {"cases": (), "everything": True})())
    assert wall.reload.idle


def test_that_the_wall_shows_no_control_until_the_mouse_moves(seat: Seat) -> None:
    seat.press("F12")
    window = seat.window.wall.window
    assert window is not None
    assert not window.end_button.isVisible()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    at = QPointF(420, 430)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window.sheet, moved)
    assert window.end_button.isVisible()
    window._idle.setInterval(1)
    window._idle.start()
    seat.until(lambda: not window.end_button.isVisible())


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1920, 1080), (1366, 768), (3840, 2160)])
def test_that_the_wall_fills_its_screen_and_paints_nothing_over_another(
    seat: Seat, language: str, size: tuple[int, int]
) -> None:
    use_language(language)
    seat.press("F12")
    window = seat.window.wall.window
    assert window is not None
    seat.until(lambda: window.sheet._state is not None)
    window.resize(*size)
    painted = window.sheet
    boxes = [painted.map_box(), painted._areas_box(), painted._next_box()]
    assert all(painted.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)
    assert painted._next_box().height() >= 11 * painted._px(sheet._ROW)
    picture = painted.grab().toImage()
    for box in (painted._areas_box(), painted._next_box(), QRect(0, 0, *size)):
        assert colours(picture, box) > 4


def colours(picture: QImage, box: QRect) -> int:
    """How many colours a part of a picture has: one, where nothing was painted."""
    ratio = picture.devicePixelRatio()
    part = picture.copy(QRect(box.topLeft() * ratio, box.size() * ratio))
    steps = range(0, part.height(), 7)
    return len({part.pixel(x, y) for y in steps for x in range(0, part.width(), 3)})


@pytest.mark.parametrize("kilometres", [(3, 3), (21, 20), (34, 41), (34, 60), (90, 20), (250, 300)])
def test_that_a_city_of_any_size_fills_most_of_its_map(kilometres: tuple[int, int]) -> None:
    room = 880, 400
    extent = kilometres[0] * 1000.0, kilometres[1] * 1000.0
    factor = filling(extent, room, 1.25, 2.5)
    free = [pixels / factor - 48 for pixels in room]  # what view.js leaves of the page
    at_nought = [metres / WORLD * 256 for metres in extent]
    level = floor(log2(min(there / whole for there, whole in zip(free, at_nought, strict=True))))
    shares = [2**level * whole * factor / pixels for whole, pixels in zip(at_nought, room, strict=True)]
    assert 0.69 < max(shares) < 1
    assert 1.24 < factor < 2.5


def test_that_a_city_without_cells_is_drawn_at_the_largest() -> None:
    assert filling(None, (880, 400), 1.25, 2.5) == pytest.approx(2.5, rel=0.01)
    assert filling((20e3, 20e3), (0, 0), 1.25, 2.5) == pytest.approx(2.5, rel=0.01)
