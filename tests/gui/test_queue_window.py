"""A window of rows over a long queue: the right ones at any place, and none that moves by itself."""

import random
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar

from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.services.steps import Told
from tests.cities import small_city
from tests.gui.seat import Seat, copy_store, make_store
from tests.gui.seats import OpenSeat
from tests.gui.test_queue import row_on_screen
from tests.lives import REPORT

MANY = 2500
EVERYTHING = CaseFilter(everything=True, order=Order.CODE)


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("long")
    make_store(folder, small_city(), MANY)
    return folder


@pytest.fixture
def long(open_seat: OpenSeat, long_store: Path, tmp_path: Path) -> Seat:
    """A window on a city of several thousand cases, all of them in the queue, by code."""
    seat = open_seat(folder=copy_store(long_store, tmp_path / "data"))
    seat.window.selection.want(EVERYTHING)
    seat.settle()
    return seat


def bar(seat: Seat) -> QScrollBar:
    return seat.find("queuePlaces", QScrollBar)


def assert_rows_are_right(seat: Seat) -> None:
    """The rows in view are those that the database has at this place, but for arrivals that wait."""
    queue = seat.window.queue
    held = {row.code for row in queue.model.stretch.held.values()}
    listed = [code for code in seat.queue.codes if code not in held]
    top = queue.model.top
    assert seat.queue.rows == listed[top : top + queue.model.room]
    assert queue.model.total == len(listed)
    assert bar(seat).value() in {queue.eye.place, bar(seat).maximum()}


def test_that_no_more_rows_are_made_than_there_is_room_for(long: Seat) -> None:
    assert long.window.queue.model.total >= MANY
    assert long.window.queue.model.rowCount() < 40
    assert bar(long).maximum() + bar(long).pageStep() == long.window.queue.model.total


def test_that_any_place_shows_the_rows_that_stand_there(long: Seat) -> None:
    codes = long.queue.codes
    for place in (1200, 0, 2400, len(codes) - 5, 401, 1999, 3):
        bar(long).setValue(place)
        long.settle()
        assert long.queue.rows[0] == codes[min(place, bar(long).maximum() - (place > 2400))] or place > 2400
        assert_rows_are_right(long)


def test_that_the_bar_says_the_place_while_it_is_dragged(long: Seat) -> None:
    bar(long).setSliderDown(True)
    bar(long).setSliderPosition(1234)
    long.settle()
    place = long.find("queuePlace")
    assert place.isVisible()
    assert place.text() == f"第 1,235 件 / 共 {len(long.queue.codes):,} 件"  # type: ignore[attr-defined]
    bar(long).setSliderDown(False)
    assert not place.isVisible()
    assert_rows_are_right(long)


def test_that_the_wheel_moves_by_the_pixel_and_keys_by_row_view_and_end(long: Seat) -> None:
    table = long.window.queue.table
    codes = long.queue.codes
    wheel = QWheelEvent(
        QPointF(50, 50), table.viewport().mapToGlobal(QPointF(50, 50)), QPoint(0, -50), QPoint(0, -15),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(table.viewport(), wheel)
    long.settle()
    assert long.queue.rows[0] == codes[1]
    assert table.visualRect(table.model().index(0, 0)).top() == 34 - 50
    long.queue.choose(codes[10])
    page = long.window.queue.eye.fit - 1
    long.press("PgDown")
    assert long.case.code == codes[10 + page]
    long.press("End")
    assert long.case.code == codes[-1]
    assert long.queue.rows[-1] == codes[-1]
    long.press("Up", "PgUp")
    assert long.case.code == codes[-2 - page]
    long.press("Home")
    assert long.case.code == codes[0]
    assert_rows_are_right(long)


def test_that_a_held_key_walks_over_rows_that_are_there_already(long: Seat) -> None:
    codes = long.queue.codes
    long.queue.choose(codes[0])
    table = long.window.queue.table
    for at in range(1, 700):
        QTest.keyClick(table, Qt.Key.Key_Down)
        if at % 3 == 0:
            QApplication.processEvents()
    long.settle()
    assert long.case.code == codes[699]
    assert_rows_are_right(long)


def test_that_a_key_goes_on_from_the_chosen_case_though_it_was_scrolled_away(long: Seat) -> None:
    codes = long.queue.codes
    long.queue.choose(codes[5])
    bar(long).setValue(2000)
    long.settle()
    assert long.case.code == codes[5]
    long.press("Down")
    assert long.case.code == codes[6]
    assert codes[6] in long.queue.rows
    assert_rows_are_right(long)


def test_that_a_case_chosen_elsewhere_comes_into_view(long: Seat) -> None:
    far = long.queue.codes[1777]
    long.choose(far)
    assert far in long.queue.rows
    assert_rows_are_right(long)


def test_that_a_list_that_was_empty_meanwhile_opens_where_the_chosen_case_stands(long: Seat) -> None:
    window = long.window
    code = long.queue.codes[1500]
    long.choose(code)
    window.selection.want(CaseFilter(everything=True, text="没有这样的案件"))
    long.settle()
    assert window.queue.model.total == 0
    window.selection.want(EVERYTHING)
    long.settle()
    assert code in long.queue.rows
    assert_rows_are_right(long)


def test_that_a_sorted_queue_keeps_the_chosen_row_at_its_height(long: Seat) -> None:
    chosen = long.queue.codes[1200]
    long.choose(chosen)
    before = row_on_screen(long, chosen)
    for order in (Order.REPORTED, Order.DUE, Order.ADDRESS, Order.CODE):
        long.window.selection.want(CaseFilter(everything=True, order=order, descending=True))
        long.settle()
        assert long.case.code == chosen
        assert row_on_screen(long, chosen) == before, order
        assert_rows_are_right(long)


def test_that_arrivals_in_view_wait_behind_a_marker_and_are_shown_by_it(seat: Seat) -> None:
    seat.window.selection.want(CaseFilter(everything=True, order=Order.CODE, descending=True))
    seat.settle()
    before = seat.queue.rows
    seat.queue.choose(before[2])
    assert seat.door is not None
    fresh = [seat.wait(seat.door.register(REPORT)).code for _report in range(3)]
    seat.settle()
    assert seat.queue.rows == before
    marker = seat.find("queueArrivals", QPushButton)
    assert marker.text() == "3 条新件"
    assert seat.window.queue.model.total == len(seat.queue.codes) - 3
    assert_rows_are_right(seat)
    seat.click("queueArrivals")
    assert seat.queue.rows[:3] == list(reversed(fresh))
    assert seat.case.code == before[2]
    assert not marker.isVisible()
    assert_rows_are_right(seat)


def test_that_an_arrival_that_is_chosen_or_done_by_oneself_does_not_wait(seat: Seat) -> None:
    seat.window.selection.want(CaseFilter(everything=True, order=Order.CODE, descending=True))
    seat.settle()
    assert seat.door is not None
    fresh = seat.wait(seat.door.register(REPORT)).code
    seat.settle()
    assert fresh not in seat.queue.rows
    seat.choose(fresh)
    assert seat.queue.rows[0] == fresh
    seat.press("A", "Ctrl+Z")
    assert seat.queue.rows[0] == fresh
    assert not seat.find("queueArrivals").isVisible()


@pytest.mark.parametrize("seed", range(3))
def test_that_the_chosen_row_stays_whatever_comes_and_goes_around_it(long: Seat, seed: int) -> None:
    dice = random.Random(seed)
    orders = [Order.CODE, Order.DUE, Order.ADDRESS, Order.REPORTED]
    long.window.selection.want(CaseFilter(order=orders[seed], descending=bool(seed % 2)))
    long.settle()
    queue = long.window.queue
    long.choose(long.queue.codes[len(long.queue.codes) // (seed + 2)])
    gone: list[str] = []
    for _round in range(12):
        chosen, height = long.case.code, row_on_screen(long, long.case.code)
        shown = long.queue.rows
        assert long.door is not None
        arrived = [long.wait(long.door.register(REPORT)).code for _report in range(dice.randrange(4))]
        near = [code for code in shown if code != chosen and code not in gone]
        for code in dice.sample(near, min(2, len(near))):
            case = long.stored(code).case
            if case.state is State.REPORTED:
                long.do(code, Operation.REJECT, Told(note="不属于"), by="另一席")
                gone.append(code)
        long.settle()
        assert long.case.code == chosen
        assert row_on_screen(long, chosen) == height
        assert [code for code in long.queue.rows if code in arrived and code in shown] == []
        assert_rows_are_right(long)
        if dice.random() < 0.4:
            queue.eye.show_arrivals()
            long.settle()
            assert not queue.model.stretch.held
        long.press(dice.choice(["Down", "Up", "PgDown"]))
        assert_rows_are_right(long)


def test_that_the_next_takes_the_place_of_a_case_that_another_seat_ended(long: Seat) -> None:
    waiting = [long.wait(long.door.register(REPORT)).code for _report in range(5)]  # type: ignore[union-attr]
    long.window.selection.want(CaseFilter(order=Order.CODE, descending=True))
    long.settle()
    long.queue.choose(waiting[3])
    height = row_on_screen(long, waiting[3])
    long.do(waiting[3], Operation.REJECT, Told(note="不属于"), by="另一席")
    assert long.case.code == waiting[2]
    assert row_on_screen(long, waiting[2]) == height
