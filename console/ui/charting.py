"""What the window does with the map beyond cells and marks: each a part of its own, introduced here."""

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject

from console.ui.area.saved import SavedAreas
from console.ui.area.selecting import AreaSelecting
from console.ui.basemap.showing import BaseMaps
from console.ui.bordering.bordering import Bordering
from console.ui.map.hand import MapHand
from console.ui.map_list.listing import Listing
from console.ui.mapping.chosen import Chosen
from console.ui.mapping.colours import MapColours
from console.ui.mapping.layers import MapLayers
from console.ui.mapping.patrollers import MapPatrollers
from console.ui.mapping.reach import MapReach
from console.ui.moving.relocating import Relocating
from console.ui.near.nearing import Nearing
from console.ui.places.placing import Placing
from console.ui.replaying import Replaying
from console.ui.second_map.beside import SecondMap
from console.ui.spread.spreading import Spreading

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door
    from console.ui.main_window import MainWindow


class ChartPart(Protocol):
    """One thing that can be done with the map; its methods named in `console.ui.actions` are actions."""

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store."""

    def on_changed(self, changes: "Changes") -> None:
        """Something was committed, here or elsewhere."""

    def show_words(self) -> None:
        """Speak the language of the moment."""


@runtime_checkable
class Leaving(Protocol):
    """A part from which Escape may step back."""

    def leave(self) -> bool:
        """Give up the nearest thing; False where there is none."""


class Charting(QObject):
    """Holds the parts; the window knows only this."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.reach = MapReach(window.map)
        self.hand = MapHand(window.map)
        self.chosen = Chosen(window.preferences.folder, window.failed, self)
        window.seating.changed.connect(lambda _name: self.chosen.change_user())
        window.closing.connect(self.chosen.close)
        self.layers = MapLayers(window.map, self.chosen, self.reach)
        self.colours = MapColours(window.map_link, self.chosen, self.reach, window.messages, window.failed)
        window.passing.parts.append(self.colours)
        self.replaying = Replaying(window)
        self.patrollers = MapPatrollers(window.map, self.layers.is_shown, window.failed)
        window.passing.parts.append(self.patrollers)
        self.layers.switched.connect(self.patrollers.on_layer)
        self.selecting = AreaSelecting(
            window.map, window.map_link.code_of, window.selection, self.hand, window.failed
        )
        self.selecting.save_wished.connect(window.viewing.save_view)
        placing = Placing(window.map, self.hand, self.chosen, window.layers, window.messages, window.failed)
        window.reporting.bookmarks = placing.named_places
        self.parts: list[ChartPart] = [
            self.layers,
            self.colours,
            self.patrollers,
            self.replaying,
            Spreading(window.map, window.selection, window.failed, self, self.chosen),
            self.selecting,
            SavedAreas(window.map, window.queue.views.read, window.failed),
            Relocating(window.map, window.side, window.failed),
            placing,
            Bordering(window.map, window.case, window.failed),
            Nearing(
                window.map,
                window.selection,
                window.layers,
                window.messages,
                window.theme,
                lambda: window.case.card,
                window.failed,
            ),
            Listing(window, self.colours),
            BaseMaps(window, self),
        ]
        self.second = SecondMap(window)
        self.parts.append(self.second)
        window.doers.extend(self.parts)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Take the opened store."""
        await self.chosen.open(door)
        for part in self.parts:
            await part.open(door, lists)

    def on_changed(self, changes: "Changes") -> None:
        """Tell every part."""
        for part in self.parts:
            part.on_changed(changes)

    def leave(self) -> bool:
        """Escape: put down what is in hand on the map, or close what is open; False where nothing is."""
        if self.hand.leave() or self.reach.leave():
            return True
        return any(part.leave() for part in self.parts if isinstance(part, Leaving))

    def show_words(self) -> None:
        """Tell every part."""
        for part in self.parts:
            part.show_words()
