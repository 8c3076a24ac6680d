"""What a seat asks of places: coordinates of any system, what lies there, what would follow a move."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.domain.boundary import Boundary
    from console.queries.boundaries import Names, Owners
    from console.queries.found_place import FoundPlace
    from console.services.relocating import Relocated
    from console.ui.door import Door

Place = tuple[float, float]


class PlaceDoor:
    """`near` is a place of the city, by which its metric system is known."""

    def __init__(self, door: "Door", near: Place = (113.65, 34.76)) -> None:
        self._door = door
        self.near = near

    async def read(self, text: str, system: str) -> Place:
        """Longitude and latitude of typed coordinates. Raises Refused("bad_coordinates")."""
        import asyncio

        from console.geography.typed_place import read_place

        return await asyncio.to_thread(read_place, text, system, self.near)

    async def find(self, text: str, system: str) -> "FoundPlace":
        """The place that a text means, and what lies there. Raises Refused as `found_place`."""
        from console.queries.found_place import found_place

        return await self._door.desk.ask(found_place, text, system, self.near)

    async def told(self, lon: float, lat: float, system: str) -> str:
        """A place as two numbers of a system."""
        import asyncio

        from console.geography.typed_place import told_place

        return await asyncio.to_thread(told_place, lon, lat, system)

    async def borders(self, lon: float, lat: float) -> "tuple[tuple[Boundary, ...], Names]":
        """The nearest borders and what their sides are called."""
        from console.queries.boundaries import boundaries, place_names

        found = await self._door.desk.ask(boundaries, lon, lat)
        codes = [code for one in found for code in (one.here, one.there)]
        return found, await self._door.desk.ask(place_names, codes)

    async def owners(self) -> "Owners":
        """Whose every unit grid is."""
        from console.queries.boundaries import cell_owners

        return await self._door.desk.ask(cell_owners)

    async def names(self, codes: list[str]) -> "Names":
        """What divisions and grids are called."""
        from console.queries.boundaries import place_names

        return await self._door.desk.ask(place_names, codes)

    async def foresee(self, code: str, place: Place, seen: int) -> "Relocated":
        """The case at another place. Raises Refused as the act."""
        from console.services.relocating import foreseen_place

        at = self._door.now()
        return await self._door.desk.ask(foreseen_place, code, place, by=self._door.by, at=at, seen=seen)
