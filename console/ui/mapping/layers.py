"""The layers of the map as the window has them: opened by a key, chosen on the map, kept for each user."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console.ui.map.layers import LAYERS, at_first, of_document
from console.ui.map.panel import MapPanel
from console.ui.mapping.chosen import Chosen
from console.ui.mapping.reach import MapReach

if TYPE_CHECKING:
    from console.queries.city import CityLists
    from console.runtime.desk import Changes
    from console.ui.door import Door

_PART = "layers"


class MapLayers(QObject):
    """One of the parts of console.ui.charting.

    Signals: switched(str), the layer that was shown, hidden or weakened.
    """

    switched = Signal(str)

    def __init__(self, panel: MapPanel, chosen: Chosen, reach: MapReach) -> None:
        super().__init__(panel)
        self._panel = panel
        self._chosen = chosen
        self._reach = reach
        self.shown = at_first()
        panel.declare(_PART, self.shown)
        panel.hear("layer", self._on_layer)
        chosen.changed.connect(self._take_up)

    async def open(self, door: "Door", lists: "CityLists") -> None:
        """Nothing to ask for."""

    def on_changed(self, changes: "Changes") -> None:
        """Nothing of the store."""

    def show_words(self) -> None:
        """The page has words of its own."""

    def show_layers(self) -> None:
        """Open the list with the keyboard in it, or close it."""
        self._reach.open_list("layers")

    def is_shown(self, name: str) -> bool:
        """Whether a layer is shown."""
        return self.shown[name][0]

    def _take_up(self) -> None:
        self.shown = of_document(self._chosen.of(_PART))
        self._panel.set_part(_PART, self.shown)

    def _on_layer(self, place: int, shown: int, percent: int) -> None:
        self.shown = {**self.shown, LAYERS[place]: (bool(shown), percent)}
        self._panel.remember_part(_PART, self.shown)
        self._chosen.put(_PART, self.shown)
        self.switched.emit(LAYERS[place])
