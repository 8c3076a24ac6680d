"""The patrollers on the map: read again while their layer is shown."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from console.domain.position import Sureness
from console.i18n import N_, _
from console.ui.edge import Reload
from console.ui.first_picture import after_first_picture
from console.ui.map.panel import MapPanel

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.patrol_door import PatrolDoor

_LAYER, _DATA = "patrollers", "site_patrollers"
_WORDS = {
    Sureness.FRESH: N_("定位"),
    Sureness.EARLIER: N_("较早的定位"),
    Sureness.LISTED: N_("名册位置"),
    Sureness.GRID: N_("责任网格中心,无定位"),
}


class MapPatrollers(QObject):
    """One of the parts of console.ui.charting; `is_shown` asks whether a layer is."""

    def __init__(
        self, panel: MapPanel, is_shown: Callable[[str], bool], failed: Callable[[BaseException], None]
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._is_shown = is_shown
        self._door: PatrolDoor | None = None
        self.reload = Reload(self._load, failed)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store: the layer is offered where there is anybody to show."""
        from console.ui.patrol_door import PatrolDoor

        self._door = PatrolDoor(door, ZoneInfo(lists.profile.timezone))
        after_first_picture(partial(self.reload.wish, now=True))

    def on_changed(self, changes: "Changes") -> None:
        """The list of staff may be another."""
        if changes.everything:
            self.reload.wish()

    def tick(self, now: datetime) -> None:
        """Ten seconds have passed."""
        if self._door is not None and self._is_shown(_LAYER):
            self.reload.wish()

    def on_layer(self, name: str) -> None:
        """A layer was shown, hidden or weakened."""
        if name == _LAYER and self._door is not None and self._is_shown(_LAYER):
            self.reload.wish()

    def show_words(self) -> None:
        """Speak the language of the moment."""
        if self._door is not None:
            self.reload.wish()

    async def _load(self) -> None:
        assert self._door is not None
        words = {kind: _(word) for kind, word in _WORDS.items()}
        self._panel.set_bytes(_DATA, await self._door.packed(words))
