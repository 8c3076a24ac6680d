"""A place as it is typed, coordinates of any system or the code of a unit grid, and what lies there."""

import re
from dataclasses import dataclass

import numpy as np
import shapely

from console.domain.errors import Refused
from console.geography.typed_place import read_place
from console.queries.boundaries import Names, place_names
from console.storage.places import Place
from console.storage.unit import View

_TWO_NUMBERS = re.compile(r"\s*[-+]?[\d.]+[\s,,;;]+[-+]?[\d.]+\s*")
_LONGEST_TOLD = 60  # characters of what was typed, in a message about it


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Degrees (EPSG:4490), the grids and divisions there, None outside every grid, and their names."""

    lon: float
    lat: float
    there: Place | None
    names: Names


def found_place(view: View, text: str, system: str, near: tuple[float, float]) -> FoundPlace:
    """What is meant by `text`; a unit grid means a point inside it. `near` as for `read_place`.

    Raises Refused: `no_such_place`, `typed_place_out_of_range`, `no_city`, `no_grids`.
    """
    found = _inside_grid(view, text.strip())
    if found is None:
        try:
            found = read_place(text, system, near)
        except Refused as problem:
            if problem.code != "bad_coordinates":
                raise
            code = "typed_place_out_of_range" if _TWO_NUMBERS.fullmatch(text) else "no_such_place"
            raise Refused(code, text=text[:_LONGEST_TOLD]) from None
    there = view.places.at(*found)
    names = place_names(view, [there.district, there.street, there.committee] if there else [])
    return FoundPlace(*found, there, names)


def _inside_grid(view: View, code: str) -> tuple[float, float] | None:
    places = view.places
    at = next((at for at, row in enumerate(places.rows) if row.cell == code), None)
    if at is None:
        return None
    inside = shapely.point_on_surface(places.shapes.polygons(np.array([at]))[0])
    return float(inside.x), float(inside.y)
