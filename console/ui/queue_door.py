"""What the queue asks beyond its pages: where a list that was read before stands, and many cases at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from console.queries.holding import Held
    from console.queries.marked import Seen
    from console.queries.queue import QueueRow
    from console.ui.door import Door


class QueueDoor:
    """The rarer half of the queue's way to the desk."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.now = door.now
        self.page = door.queue_page
        self.beside = door.queue_beside
        self.around = door.queue_around
        self.count = door.queue_count

    async def opening(self, wanted: CaseFilter, case_id: int, size: int) -> "Held":
        """The rows around a case, or the first ones."""
        from console.queries.holding import queue_opening

        return await self._door.desk.ask(queue_opening, wanted, self.now(), case_id, size)

    async def held(self, wanted: CaseFilter, seen: "QueueRow", place: int, size: int) -> "Held":
        """The rows around one that was seen before, or around what took its place."""
        from console.queries.holding import queue_held

        return await self._door.desk.ask(queue_held, wanted, self.now(), seen, place, size)

    async def seen(self, wanted: CaseFilter, at: int = 0, size: int | None = None) -> "list[Seen]":
        """Codes and versions of the cases from a place on, of all of them without a size."""
        from console.queries.marked import seen_of

        return await self._door.desk.ask(seen_of, wanted, self.now(), at, size)

    async def still(self, wanted: CaseFilter, ids: Sequence[int]) -> set[int]:
        """Those of some cases that the filter still lets through."""
        from console.queries.marked import still_seen

        return await self._door.desk.ask(still_seen, wanted, self.now(), ids)
