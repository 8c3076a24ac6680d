"""The place of a new report is typed: coordinates of any system, a grid code, a bookmark."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLineEdit

from console.geography.typed_place import told_place
from console.storage.unit import View
from console.ui.forms.report import ReportForm
from tests.gui.seat import Seat


def form(seat: Seat) -> ReportForm:
    found = seat.window.side.report
    assert isinstance(found, ReportForm)
    return found


def spot(seat: Seat) -> tuple[float, float, str, str]:
    """A place inside the city with its grid and district."""

    def inside(view: View) -> tuple[float, float, str, str]:
        row = view.places.rows[40]
        at = view.places.shapes.polygons(np.array([40]))[0].representative_point()
        return at.x, at.y, row.cell, row.district

    return seat.ask(inside)


def write(seat: Seat, text: str) -> None:
    line = seat.find("reportPlace", QLineEdit)
    line.setFocus()
    line.selectAll()
    seat.type(text)
    seat.settle()


@pytest.mark.parametrize("system", ["cgcs2000", "gcj02", "belt"])
def test_that_coordinates_of_any_system_are_a_place(seat: Seat, system: str) -> None:
    lon, lat, cell, _district = spot(seat)
    seat.press("N")
    form(seat).place.system.setCurrentIndex(form(seat).place.system.findData(system))
    write(seat, told_place(lon, lat, system))
    report = form(seat).report()
    assert report.lon == pytest.approx(lon, abs=1e-5)
    assert report.lat == pytest.approx(lat, abs=1e-5)
    assert cell in seat.text("reportPlaceFound")
    assert cell in form(seat).place.line.accessibleDescription()
    assert not form(seat).wants_place
    assert seat.window.map._scene._small["spot"] == [report.lon, report.lat]
    seat.press("Escape")
    assert seat.window.map._scene._small["spot"] is None


def test_that_a_grid_code_and_a_bookmark_are_places(seat: Seat) -> None:
    lon, lat, cell, _district = spot(seat)
    seat.window.reporting.bookmarks = lambda: {"东门": (lon, lat)}
    seat.press("N")
    for text in (cell, "东门"):
        write(seat, text)
        assert form(seat).report().lon == pytest.approx(lon, abs=0.01), text
        assert cell in seat.text("reportPlaceFound")


def test_that_what_is_no_place_is_named_and_not_registered(seat: Seat) -> None:
    seat.press("N")
    form(seat).description.setPlainText("路口堆放垃圾")
    for text, why in (("西门外", "“西门外”不是坐标"), ("213.1, 34.7", "“213.1, 34.7”超出")):
        write(seat, text)
        assert why in seat.text("reportPlaceProblem")
        assert why in form(seat).place.line.accessibleDescription()
        seat.press("Ctrl+Return")
        assert why in seat.text("reportProblem")
        assert form(seat).place.line.hasFocus()
    write(seat, "100.5, 30.5")
    assert "不在任何单元网格内" in seat.text("reportPlaceFound")


def test_that_registering_waits_for_the_typed_place(seat: Seat) -> None:
    lon, lat, cell, _district = spot(seat)
    seat.press("N")
    form(seat).description.setPlainText("路口堆放垃圾")
    form(seat).place.line.setText(f"{lon:.7f}, {lat:.7f}")
    seat.press("Ctrl+Return")
    seat.until(lambda: seat.form.of != "report")
    seat.until(lambda: seat.case.code)
    assert seat.stored(seat.case.code).case.cell == cell


def test_that_a_key_on_the_button_gives_the_map_the_keyboard(seat: Seat) -> None:
    went: list[bool] = []
    seat.press("N")
    form(seat).map_wished.connect(lambda: went.append(True))
    seat.click("reportPickPlace")
    assert not went
    form(seat).place.pick.setFocus()
    seat.press("Space")
    assert went
    assert form(seat).wants_place
