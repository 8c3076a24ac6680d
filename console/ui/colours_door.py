"""What the map's colourings ask: the store's values by area, packed on the reading thread."""

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.colouring import Wish

if TYPE_CHECKING:
    from console.queries.colouring import Coloured, Colours
    from console.storage.unit import View
    from console.ui.door import Door


class ColoursDoor:
    """`zone` is the city's: its day decides what came today."""

    def __init__(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self.zone = zone
        self._colours: Colours | None = None

    async def coloured(self, wish: Wish, *, english: bool) -> "tuple[Coloured, bytes]":
        """The colouring now, and its values as the page reads them, areas named in one language."""
        from console.queries.colouring import Colours

        if self._colours is None:
            self._colours = Colours(self._door.open_points.look)
        return await self._door.desk.ask(self._packed, wish, english)

    def _packed(self, view: "View", wish: Wish, english: bool) -> "tuple[Coloured, bytes]":
        from console.domain.colouring import Ground
        from console.ui.map.values import packed_values

        assert self._colours is not None
        now = self._door.now()
        midnight = datetime.combine(now.astimezone(self.zone).date(), time.min, self.zone)
        found = self._colours.coloured(view, wish, now, midnight)
        own = wish.ground is Ground.CELL
        names = () if own else tuple(pair[english] for pair in found.areas.names)
        return found, packed_values(found.value, found.whole, found.areas.of_cell, names)
