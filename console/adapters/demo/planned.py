"""The turns of the cases that wait, in the order in which they fall due, kept from one look to the next.

A city of 8,740 reports a day has 10,000 cases open. To read and plan all of them before every step takes a
tenth of a second; so only those that the journal names since the last look are read again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import heapify, heappop, heappush

from console.adapters.demo.course import Turn
from console.domain.flow import State
from console.queries.waiting import Waiting, waiting_among, waiting_in
from console.queries.watch import changed_since, journal_head
from console.storage.unit import View

MOST_READ_AGAIN = 2000  # of more changes all cases are read
_ROOM = 1000


@dataclass(frozen=True, slots=True)
class Acting:
    """A turn of a case, to be done unless the case has moved on."""

    at: datetime
    case: Waiting
    turn: Turn


class Planned:
    """What is planned for the cases in `states`; `plan` gives a case's turn, None where it is not ours."""

    def __init__(self, states: Iterable[State], plan: Callable[[Waiting], Acting | None]) -> None:
        self._states = frozenset(states)
        self._plan = plan
        self._turns: dict[int, Acting] = {}
        self._order: list[tuple[datetime, int, int]] = []  # also of versions that are past
        self._left: set[tuple[int, int]] = set()
        self._seen: int | None = None

    def follow(self, view: View) -> None:
        """Take up what was written since the last call; all that waits at the first."""
        head = journal_head(view).fact
        if head == self._seen:
            return
        moved = None if self._seen is None else changed_since(view, self._seen, MOST_READ_AGAIN)
        if moved is None or len(moved) == MOST_READ_AGAIN:
            self._turns.clear()
            self._order.clear()
            self._add(waiting_in(view, self._states))
        else:
            for case_id in moved:
                self._turns.pop(case_id, None)
            self._add(waiting_among(view, moved, self._states))
        self._seen = head

    def first(self, count: int) -> list[Acting]:
        """The turns that fall due first, at most `count`."""
        found: list[tuple[datetime, int, int]] = []
        while self._order and len(found) < count:
            one = heappop(self._order)
            if self._stands(one):
                found.append(one)
        for one in found:
            heappush(self._order, one)
        return [self._turns[case_id] for _at, case_id, _version in found]

    def leave(self, one: Acting) -> None:
        """Never do this turn: the case waits for a person."""
        self._left.add((one.case.id, one.case.version))
        self._turns.pop(one.case.id, None)

    def _add(self, cases: Iterable[Waiting]) -> None:
        for case in cases:
            if (case.id, case.version) in self._left:
                continue
            acting = self._plan(case)
            if acting is not None:
                self._turns[case.id] = acting
                heappush(self._order, (acting.at, case.id, case.version))
        if len(self._order) > _ROOM + 2 * len(self._turns):  # versions that are past weigh the most
            self._order = [(one.at, one.case.id, one.case.version) for one in self._turns.values()]
            heapify(self._order)

    def _stands(self, one: tuple[datetime, int, int]) -> bool:
        _at, case_id, version = one
        turn = self._turns.get(case_id)
        return turn is not None and turn.case.version == version
