"""Keeps the table of the map's content true to the view: opened by a key, led back from by Enter."""

from dataclasses import replace
from functools import partial
from math import cos, radians
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.ui.edge import Reload
from console.ui.late_parts import copy_table
from console.ui.map_list_door import MapListDoor
from console.ui.mapping.colours import MapColours

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.queries.in_view import Box, CaseInView, CellInView
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.main_window import MainWindow
    from console.ui.map_list.panel import MapListPanel

_TILE = 256  # px of the whole world at zoom 0
_CLOSE = 17  # the zoom level at which a unit grid is seen


class Listing(QObject):
    """A part of Charting. Its method `show_map_list` is an action of console.ui.actions.WINDOW."""

    def __init__(self, window: "MainWindow", colours: MapColours) -> None:
        super().__init__(window.map)
        self._map = window.map
        self._selection = window.selection
        self._layers = window.layers
        self._copy = partial(copy_table, window)
        self._colours = colours
        colours.coloured.connect(self._follow)
        self._door: MapListDoor | None = None
        self._panel: MapListPanel | None = None
        self.reload = Reload(self._load, window.failed, wait_ms=300)
        window.map.view_changed.connect(lambda *_view: self._follow())

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
        return self._layers.holds(self._panel)

    def _begin(self) -> None:
        from console.ui.map_list.panel import (  # nobody waits for it before the first paint
            WIDTH,
            MapListPanel,
        )

        self._panel = MapListPanel()
        self._panel.left.connect(self._layers.leave)
        self._panel.case_wished.connect(self._to_case)
        self._panel.cell_wished.connect(self._to_cell)
        self._panel.empty_wished.connect(lambda: self.reload.wish(now=True))
        self._panel.copied.connect(self._copy)
        self._layers.show(self._panel, WIDTH, beside_case=True)
        self._panel.take_keyboard()

    def _follow(self) -> None:
        if self._shown:
            self.reload.wish()

    def _to_case(self, row: "CaseInView") -> None:
        self._selection.choose_case(row.id)

    def _to_cell(self, row: "CellInView") -> None:
        """Go to a unit grid on the map, and list its cases alone."""
        self._selection.narrow(lambda wanted: replace(wanted, cell=row.code))
        view = self._map.view
        self._map.show_view(row.lon, row.lat, max(_CLOSE, view[2] if view else 0))

    async def _load(self) -> None:
        panel = self._panel
        if panel is None or self._door is None:
            return
        found = await self._door.in_view(self._box(), empty=panel.shows_empty)
        if self._shown and self._panel is panel:
            panel.show_found(found, self._door.now(), self._colours.figure)

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
