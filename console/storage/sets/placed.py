"""Where the cases of a community lie: unit grid and point of each, read from the keys beside its set."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap
from sqlalchemy import Connection

from console.storage.sets.dimensions import PLACED
from console.storage.sets.seal import kept_keys

_REMEMBERED = 400_000  # cases, 36 bytes each: a district of a big city


@dataclass(frozen=True, eq=False)
class Placed:
    """Cases by id: `codes[grid]` is the unit grid, `lon` and `lat` EPSG:4490 degrees, nan for no place."""

    ids: NDArray[np.uint32]
    grid: NDArray[np.int32]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    codes: tuple[str, ...]

    def without(self, touched: BitMap) -> "Placed":
        """The same but for some."""
        gone = touched & BitMap(self.ids)
        if not gone:
            return self
        return self.where(~np.isin(self.ids, np.array(gone.to_array(), dtype=np.uint32)))

    def where(self, kept: NDArray[np.bool_]) -> "Placed":
        return Placed(self.ids[kept], self.grid[kept], self.lon[kept], self.lat[kept], self.codes)

    def of_grids(self, codes: frozenset[str]) -> NDArray[np.bool_]:
        """Which of them lie in one of the unit grids."""
        told = np.array([code in codes for code in self.codes], dtype=bool)
        found: NDArray[np.bool_] = told[self.grid] if len(self.codes) else np.zeros(0, dtype=bool)
        return found


def members(placed: Placed, ids: BitMap) -> NDArray[np.bool_]:
    """Which of them are among some cases."""
    found: NDArray[np.bool_] = np.isin(placed.ids, np.array(ids.to_array(), dtype=np.uint32))
    return found


class PlacedSets:
    """Those of the communities that were asked for last; not for several threads at once."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Placed] = OrderedDict()
        self._cases = 0

    def of(self, connection: Connection, value: str) -> Placed:
        found = self._known.get(value)
        if found is None:
            found = self._known[value] = _read(connection, value)
            self._cases += len(found.ids)
            while self._cases > _REMEMBERED and len(self._known) > 1:
                self._cases -= len(self._known.popitem(last=False)[1].ids)
        else:
            self._known.move_to_end(value)
        return found


def _read(connection: Connection, value: str) -> Placed:
    ids: list[int] = []
    told: list[tuple[str, float | None, float | None]] = []
    for some, keys in kept_keys(connection, PLACED, value):
        ids += some
        told += keys
    codes, lon, lat = zip(*told, strict=True) if told else ((), (), ())
    place = {code: at for at, code in enumerate(dict.fromkeys(codes))}
    case = np.array(ids, dtype=np.uint32)
    order = np.argsort(case)  # the blocks come in any order
    return Placed(
        case[order],
        np.fromiter(map(place.__getitem__, codes), dtype=np.int32, count=len(codes))[order],
        np.array(lon, dtype=np.float64)[order],
        np.array(lat, dtype=np.float64)[order],
        tuple(place),
    )
