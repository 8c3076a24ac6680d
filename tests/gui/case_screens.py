"""The walk of what stands around a case: it in each of its states, the forms of its acts, and the pages."""

from collections.abc import Iterator

from console.domain.flow import State
from console.ui.actions import ACTS
from console.ui.case.offer import allowed
from tests.gui.seat import Seat


def states(seat: Seat) -> Iterator[str]:
    """A case in each of its states, the forms of its acts, and the pages."""
    yield "empty"
    asked: set[str] = set()
    for state in State:
        seat.choose(seat.bring(state))
        yield state
        if state is State.RETURNED:
            seat.press("M")
            yield "all acts"
            seat.press("Escape")
        for act in ACTS:
            if act.asks and act.name not in asked and allowed(act, seat.window.case.card):
                asked.add(act.name)
                seat.press(act.key, "Ctrl+Return")
                yield act.name
                seat.press("Escape")
    seat.choose(seat.bring(State.TO_FILE))
    for key in ("Shift+F", "Shift+X"):
        seat.press(key)
        yield key
        seat.press("Ctrl+Return")
        yield f"{key} confirmed"
        seat.press("Escape")
    seat.choose(seat.bring(State.TO_DISPATCH))
    seat.press("Shift+D")
    yield "department form"
    seat.press("Escape", "N")
    yield "report form"
    seat.press("Ctrl+Return")
    yield "report form, empty"
    seat.press("Escape", "?")
    yield "keys"
    seat.press("Escape")
    for step in ("collection", "filing", "dispatch", "handling", "feedback", "verification", "evaluation"):
        seat.queue.choose_step(step)
        yield step
    seat.press("F2")
    yield "board"
    seat.press("F2", "F4")
    yield "approvals"
    seat.press("F4")
    seat.choose(seat.bring(State.RETURNED))
    seat.press("F4", "W")
    yield "why, with an application"
    seat.press("Escape", "F4", "F3")
    for tab in ("rights", "calendar", "zones", "staff", "limits"):
        seat.click(f"practice_{tab}")
        yield f"practice {tab}"
    seat.press("F3", "F6")
    yield "seats"
    seat.press("L")
    yield "follow"
    seat.press("Ctrl+Z")
    yield "undo"
