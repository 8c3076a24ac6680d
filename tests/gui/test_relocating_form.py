"""A wrong point put right in the window: pointed at or typed, previewed, done, told, and taken back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from console.domain.flow import State
from console.geography.typed_place import told_place
from console.ui.moving.relocating import Relocating
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap
from tests.lives import ELSEWHERE


def begin(seat: Seat) -> str:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("Shift+L")
    seat.until(lambda: seat.form.of.startswith("act_"))
    return code


def preview(seat: Seat) -> str:
    return seat.find("formPlacePreview", QLabel).text()


def test_that_a_typed_place_of_another_system_is_previewed_and_done(seat: Seat) -> None:
    code = begin(seat)
    before = seat.stored(code).case
    systems = seat.find("formPlaceSystem", QComboBox)
    systems.setCurrentIndex(systems.findData("bd09"))
    line = seat.find("formPlace", QLineEdit)
    QTest.keyClicks(line, "1")
    seat.until(lambda: "不是坐标" in preview(seat))
    line.clear()
    QTest.keyClicks(line, told_place(*ELSEWHERE, "bd09"))
    seat.until(lambda: "→" in preview(seat))
    assert "郑东新区" in preview(seat)
    assert "米:" in preview(seat)
    assert seat.stored(code).case == before  # nothing is done yet
    seat.find("formConfirm", QPushButton).click()
    assert "理由" in seat.window.side.form.problem.text()
    seat.find("formReason", QPlainTextEdit).setPlainText("坐标采集有误")
    seat.find("formConfirm", QPushButton).click()
    seat.until(lambda: seat.stored(code).case.version > before.version)
    after = seat.stored(code).case
    assert (after.lon, after.lat) == pytest.approx(ELSEWHERE, abs=2e-6)
    assert after.cell != before.cell
    seat.settle()
    seat.press("Ctrl+Z")
    seat.until(lambda: seat.stored(code).case.cell == before.cell)


def test_that_an_answer_to_what_was_typed_before_moves_nothing(seat: Seat) -> None:
    begin(seat)
    relocating = next(part for part in seat.window.charting.parts if isinstance(part, Relocating))
    field = relocating._field
    assert field is not None
    field.line.setText(told_place(*ELSEWHERE, "wgs84"))
    field._tell()  # the pause is over, and the answer on its way
    QTest.keyClicks(field.line, "x")
    seat.until(lambda: relocating.preview.idle)
    assert field.told()["place"] is None


@pytest.mark.web
def test_that_the_new_place_can_be_clicked_and_dragged_on_the_map(seat_with_page: Seat) -> None:
    seat = seat_with_page
    shown = WindowMap(seat)
    shown.until(lambda stats: stats["marks"] > 0)
    begin(seat)
    lon, lat = ELSEWHERE
    shown.run(f"gridConsole.goTo({lon}, {lat}, 17)")
    seat.qtbot.waitUntil(lambda: shown.run("!document.getElementById('picking').hidden"))
    place = shown.point(f"gridConsole.pointOfPlace({lon}, {lat})")
    shown.click(place)
    seat.until(lambda: "→" in preview(seat))
    clicked = seat.find("formPlace", QLineEdit).text()
    assert "米" in shown.tip_at(place + QPoint(3, 0), "距责任网格")
    surface = shown.surface
    at = surface.mapFrom(shown.panel, place)
    seat.qtbot.waitUntil(lambda: shown.panel._scene._small["moving"]["to"] is not None)
    QTest.qWait(200)
    QTest.mousePress(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for step in (10, 25, 40):
        QTest.mouseMove(surface, at + QPoint(step, 0))
        QTest.qWait(30)
    QTest.mouseRelease(surface, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(40, 0))
    seat.until(lambda: seat.find("formPlace", QLineEdit).text() != clicked)
    moved = float(seat.find("formPlace", QLineEdit).text().split(",")[0])
    assert moved > lon + 0.0002
    seat.press("Esc")
    seat.until(lambda: shown.run("document.getElementById('picking').hidden"))
