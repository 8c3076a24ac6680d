"""The filter as chips and as text: everything it asks is seen, can be taken away, and can be written."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QToolButton

from console.domain.actor import Post
from console.domain.area import Area, Piece
from console.domain.case import Flag, Source
from console.domain.evaluation import Count
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter, Figure
from console.ui.queue.chips import Naming, chips
from tests.gui.seat import NOW, Seat
from tests.gui.test_queue import pick

COUNT: Count = "accepted"
ASKED = CaseFilter(
    step=Step.HANDLING, everything=True, late=True, late_times=2, due_within=timedelta(hours=2),
    older_than=timedelta(days=1), newer_than=timedelta(days=9), reported_since=NOW, reported_until=NOW,
    ended_since=NOW, ended_until=NOW, department="D105", division="410105", street="410105001",
    responsibility_grid="410105001001", cell="41010500100101", classes="event:0110",
    source=Source.HOTLINE, text="井盖", figure=Figure(COUNT, NOW, NOW), states=(State.HANDLING,),
    request=Request.EXTENSION, flag=Flag.URGENT, handler="张三", posts=(Post.DISPATCHER,), ids=(1, 2),
    within=Area((Piece("grids", ("4101050010000",)),)),
)  # fmt: skip


def test_that_every_field_has_a_chip_that_takes_it_away() -> None:
    left = replace(ASKED, text="")
    shown = chips(left, Naming())
    while shown:
        left = shown[0].without
        after = chips(left, Naming())
        assert [chip.words for chip in after] == [chip.words for chip in shown[1:]]
        shown = after
    assert left == CaseFilter(step=Step.HANDLING)
    without = {"step", "order", "descending"}
    told = {name for chip in chips(ASKED, Naming()) for name in chip.key.split("+")}
    assert told == {one.name for one in fields(CaseFilter)} - without


@pytest.mark.parametrize("name", ["late", "late_times", "due_within", "handler", "posts", "states", "street"])
def test_that_a_chip_is_reached_and_removed_by_the_keyboard(seat: Seat, name: str) -> None:
    value = getattr(ASKED, name)
    told = {name: value}
    seat.queue.show(replace(CaseFilter(department="D105"), **told))
    chip = seat.find(f"chip_{name}", QToolButton)
    assert chip.isVisible()
    assert chip.accessibleName().startswith("取消:")
    assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus
    chip.setFocus()
    QTest.keyClick(chip, Qt.Key.Key_Space)
    seat.settle()
    assert seat.queue.filter == CaseFilter(department="D105")
    assert seat.find("chip_department").hasFocus()


def test_that_the_panel_sets_what_the_chips_then_show(seat: Seat) -> None:
    seat.press("Ctrl+F")
    pick(seat, "dueFilter", (False, 2, None))
    pick(seat, "sourceFilter", Source.HOTLINE)
    pick(seat, "stateFilter", (State.TO_DISPATCH,))
    pick(seat, "reportedFilter", ("older", timedelta(days=3)))
    seat.find("mineFilter", QCheckBox).click()
    seat.find("streetFilter", QLineEdit).setText(" 410105001 ")
    seat.find("streetFilter", QLineEdit).editingFinished.emit()
    seat.settle()
    wanted = seat.queue.filter
    assert wanted == CaseFilter(
        late_times=2, source=Source.HOTLINE, states=(State.TO_DISPATCH,), older_than=timedelta(days=3),
        handler=seat.window.queue.views.here.name, street="410105001",
    )  # fmt: skip
    shown = {chip.text() for chip in seat.window.queue.filters._shown.values()}
    words = ("超期 2 倍", "热线", "待派遣", "上报超过 3 天", "我的", "金水1街道")
    assert shown == {f"{word}  ×" for word in words}
    seat.press("Escape")
    assert not seat.window.queue.filters.panel.isVisible()
    seat.press("Ctrl+Backspace")
    assert seat.window.queue.filters._shown == {}


def test_that_the_whole_filter_is_read_and_written_as_text(seat: Seat) -> None:
    seat.press("Ctrl+F", "Ctrl+A")
    seat.type("超期2倍 金水区")
    seat.press("Return")
    assert seat.queue.filter == CaseFilter(late_times=2, division="410105")
    seat.press("Ctrl+F")
    line = seat.find("filterText", QLineEdit)
    assert "金水区" in line.text()
    seat.press("Return")
    assert seat.queue.filter == CaseFilter(late_times=2, division="410105")
    seat.press("Ctrl+F", "Ctrl+A")
    seat.type("派 3")
    seat.press("Return")
    assert seat.queue.filter == CaseFilter(late_times=2, division="410105")
    assert any(
        label.isVisible() and label.text()
        for label in seat.window.queue.filters.panel.findChildren(QLabel, "filterProblem")
    )
