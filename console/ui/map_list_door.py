"""What a seat asks of the part of the map that is in view."""

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.queries.in_view import Box, InView
    from console.ui.door import Door


class MapListDoor:
    """The way to the desk for the table of the map's content."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self.now = door.now

    async def in_view(self, box: "Box | None", *, empty: bool) -> "InView":
        """The open cases and unit grids of a box, of the whole city without one, `empty` ones if wished."""
        from console.queries.in_view import in_view

        return await self._door.desk.ask(partial(in_view, empty=empty), box, self.now())
