"""The areas that somebody has under a name: those of the views that all share, and of his own."""

import json

import numpy as np
import shapely

from console.domain.area import Area, named
from console.domain.errors import Refused
from console.domain.filter_form import read_filter_form
from console.geography.site_layers import SiteLayer, packed_layer, smoothed
from console.queries.area_drawn import area_shape
from console.queries.views import saved_views
from console.storage.unit import View


def saved_areas(view: View, owner: str) -> list[Area]:
    """Each under the name of its view, his own where both have one; what cannot be read is left out."""
    found: dict[str, Area] = {}
    for one in saved_views(view, owner):
        try:
            area = read_filter_form(json.loads(one.form)).within
        except (ValueError, Refused):
            continue
        if area is not None and (area := named(area, one.name)).name:
            found[area.name] = area
    return list(found.values())


def saved_layer(view: View, owner: str) -> bytes:
    """The saved areas as a layer of the map (`console.geography.site_layers`), empty where there is none.

    What the city of today has nothing of is left out.
    """
    drawn = []
    for area in saved_areas(view, owner):
        try:
            found = area_shape(view, area)
        except Refused:  # no city, or one without the grids it is made of
            continue
        parts = shapely.get_parts(found)
        polygons = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
        if polygons:
            drawn.append((area.name, shapely.MultiPolygon(polygons)))
    if not drawn:
        return b""
    nothing = np.zeros(0)
    shapes = list(zip([name for name, _ in drawn], smoothed([shape for _, shape in drawn]), strict=True))
    return packed_layer(SiteLayer(nothing, nothing, [], nothing.astype(np.int64), [], shapes))
