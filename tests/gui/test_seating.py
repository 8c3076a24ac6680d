"""Who sits here: the chip, the chooser of the staff list, and what another seat may do."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from console.domain.actor import EVERY_POST, Post
from console.domain.flow import State
from console.domain.staff import Member
from console.services.practice import load_staff
from console.settings import Settings, read_settings
from console.ui.seat import SeatChooser
from tests.gui.seat import BY, Seat
from tests.gui.seats import OpenSeat

STAFF = (
    Member(BY, EVERY_POST),
    Member("派遣员李", frozenset({Post.DISPATCHER})),
    Member("受理员赵", frozenset({Post.ACCEPTOR})),
    Member("巡查员孙", frozenset({Post.PATROLLER}), responsibility_grid=""),
)


def with_staff(seat: Seat) -> Seat:
    assert seat.door is not None
    seat.wait(seat.door.desk.do(load_staff, STAFF, by=BY, at=seat.clock()))
    seat.settle()
    return seat


def chooser(seat: Seat) -> SeatChooser:
    panel = seat.window.layers.panel
    assert isinstance(panel, SeatChooser)
    return panel


def chip(seat: Seat) -> str:
    return seat.find("seatButton", QToolButton).accessibleName()


def sit(seat: Seat, words: str) -> None:
    seat.press("F6")
    seat.type(words)
    seat.press("Return")


def test_that_the_chip_tells_name_and_posts(seat: Seat) -> None:
    assert chip(seat) == f"席位 F6:{BY} · 全部岗位"
    with_staff(seat)
    sit(seat, "派遣员李")
    assert chip(seat) == "席位 F6:派遣员李 · 派遣员"


def test_that_patrollers_come_after_all_others(seat: Seat) -> None:
    with_staff(seat).press("F6")
    names = [one.member.name for one in chooser(seat).model.people]
    assert names[-1] == "巡查员孙"
    assert set(names) == {one.name for one in STAFF}


def test_that_typing_a_post_finds_its_people(seat: Seat) -> None:
    with_staff(seat).press("F6")
    assert seat.find("seatSearch", QLineEdit).hasFocus()
    seat.type("派遣员 李")
    assert [one.member.name for one in chooser(seat).model.people] == ["派遣员李"]


def test_that_another_seat_signs_and_may_do_other_things(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    with_staff(seat)
    seat.choose(code)
    sit(seat, "受理员赵")
    assert not seat.window.actions_by_name["act_dispatch"].isEnabled()
    seat.press("D")
    assert seat.stored(code).case.state is State.TO_DISPATCH
    sit(seat, "派遣员李")
    seat.press("D")
    assert seat.stored(code).facts[-1].by == "派遣员李"
    assert seat.stored(code).facts[-1].post == Post.DISPATCHER


def test_that_the_seat_is_kept_for_the_next_start(seat: Seat) -> None:
    with_staff(seat)
    sit(seat, "受理员赵")
    assert read_settings(seat.folder).operator == "受理员赵"


def test_that_escape_leaves_the_seat_as_it_was(seat: Seat) -> None:
    with_staff(seat).press("F6", "Escape")
    assert seat.window.layers.panel is None
    assert BY in chip(seat)
    assert seat.focused == "caseTable"


def test_that_without_a_list_there_is_nothing_to_choose(seat: Seat) -> None:
    seat.press("F6")
    assert seat.window.layers.panel is None
    assert "没有人员名单" in seat.message


def test_that_a_real_city_keeps_its_seat_unless_its_settings_free_it(open_seat: OpenSeat) -> None:
    seat = with_staff(open_seat(settings=Settings(theme="light")))
    seat.window.seating._free = False  # as in a city that was not generated
    seat.press("F6")
    assert seat.window.layers.panel is None
    assert "operator" in seat.message


def test_that_a_seat_is_taken_also_while_the_lists_are_read_anew(seat: Seat) -> None:
    with_staff(seat).press("F6")
    panel = chooser(seat)
    seat.window.seating.on_changed()  # another seat has just loaded a staff list
    panel.chosen.emit("派遣员李")
    seat.settle()
    assert chip(seat) == "席位 F6:派遣员李 · 派遣员"
    assert seat.window.settings.operator == "派遣员李"


def test_that_of_two_seats_taken_at_once_the_last_holds(seat: Seat) -> None:
    with_staff(seat).press("F6")
    panel = chooser(seat)
    panel.chosen.emit("派遣员李")
    panel.chosen.emit("受理员赵")
    seat.settle()
    assert chip(seat) == "席位 F6:受理员赵 · 受理员"
    assert seat.window.settings.operator == "受理员赵"
