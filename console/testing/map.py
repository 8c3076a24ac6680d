"""The page of the grid map: the real web page behind the panel."""

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView

from console.testing.waiting import until

if TYPE_CHECKING:
    from console.testing.console import Console

_CLOSE = 17


class MapPage:
    """Cells by their codes, cases by their ids; points are pixels of the map panel."""

    def __init__(self, console: "Console") -> None:
        self._console = console

    def wait_until_painted(self) -> None:
        """Wait until the page has painted everything once."""
        until(
            lambda: self.run("(window.gridConsole && gridConsole.stats().painted) || 0"), "the map is painted"
        )

    @property
    def stats(self) -> dict[str, Any]:
        """What the page says of itself: cells, open, marks, zoom, selected, filter, tip ..."""
        stats: dict[str, Any] = self.run("gridConsole.stats()")
        return stats

    def look_at_cell(self, code: str, zoom: int = _CLOSE) -> None:
        """Bring a unit grid into the middle. KeyError for a code that the city has not."""
        place = self.run(f"gridConsole.placeOfCell({self._index(code)})")
        self.look_at(place["lon"], place["lat"], zoom)

    def look_at(self, lon: float, lat: float, zoom: int = _CLOSE) -> None:
        """Bring a place (degrees) into the middle."""
        self.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
        until(lambda: self.stats["zoom"] == zoom, f"the map stands at zoom {zoom}")

    def click_cell(self, code: str) -> None:
        """Click a unit grid that is in view, beside its middle, where a mark may lie."""
        self._click(self.point_of_cell(code) + QPoint(34, 26))

    def click_case(self, case_id: int) -> None:
        """Click a case's mark that is in view."""
        self._click(self._point(f"gridConsole.pointOfCase({case_id})"))

    def has_mark(self, case_id: int) -> bool:
        """Whether the case has a mark."""
        return self.run(f"gridConsole.pointOfCase({case_id})") is not None

    def point_of_cell(self, code: str) -> QPoint:
        """Where a place inside the unit grid lies on the panel."""
        return self._point(f"gridConsole.pointOfCell({self._index(code)})")

    def colour(self, point: QPoint) -> str:
        """The colour of a pixel, as #rrggbb."""
        panel = self._console.window.map
        ratio = panel.devicePixelRatioF()
        return QColor(panel.grab().toImage().pixel(round(point.x() * ratio), round(point.y() * ratio))).name()

    def run(self, script: str) -> Any:
        """What a script of the test's own gives in the page, by way of JSON; never with text from outside."""
        answers: list[Any] = []
        self._console.window.map.run_script(f"JSON.stringify(({script}) ?? null)", answers.append)
        until(lambda: answers, "the page answers")
        return json.loads(answers[0]) if answers[0] else None

    @property
    def _view(self) -> QWebEngineView:
        view = self._console.window.map.findChild(QWebEngineView, "mapView")
        assert view is not None, "the map has no page"
        return view

    def _index(self, code: str) -> int:
        return self._console.window.map_link.index_of(code)

    def _point(self, script: str) -> QPoint:
        found = self.run(script)
        assert found is not None, "there is no such thing on the map"
        factor = self._view.zoomFactor()  # how many pixels of the panel a pixel of the page is
        return QPoint(round(found["x"] * factor), round(found["y"] * factor))

    def _click(self, point: QPoint) -> None:
        panel = self._console.window.map
        surface = self._view.focusProxy()
        assert surface is not None, "the map has no page"
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=surface.mapFrom(panel, point))
        self._console.settle()
