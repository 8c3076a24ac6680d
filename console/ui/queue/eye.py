"""What part of the list the operator looks at, and the reading of rows that are not at hand yet."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.wanted import CaseFilter
from console.ui.edge import Reload
from console.ui.queue.model import QueueModel
from console.ui.queue.stretch import Stretch
from console.ui.selection import Selection

if TYPE_CHECKING:
    from console.queries.holding import Held
    from console.queries.queue import QueueRow
    from console.ui.queue_door import QueueDoor

SIZE = 240  # rows of a page: what is in view in its middle
_MARGIN = 80  # fewer rows than this beside the view: read more
_KEPT = 3000
_PAUSE_MS = 250
_HELD_S = 0.08  # steps that follow each other sooner come from a key that is held down
_AFTER_CARD_MS = 40


@dataclass(frozen=True, slots=True)
class Goal:
    """Where the operator wants to be and rows are missing: a place, or so many steps from a case."""

    place: int = 0
    case_id: int = 0
    chooses: bool = False


class Eye(QObject):
    """The view is `px` below the beginning of the list; rows are `height` px high.

    Signals: moved, when other rows or another part is shown; opened, when the rows of another filter are
    here; arrived(int): so many arrivals wait out of the list.
    """

    moved = Signal()
    opened = Signal()
    arrived = Signal(int)

    def __init__(
        self, model: QueueModel, selection: Selection, failed: Callable[[BaseException], None], height: int
    ) -> None:
        super().__init__()
        self.model = model
        self.height = height
        self.px = 0
        self.read: CaseFilter | None = None
        self.expected: set[int] = set()  # cases this seat itself acted on: they are no arrivals
        self._view = height
        self._selection = selection
        self._door: QueueDoor | None = None
        self._goal: Goal | None = None
        self._show_first = 0
        self._stepped = 0.0
        self._held = False
        self.reload = Reload(self._load, failed, wait_ms=_PAUSE_MS)
        self.fetch = Reload(self._fetch, failed)
        self.count = Reload(self._count, failed)

    def open(self, door: "QueueDoor") -> None:
        self._door = door
        self.read = None
        self.reload.wish(now=True)

    @property
    def place(self) -> int:
        """Where the view begins; while rows are on their way, where it is going to."""
        if self._goal is not None and not self._goal.case_id:
            return self._goal.place
        return self.px // self.height

    @property
    def fit(self) -> int:
        """So many whole rows the view has room for."""
        return max(1, self._view // self.height)

    @property
    def last_px(self) -> int:
        return max(0, self.model.total * self.height - self._view)

    @property
    def chosen(self) -> int:
        """The place of the chosen case, -1 where it is not at hand."""
        return self.model.stretch.place_of(self._selection.case_id)

    def resize(self, view: int, height: int) -> None:
        """The view is `view` px high."""
        px = self.px * height // self.height
        self._view, self.height = max(1, view), height
        self.model.room = view // height + 2
        self._look(px)

    def scroll(self, px: int) -> None:
        """Move the view by some pixels; what is on its way counts as reached."""
        goal, self._goal = self._goal, None
        on_the_way = goal is not None and not goal.case_id and not goal.chooses
        self._look((goal.place * self.height if goal is not None and on_the_way else self.px) + px)

    def go(self, place: int) -> None:
        """Let the view begin at a place, however far it is."""
        self._goal = None
        self._look(place * self.height)

    def step(self, by: int) -> None:
        """Choose the case so many rows further."""
        now = monotonic()
        self._held, self._stepped = now - self._stepped < _HELD_S, now
        goal = self._goal
        if goal is not None and goal.chooses:
            self.choose(goal.place + by, case_id=goal.case_id)
        elif self.chosen >= 0:
            self.choose(self.chosen + by)
        elif self._selection.case_id:
            self.choose(by, case_id=self._selection.case_id)
        else:
            self.choose(self.px // self.height)

    def choose(self, place: int, *, case_id: int = 0) -> None:
        """Choose what stands at a place, or so many steps from a case."""
        if not case_id:
            place = max(0, min(place, self.model.total - 1))
            row = self.model.stretch.row(place)
            if row is not None:
                self._goal = None
                self._take(row, place)
                return
        self._goal = Goal(place, case_id, chooses=True)
        self.fetch.wish(now=True)

    def reach(self, case_id: int) -> None:
        """Bring a case into view, if the filter lets it through."""
        place = self.model.stretch.place_of(case_id)
        if place >= 0:
            self.follow(place)
        elif case_id in self.model.stretch.held:
            self.show_arrivals()
        elif case_id and self.read is not None:
            self._goal = Goal(0, case_id)
            self.fetch.wish(rest_ms=_AFTER_CARD_MS)  # whoever opens a case waits for the case

    def follow(self, place: int) -> None:
        """Move the view as little as shows the row at a place whole."""
        above, below = place * self.height, (place + 1) * self.height - self._view
        if self.px > above or self.px < below:
            self._look(above if self.px > above else below)

    def show_arrivals(self) -> None:
        """Let the arrivals into the list, and bring the first of them into view."""
        held = self.model.stretch.held
        if held:
            self.expected |= set(held)
            self._show_first = next(iter(held))
            self.reload.wish(now=True)

    def _take(self, row: "QueueRow", place: int) -> None:
        self.follow(place)
        held, self._held = self._held, False
        self._selection.choose_case(row.id, walking=held)

    def _look(self, px: int) -> None:
        """Show the rows there; where they are not at hand, what is shown stays until they are read."""
        px = max(0, min(px, self.last_px))
        place = px // self.height
        stretch = self.model.stretch
        if stretch.covers(place, min(place + self.model.room, stretch.total)):
            self.px = px
            self.model.show(place)
            if not stretch.covers(place - _MARGIN, place + self.model.room + _MARGIN):
                self._soon()
        else:
            self._goal = Goal(place)
            self.fetch.wish(now=True)
        self.moved.emit()

    def _soon(self) -> None:
        QTimer.singleShot(0, self, lambda: self.fetch.wish(now=True))

    async def _load(self) -> None:
        """Read anew: the rows of another filter, or those of the same one as they are now."""
        door, wanted = self._door, self._selection.wanted
        if door is None:
            return
        stretch = self.model.stretch
        anchor = self._anchor() if self.read == wanted else None
        if anchor is None:
            size = self._screenful
            held = await door.opening(wanted, self._selection.case_id, size)
        else:
            held = await door.held(wanted, anchor, stretch.place_of(anchor.id), SIZE)
        if self._selection.wanted != wanted:
            return  # which has wished another reading
        if anchor is None:
            self._open(wanted, held, size)
        else:
            await self._again(wanted, anchor, held)
        self.count.wish(now=True)

    def _anchor(self) -> "QueueRow | None":
        """The row that stays where it is: the chosen one if it is in view, otherwise the first."""
        row = self.model.row_of(self._selection.case_id)
        return self.model.row_at(max(0, row))

    @property
    def _screenful(self) -> int:
        """The rows that another filter is opened with: what is seen, wherever in it the chosen case stands.

        A row lies anywhere in a year: each may be a reading of the disk that the operator waits for. The
        rest of a page is read once he moves.
        """
        return min(SIZE, 2 * self.model.room + _MARGIN)

    def _open(self, wanted: CaseFilter, held: "Held", size: int) -> None:
        old, was = self.model.stretch, self.chosen
        offset = was * self.height - self.px
        seen = was >= 0 and -self.height < offset < self._view
        resorted = self.read is not None and self.read.unsorted == wanted.unsorted
        stretch = Stretch(
            held.page.first,
            held.page.rows,
            ended=len(held.page.rows) < size,
            counted=old.counted if resorted else None,
        )
        self.read, self._goal = wanted, None
        place = stretch.place_of(held.case_id)
        # Where it was not seen it comes to the lower end; the rows of the list's beginning are not here.
        self._settle(stretch, place * self.height - (offset if seen else self._view - self.height))
        if held.case_id:
            self.follow(place)
        elif was >= 0 and stretch.rows:
            self._selection.choose_case(stretch.rows[0].id)
        self.opened.emit()

    async def _again(self, wanted: CaseFilter, anchor: "QueueRow", held: "Held") -> None:
        assert self._door is not None
        old, chosen = self.model.stretch, self._selection.case_id
        fresh = Stretch(
            held.page.first, held.page.rows, ended=len(held.page.rows) < SIZE, counted=old.counted
        )
        fresh.hold_back(self.model.shown, old, self.expected, at_top=self.px < self.height)
        lost = old.place_of(chosen) >= 0 and fresh.place_of(chosen) < 0 and chosen != anchor.id
        if lost and await self._door.around(wanted, chosen, 1) is not None:
            lost = False  # it is only further away
        if self._selection.wanted != wanted or old is not self.model.stretch:
            self.reload.wish(now=True)  # the operator moved on meanwhile
            return
        at = self._standing(fresh, held, anchor)
        if at is None:
            self._settle(fresh, 0)
        else:
            self._settle(fresh, self.px + (fresh.place_of(at.id) - old.place_of(anchor.id)) * self.height)
        if chosen == self._selection.case_id == anchor.id != held.case_id and at is not None:
            self._selection.choose_case(at.id)
        elif lost and self._selection.case_id == chosen:
            follows = _following(old, chosen, fresh)
            if follows is not None:
                self._selection.choose_case(follows.id)
        if self._show_first:
            place = fresh.place_of(self._show_first)
            self._show_first = 0
            if place >= 0:
                self.follow(place)
        self.expected.clear()

    def _standing(self, fresh: Stretch, held: "Held", anchor: "QueueRow") -> "QueueRow | None":
        """The row that stands where the anchor stood: arrivals that wait do not take its place."""
        rows = held.page.rows
        at = next((at for at, row in enumerate(rows) if row.id == held.case_id), 0)
        for row in (*rows[at:], *reversed(rows[:at])):
            if fresh.place_of(row.id) >= 0:
                return row
        return None

    def _settle(self, stretch: Stretch, px: int) -> None:
        """Show other rows in the place of those that were shown."""
        self.model.stretch = stretch
        self._look(px)
        self.arrived.emit(len(stretch.held))

    async def _fetch(self) -> None:
        """Rows for where the operator wants to be, or more of them beside the view."""
        door, wanted, goal = self._door, self._selection.wanted, self._goal
        if door is None or self.read != wanted:
            return
        if goal is None:
            await self._extend(door, wanted)
        elif goal.case_id:
            page = await door.around(wanted, goal.case_id, SIZE)
            if self._goal is goal and self._selection.wanted == wanted:
                self._goal = None
                if page is not None:
                    stretch = self._stretch(page.first, page.rows)
                    self._arrive(stretch, stretch.place_of(goal.case_id) + goal.place, chooses=goal.chooses)
                elif goal.chooses:
                    self.choose(self.px // self.height)
        else:
            page = await door.page(wanted, max(0, goal.place - SIZE // 2), SIZE)
            last = self._goal
            if last is not None and not last.case_id and self._selection.wanted == wanted:
                stretch = self._stretch(page.first, page.rows)
                if last is not goal and not stretch.covers(last.place, last.place + self.fit):
                    self.fetch.wish(now=True)  # the operator is further already
                    return
                self._goal = None
                self._arrive(stretch, last.place, chooses=last.chooses)

    def _stretch(self, first: int, rows: "tuple[QueueRow, ...]") -> Stretch:
        return Stretch(first, rows, ended=len(rows) < SIZE, counted=self.model.stretch.counted)

    def _arrive(self, stretch: Stretch, place: int, *, chooses: bool) -> None:
        place = max(0, min(place, stretch.total - 1))
        row = stretch.row(place)
        if chooses and row is not None:
            self.model.stretch = stretch
            inside = self.px <= place * self.height <= self.px + self._view - self.height
            self._look(self.px if inside else (place - self.fit // 2) * self.height)
            self.arrived.emit(0)
            self._take(row, place)
        else:
            inside = self.px // self.height <= place < self.px // self.height + self.fit
            self._settle(stretch, self.px if inside and self.chosen == place else place * self.height)

    async def _extend(self, door: "QueueDoor", wanted: CaseFilter) -> None:
        stretch, top = self.model.stretch, self.model.top
        if not stretch.rows:
            return
        for before in (False, True):
            if before:
                enough = stretch.first == 0 or top - stretch.first >= _MARGIN
                edge, place = stretch.rows[0], stretch.first
            else:
                enough = stretch.ended or stretch.end - top - self.model.room >= _MARGIN
                edge, place = stretch.rows[-1], stretch.end - 1
            if enough:
                continue
            page = await door.beside(wanted, edge, place, SIZE, before=before)
            if stretch is not self.model.stretch:
                return
            if before:
                first = stretch.first
                stretch.add_before(page.rows, started=len(page.rows) < SIZE)
                self._shift(first - stretch.first, len(page.rows))
                if first < len(page.rows) == SIZE:
                    self.reload.wish()  # there is more than was thought
            else:
                stretch.add_after(page.rows, ended=len(page.rows) < SIZE)
        if len(stretch.rows) > _KEPT and not stretch.held:
            stretch.keep(self.model.top - _KEPT // 3, self.model.top + _KEPT // 3)
        self.moved.emit()

    def _shift(self, told: int, added: int) -> None:
        """The beginning of the list turned out to be nearer or further than was thought."""
        if added != told:
            by = added - told
            self.px += by * self.height
            self.model.top += by

    async def _count(self) -> None:
        door, wanted = self._door, self._selection.wanted
        if door is None or self.read != wanted:
            return
        counted = await door.count(wanted)
        if self._selection.wanted == wanted == self.read:
            self.model.stretch.counted = counted
            self._look(self.px) if self._goal is None else self.moved.emit()


def _following(old: Stretch, case_id: int, fresh: Stretch) -> "QueueRow | None":
    """The row of `fresh` that came after a case in `old`, or before it at the end of the list."""
    at = old.place_of(case_id) - old.first
    for row in (*old.rows[at + 1 :], *reversed(old.rows[:at])):
        if fresh.place_of(row.id) >= 0:
            return fresh.row(fresh.place_of(row.id))
    return None
