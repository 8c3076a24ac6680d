"""The page of the grid map: the real web page behind the panel."""

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.testing.waiting import OPENING_S, until

if TYPE_CHECKING:
    from console.testing.console import Console

_CLOSE = 17

# What is hidden, or folded away, has no box.
_BOX = """id => { const box = document.getElementById(id)?.getBoundingClientRect();
    return box?.width ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null; }"""
_TEXT = "id => document.getElementById(id)?.innerText.trim() ?? ''"
_CONTROLS = """[...document.querySelectorAll('button[id], input[id], select[id]')]
    .filter((one) => one.getBoundingClientRect().width).map((one) => one.id)"""
_CHOOSE = """(id, words) => { const list = document.getElementById(id);
    const found = [...list?.options ?? []].find((one) => one.text === words);
    if (found) { list.value = found.value; list.dispatchEvent(new Event('change')); }
    return found ? null : [...list?.options ?? []].map((one) => one.text); }"""


class MapPage:
    """Cells by their codes, cases by their ids; points are pixels of the map panel."""

    def __init__(self, console: "Console") -> None:
        self._console = console
        self._followed = False

    def wait_until_painted(self) -> None:
        """Wait until the page has painted everything once, and is told all that comes from then on."""
        courier = self._console.window.map.courier
        until(
            lambda: courier.is_open and self.run("(window.gridConsole && gridConsole.stats().painted) || 0"),
            "the map is painted",
            OPENING_S,
        )
        self._followed = True

    def rest(self) -> None:
        """Wait until the page has drawn what it knows; it is not waited for while nobody sees it."""
        panel, answers = self._console.window.map, [False]

        def rests() -> bool:
            told = answers.pop() if answers else None
            if told is False:
                panel.run_script("gridConsole.stats().resting", answers.append)
            return bool(told)

        if self._followed and panel.courier.awake:
            until(lambda: not panel.courier.awake or rests(), "the map has drawn everything")

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

    def click(self, control: str) -> None:
        """Click a control of the map by its id: "layers", "zoom_in", "layer-roads"; a list's opens first."""
        box = self.run(f"({_BOX})({json.dumps(control)})")
        assert box is not None, f"the map shows no control {control}"
        self._click(self._placed(box))

    def choose(self, control: str, words: str) -> None:
        """Choose an entry of a list of the map by its words."""
        left = self.run(f"({_CHOOSE})({json.dumps(control)}, {json.dumps(words)})")
        assert left is None, f"{control} does not offer {words}: {left}"
        self._console.settle()

    def text(self, control: str) -> str:
        """What an element of the map says, by its id: "legend", "badge", "area-tag"; empty where hidden."""
        return str(self.run(f"({_TEXT})({json.dumps(control)})"))

    @property
    def controls(self) -> list[str]:
        """The ids of everything on the map that can be clicked or chosen now."""
        return list(self.run(_CONTROLS))

    @property
    def legend(self) -> list[str]:
        """What the legend says, from its title to the last mark; only the title while it is folded."""
        return self.text("legend").splitlines()

    @property
    def centre(self) -> tuple[float, float, int]:
        """Longitude and latitude (degrees, the map's own) of the middle, and the zoom."""
        lon, lat, zoom = self.run("(({lng, lat}) => [lng, lat, gridMap.getZoom()])(gridMap.getCenter())")
        return lon, lat, zoom

    def hover(self, point: QPoint) -> str:
        """Hold the pointer over a point of the panel; what the map then says of it."""
        surface = self._surface
        QTest.mouseMove(surface, surface.mapFrom(self._console.window.map, point))
        until(lambda: self.stats["tip"], "the map says what is there")
        return str(self.stats["tip"])

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

    @property
    def _surface(self) -> QWidget:
        surface = self._view.focusProxy()
        assert surface is not None, "the map has no page"
        return surface

    def _point(self, script: str) -> QPoint:
        found = self.run(script)
        assert found is not None, "there is no such thing on the map"
        return self._placed(found)

    def _placed(self, found: dict[str, float]) -> QPoint:
        factor = self._view.zoomFactor()  # how many pixels of the panel a pixel of the page is
        return QPoint(round(found["x"] * factor), round(found["y"] * factor))

    def _click(self, point: QPoint) -> None:
        panel, surface = self._console.window.map, self._surface
        QTest.mouseClick(surface, Qt.MouseButton.LeftButton, pos=surface.mapFrom(panel, point))
        self._console.settle()
