"""Marking cases to act on together: one by one, a range, or all that the filter lets through."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.ui.edge import Clicks, Reload
from console.ui.queue.eye import Eye
from console.ui.queue.marked import Marks, Seen, some
from console.ui.selection import Selection

if TYPE_CHECKING:
    from console.queries.queue import QueueRow
    from console.runtime.desk import Changes
    from console.ui.queue_door import QueueDoor


class Marking(QObject):
    """Signals: changed, when other cases are marked."""

    changed = Signal()

    def __init__(self, eye: Eye, selection: Selection, failed: Callable[[BaseException], None]) -> None:
        super().__init__(eye)
        self.marks = Marks()
        self.clicks = Clicks(failed)
        self._eye = eye
        self._selection = selection
        self._door: QueueDoor | None = None
        self._pivot = 0
        self._pivot_place = 0
        self._until = -1
        self._asked: set[int] = set()
        self.checking = Reload(self._check, failed)

    def open(self, door: "QueueDoor") -> None:
        self._door = door

    @property
    def number(self) -> int:
        return self.marks.count(self._eye.model.total)

    def only(self, row: "QueueRow | None") -> None:
        """Nothing is marked but what is chosen; a range begins there."""
        self._until = -1
        self._pivot = 0 if row is None else row.id
        self._pivot_place = max(0, self._eye.model.place_of(self._pivot))
        self._put(Marks() if row is None else some([row]))

    def clear(self) -> None:
        self._put(Marks())

    def turn(self, row: "QueueRow") -> None:
        """Mark one more, or one less; the chosen one is among the marked."""
        stretch = self._eye.model.stretch
        chosen = stretch.row(self._eye.chosen)
        marks = self.marks
        if not self.number and chosen is not None:
            marks = some([chosen])
        marks = marks.turned(row)
        self._put(marks)
        if marks.holds(row.id):
            self._selection.choose_case(row.id)
        elif not marks.holds(self._selection.case_id):
            kept = next((own.id for own in stretch.rows if marks.holds(own.id)), self._selection.case_id)
            self._selection.choose_case(kept)

    def everything(self) -> None:
        """Mark all that the filter lets through."""
        wanted = self._eye.read
        if wanted is not None and self._eye.model.total:
            if self._selection.case_id == 0 or self._eye.chosen < 0:
                self._eye.choose(self._eye.place)
            self._put(Marks(whole=wanted))

    def extend(self, place: int) -> None:
        """Mark everything between the place a range began at and another one."""
        stretch = self._eye.model.stretch
        here = stretch.place_of(self._pivot)
        if here >= 0:
            self._pivot_place = here
        self._until = place
        low, high = sorted((self._pivot_place, place))
        if stretch.covers(low, high + 1):
            self._put(some(row for at in range(low, high + 1) if (row := stretch.row(at)) is not None))
        else:
            self.clicks.run(lambda: self._extend(low, high))

    async def _extend(self, low: int, high: int) -> None:
        assert self._door is not None
        wanted = self._selection.wanted
        found = await self._door.seen(wanted, low, high - low + 1)
        if wanted == self._selection.wanted:
            self._put(Marks({one.id: (one.code, one.version) for one in found}))

    async def cases(self) -> list[Seen]:
        """Code and version, as they were seen, of all that are marked."""
        assert self._door is not None
        if self.marks.whole is None:
            return list(self.marks.cases.values())
        found = await self._door.seen(self.marks.whole)
        return [(one.code, one.version) for one in found if one.id not in self.marks.cases]

    def look_at(self, changes: "Changes | None") -> None:
        """Look up soon which of the marked the filter still lets through, as far as they changed."""
        if changes is None or changes.everything:
            self._asked |= set(self.marks.cases)
        else:
            self._asked |= self.marks.cases.keys() & changes.cases.keys()
        if self._asked:
            self.checking.wish(now=True)

    async def _check(self) -> None:
        asked, self._asked = self._asked, set()
        wanted = self._selection.wanted
        if self._door is None or self.marks.whole is not None or len(self.marks.cases) < 2:
            return
        still = await self._door.still(wanted, sorted(asked))
        if wanted == self._selection.wanted:
            self._put(self.marks.without(asked - still))

    def on_rows(self) -> None:
        """Other rows are shown, in the versions they have now."""
        self.marks = self.marks.again(self._eye.model.shown)

    def on_chosen(self, case_id: int) -> None:
        """Another case was chosen, here or elsewhere: outside of the marked ones it stands alone."""
        place = self._eye.model.place_of(case_id)
        ranging = place >= 0 and place == self._until
        if not ranging and (not case_id or not self.marks.holds(case_id)):
            self.only(self._eye.model.stretch.row(place))

    def on_filter(self) -> None:
        """Another filter: all of the old one is marked no more, what was marked by name is looked up."""
        whole = self.marks.whole
        if whole is not None and whole.unsorted != self._selection.wanted.unsorted:
            self.clear()
        elif whole is None:
            self.look_at(None)

    def _put(self, marks: Marks) -> None:
        self.marks = marks
        self._selection.mark(self.number)
        self.changed.emit()
