"""What the window asks of the base maps; opening, fetching and comparing run on threads."""

from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from console.geography.alignment import Alignment
    from console.runtime.basemaps import BaseMap, BaseMapRoom, Collection, Shown, Tile
    from console.ui.door import Door

T = TypeVar("T")


class BaseMapDoor:
    """The room is made with the first question: its libraries load on a thread."""

    def __init__(self, door: "Door", folder: Path, hosts: "Callable[[], Sequence[str]]") -> None:
        self._door = door
        self._folder = folder
        self._hosts = hosts
        self._room: BaseMapRoom | None = None

    async def collection(self) -> "Collection":
        """Raises Refused("kept_damaged")."""
        return await _beside(lambda: self._here().collection())

    async def keep(self, collection: "Collection") -> None:
        """Raises Refused("folder_not_writable")."""
        await _beside(lambda: self._here().keep(collection))

    async def add(self, path: Path) -> "BaseMap":
        """Raises Refused where it is no base map, naming file and field."""
        return await _beside(lambda: self._here().add(str(path)))

    async def open_map(self, one: "BaseMap") -> "Shown":
        """Raises Refused as its source does."""
        return await _beside(lambda: self._here().open(one))

    async def compare(self, one: "BaseMap") -> "Alignment | None":
        """How it lies to the city's roads; None where there is nothing to compare by."""
        found = await self._door.city_map()
        return await _beside(lambda: self._here().compare(one, found.roads))

    async def shift_table(self, one: "BaseMap") -> dict[str, Any] | None:
        """Where it has to be drawn from over the city."""
        found = await self._door.city_map()

        def made() -> dict[str, Any] | None:
            from console.geography.packed import unpacked
            from console.runtime.basemaps import shift_table

            xy = unpacked(found.cells).xy
            (west, south), (east, north) = xy.min(axis=0), xy.max(axis=0)
            return shift_table(one, (float(west), float(south), float(east), float(north)))

        return await _beside(made) if found.cells else None

    def tile(self, one: "BaseMap", zoom: int, x: int, y: int) -> "Future[Tile]":
        """Fetch a tile; call it only after `open_map`."""
        return self._here().tile(one, zoom, x, y)

    def close(self) -> None:
        """End what reads, if anything does."""
        if self._room is not None:
            self._room.close()

    def _here(self) -> "BaseMapRoom":
        if self._room is None:
            from console.runtime.basemaps import BaseMapRoom
            from console.system import cache_folder

            self._room = BaseMapRoom(self._folder, self._hosts(), cache_folder() / "wmts")
        return self._room


async def _beside(work: "Callable[[], T]") -> T:
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(None, work)
