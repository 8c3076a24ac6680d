"""Macros that seats share: run by others as themselves, copied by them, changed only by their owner."""

import pytest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPlainTextEdit, QPushButton

from console.domain.actor import Post
from console.domain.flow import State
from console.domain.shared_macro import SharedMacro
from console.domain.staff import Member
from console.queries.macros import shared_macros
from console.services.macros import share_macro, withdraw_macro
from console.services.practice import load_staff
from console.ui.macros.book import Macro
from tests.gui.seat import BY, NOW, Seat
from tests.gui.test_macros import put

OWNER = "值班长09"


@pytest.fixture
def other(seat: Seat) -> Seat:
    """A seat for which somebody else shares a macro."""
    assert seat.door is not None
    seat.watch()
    seat.wait(seat.door.desk.do(share_macro, "快办", ["受理", "立案"], by=OWNER, at=NOW))
    seat.until(lambda: [one.owner for one in seat.window.commands.macros.listed] == [OWNER])
    seat.settle()
    return seat


def stored(seat: Seat) -> list[tuple[str, str, tuple[str, ...]]]:
    def told(one: SharedMacro) -> tuple[str, str, tuple[str, ...]]:
        return one.owner, one.name, one.lines

    return [told(one) for one in seat.ask(shared_macros)]


def lines(seat: Seat) -> list[str]:
    listed = seat.find("macroList", QListWidget)
    return [listed.item(at).text() for at in range(listed.count())]


def shown(seat: Seat) -> set[str]:
    """Which acts the panel offers."""
    names = ("macroRun", "macroKeep", "macroCopy", "macroShare", "macroDrop")
    return {name for name in names if seat.find(name, QPushButton).isVisible()}


def test_that_ones_own_is_shared_follows_what_is_changed_and_is_taken_back(seat: Seat) -> None:
    put(seat, "受理")
    seat.press("Ctrl+Shift+R")
    seat.click("macroShare")
    seat.until(lambda: lines(seat) == ["快办    Alt+1    已共享"])
    assert stored(seat) == [(BY, "快办", ("受理",))]
    seat.find("macroName", QLineEdit).setText("快速")
    seat.find("macroText", QPlainTextEdit).setPlainText("受理\n立案")
    seat.click("macroKeep")
    seat.until(lambda: lines(seat) == ["快速    Alt+1    已共享"])
    assert stored(seat) == [(BY, "快速", ("受理", "立案"))]
    assert seat.find("macroShare", QPushButton).text() == "取消共享"
    seat.click("macroShare")
    seat.until(lambda: lines(seat) == ["快速    Alt+1"])
    assert stored(seat) == []


def test_that_a_shared_one_that_is_deleted_is_gone_for_all(seat: Seat) -> None:
    put(seat, "受理")
    seat.press("Ctrl+Shift+R")
    seat.click("macroShare")
    seat.until(lambda: stored(seat))
    seat.until(lambda: "已共享" in lines(seat)[0])
    seat.click("macroDrop")
    seat.until(lambda: not lines(seat))
    seat.until(lambda: stored(seat) == [])


def test_that_what_another_shares_is_shown_under_his_name_and_cannot_be_changed(other: Seat) -> None:
    other.press("Ctrl+Shift+R")
    assert lines(other) == [f"快办    {OWNER} 共享"]
    assert shown(other) == {"macroRun", "macroCopy"}
    assert other.find("macroName", QLineEdit).isReadOnly()
    assert other.find("macroText", QPlainTextEdit).isReadOnly()
    assert other.find("macroText", QPlainTextEdit).toPlainText() == "受理\n立案"


def test_that_it_is_run_by_its_name_and_signed_by_who_runs_it(other: Seat) -> None:
    code = other.bring(State.REPORTED)
    other.choose(code)
    other.press("Ctrl+K")
    other.type("快办")
    other.press("Return")
    other.until(lambda: other.stored(code).case.state is State.TO_DISPATCH)
    assert {one.by for one in other.stored(code).facts[-2:]} == {BY}


def test_that_what_the_one_who_runs_it_may_not_do_is_refused(other: Seat) -> None:
    assert other.door is not None
    code = other.bring(State.REPORTED)
    people = (Member(BY, frozenset({Post.EVALUATOR})), Member(OWNER, frozenset({Post.LEADER})))
    other.wait(other.door.desk.do(load_staff, people, by=OWNER, at=NOW))
    other.choose(code)
    other.press("Ctrl+Shift+R")
    other.press("Return")
    other.settle()
    assert "“测试员”不能受理" in other.message
    assert other.stored(code).case.state is State.REPORTED


def test_that_a_copy_is_ones_own_with_a_name_that_is_free(other: Seat) -> None:
    put(other, "派遣")
    other.press("Ctrl+Shift+R")
    other.find("macroList", QListWidget).setCurrentRow(1)
    other.click("macroCopy")
    assert other.window.commands.macros.macros == [
        Macro("快办", ("派遣",), "Alt+1"),
        Macro("快办 2", ("受理", "立案")),
    ]
    assert lines(other) == ["快办    Alt+1", "快办 2", f"快办    {OWNER} 共享"]
    assert shown(other) == {"macroRun", "macroKeep", "macroShare", "macroDrop"}
    assert stored(other) == [(OWNER, "快办", ("受理", "立案"))]


def test_that_two_of_one_name_are_told_apart_on_the_command_line(other: Seat) -> None:
    put(other, "派遣")
    words = {text for texts in other.window.commands.macros.words.values() for text in texts}
    assert words == {"快办", f"快办 {OWNER}"}


def test_that_what_is_taken_back_goes_while_what_is_typed_stays(other: Seat) -> None:
    assert other.door is not None
    put(other, "派遣")
    other.press("Ctrl+Shift+R")
    other.find("macroList", QListWidget).setCurrentRow(0)
    text = other.find("macroText", QPlainTextEdit)
    text.setFocus()
    other.type("受理 ")
    typed = text.toPlainText()
    assert typed != "派遣"
    other.wait(other.door.desk.do(withdraw_macro, "快办", by=OWNER, at=NOW))
    macros = other.window.commands.macros
    other.until(lambda: not any(one.owner for one in macros.listed))
    other.settle()
    assert text.toPlainText() == typed
    assert set(macros.words) == {"macro_快办"}
