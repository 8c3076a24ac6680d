"""How near a case lies to the next grid: on the case and under the pointer, both sides named."""

import re

import pytest
from PySide6.QtWidgets import QLabel

from console.domain.boundary import Border
from console.domain.flow import State
from console.queries.boundaries import boundaries
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap


def test_that_the_case_says_its_nearest_border(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    case = seat.stored(code).case
    found = {one.border: one for one in seat.ask(boundaries, case.lon, case.lat)}
    metres = min(one.metres for one in found.values())
    shown = f"{metres:.0f} 米" if metres >= 10 else f"{metres:.1f} 米"
    seat.until(lambda: any(shown in label.text() for label in seat.window.case.findChildren(QLabel)))


@pytest.mark.web
def test_that_the_pointer_is_told_the_border_within_a_handsets_error(seat_with_page: Seat) -> None:
    shown = WindowMap(seat_with_page)
    shown.until(lambda stats: stats["marks"] > 0)
    lon, lat = WEST + 5.95 * STEP_LON, SOUTH + 1.5 * STEP_LAT  # six metres west of the other district
    shown.run(f"gridConsole.goTo({lon}, {lat}, 18)")
    shown.until(lambda stats: stats["zoom"] == 18)
    tip = shown.tip_at(shown.point(f"gridConsole.pointOfPlace({lon}, {lat})"), "⚠")
    border = seat_with_page.ask(boundaries, lon, lat)[2]
    assert border.border is Border.AREA
    told = re.search(r"距区界 ([\d.]+) 米", tip)
    assert told is not None
    assert float(told[1]) == pytest.approx(border.metres, abs=2)  # the pointer stands on whole pixels
    assert "金水区 | 二七区" in tip
