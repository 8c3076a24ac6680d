"""The rows of the queue that are at hand: one unbroken stretch of a list of any length."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.queries.queue import QueueRow


class Stretch:
    """Places count from 0 over the whole list as it is shown.

    `held` are arrivals that are kept out of the list for now; they lie within the stretch and take no
    place. `counted` is how many cases the filter lets through, None until that is known. `ended`: the
    last row of the list is in the stretch.
    """

    def __init__(
        self,
        first: int = 0,
        rows: "Sequence[QueueRow]" = (),
        *,
        ended: bool = True,
        counted: int | None = None,
    ) -> None:
        self.held: dict[int, QueueRow] = {}
        self.first = first
        self.ended = ended
        self.counted = counted
        self._rows: list[QueueRow] = []
        self._at: dict[int, int] = {}
        self._put(rows)

    @property
    def rows(self) -> "Sequence[QueueRow]":
        return self._rows

    @property
    def end(self) -> int:
        """The place after the last row at hand."""
        return self.first + len(self._rows)

    @property
    def total(self) -> int:
        """How long the list is, as far as that is known."""
        if self.ended or self.counted is None:
            return self.end
        return max(self.counted - len(self.held), self.end)

    def row(self, place: int) -> "QueueRow | None":
        at = place - self.first
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def place_of(self, case_id: int) -> int:
        """The place of a case at hand; -1 for any other."""
        at = self._at.get(case_id)
        return -1 if at is None else self.first + at

    def covers(self, first: int, end: int) -> bool:
        """Whether every row from `first` to before `end` is here, as far as the list has any."""
        return self.first <= max(0, first) and (self.ended or end <= self.end)

    def add_after(self, rows: "Sequence[QueueRow]", *, ended: bool) -> None:
        self.ended = ended
        self._put([*self._rows, *self._fresh(rows)])

    def add_before(self, rows: "Sequence[QueueRow]", *, started: bool) -> None:
        """`started`: the first of the rows is the first of the list, whatever places were told."""
        fresh = self._fresh(rows)
        self.first = 0 if started else max(0, self.first - len(fresh))
        self._put([*fresh, *self._rows])

    def keep(self, since: int, until: int) -> None:
        """Let rows go that lie before one place or from the other on; only while nothing is held."""
        a, b = max(since, self.first), min(until, self.end)
        self.ended = self.ended and b == self.end
        self._put(self._rows[a - self.first : b - self.first])
        self.first = a

    def hold_back(
        self, seen: "Sequence[QueueRow]", known: "Stretch", expected: Collection[int], *, at_top: bool
    ) -> None:
        """Take out the arrivals between the rows that are `seen`, so that none of these moves.

        What `known` has is no arrival, nor are the `expected` cases; what was held stays so. `at_top`: the
        view shows the beginning of the list, and what comes before it counts as seen.
        """
        places = [self._at[row.id] for row in seen if row.id in self._at]
        if not places:
            return
        since = 0 if at_top and self.first == 0 else min(places)
        until = max(places)
        for at, row in enumerate(self._rows):
            arrived = since <= at < until and known.place_of(row.id) < 0
            if row.id not in expected and (arrived or row.id in known.held):
                self.held[row.id] = row
        if self.held:
            self._put([row for row in self._rows if row.id not in self.held])

    def _fresh(self, rows: "Sequence[QueueRow]") -> "list[QueueRow]":
        return [row for row in rows if row.id not in self.held and row.id not in self._at]

    def _put(self, rows: "Sequence[QueueRow]") -> None:
        self._rows = list(rows)
        self._at = {row.id: at for at, row in enumerate(self._rows)}
