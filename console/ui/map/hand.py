"""The tool of the map that is in hand: taken by a key of the window, put down by Escape."""

from PySide6.QtCore import QObject

from console.ui.map.panel import MapPanel


class MapHand(QObject):
    """`holds` is whether the page has a tool in hand."""

    def __init__(self, panel: MapPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._times = 0
        self.holds = False
        panel.declare("tool", None)
        panel.hear("hand", self._on_hand)

    def take(self, name: str) -> None:
        """Take a tool of the page in hand, as its button does; the map has the keyboard then."""
        self._panel.setFocus()
        self._tell(name)

    def leave(self) -> bool:
        """Put one step of it down; False where none is in hand."""
        if self.holds:
            self._tell("")
        return self.holds

    def _tell(self, name: str) -> None:
        self._times += 1
        self._panel.set_part("tool", {"name": name, "times": self._times})

    def _on_hand(self, flag: int) -> None:
        self.holds = bool(flag)
