"""What console.testing promises: pages read what the window shows, work it by hand, wait until it rests."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from console.domain.flow import State
from console.domain.wanted import Order
from console.queries.case import case_card
from console.testing.sample import make_sample
from console.testing.stillness import EFFECTS
from console.testing.waiting import NotInTimeError, until
from console.ui.edge import Reload, start
from console.ui.map.courier import Courier
from tests.gui.seat import NOW, Seat
from tests.photos import jpeg


def test_that_the_queue_is_read_sorted_narrowed_and_cleared(seat: Seat) -> None:
    queue = seat.queue
    everything = queue.codes
    code = everything[-1]
    cells = queue.cells(code)
    assert list(cells) == queue.columns
    assert cells["code"] == code
    queue.sort("code")
    assert queue.codes == sorted(everything)
    assert queue.rows == sorted(everything)[: len(queue.rows)]
    queue.sort("code")
    assert queue.codes == sorted(everything, reverse=True)
    assert queue.filter.order is Order.CODE
    queue.narrow("超期")
    assert set(queue.codes) < set(everything)
    queue.clear()
    assert set(queue.codes) == set(everything)


def test_that_the_panel_is_read_by_keys_that_are_the_same_in_every_language(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.queue.choose(code)
    facts, history = seat.case.facts, seat.case.history
    stored = seat.stored(code)
    assert facts["address"] == stored.case.address
    assert stored.department is not None
    assert stored.department.name in facts["department"]
    assert "派遣" in " ".join(history)
    seat.act("switch_language")
    assert list(seat.case.facts) == list(facts)
    assert facts["limit"] != seat.case.facts["limit"]
    assert seat.case.flags == ""
    seat.case.act("act_mark")
    seat.form.fill("formFlag", "typical")
    seat.form.confirm()
    assert seat.case.flags


def test_that_every_kind_of_field_is_filled_by_its_name(seat: Seat, tmp_path: Path) -> None:
    picture = tmp_path / "a.jpg"
    picture.write_bytes(jpeg(64, 48))
    form = seat.form
    code = seat.bring(State.HANDLING)
    seat.queue.choose(code)
    seat.case.act("act_ask_suspension")
    form.fill("formUntil", "2026-04-01")
    form.fill("formReason", "等待")
    form.fill("formReason", "等待管线迁改")
    form.attach(picture)
    assert form.fields["formUntil"] == "2026-04-01"
    assert form.fields["formReason"] == "等待管线迁改"
    form.confirm()
    assert (seat.stored(code).facts[-1].note, len(seat.stored(code).facts[-1].evidence)) == (
        "等待管线迁改",
        1,
    )

    other = seat.bring(State.TO_DISPATCH)
    seat.queue.choose(other)
    seat.case.act("act_dispatch_other")
    form.fill("formDepartment", "D105")
    form.confirm()
    assert seat.stored(other).case.department == "D105"

    checked = seat.bring(State.PRE_CHECK)
    seat.queue.choose(checked)
    seat.case.act("act_pre_check_result")
    form.fill("formResult", "absent")
    form.confirm()
    assert seat.stored(checked).facts[-1].changes["checked"] == "absent"


def test_that_a_name_or_an_answer_that_is_not_there_is_said(seat: Seat) -> None:
    seat.queue.choose(seat.bring(State.TO_DISPATCH))
    seat.case.act("act_dispatch_other")
    with pytest.raises(AssertionError, match="formNothing"):
        seat.form.fill("formNothing", "x")
    with pytest.raises(AssertionError, match="does not offer"):
        seat.form.fill("formDepartment", "没有的部门")
    with pytest.raises(AssertionError, match=r"no action act_register; did you mean .*act_"):
        seat.act("act_register")
    with pytest.raises(AssertionError, match=r"no widget formResaon; did you mean .*form"):
        seat.find("formResaon")


def test_that_many_cases_are_done_at_once_and_tables_are_read(seat: Seat) -> None:
    seat.queue.choose_step("handling")
    codes = seat.queue.codes[:3]
    seat.queue.mark(*codes)
    assert seat.queue.marked == len(codes)
    seat.bulk.begin("act_urge")
    assert not seat.bulk.is_open  # so few are done at once, and can be taken back
    assert all(seat.stored(code).facts[-1].operation.value == "urge" for code in codes)
    seat.queue.clear()
    seat.queue.mark_all()
    assert seat.queue.marked == len(seat.queue.codes)
    seat.bulk.begin("act_urge")
    assert len(seat.bulk.groups) > 1
    before = seat.bulk.summary
    seat.bulk.confirm()
    assert seat.bulk.summary != before
    seat.bulk.leave()
    assert not seat.bulk.is_open
    seat.act("show_board")
    lines = seat.rows("boardTable")
    assert len(lines) > 1
    assert seat.text("boardTitle") == "综合评价"


def test_that_rest_means_readers_and_writer_and_what_follows_are_done(seat: Seat) -> None:
    desk = seat.door.desk if seat.door is not None else None
    assert desk is not None
    code = seat.queue.codes[0]
    asked = seat._loop.create_task(desk.ask(case_card, code, NOW))
    until(lambda: not desk.idle or asked.done())
    assert asked.done() or not seat.idle
    seat.settle()
    assert asked.done()
    assert seat.idle


def test_that_a_window_that_does_not_come_to_rest_says_what_is_under_way(seat: Seat) -> None:
    held = asyncio.Event()

    async def long_reading() -> None:
        await held.wait()

    start(long_reading())
    with pytest.raises(NotInTimeError, match=r"come to rest: .*long_reading"):
        seat.settle(within_s=0.01)
    held.set()
    seat.settle()
    assert seat.under_way == []
    reload = Reload(long_reading, pytest.fail, wait_ms=10_000)
    reload.wish()
    with pytest.raises(NotInTimeError, match="long_reading"):
        seat.until(lambda: seat.idle, lambda: ", ".join(seat.under_way), within_s=0.01)
    seat.settle()  # who drives the window does not wait for more to come
    assert reload.idle


def test_that_the_map_is_at_rest_once_its_page_has_taken_in_the_news(qapp: QApplication) -> None:
    courier = Courier()
    assert courier.idle  # there is no page
    courier.open()
    courier.changed(urgent=True)
    assert not courier.idle
    courier.fetched(1)
    assert not courier.idle
    courier.heard(1)
    assert courier.idle
    courier.changed()
    courier.sleep()
    assert courier.idle
    assert not courier.awake


def test_that_the_clock_stands_until_it_is_moved(seat: Seat) -> None:
    assert seat.clock() == datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
    assert seat.text("clock") == "10:00:00"
    seat.queue.choose(seat.bring(State.TO_FILE))
    seat.case.act("act_file")
    assert seat.stored(seat.case.code).facts[-1].at == seat.clock.at
    seat.pass_time(minutes=5)
    assert seat.text("clock") == "10:05:00"


def test_that_nothing_moves_by_itself(seat: Seat, qapp: QApplication) -> None:
    assert not any(qapp.isEffectEnabled(effect) for effect in (*EFFECTS, Qt.UIEffect.UI_General))
    assert qapp.cursorFlashTime() == 0
    seat.queue.choose(seat.bring(State.TO_FILE))
    seat.case.act("act_file")  # an undo is offered, and counted down by the clock that stands
    first = seat.window.grab().toImage()
    seat.settle()
    assert seat.window.grab().toImage() == first
    label = seat.find("messageText", QLabel)
    label.setText("!")
    assert seat.window.grab().toImage() != first


def test_that_the_sample_is_the_same_every_time(tmp_path: Path) -> None:
    from console.domain.wanted import CaseFilter
    from console.queries.marked import seen_of
    from console.runtime.bootstrap import open_desk

    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        desk = open_desk(make_sample(tmp_path / name, cases=30, days=3), None)
        codes = [one.code for one in desk.ask_now(seen_of, CaseFilter(everything=True), NOW)]
        cards = [desk.ask_now(case_card, code, NOW) for code in codes]
        found.append([(card.case.code, card.case.description, card.case.lon, card.facts) for card in cards])
        desk.close()
    assert found[0] == found[1]
    assert len(found[0]) >= 30


def test_that_what_does_not_come_is_said_in_words(seat: Seat) -> None:
    with pytest.raises(NotInTimeError, match=r"not within 0\.01 s: the moon"):
        until(lambda: False, "the moon", within_s=0.01)


@pytest.mark.web
def test_that_the_map_is_driven_by_its_controls_cells_and_words(seat_with_page: Seat) -> None:
    seat, chart = seat_with_page, seat_with_page.map
    chart.wait_until_painted()
    seat.settle()
    assert {"zoom_in", "layers", "colouring", "legend-fold"} <= set(chart.controls)
    assert len(chart.legend) > 5
    chart.click("layers")
    assert chart.stats["layers"]["roads"]
    chart.click("layer-roads")
    assert not chart.stats["layers"]["roads"]
    chart.click("layers")
    assert "layer-roads" not in chart.controls
    with pytest.raises(AssertionError, match="layer-roads"):
        chart.click("layer-roads")
    chart.click("colouring")
    chart.click("colouring-1")
    chart.click("colouring")
    before = chart.legend
    chart.click("legend-fold")
    assert len(chart.legend) < len(before)

    code = seat.bring(State.TO_FILE)
    cell = seat.stored(code).case.cell
    chart.look_at_cell(cell)
    seat.settle()
    assert chart.stats["resting"]
    assert chart.has_mark(seat.stored(code).case.id)
    beside = chart.point_of_cell(cell) + QPoint(34, 26)
    seat.until(lambda: cell in chart.hover(beside))  # the words of a cell come a moment after its figures
    lon, lat, zoom = chart.centre
    assert zoom == 17
    chart.click("zoom_out")
    assert chart.centre[2] == 16
    assert abs(chart.centre[0] - lon) + abs(chart.centre[1] - lat) < 0.001

    seat.act("new_report")
    seat.form.pick_cell(cell)
    assert seat.form.is_open
    assert "." in seat.text("reportPlace")  # the degrees picked
