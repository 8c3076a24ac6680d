"""What triage asks and does: the next case taken for this seat, steps in one go, passing over."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from console.domain.case import Case
from console.domain.operation import Operation
from console.domain.presence import Doing
from console.domain.skip import Skip, SkipReason
from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from console.queries.triage import Waiting
    from console.runtime.triage import TriageCase
    from console.ui.door import Door

_CANDIDATES = 12  # as many as a room has seats: each of them may hold one


class TriageDoor:
    """Signs as the seat that sits at `door`."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.now = door.now
        self.sitting = door.sitting

    async def waiting(self, wanted: CaseFilter, done: Sequence[int]) -> "Waiting":
        """The next cases of the filter for this seat but those `done`, and how many are left."""
        from console.queries.triage import next_cases

        door = self._door
        return await door.desk.ask(next_cases, wanted, door.now(), door.by, _CANDIDATES, done)

    async def claim(self, candidates: Sequence[int], kept: Mapping[int, Doing]) -> int | None:
        """Take the first that no other seat works on."""
        from console.services.presence import claim

        door = self._door
        return await door.desk.do(claim, door.seat, candidates, kept, by=door.by)

    async def case(self, case_id: int) -> "TriageCase":
        """Everything triage shows of a case. Raises Refused("no_such_case")."""
        from console.runtime.triage import triage_case

        door = self._door
        return await door.desk.ask(triage_case, case_id, door.now(), door.by)

    async def go(self, code: str, steps: Sequence[Operation], seen: int) -> Case:
        """Do these steps by the city's lists, all or none. Raises Refused."""
        from console.services.steps import take_way

        door = self._door
        return await door.desk.do(take_way, code, steps, by=door.by, at=door.now(), seen=seen)

    async def skip(self, code: str, reason: SkipReason, note: str, seen: int) -> Skip:
        """Leave the case for later, or for others. Raises Refused."""
        from console.services.skip import skip_case

        door = self._door
        return await door.desk.do(skip_case, code, reason, note, by=door.by, at=door.now(), seen=seen)
