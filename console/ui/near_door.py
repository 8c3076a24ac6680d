"""What a seat asks of the cases around one."""

from typing import TYPE_CHECKING

from console.domain.case import Case
from console.domain.nearby import Kin

if TYPE_CHECKING:
    from console.queries.near import Around
    from console.ui.door import Door


class NearDoor:
    """The way to the desk for the list beside the case."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.now = door.now

    async def around(self, case: Case, metres: float, kin: Kin) -> "Around":
        """The other cases within so many metres."""
        from console.queries.near import near_cases

        return await self._door.desk.ask(near_cases, case, metres, kin)
