"""What the map should be showing now, and what of it the page has not been told yet."""

import json
import struct
from collections.abc import Mapping
from typing import Any

from console.domain.colouring import FEW
from console.ui.map.city import MapCity

_COUNT = struct.Struct("<H")
_MOST_CHANGES = 5_000
"""Beyond this many changed cells the whole arrays are quicker than a list of changes (measured)."""

_EMPTY_MARKS = struct.pack("<4sI2d", b"GCM1", 0, 0.0, 0.0)
_EMPTY_COLLECTION = b'{"type":"FeatureCollection","features":[]}'


class Scene:
    """The state of the map, kept here so that a page that died can be given all of it again.

    Small parts (selection, theme, words) travel inside the news; large ones (cells, marks) are only
    announced there, and the page fetches them by name.
    """

    def __init__(self, theme: Mapping[str, str], words: Mapping[str, str], font: str) -> None:
        self.city: MapCity | None = None
        self._levels = bytearray()
        self._counts = bytearray()
        self._marks = _EMPTY_MARKS
        self._small: dict[str, Any] = {
            "theme": dict(theme),
            "words": dict(words),
            "font": font,
            "selected": None,
            "filter": -1,
            "follow": False,
            "picking": False,
            "covered": 0,
            "bare": False,
            "badge": "",
            "names": {},
            "view": None,
            "bytes": {},
        }
        self._bytes: dict[str, bytes] = {}
        self._news: dict[str, Any] = {}
        self._changes: dict[int, tuple[int, int]] = {}
        self._number = 0

    def show_city(self, city: MapCity) -> None:
        """Start over with another city: no open cases, no marks, no selection, the whole city in view."""
        self.city = city
        self._levels = bytearray(city.cell_count)
        self._counts = bytearray(2 * city.cell_count)
        self._marks = _EMPTY_MARKS
        self._small.update(selected=None, filter=-1, view=None, badge=city.badge)
        self._forget_news()

    def show_cells(self, levels: bytes, counts: bytes) -> None:
        """Replace the state of all cells: one byte, and one little-endian u16, per cell."""
        if len(levels) != len(self._levels) or len(counts) != len(self._counts):
            raise ValueError(f"{len(self._levels)} cells but {len(levels)} levels, {len(counts)} count bytes")
        self._levels[:] = levels
        self._counts[:] = counts
        self._announce_cells()

    def update_cells(self, changed: Mapping[int, tuple[int, int]]) -> None:
        """Change some cells: index -> (class 0 to 6, open cases)."""
        cells = len(self._levels)
        for index, (level, _) in changed.items():
            if not (0 <= index < cells and 0 <= level <= FEW):
                raise ValueError(f"cell {index} of {cells} cannot have level {level}")
        for index, (level, count) in changed.items():
            shown = min(max(count, 0), 0xFFFF)
            self._levels[index] = level
            _COUNT.pack_into(self._counts, 2 * index, shown)
            self._changes[index] = (level, shown)
        if len(self._changes) > _MOST_CHANGES:
            self._announce_cells()

    def show_marks(self, marks: bytes) -> None:
        """Replace all marks (`packed_marks`)."""
        if marks[:4] != b"GCM1":
            raise ValueError("not packed marks")
        if marks != self._marks:  # most changes move no mark, and the page draws all of them anew
            self._marks = marks
            self._news["marks"] = True

    def set_small(self, name: str, value: Any) -> None:
        """Replace a small part and announce it; KeyError for an unknown one."""
        if name not in self._small:
            raise KeyError(name)
        if self._small[name] != value:
            self._small[name] = value
            self._news[name] = value

    def declare(self, name: str, value: Any) -> None:
        """Add a small part with what it is at the start; ValueError for a name that is taken."""
        if name in self._small:
            raise ValueError(name)
        self._small[name] = value

    def set_bytes(self, name: str, data: bytes) -> None:
        """Replace a large part of a feature and announce its new version (`resources/map/features.js`)."""
        if self._bytes.get(name) == data:
            return
        self._bytes[name] = data
        versions = dict(self._small["bytes"])
        versions[name] = versions.get(name, 0) + 1
        self.set_small("bytes", versions)

    def remember(self, **small: Any) -> None:
        """Note what the page itself has changed: a page that has to start again gets it back."""
        self._small.update(small)

    @property
    def view(self) -> tuple[float, float, int] | None:
        """Centre in degrees and zoom level, as the page last told or was told; None before."""
        view = self._small["view"]
        return None if view is None else (view["lon"], view["lat"], view["zoom"])

    @property
    def has_news(self) -> bool:
        return bool(self._news or self._changes)

    def take_news(self) -> tuple[int, bytes]:
        """What has changed since the last news, with its running number; then nothing is new.

        JSON: small parts by name, `cells` or `marks` true where the page should fetch them, `changes`
        as index, level, count, index, ...
        """
        news: dict[str, Any] = {"number": self._number, **self._news}
        if self._changes and "cells" not in self._news:
            news["changes"] = [part for index, state in self._changes.items() for part in (index, *state)]
        self._forget_news()
        number, self._number = self._number, self._number + 1
        return number, _json(news)

    def begin(self) -> None:
        """A page starts from nothing: what is new from now on is news, the rest it fetches whole."""
        self._forget_news()

    def whole(self) -> bytes:
        """Everything small, as JSON, for a page that starts."""
        return _json(self._small)

    def large(self, name: str) -> bytes | None:
        """A large part by name, None for an unknown one or without a city."""
        if self.city is None:
            return None
        match name:
            case "cells":
                return self.city.cells
            case "levels":
                return bytes(self._levels)
            case "counts":
                return bytes(self._counts)
            case "marks":
                return self._marks
            case "roads":
                return self.city.roads or _EMPTY_COLLECTION
            case "divisions":
                return self.city.divisions or _EMPTY_COLLECTION
            case "codes":
                return self.city.codes_document
        return self._bytes.get(name)

    def _announce_cells(self) -> None:
        self._changes.clear()
        self._news["cells"] = True

    def _forget_news(self) -> None:
        self._news.clear()
        self._changes.clear()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")
