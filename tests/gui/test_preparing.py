"""What is made ready behind the operator's back is told until it is there, and not a moment longer."""

from itertools import chain

import pytest

from console.runtime import preparing
from console.runtime.preparing import prepared
from console.runtime.sealing import sealed
from console.runtime.text_index import bring_up
from console.ui.preparing import Preparing
from tests.gui.seat import Seat


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the small store were a big one."""
    for name in ("WORTH", "SMALL", "READ_AT"):
        monkeypatch.setattr(preparing, name, 1)


def test_that_it_is_told_from_the_first_share_to_the_last(seat: Seat) -> None:
    assert seat.door is not None
    desk = seat.door.desk
    note = Preparing(seat.window.messages, seat.window.failed)
    note.open(desk)
    seat.until(lambda: note.reload.idle)
    assert not note.label.isHidden()
    assert "0 %" in note.label.text()
    assert note.label.toolTip()
    shares = []
    for _step in chain(bring_up(desk), sealed(desk.store, worth=1, loose=1)):
        found = desk.ask_now(prepared)
        shares.append(found.share)
    assert shares == sorted(shares)
    assert 0.5 in shares  # the one is there, the other is not
    assert desk.ask_now(prepared).whole
    note.reload.wish(now=True)
    seat.until(lambda: note.reload.idle)
    assert note.label.isHidden()


def test_that_a_small_store_has_nothing_to_tell(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert seat.door is not None
    assert seat.door.desk.ask_now(prepared).whole
