"""What the map shows of how cases lie: keeps heat and hot spots true to what is chosen on the map."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.wanted import CaseFilter
from console.ui.edge import Reload
from console.ui.spread_door import SpreadDoor

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.map.panel import MapPanel
    from console.ui.mapping.chosen import Chosen
    from console.ui.selection import Selection

_PART = "spread"
_ALLOWED = {"hot": (0, 1, 2), "bandwidth": (300, 600, 1200), "days": (0, 7, 30, 90)}
_RELOAD_PAUSE_MS = 1500  # a pattern of weeks does not change by the second


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen: `hot` 0 for none, 1 by unit grid, 2 by responsibility grid; `bandwidth` in metres;
    `days` 0 for any time; `filtered` only the cases of the list."""

    heat: bool = False
    clusters: bool = False
    hot: int = 0
    bandwidth: int = 600
    days: int = 30
    filtered: bool = False

    def wanted(self, listed: CaseFilter) -> CaseFilter:
        """The cases that are looked at, open or not unless the list's filter says."""
        wanted = listed.unsorted if self.filtered else CaseFilter(everything=True)
        return replace(wanted, newer_than=timedelta(days=self.days)) if self.days else wanted


def of_document(told: object) -> Choice:
    """What was kept, as far as it is one."""
    usual = asdict(Choice())
    if not isinstance(told, dict):
        return Choice()
    good = {
        name: told[name]
        for name, value in usual.items()
        if type(told.get(name)) is type(value) and told[name] in _ALLOWED.get(name, (told[name],))
    }
    return Choice(**(usual | good))


class Spreading(QObject):
    """A part of the map (`console.ui.charting`)."""

    def __init__(
        self,
        panel: "MapPanel",
        selection: "Selection",
        failed: Callable[[BaseException], None],
        parent: QObject,
        chosen: "Chosen | None" = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._selection = selection
        self._door: SpreadDoor | None = None
        self.choice = Choice()
        panel.declare(_PART, asdict(self.choice))
        panel.declare("spread_told", {})
        panel.hear("spread", self._on_chosen)
        self._told: dict[str, object] = {}
        self.reload = Reload(self._show, failed, wait_ms=_RELOAD_PAUSE_MS)
        selection.filter_changed.connect(self._on_filter)
        self._chosen = chosen
        if chosen is not None:
            chosen.changed.connect(self._take_up)

    async def open(self, door: "Door", _lists: "CityLists") -> None:
        """Take the opened store."""
        self._door = SpreadDoor(door)
        self.reload.wish()

    def on_changed(self, changes: "Changes") -> None:
        """Something was committed."""
        if changes.everything and self._door is not None:
            self._door.forget_city()
        if self.choice.heat or self.choice.hot:
            self.reload.wish()

    def show_words(self) -> None:
        """The page's words come with all others of the map."""

    # The window's actions, by their names in console.ui.actions.WINDOW.

    def toggle_heat(self) -> None:
        """Show the heat, or no more."""
        self._choose(replace(self.choice, heat=not self.choice.heat))

    def toggle_hot_spots(self) -> None:
        """Show the hot spots by unit grid, or no more."""
        self._choose(replace(self.choice, hot=0 if self.choice.hot else 1))

    def toggle_clusters(self) -> None:
        """Gather the marks, or no more."""
        self._choose(replace(self.choice, clusters=not self.choice.clusters))

    def _choose(self, choice: Choice) -> None:
        self._panel.set_part(_PART, asdict(choice))
        self._take(choice)

    def _on_chosen(
        self, heat: int, clusters: int, hot: int, bandwidth: int, days: int, filtered: int
    ) -> None:
        choice = Choice(bool(heat), bool(clusters), hot, bandwidth, days, bool(filtered))
        self._panel.remember_part(_PART, asdict(choice))
        self._take(choice)

    def _take_up(self) -> None:
        """What this user had the last time."""
        assert self._chosen is not None
        choice = of_document(self._chosen.of(_PART))
        self._panel.set_part(_PART, asdict(choice))
        self._take(choice, keep=False)

    def _take(self, choice: Choice, *, keep: bool = True) -> None:
        before, self.choice = self.choice, choice
        if keep and self._chosen is not None:
            self._chosen.put(_PART, asdict(choice))
        if replace(before, clusters=False) != replace(choice, clusters=False):
            self.reload.wish(now=True)

    def _on_filter(self, _wanted: CaseFilter) -> None:
        if self.choice.filtered and (self.choice.heat or self.choice.hot):
            self.reload.wish(now=True)

    async def _show(self) -> None:
        if self._door is None:
            return
        choice, told = self.choice, dict[str, object]()
        wanted = choice.wanted(self._selection.wanted)
        if choice.heat:
            heat = await self._door.heat(wanted, choice.bandwidth)
            self._panel.set_bytes("heat", heat.packed)
            told["heat"] = {
                "count": heat.count,
                "bandwidth": choice.bandwidth,
                "peak": float(f"{heat.peak:.3g}"),
                "breaks": heat.breaks,
            }
        if choice.hot:
            spots = await self._door.spots(wanted, by_grid=choice.hot == 2)
            self._panel.set_bytes("hotspots", spots.packed)
            told["hot"] = {"count": spots.count, "numbers": spots.numbers, "sparse": spots.sparse}
        if told != self._told:
            self._told = told
            self._panel.set_part("spread_told", told)
