"""A point of the city with the grids and divisions it lies in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in EPSG:4490 degrees; the codes as the city's grids have them there."""

    lon: float
    lat: float
    cell: str
    responsibility_grid: str
    street: str
    district: str
    committee: str
