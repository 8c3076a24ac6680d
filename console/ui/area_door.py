"""What a seat asks of an area on the map."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.domain.area import Area, Piece, Ring
from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from console.ui.door import Door


class AreaDoor:
    """The map's way to the desk for what is selected on it."""

    def __init__(self, door: "Door") -> None:
        self._door = door

    async def rings(self, area: Area) -> list[Ring]:
        """Its outline in degrees."""
        from console.queries.area_drawn import area_rings

        return await self._door.desk.ask(area_rings, area)

    async def grid(self, lon: float, lat: float, *, adds: bool) -> Piece:
        """The responsibility grid at a place. Raises Refused("no_grid_here")."""
        from console.queries.area_drawn import grid_piece

        return await self._door.desk.ask(grid_piece, lon, lat, adds=adds)

    async def strip(
        self, lines: Sequence[Sequence[tuple[float, float]]], metres: float, *, adds: bool
    ) -> Piece:
        """The strip along lines in degrees. Raises Refused."""
        import asyncio

        from console.queries.area_drawn import strip_piece

        return await asyncio.to_thread(strip_piece, lines, metres, adds=adds)

    async def saved(self) -> list[Area]:
        """The areas of the seat's views, by their names."""
        from console.queries.areas import saved_areas

        return await self._door.desk.ask(saved_areas, self._door.by)

    async def saved_layer(self) -> bytes:
        """The same areas as a layer of the map."""
        from console.queries.areas import saved_layer

        return await self._door.desk.ask(saved_layer, self._door.by)

    async def count(self, wanted: CaseFilter) -> int:
        return await self._door.queue_count(wanted)
