"""What the map asks of how cases lie over the city; the arithmetic runs beside the reading threads."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.queries.spread import Ground
    from console.ui.door import Door

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Heat:
    """The raster as the page draws it, and what its legend says: cases per square kilometre."""

    packed: bytes
    count: int
    peak: float
    breaks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Spots:
    """The units' figures as the page reads them (`resources/map/hotspots.js`); `numbers` of units by kind,
    from -3 to 3."""

    packed: bytes
    count: int
    numbers: tuple[int, ...]
    sparse: bool


class SpreadDoor:
    """Keeps the city's neighbourhoods, which no case changes, from one question to the next."""

    def __init__(self, door: "Door") -> None:
        self._door = door
        self._ground: Ground | None = None
        self._borders: tuple[Any, Any] | None = None

    def forget_city(self) -> None:
        """Another city may have been loaded."""
        self._ground = self._borders = None

    async def heat(self, wanted: CaseFilter, bandwidth: int) -> Heat:
        """The density of the wanted cases; `bandwidth` in metres on the ground."""
        from console.queries.spread import case_places

        lon, lat = await self._door.desk.ask(case_places, wanted, self._door.now())
        return await _beside(partial(_heat, lon, lat, bandwidth))

    async def spots(self, wanted: CaseFilter, *, by_grid: bool) -> Spots:
        """Gi* of the wanted cases by unit grid, or by responsibility grid."""
        from console.queries.spread import cell_numbers, ground

        if self._ground is None:
            self._ground = await self._door.desk.ask(ground)
            self._borders = None
        found = self._ground
        cells = len(found.grid_of_cell)
        numbers = await self._door.desk.ask(cell_numbers, wanted, self._door.now(), cells)
        if self._borders is None:
            self._borders = await _beside(partial(_borders, found.cells))
        return await _beside(partial(_spots, numbers, self._borders, found, by_grid))


async def _beside(work: "Callable[[], T]") -> T:
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(None, work)


def _heat(lon: Any, lat: Any, bandwidth: int) -> Heat:
    from console.geography.density import density, packed_density

    found = density(lon, lat, float(bandwidth))
    return Heat(packed_density(found), len(lon), found.peak, found.breaks)


def _borders(cells: bytes) -> tuple[Any, Any]:
    from console.geography.adjacency import borders_of
    from console.geography.packed import unpacked

    found = borders_of(unpacked(cells))
    return found.first, found.second


def _spots(numbers: Any, borders: tuple[Any, Any], found: "Ground", by_grid: bool) -> Spots:
    import numpy as np

    from console.geography.hot_spots import hot_spots, joined, packed_spots

    unit = np.arange(len(numbers))
    if by_grid:
        unit = found.grid_of_cell
        numbers = np.bincount(unit, weights=numbers, minlength=len(found.grids))
        borders = joined(*borders, unit)
    spots = hot_spots(numbers, *borders)
    by_kind = np.bincount(spots.kind.astype(np.int64) + 3, minlength=7)
    packed = packed_spots(spots, numbers, unit)
    return Spots(packed, int(numbers.sum()), tuple(by_kind.tolist()), spots.sparse)
