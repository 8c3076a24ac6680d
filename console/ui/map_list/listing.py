"""Keeps the table of the map's content true to the view: opened by a key, led back from by Enter."""

from collections.abc import Callable
from dataclasses import replace
from math import cos, radians
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.ui.edge import Reload
from console.ui.layers import Layers
from console.ui.map.panel import MapPanel
from console.ui.map_list_door import MapListDoor
from console.ui.selection import Selection

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.queries.in_view import Box
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.map_list.panel import MapListPanel
    from console.ui.map_list.rows import Row

_TILE = 256  # px of the whole world at zoom 0
_CLOSE = 17  # the zoom level at which a unit grid is seen


class Listing(QObject):
    """A part of Charting. Its method `show_map_list` is an action of console.ui.actions.WINDOW."""

    def __init__(
        self,
        panel: MapPanel,
        selection: Selection,
        layers: Layers,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(panel)
        self._map = panel
        self._selection = selection
        self._layers = layers
        self._door: MapListDoor | None = None
        self._panel: MapListPanel | None = None
        self.reload = Reload(self._load, failed, wait_ms=300)
        panel.view_changed.connect(lambda *_view: self._follow())

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = MapListDoor(door)

    def on_changed(self, changes: "Changes") -> None:
        self._follow()

    def show_words(self) -> None:
        if self._shown:
            self._layers.leave()

    def show_map_list(self) -> None:
        """Show what is in view as a table, or take the table away."""
        if self._shown:
            self._layers.leave()
        elif self._door is not None:
            self._begin()
            self.reload.wish(now=True)

    @property
    def _shown(self) -> bool:
        return self._panel is not None and self._layers.panel is self._panel

    def _begin(self) -> None:
        from console.ui.map_list.panel import (  # nobody waits for it before the first paint
            WIDTH,
            MapListPanel,
        )

        self._panel = MapListPanel()
        self._panel.left.connect(self._layers.leave)
        self._panel.case_wished.connect(self._to_case)
        self._panel.cell_wished.connect(self._to_cell)
        self._layers.show(self._panel, WIDTH, beside_case=True)
        self._panel.take_keyboard()

    def _follow(self) -> None:
        if self._shown:
            self.reload.wish()

    def _to_case(self, row: "Row") -> None:
        assert isinstance(row.target, int)
        self._selection.choose_case(row.target)

    def _to_cell(self, row: "Row") -> None:
        """Go to a unit grid on the map, and list its cases alone."""
        code = str(row.target)
        self._selection.narrow(lambda wanted: replace(wanted, cell=code))
        view = self._map.view
        self._map.show_view(row.lon, row.lat, max(_CLOSE, view[2] if view else 0))

    async def _load(self) -> None:
        panel = self._panel
        if panel is None or self._door is None:
            return
        found = await self._door.in_view(self._box())
        if self._shown and self._panel is panel:
            panel.show_found(found, self._door.now())

    def _box(self) -> "Box | None":
        """What the map shows; None before it was seen: then it is the whole city."""
        view = self._map.view
        if view is None:
            return None
        lon, lat, zoom = view
        degrees = 360 / (_TILE * 2**zoom)
        across = degrees * self._map.width() / 2
        up = degrees * cos(radians(lat)) * self._map.height() / 2
        return lon - across, lat - up, lon + across, lat + up
