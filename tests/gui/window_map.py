"""The map of an opened window on its real page, looked at and worked with as a map panel of its own."""

from typing import Any

from PySide6.QtCore import QPoint

from tests.gui.map_page import OpenMap
from tests.gui.seat import Seat


class WindowMap(OpenMap):
    """The page behind the window of a seat; it is closed with the window."""

    def __init__(self, seat: Seat) -> None:
        self.qtbot = seat.qtbot
        self.panel = seat.window.map

    def look_at(self, cell: int, zoom: int = 17) -> None:
        """Bring a cell into the middle, large enough to point beside a mark in it."""
        place = self.run(f"gridConsole.placeOfCell({cell})")
        self.run(f"gridConsole.goTo({place['lon']}, {place['lat']}, {zoom})")
        self.until(lambda stats: stats["zoom"] == zoom)

    def cell_point(self, cell: int) -> QPoint:
        return self.point(f"gridConsole.pointOfCell({cell})")

    def case_point(self, case_id: int) -> QPoint:
        return self.point(f"gridConsole.pointOfCase({case_id})")

    def has_mark(self, case_id: int) -> bool:
        found: Any = self.run(f"gridConsole.pointOfCase({case_id})")
        return found is not None

    def tip_at(self, point: QPoint, holds: str) -> str:
        """What the page says of a point, once it says what is looked for."""
        seen: list[str] = []

        def said() -> bool:
            # The page forgets the pointer when it moves under it: point again until it answers.
            self.hover(point + QPoint(len(seen) % 2, 0))
            seen.append(self.stats()["tip"])
            return holds in seen[-1]

        self.qtbot.waitUntil(said, timeout=20_000)
        return seen[-1]
