"""Two seats at one case: each is seen by the other, in the row, on the case and when an act is begun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from console.domain.flow import State, Step
from console.domain.presence import Doing
from console.domain.wanted import CaseFilter
from console.queries.presence import others
from console.services.presence import attend
from tests.gui.seat import Seat

OTHER = "f" * 32


@pytest.fixture
def seat(seat: Seat) -> Seat:
    """A seat whose seconds pass only when a test says so."""
    presence = seat.window.presence
    presence._timer.stop()
    seat.until(lambda: presence.reload.idle)
    presence._silent = 0
    return seat


def second(seat: Seat) -> None:
    """A second passes for the window's presence."""
    presence = seat.window.presence
    presence._timer.stop()
    seat.until(lambda: presence.reload.idle)
    presence.tick()
    seat.until(lambda: presence.reload.idle)


def there(seat: Seat, code: str, doing: Doing | None, name: str = "李四") -> None:
    """Somebody at another seat is at the case, or leaves it."""
    assert seat.door is not None
    at = {} if doing is None else {seat.stored(code).case.id: doing}
    seat.door.desk.do_now(attend, OTHER, at, by=name)
    second(seat)


def told(seat: Seat) -> list[tuple[int, Doing]]:
    """What others are told of this seat."""
    return [(one.case_id, one.doing) for one in seat.ask(others, OTHER)]


def test_that_this_seat_is_seen_where_it_stays_and_not_where_it_passes(seat: Seat) -> None:
    first, other = (seat.bring(State.TO_DISPATCH) for _case in range(2))
    ids = [seat.stored(code).case.id for code in (first, other)]
    seat.choose(first)
    second(seat)
    assert told(seat) == [], "a row that was only passed on the way is not written"
    second(seat)
    assert told(seat) == [(ids[0], Doing.LOOKING)]
    seat.choose(other)
    second(seat)
    second(seat)
    assert told(seat) == [(ids[1], Doing.LOOKING)]
    seat.press("Shift+D")
    second(seat)
    second(seat)
    assert told(seat) == [(ids[1], Doing.EDITING)]
    seat.press("Escape", "Escape")
    second(seat)
    second(seat)
    assert told(seat) == []


def test_that_a_beat_is_rare_and_says_nothing_to_the_journal(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    second(seat)
    second(seat)
    assert seat.window.presence._silent == 0
    told_before = seat.window.presence._told
    for _second in range(9):
        second(seat)
        assert seat.window.presence._told is told_before
    assert seat.window.presence._silent == 9
    second(seat)
    assert seat.window.presence._silent == 0


def test_that_another_seat_is_shown_on_the_case_and_in_its_row(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.queue.show(CaseFilter(step=Step.DISPATCH))
    seat.choose(code)
    line = seat.find("casePresence", QLabel)
    assert not line.isVisible()
    there(seat, code, Doing.LOOKING)
    assert line.isVisible()
    assert line.text() == "李四 正在查看此案(刚刚)"
    model = seat.window.queue.model
    row = next(model.row_at(at) for at in range(model.rowCount()) if model.row_at(at).code == code)
    assert "李四 正在查看此案(刚刚)" in [words for _shape, _role, words in model.marks(row)]
    place = next(at for at in range(model.rowCount()) if model.row_at(at).code == code)
    column = next(at for at, one in enumerate(model.columns) if one.key == "class")
    assert "李四 正在查看此案" in model.data(model.index(place, column), Qt.ItemDataRole.AccessibleTextRole)
    there(seat, code, None)
    assert not line.isVisible()
    assert model.marks(row) == []


def test_that_an_act_on_what_another_works_on_is_warned_of_and_still_done(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    there(seat, code, Doing.EDITING, "{{7*7}}<b>李四</b>")
    assert seat.find("casePresence", QLabel).textFormat() is Qt.TextFormat.PlainText
    seat.press("Shift+D")
    assert seat.message == "{{7*7}}<b>李四</b> 正在办理此案(刚刚)"
    seat.press("Escape", "D")
    assert seat.stored(code).case.state is State.TO_HANDLE
    assert seat.message.startswith(f"已派遣:{code}")
    assert seat.message.endswith("正在办理此案(刚刚)")


def test_that_who_only_looks_is_no_warning(seat: Seat) -> None:
    code = seat.bring(State.TO_DISPATCH)
    seat.choose(code)
    there(seat, code, Doing.LOOKING)
    seat.press("D")
    assert "李四" not in seat.message


def test_that_a_window_that_is_closed_is_seen_nowhere_any_more(seat: Seat) -> None:
    seat.choose(seat.bring(State.TO_DISPATCH))
    second(seat)
    second(seat)
    assert told(seat)
    assert seat.door is not None
    for work in seat.door.desk._last_works:  # what closing the desk does before it shuts the store
        work()
    assert told(seat) == []
