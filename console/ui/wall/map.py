"""The wall's map, drawn as large as lets the whole city fill its room.

The page's own levels are doublings: at one fixed size a city may fill less than half of the height.
"""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from console.geography.mercator import WORLD
from console.ui.map.city import MapCity
from console.ui.map.panel import MapPanel
from console.ui.theme import Theme
from console.ui.wall.reading import LINES

_LEAST, _MOST = 1.25, 2.5  # letters and marks, as often as large as on a desk, on a wall of 1080 lines
_MARGINS = 48  # of the page's pixels, both sides together: resources/map/view.js leaves them round a city
_TILE = 256  # px of the page: the world at level 0
_LEVELS = range(2, 20)


class WallMap(MapPanel):
    """Nothing but the map itself: no tools, no legend."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme.roles, parent)
        self.set_bare(True)
        self._extent: tuple[float, float] | None = None

    def show_city(self, city: MapCity) -> None:
        self._extent = city.extent
        self._fit()
        super().show_city(city)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        share = self.window().height() / LINES
        room = self.width(), self.height()
        self.set_zoom(filling(self._extent, room, _LEAST * share, _MOST * share))


def filling(extent: tuple[float, float] | None, room: tuple[int, int], least: float, most: float) -> float:
    """How large to draw the page, 1 being as it was written, so that a city is seen whole and largest.

    `extent`: the city's width and height in metres of EPSG:3857, None: there is none; `room`: px.
    """
    best, largest = most, 0.0
    for level in _LEVELS if extent is not None and min(room) > 0 else ():
        whole = [length / WORLD * _TILE * 2**level for length in extent or ()]
        size = min(most, *(free / (length + _MARGINS) for free, length in zip(room, whole, strict=True)))
        if size >= least and size * 2**level > largest:
            best, largest = size, size * 2**level
    return best * 0.995  # what fits to a hair is a level too far for the page
