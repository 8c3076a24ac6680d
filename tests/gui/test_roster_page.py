"""The roster page: a week is read, somebody is put on duty and taken off by keys."""

from datetime import timedelta

from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton

from console.domain.actor import Post
from console.domain.duty import Duty
from console.queries.duty import roster
from console.ui.practice.page import PracticePage
from console.ui.practice.roster import RosterTab
from tests.gui.seat import BY, NOW, Seat

TODAY = NOW.date()  # a Friday
SHIFTS = ("night", "day", "evening")


def roster_tab(seat: Seat) -> RosterTab:
    seat.press("F3")
    seat.click("practice_roster")
    page = seat.window.pages.page("practice")
    assert isinstance(page, PracticePage)
    assert isinstance(page.tab, RosterTab)
    return page.tab


def choose(tab: RosterTab, weekday: int, shift: str) -> None:
    tab.week.setCurrentIndex(tab.model.index(weekday, SHIFTS.index(shift)))


def kept(seat: Seat) -> tuple[Duty, ...]:
    return seat.ask(roster, TODAY - timedelta(days=30), TODAY + timedelta(days=30)).duties


def test_that_somebody_is_put_on_duty_and_leads(seat: Seat) -> None:
    tab = roster_tab(seat)
    choose(tab, 4, "day")
    seat.find("rosterPerson", QComboBox).setEditText("王芳")
    post = seat.find("rosterPost", QComboBox)
    post.setCurrentIndex(post.findData(Post.LEADER))
    seat.find("rosterLeads", QCheckBox).setChecked(True)
    seat.find("rosterSeat").setFocus()
    seat.type("1 号席")
    seat.press("Ctrl+Return")
    seat.until(lambda: kept(seat))
    assert kept(seat) == (Duty(TODAY, "day", "王芳", Post.LEADER, "1 号席", True),)
    assert tab.model.data(tab.model.index(4, 1)) == "王芳(带班)"
    chip = seat.find("shiftButton", QToolButton)
    seat.until(lambda: "带班领导:王芳" in chip.accessibleName())


def test_that_somebody_is_taken_off_by_key(seat: Seat) -> None:
    tab = roster_tab(seat)
    choose(tab, 0, "night")
    seat.find("rosterPerson", QComboBox).setEditText(BY)
    seat.click("rosterPut")
    seat.until(lambda: kept(seat))
    tab.people.setFocus()
    seat.press("Delete")
    seat.until(lambda: not kept(seat))
    assert "已撤下" in seat.message


def test_that_weeks_are_turned_and_nobody_is_told_as_nobody(seat: Seat) -> None:
    tab = roster_tab(seat)
    seat.click("rosterAfter")
    assert tab.model.headerData(0, tab.week.verticalHeader().orientation()) == "03-23 周一"
    seat.click("rosterPut")
    assert seat.message == "请选定班次和人员"
    assert kept(seat) == ()
