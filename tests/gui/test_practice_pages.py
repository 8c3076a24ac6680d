"""The pages of what a site edits: rights, calendar, zones, staff and limits."""

from datetime import date

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtWidgets import QCheckBox, QDateTimeEdit, QLineEdit, QPlainTextEdit

from console.domain.actor import Post
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.rights import may_at_all
from console.queries.seats import sitting
from console.queries.site import site_practice, site_zones
from console.runtime.desk import Changes
from console.ui.practice.calendar import CalendarTab
from console.ui.practice.page import PracticePage
from console.ui.practice.rights import RightsTab
from console.ui.practice.rights_model import POST_COLUMNS, ROWS
from console.ui.practice.zones import ZonesTab
from tests.gui.seat import BY, Seat
from tests.gui.test_seating import sit, with_staff

FRIDAY = date(2026, 3, 20)  # the day of the seat's clock


def page(seat: Seat, tab: str) -> PracticePage:
    """The practice page at one of its tabs."""
    if seat.screen != "practice":
        seat.press("F3")
    seat.click(f"practice_{tab}")
    found = seat.window.pages.page("practice")
    assert isinstance(found, PracticePage)
    return found


def rights(seat: Seat) -> RightsTab:
    tab = page(seat, "rights").tab
    assert isinstance(tab, RightsTab)
    return tab


def calendar(seat: Seat) -> CalendarTab:
    tab = page(seat, "calendar").tab
    assert isinstance(tab, CalendarTab)
    return tab


def zones(seat: Seat) -> ZonesTab:
    tab = page(seat, "zones").tab
    assert isinstance(tab, ZonesTab)
    return tab


def look_at(tab: RightsTab, operation: Operation, post: Post) -> None:
    tab.table.setCurrentIndex(tab.model.index(ROWS.index(operation), POST_COLUMNS.index(post)))


def may(seat: Seat, operation: Operation, state: State, *posts: Post) -> bool:
    practice = seat.ask(site_practice).practice
    actor = seat.ask(sitting, BY)
    return may_at_all(type(actor)(BY, frozenset(posts)), operation, state, practice) is None


def test_that_a_right_given_and_saved_holds_at_once(seat: Seat) -> None:
    assert not may(seat, Operation.FILE, State.TO_FILE, Post.ACCEPTOR)
    tab = rights(seat)
    look_at(tab, Operation.FILE, Post.ACCEPTOR)
    tab.table.setFocus()
    seat.press("Space")
    assert not may(seat, Operation.FILE, State.TO_FILE, Post.ACCEPTOR)  # nothing holds before it is saved
    tab.note.setText("本市不设值班长")
    seat.press("Ctrl+S")
    assert may(seat, Operation.FILE, State.TO_FILE, Post.ACCEPTOR)
    told = seat.ask(site_practice).changes[0]
    assert (told.by, told.note) == (BY, "本市不设值班长")
    assert not tab.model.dirty


def test_that_a_right_can_be_narrowed_to_some_states(seat: Seat) -> None:
    tab = rights(seat)
    look_at(tab, Operation.MERGE, Post.ACCEPTOR)
    box = seat.find(f"right_in_{State.TO_DISPATCH.value}", QCheckBox)
    box.click()
    seat.settle()
    tab.save()
    seat.settle()
    assert not may(seat, Operation.MERGE, State.TO_DISPATCH, Post.ACCEPTOR)
    assert may(seat, Operation.MERGE, State.TO_FILE, Post.ACCEPTOR)


def test_that_the_former_rights_can_be_loaded_again(seat: Seat) -> None:
    tab = rights(seat)
    look_at(tab, Operation.FILE, Post.ACCEPTOR)
    tab.table.setFocus()
    seat.press("Space", "Ctrl+S")
    seat.click("formerPracticeButton")
    assert tab.model.dirty
    seat.press("Ctrl+S")
    assert not may(seat, Operation.FILE, State.TO_FILE, Post.ACCEPTOR)


def test_that_a_main_step_that_nobody_may_is_not_saved(seat: Seat) -> None:
    tab = rights(seat)
    for post in POST_COLUMNS:
        if tab.model.holds(Operation.DISPATCH, post):
            tab.model.toggle(Operation.DISPATCH, post)
    tab.save()
    seat.settle()
    assert "至少有一个岗位" in seat.message
    assert tab.model.dirty
    assert may(seat, Operation.DISPATCH, State.TO_DISPATCH, Post.DISPATCHER)


def test_that_what_others_change_does_not_take_away_what_is_being_edited(seat: Seat) -> None:
    tab = rights(seat)
    look_at(tab, Operation.FILE, Post.ACCEPTOR)
    tab.table.setFocus()
    seat.press("Space")
    seat.window.hub.changed.emit(Changes(everything=True))
    seat.settle()
    assert tab.model.dirty
    seat.click("dropPracticeButton")
    assert not tab.model.dirty


def test_that_a_day_off_moves_open_deadlines_and_comes_back(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    before = seat.stored(code).case.due_at
    tab = calendar(seat)
    assert tab.view.chosen == FRIDAY
    tab.view.setFocus()
    seat.press("Space")
    moved = seat.stored(code).case.due_at
    assert before is not None
    assert moved is not None
    assert moved > before
    assert "截止时间变动" in seat.message
    assert tab._days[FRIDAY].by_site
    seat.press("Space")
    assert seat.stored(code).case.due_at == before
    assert not tab._days[FRIDAY].by_site


def test_that_arrows_walk_the_year_and_the_day_is_told(seat: Seat) -> None:
    tab = calendar(seat)
    tab.view.setFocus()
    seat.press("Right")
    assert tab.view.chosen == date(2026, 3, 21)
    assert "休息日" in tab.view.accessibleDescription()
    tab.view.choose(date(2026, 1, 4))
    assert "调休上班" in tab.view.accessibleDescription()


def test_that_a_year_without_a_table_warns(seat: Seat) -> None:
    tab = calendar(seat)
    assert not tab._warning.isVisible()
    seat.click("yearAfter")
    assert tab._warning.isVisible()
    assert "2027" in tab._title.text()


def test_that_a_given_up_edit_changes_nothing(seat: Seat) -> None:
    code = seat.bring(State.HANDLING)
    before = seat.stored(code).case
    tab = calendar(seat)
    tab._begin = lambda: tab._stop.set()  # type: ignore[method-assign]  # given up before the first batch
    tab.view.setFocus()
    seat.press("Space")
    assert seat.stored(code).case == before
    assert not tab._days[FRIDAY].by_site
    assert seat.message


def test_that_a_zone_is_proposed_here_and_approved_by_another(seat: Seat) -> None:
    tab = zones(seat)
    seat.find("zoneReason", QPlainTextEdit).setPlainText("马拉松赛事")
    until = seat.find("zoneUntil", QDateTimeEdit)
    until.setDateTime(QDateTime(QDate(2026, 3, 25), QTime(18, 0)))
    seat.click("proposeZoneButton")
    (zone,) = seat.ask(site_zones)
    assert (zone.reason, zone.proposed_by, zone.approved_at) == ("马拉松赛事", BY, None)
    assert zone.until is not None
    assert f"{zone.until.astimezone(seat.window._zone):%m-%d %H:%M}" == "03-25 18:00"
    assert not tab.form.begun
    seat.click("approveZoneButton")
    assert seat.ask(site_zones)[0].approved_at is None  # not by who proposed it
    assert seat.door is not None
    seat.door.by = "值班领导"
    seat.click("approveZoneButton")
    assert seat.ask(site_zones)[0].approved_by == "值班领导"
    seat.click("endZoneButton")
    assert seat.ask(site_zones)[0].ended_by == "值班领导"


def test_that_a_zone_without_a_reason_is_refused_and_keeps_what_was_filled_in(seat: Seat) -> None:
    tab = zones(seat)
    seat.find("zoneClasses", QLineEdit).setText("event:01")
    seat.click("proposeZoneButton")
    assert seat.ask(site_zones) == ()
    assert tab.form.classes.text() == "event:01"
    assert told_at(seat, "zoneReason") == tab.form.problem.text() != ""
    assert seat.find("zoneReason").hasFocus()
    seat.find("zoneReason", QPlainTextEdit).setPlainText("马拉松赛事")
    assert told_at(seat, "zoneReason") == ""
    seat.find("zoneClasses", QLineEdit).setText("event:99")
    seat.click("proposeZoneButton")
    assert "event:99" in told_at(seat, "zoneClasses")
    seat.find("zoneClasses", QLineEdit).setText("")
    seat.fill("zoneArea", "street")
    seat.click("proposeZoneButton")
    assert told_at(seat, "zoneCodes") == tab.form.problem.text() != ""
    seat.find("zoneCodes", QLineEdit).setText("999999999")
    seat.click("proposeZoneButton")
    assert "999999999" in told_at(seat, "zoneCodes")
    seat.fill("zoneArea", "city")
    seat.find("zoneUntil", QDateTimeEdit).setDateTime(QDateTime(QDate(2026, 3, 1), QTime(0, 0)))
    seat.click("proposeZoneButton")
    assert told_at(seat, "zoneUntil") == tab.form.problem.text() != ""
    seat.find("zoneUntil", QDateTimeEdit).setDateTime(QDateTime(QDate(2026, 3, 25), QTime(0, 0)))
    seat.click("proposeZoneButton")
    assert len(seat.ask(site_zones)) == 1
    assert not tab.form.problem.isVisible()


def told_at(seat: Seat, name: str) -> str:
    """What is wrong in a field, as the screen reader has it too."""
    field = seat.find(name)
    words = str(field.property("fault") or "")
    assert words in field.accessibleDescription()
    return words


def test_that_staff_and_limits_can_be_read(seat: Seat) -> None:
    assert page(seat, "staff").tab is not None
    limits = page(seat, "limits").tab
    assert limits is not None
    rows = [row[0] for row in seat.find("rulesTable").texts.rows]  # type: ignore[attr-defined]
    assert "最多延期次数" in rows


def test_that_escape_leads_back_to_the_workspace(seat: Seat) -> None:
    page(seat, "limits")
    seat.press("Escape")
    assert seat.screen == ""
    assert seat.focused == "caseTable"


def test_that_other_posts_may_not_edit(seat: Seat) -> None:
    with_staff(seat)
    sit(seat, "受理员赵")
    tab = rights(seat)
    look_at(tab, Operation.FILE, Post.ACCEPTOR)
    tab.table.setFocus()
    seat.press("Space", "Ctrl+S")
    assert tab.model.dirty
    assert "领导" in seat.message


def test_that_the_head_of_the_tab_that_is_looked_at_stands_out(seat: Seat) -> None:
    shown = page(seat, "rights")
    heads = shown._heads.buttons()
    for at, head in enumerate(heads):
        shown.turn(at)
        seat.settle()
        grounds = [one.grab().toImage().pixelColor(6, 6).name() for one in heads]
        assert grounds.count(grounds[at]) == 1, head.objectName()
