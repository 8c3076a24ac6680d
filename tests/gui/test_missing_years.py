"""A year whose holidays are not known is told in the window, from November on the coming one too."""

from datetime import UTC, datetime

from console.domain.calendar import SiteDay
from console.services.calendar import set_days
from tests.gui.seat import BY, Clock, Seat
from tests.gui.seats import OpenSeat


def test_that_nothing_is_said_while_this_year_is_known(seat: Seat) -> None:
    assert not seat.find("missingYears").isVisible()


def test_that_from_november_the_coming_year_is_missed(open_seat: OpenSeat) -> None:
    seat = open_seat(clock=Clock(datetime(2026, 11, 2, 2, tzinfo=UTC)))
    assert seat.find("missingYears").isVisible()
    assert "2027" in seat.find("missingYears").text()  # type: ignore[attr-defined]
    assert "2027" in seat.message


def test_that_the_year_of_today_is_missed_first(open_seat: OpenSeat) -> None:
    seat = open_seat(clock=Clock(datetime(2028, 12, 1, 2, tzinfo=UTC)))
    assert "2028、2029" in seat.message


def test_that_a_year_the_site_brings_whole_is_missed_no_more(open_seat: OpenSeat) -> None:
    seat = open_seat(clock=Clock(datetime(2026, 11, 2, 2, tzinfo=UTC)))
    assert seat.door is not None
    days = {datetime(2027, 1, 1).date(): SiteDay(works=False, name="元旦")}  # noqa: DTZ001  a day, not a time
    seat.wait(seat.door.desk.do(set_days, days, by=BY, at=seat.clock(), whole_years=[2027]))
    seat.settle()
    assert not seat.find("missingYears").isVisible()
