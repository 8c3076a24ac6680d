"""An edit of calendar or practice told in the journal, and every running clock set anew by it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.actor import Post
from console.domain.case import Fact
from console.domain.city_act import CityAct
from console.domain.clock import counted
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.storage.columns import instant, ticks
from console.storage.deadlines import Deadlines, gathered
from console.storage.reclock import Running, running_clocks, save_deadlines
from console.storage.unit import Unit

BATCH = 2000

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches the recomputing of many cases: told how far it is, and asked whether to go on."""

    progress: Progress = lambda _done, _whole: None
    cancelled: Callable[[], bool] = lambda: False


UNWATCHED = Watch()


@dataclass(frozen=True, slots=True)
class Recomputed:
    """How many running clocks were looked at, and how many of them got another deadline or warning."""

    looked_at: int
    moved: int


@dataclass(frozen=True, slots=True)
class Edit:
    """Who edited what: `told` goes into the city's line of the journal, `short` into those of the cases.

    Clocks that are due before `since` cannot be moved by it; `because` names what was edited.
    """

    by: str
    at: datetime
    post: Post
    told: Mapping[str, Any]
    short: str
    since: datetime
    act: CityAct = CityAct.CALENDAR_EDITED
    because: str = "calendar"
    note: str = ""


def recomputed(unit: Unit, edit: Edit, watch: Watch) -> Recomputed:
    """Write the edit down and set every clock anew that it moves. Raises Refused("interrupted")."""
    unit.note_city(edit.act, by=edit.by, at=edit.at, note=edit.note, post=edit.post, details=edit.told)
    unit.touch_everything()
    running = running_clocks(unit.connection, ticks(edit.since))
    moved = list(_moved(unit, running, edit))
    watch.progress(0, len(moved))
    for done in range(0, len(moved), BATCH):
        if watch.cancelled():
            raise Refused("interrupted")
        batch = moved[done : done + BATCH]
        save_deadlines(unit.connection, batch)
        watch.progress(done + len(batch), len(moved))
    return Recomputed(len(running), len(moved))


def _moved(unit: Unit, running: Sequence[Running], edit: Edit) -> Iterator[tuple[Running, Fact]]:
    """The clocks whose deadline or warning is another by the calendar as it is now, with the fact."""
    bundled = unit.reference.practice.bundled
    clocks = [(one.limit, one.extensions, counted(one.visits, bundled=bundled)) for one in running]
    dues, soons = Deadlines.of(unit.reference.calendar).over(gathered(clocks))
    details = {edit.because: edit.short}
    for one, due, soon in zip(running, dues.tolist(), soons.tolist(), strict=True):
        if changes := _changes(one, due, soon):
            fact = Fact(one.version + 1, Operation.RECLOCK, edit.at, edit.by, changes, "", edit.post, details)
            yield one, fact


def _changes(one: Running, due: int, soon: int) -> dict[str, datetime]:
    changes = {} if due == one.due_at else {"due_at": instant(due)}
    if one.current_due_at != one.due_at:
        return changes  # a stage's clock is the one that shows now, and the warning is its own
    if changes:
        changes["current_due_at"] = changes["due_at"]
    if soon != one.soon_at:
        changes["soon_at"] = instant(soon)
    return changes
