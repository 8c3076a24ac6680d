"""Named views of one user, as a kept document tells them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.errors import Refused
from console.ui.places.history import MapView

MOST, LONGEST_NAME = 60, 40
_NUMBERS = (int, float)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A view under a name; the first nine have keys."""

    name: str
    view: MapView


def written(bookmarks: Sequence[Bookmark]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "lon": one.view.lon, "lat": one.view.lat, "zoom": one.view.zoom}
        for one in bookmarks
    ]


def of_document(document: Any) -> list[Bookmark]:
    """Those that are whole; anything else is passed over."""
    found: list[Bookmark] = []
    for one in document if isinstance(document, list) else ():
        view = _view(one) if isinstance(one, dict) else None
        name = one.get("name") if isinstance(one, dict) else None
        if view is None or not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            continue
        if name not in {known.name for known in found}:
            found.append(Bookmark(name, view))
    return found[:MOST]


def _view(told: dict[str, Any]) -> MapView | None:
    lon, lat, zoom = (told.get(key) for key in ("lon", "lat", "zoom"))
    if type(zoom) is not int or type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
        return None
    assert lon is not None
    assert lat is not None
    right = -180 <= lon <= 180 and -90 <= lat <= 90 and 0 <= zoom <= 24
    return MapView(float(lon), float(lat), zoom) if right else None


def with_bookmark(bookmarks: Sequence[Bookmark], fresh: Bookmark) -> list[Bookmark]:
    """With one more, in the place of one of its name. Raises Refused("too_many_bookmarks")."""
    if any(one.name == fresh.name for one in bookmarks):
        return [fresh if one.name == fresh.name else one for one in bookmarks]
    if len(bookmarks) >= MOST:
        raise Refused("too_many_bookmarks", most=MOST)
    return [*bookmarks, fresh]
