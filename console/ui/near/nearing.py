"""Shows what lies near the chosen case: opened by a key, kept true, marked on the map, left by Escape."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.i18n import _
from console.ui.edge import Reload
from console.ui.layers import Layers
from console.ui.map.panel import MapPanel
from console.ui.messages import MessageLine
from console.ui.near_door import NearDoor
from console.ui.selection import Selection
from console.ui.theme import Theme

if TYPE_CHECKING:
    from console.domain.case import Case
    from console.queries.case import CaseCard
    from console.queries.city import CityLists
    from console.queries.near import Around
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.near.panel import NearPanel

_NOTHING = b"{}"


class Nearing(QObject):
    """A part of Charting. Its method `show_near` is an action of console.ui.actions.WINDOW."""

    def __init__(
        self,
        panel: MapPanel,
        selection: Selection,
        layers: Layers,
        messages: MessageLine,
        theme: Theme,
        card: "Callable[[], CaseCard | None]",
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(panel)
        self._map = panel
        self._selection = selection
        self._layers = layers
        self._messages = messages
        self._theme = theme
        self._card = card
        self._door: NearDoor | None = None
        self._panel: NearPanel | None = None
        self._about: Case | None = None
        self.reload = Reload(self._load, failed, wait_ms=300)
        panel.set_bytes("near", _NOTHING)
        selection.case_changed.connect(self._on_case)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        self._door = NearDoor(door)

    def on_changed(self, changes: "Changes") -> None:
        if self._shown:
            self.reload.wish()

    def show_words(self) -> None:
        if self._shown:
            self._layers.leave()

    def show_near(self) -> None:
        """Show what is near the chosen case, or take the list away."""
        card = self._card()
        if self._shown:
            self._layers.leave()
        elif card is None or self._door is None:
            self._messages.say(_("请先选一个案件"))
        elif card.case.lon is None:
            self._messages.say(_("这个案件没有位置"))
        else:
            self._about = card.case
            self._begin()
            self.reload.wish(now=True)

    @property
    def _shown(self) -> bool:
        return self._layers.holds(self._panel)

    def _begin(self) -> None:
        from console.ui.near.panel import WIDTH, NearPanel  # nobody waits for it before the first paint

        self._panel = NearPanel(self._theme)
        self._panel.left.connect(self._layers.leave)
        self._panel.asked.connect(lambda _metres, _kin: self.reload.wish(now=True))
        self._panel.opened.connect(self._selection.choose_case)
        self._panel.back_wished.connect(self._go_back)
        self._panel.destroyed.connect(self._end)
        self._layers.show(self._panel, WIDTH, beside_case=True, spared=self._map)
        self._panel.take_keyboard()

    def _end(self) -> None:
        if not self._shown:
            self._panel = self._about = None
            self._map.set_bytes("near", _NOTHING)

    def _go_back(self) -> None:
        if self._about is not None:
            self._selection.choose_case(self._about.id)

    def _on_case(self, case_id: int) -> None:
        if self._shown and not case_id:
            self._layers.leave()
        elif self._shown:
            self.reload.wish()  # whether there is a way back to be shown

    async def _load(self) -> None:
        about, panel = self._about, self._panel
        if about is None or panel is None or self._door is None:
            return
        found = await self._door.around(about, panel.metres, panel.kin)
        if self._shown and self._panel is panel and self._about is about:
            away = self._selection.case_id != about.id
            panel.show_around(about.code, found, self._door.now(), away=away)
            self._map.set_bytes("near", _packed(about, panel.metres, found, self._covered))

    @property
    def _covered(self) -> float:
        """What share of the map's width the list lies over, from its right."""
        panel, width = self._panel, self._map.width()
        if panel is None or not width:
            return 0.0
        over = panel.mapTo(panel.window(), panel.rect().topLeft()).x()
        left = self._map.mapTo(self._map.window(), self._map.rect().topLeft()).x()
        if panel.window() is not self._map.window() or over < left:
            return 0.0  # it lies at the other side, or over nothing of the map
        return min(max((left + width - over) / width, 0.0), 1.0)


def _packed(about: "Case", metres: int, found: "Around", covered: float) -> bytes:
    """For resources/map/near.js: where, how far, and each case as id, lon, lat, whether it is open."""
    cases = [[one.id, one.lon, one.lat, int(one.is_open)] for one in found.cases]
    return json.dumps(
        {"lon": about.lon, "lat": about.lat, "metres": metres, "covered": covered, "cases": cases}
    ).encode("ascii")
