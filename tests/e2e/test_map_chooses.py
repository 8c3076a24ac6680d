"""What a click on the map chooses in the window: a mark its case, a cell the queue's filter."""

import pytest
from PySide6.QtCore import QPoint

from console.queries.map import cell_counts, map_points
from tests.gui.seat import Seat
from tests.gui.window_map import WindowMap

pytestmark = pytest.mark.web


def test_that_a_mark_chooses_its_case_and_a_cell_narrows_the_queue(seat_with_page: Seat) -> None:
    seat, shown = seat_with_page, WindowMap(seat_with_page)
    points = seat.ask(map_points)
    point = points[0]
    shown.run(f"gridConsole.goTo({point.lon}, {point.lat}, 18)")
    shown.until(lambda stats: stats["zoom"] == 18)
    shown.click(shown.case_point(point.id))
    seat.until(lambda: seat.case.code == point.code)
    shown.until(lambda stats: stats["selected"] == point.id)
    counts = cell_counts(seat.ask(map_points))
    cell, number = next(iter(counts.items()))
    shown.look_at(cell)
    shown.click(shown.cell_point(cell) + QPoint(34, 26))
    seat.until(lambda: seat.queue.filter.cell)
    seat.settle()
    assert len(seat.queue.codes) == number
    assert {seat.stored(code).case.cell for code in seat.queue.codes} == {seat.queue.filter.cell}
