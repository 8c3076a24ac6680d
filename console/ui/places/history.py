"""The views the map came from and may go back to."""

from dataclasses import dataclass, field

MOST = 50
_SAME = 1e-6  # degrees: the page tells a view as it was rounded


@dataclass(frozen=True, slots=True)
class MapView:
    """The middle of the map in degrees, and the zoom level."""

    lon: float
    lat: float
    zoom: int

    def same_as(self, other: "MapView") -> bool:
        near = abs(self.lon - other.lon) <= _SAME and abs(self.lat - other.lat) <= _SAME
        return near and self.zoom == other.zoom


@dataclass
class History:
    """A line of views with a place in it, as that of a browser."""

    views: list[MapView] = field(default_factory=list)
    at: int = -1

    def visit(self, view: MapView) -> None:
        """The map shows this; what lay ahead is forgotten, unless it is where one went by the history."""
        if 0 <= self.at < len(self.views) and self.views[self.at].same_as(view):
            return
        del self.views[self.at + 1 :]
        self.views.append(view)
        del self.views[:-MOST]
        self.at = len(self.views) - 1

    def go(self, step: int) -> MapView | None:
        """The view so many steps on or back, None where there is none."""
        if not 0 <= self.at + step < len(self.views):
            return None
        self.at += step
        return self.views[self.at]
