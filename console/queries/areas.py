"""The areas that somebody has under a name: those of the views that all share, and of his own."""

import json

from console.domain.area import Area, named
from console.domain.errors import Refused
from console.domain.filter_form import read_filter_form
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
