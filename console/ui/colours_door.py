"""What the map's colourings ask: the store's values by area, packed on the reading thread."""

from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.colouring import Wish

if TYPE_CHECKING:
    from console.queries.colouring import Coloured, Colours
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
        now = self._door.now()
        midnight = datetime.combine(now.astimezone(self.zone).date(), time.min, self.zone)
        packed = partial(_packed, english=english)
        return await self._door.desk.ask(self._colours.packed, packed, wish, now, midnight)


def _packed(found: "Coloured", *, english: bool) -> bytes:
    from console.domain.colouring import Ground
    from console.ui.map.values import packed_values

    own = found.wish.ground is Ground.CELL
    names = () if own else tuple(pair[english] for pair in found.areas.names)
    return packed_values(found.value, found.whole, found.areas.of_cell, names)
