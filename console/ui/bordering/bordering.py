"""Tells how near the chosen case lies to the next grid or area, and lets the map tell it anywhere."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.i18n import named
from console.ui.edge import Reload
from console.ui.first_picture import after_first_picture
from console.ui.map.owners import packed_owners
from console.ui.map.panel import MapPanel
from console.ui.place_door import PlaceDoor
from console.words.borders import border_words, borders_shown

if TYPE_CHECKING:
    from console.queries.boundaries import Owners
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.case.panel import CasePanel
    from console.ui.door import Door


class Bordering(QObject):
    """A part of Charting."""

    def __init__(
        self, panel: MapPanel, case_panel: "CasePanel", failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(panel)
        self._map = panel
        self._case = case_panel
        self._door: PlaceDoor | None = None
        self._owners: Owners | None = None
        self._told: tuple[int, float | None, float | None] = (0, None, None)
        self.borders = Reload(self._tell, failed)
        self.owners = Reload(self._own, failed)
        case_panel.card_changed.connect(self._on_card)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = PlaceDoor(door)
        after_first_picture(partial(self.owners.wish, now=True))

    def on_changed(self, changes: "Changes") -> None:
        if changes.everything:
            self.owners.wish()

    def show_words(self) -> None:
        self._told = (0, None, None)
        self._give()
        self._on_card(self._case.card)

    def _on_card(self, card: "CaseCard | None") -> None:
        case = card.case if card is not None else None
        told = (case.id, case.lon, case.lat) if case is not None else (0, None, None)
        if told != self._told:
            self._told = told
            self.borders.wish(now=True)

    async def _tell(self) -> None:
        case_id, lon, lat = told = self._told
        if self._door is None or not case_id:
            return
        if lon is None or lat is None:
            self._case.show_borders(case_id, "")
            return
        found, names = await self._door.borders(lon, lat)
        if told == self._told:
            shown = borders_shown(found)
            lines = [border_words(one, lambda code: named(*names.get(code, (code, code)))) for one in shown]
            self._case.show_borders(case_id, "\n".join(lines))

    async def _own(self) -> None:
        assert self._door is not None
        self._owners = await self._door.owners()
        self._give()

    def _give(self) -> None:
        told = self._owners
        if told is not None:
            names = told.names
            packed = packed_owners(told.grids, told.areas, lambda code: named(*names.get(code, (code, code))))
            self._map.set_bytes("owners", packed)
