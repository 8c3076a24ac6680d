"""Shows the areas that the seat's views have under a name on the map, with the campaigns of the city."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance

from console.ui.area_door import AreaDoor
from console.ui.edge import Reload
from console.ui.first_picture import after_first_picture
from console.ui.map.panel import MapPanel

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door

_DATA = "site_saved"  # drawn by resources/map/site.js


class SavedAreas(QObject):
    """A part of Charting; `views_read` is given whenever the views of the seat were read anew."""

    def __init__(
        self, panel: MapPanel, views_read: SignalInstance, failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._door: AreaDoor | None = None
        self._packed = b""
        self._reload = Reload(self._load, failed)
        panel.set_bytes(_DATA, b"")
        views_read.connect(self._read)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store."""
        self._door = AreaDoor(door)
        self._read()

    def on_changed(self, changes: "Changes") -> None:
        """Another city has other grids."""
        if changes.everything:
            self._read()

    def show_words(self) -> None:
        """Names are as they were given."""

    def _read(self) -> None:
        if self._door is not None:
            after_first_picture(partial(self._reload.wish, now=True))

    async def _load(self) -> None:
        assert self._door is not None
        packed = await self._door.saved_layer()
        if packed != self._packed:
            self._packed = packed
            self._panel.set_bytes(_DATA, packed)
