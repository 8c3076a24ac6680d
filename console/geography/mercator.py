"""Web Mercator (EPSG:3857), the plane of the map: metres of it for degrees, and back.

numpy is imported where it is used: who needs only the earth's size, the wall's map, is shown before it.
"""

from math import pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RADIUS = 6_378_137.0
"""Of the sphere, in metres."""

WORLD = 2 * pi * RADIUS
"""The width and the height of the whole plane, in metres."""


def mercator(lon: "Floats", lat: "Floats") -> "tuple[Floats, Floats]":
    """Metres east and north of lon/lat degrees."""
    import numpy as np

    return RADIUS * np.radians(lon), RADIUS * np.arctanh(np.sin(np.radians(lat)))


def degrees(east: "Floats", north: "Floats") -> "tuple[Floats, Floats]":
    """Longitude and latitude of metres."""
    import numpy as np

    return np.degrees(east / RADIUS), np.degrees(np.arcsin(np.tanh(north / RADIUS)))
