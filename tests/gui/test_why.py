"""Why this minute on screen: the account of the chosen case's clocks, kept true while it lies there."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.exceptions import capture_exceptions

from console.domain.flow import State
from console.queries.why import why_case
from console.ui.case.why import WhyPanel
from tests.gui.seat import Seat


def shown(seat: Seat) -> WhyPanel:
    panel = seat.window.layers.panel
    assert isinstance(panel, WhyPanel)
    return panel


def test_that_the_key_shows_the_running_clock_to_the_minute(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("W")
    panel = shown(seat)
    told = seat.ask(why_case, code, seat.clock())
    running = next(account for account in told.accounts if account.running)
    assert len(panel.model.rows) == len(running.intervals)
    assert f"{running.due.astimezone(seat.window._zone):%Y-%m-%d %H:%M}" in panel._head.text()
    assert panel.table.hasFocus()


def test_that_a_clock_that_moves_on_is_told_again(seat: Seat) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.press("W")
    before = shown(seat)._closing.text()
    seat.pass_time(30)
    assert shown(seat)._closing.text() != before


def test_that_every_clock_of_the_case_has_its_chip(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("W")
    told = seat.ask(why_case, code, seat.clock())
    chips = [seat.find(f"clock_{at}", QPushButton) for at in range(len(told.accounts))]
    assert len(chips) > 1
    chips[-1].click()
    assert chips[-1].isChecked()
    assert len(shown(seat).model.rows) == len(told.accounts[-1].intervals)


def test_that_another_case_takes_the_place_of_the_explained_one(seat: Seat) -> None:
    one, other = seat.bring(State.HANDLING), seat.bring(State.TO_HANDLE)
    seat.choose(one)
    seat.press("W")
    seat.choose(other)
    assert other in shown(seat)._title.text()
    seat.window.selection.choose_case(0)
    seat.settle()
    assert seat.window.layers.panel is None


def test_that_the_account_is_copied_as_sentences(seat: Seat) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.pass_time(60)
    seat.press("W", "Ctrl+C")
    text = QGuiApplication.clipboard().text()
    assert len(text.splitlines()) >= len(shown(seat).model.rows) + 3
    assert "累计" in text
    assert str(len(text.splitlines())) in shown(seat)._copied.text()


@pytest.mark.parametrize("leave", ["Escape", "W"])
def test_that_it_is_left_with_the_keyboard_back_at_the_queue(seat: Seat, leave: str) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.press("W", leave)
    assert seat.window.layers.panel is None
    assert seat.focused == "caseTable"
    assert seat.case.code


def test_that_a_whole_page_takes_the_account_away(seat: Seat) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.press("W", "F3")
    assert seat.window.layers.panel is None
    assert seat.screen == "practice"
    seat.press("Escape")
    assert seat.screen == ""


def test_that_without_a_case_there_is_nothing_to_explain(seat: Seat) -> None:
    seat.window.selection.choose_case(0)
    seat.settle()
    seat.press("W")
    assert seat.window.layers.panel is None
    assert seat.message == "请先选一个案件"


def test_that_an_account_that_was_closed_does_not_hear_of_another_theme(seat: Seat) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.press("W")
    seat.press("Escape")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    with capture_exceptions() as heard:
        seat.press("F9")
    assert heard == []
