"""Where reports come from: denser towards the middle and along main roads, with hot spots."""

import numpy as np
from numpy.typing import NDArray

from console.adapters.demo.addresses import METRES_PER_DEGREE, AddressBook
from console.adapters.demo.dice import dice
from console.queries.ground import Ground
from console.storage.places import Places

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEAR_MAIN_M = 90.0
_MAIN_FACTOR = 2.4
_QUIET_EDGE = 0.22  # density at the rim, of that in the middle
_HOT_SHARE = 0.006  # of the cells: markets, stations, school gates
_HOT_FACTOR = 14.0
_DECIMALS = 7  # of a degree: a centimetre
_REACHES = (0.5, 0.3, 0.18, 0.1)  # of a cell's side, tried until the point is inside the cell


class Terrain:
    """Draws places in one city; `seed` throws its hot spots."""

    def __init__(self, ground: Ground, places: Places, book: AddressBook, seed: int) -> None:
        self._lon = np.array(ground.lon)
        self._lat = np.array(ground.lat)
        self._side = np.sqrt(np.array(ground.area_m2))
        self._index = places.index
        self._sums = np.cumsum(self._weights(book, seed))

    def draw(self, chances: Floats) -> tuple[Ints, Floats, Floats]:
        """Cell positions and points (EPSG:4490 degrees) for rows of three chances in [0, 1).

        The point lies in its cell: a scattered one where it falls inside, else the cell's own.
        """
        cells = np.searchsorted(self._sums, chances[:, 0] * self._sums[-1], side="right")
        cells = np.minimum(cells, len(self._sums) - 1)
        lon, lat = self._lon[cells].copy(), self._lat[cells].copy()
        east = self._side[cells] / (METRES_PER_DEGREE * np.cos(np.radians(lat)))
        north = self._side[cells] / METRES_PER_DEGREE
        todo = np.arange(len(cells))
        for reach in _REACHES:
            x = self._lon[cells[todo]] + reach * (2 * chances[todo, 1] - 1) * east[todo]
            y = self._lat[cells[todo]] + reach * (2 * chances[todo, 2] - 1) * north[todo]
            x, y = np.round(x, _DECIMALS), np.round(y, _DECIMALS)
            inside = self._index.cells_at(x, y) == cells[todo]
            lon[todo[inside]], lat[todo[inside]] = x[inside], y[inside]
            todo = todo[~inside]
        return cells, lon, lat

    def _weights(self, book: AddressBook, seed: int) -> Floats:
        east = (self._lon - self._lon.mean()) * np.cos(np.radians(self._lat.mean()))
        north = self._lat - self._lat.mean()
        squared = east**2 + north**2
        middle = _QUIET_EDGE + (1 - _QUIET_EDGE) * np.exp(-squared / max(float(squared.mean()), 1e-12))
        hot = np.array([dice("hot", seed, cell)[0] < _HOT_SHARE for cell in range(len(self._lon))])
        main = book.near_main_road(self._lon, self._lat, NEAR_MAIN_M)
        weights: Floats = (
            self._side * middle * np.where(main, _MAIN_FACTOR, 1.0) * np.where(hot, _HOT_FACTOR, 1.0)
        )
        return weights
