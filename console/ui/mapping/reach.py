"""The keyboard's way into a list of the map's tools, and out of it again."""

from PySide6.QtCore import QObject

from console.ui.map.panel import MapPanel


class MapReach(QObject):
    """Escape is the window's key: the page hears of it only through here."""

    def __init__(self, panel: MapPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._times = 0
        self._opened = False
        panel.declare("list", None)
        panel.hear("listing", self._on_listing)

    def open_list(self, name: str) -> None:
        """Open the list of the tool `name` or close it; the map has the keyboard then."""
        self._panel.setFocus()
        self._tell(name)

    def leave(self) -> bool:
        """Close the list that is open; False where none is."""
        opened, self._opened = self._opened, False
        if opened:
            self._tell("")
        return opened

    def _tell(self, name: str) -> None:
        self._times += 1
        self._panel.set_part("list", {"name": name, "times": self._times})

    def _on_listing(self, opened: int) -> None:
        self._opened = bool(opened)
