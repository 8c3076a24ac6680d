"""What the window lets happen by itself: a suspension that is over."""

from datetime import timedelta

from console.domain.actor import SYSTEM
from console.domain.flow import State
from tests.gui.seat import Seat


def test_that_a_suspended_case_is_taken_up_again_when_its_time_has_come(seat: Seat) -> None:
    code = seat.bring(State.SUSPENDED)
    until = seat.stored(code).case.suspended_until
    assert until is not None
    assert seat.door is not None
    seat.clock.at = until + timedelta(minutes=1)
    seat._loop.create_task(seat.door.resume_when_over())
    seat.until(lambda: seat.stored(code).case.state is State.HANDLING)
    seat.settle()
    fact = seat.stored(code).facts[-1]
    assert (fact.by, fact.at) == (SYSTEM.name, until)
