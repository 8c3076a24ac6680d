"""A map panel with a small made-up city on its real page, and ways to look at it and to click on it."""

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.system import resource
from console.ui.map.panel import MapPanel
from tests.perf.map_city import MadeCity, make_city

WAIT_MS = 60_000  # on a machine that others work on


def theme(name: str = "light") -> dict[str, str]:
    return tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))


class OpenMap:
    """The panel, its city, and the page behind it."""

    def __init__(self, qtbot: QtBot, names: Sequence[str] = (), *, cells: int = 900, badge: str = "") -> None:
        self.qtbot = qtbot
        self.made: MadeCity = make_city(cells, names=names, badge=badge)
        self.panel = MapPanel(theme())
        self.panel.resize(900, 700)
        with qtbot.waitSignal(self.panel.painted, timeout=WAIT_MS):
            self.panel.show_city(self.made.city)
            self.panel.show()

    def run(self, script: str) -> Any:
        """What the script gives, by way of JSON: the engine itself only returns plain values."""
        answers: list[Any] = []
        self.panel.run_script(f"JSON.stringify(({script}) ?? null)", answers.append)
        self.qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
        return json.loads(answers[0]) if answers[0] else None

    def stats(self) -> dict[str, Any]:
        stats: dict[str, Any] = self.run("gridConsole.stats()")
        return stats

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> None:
        """Wait until the page is so."""
        self.qtbot.waitUntil(lambda: holds(self.stats()), timeout=WAIT_MS)

    def show_only_cells(self) -> None:
        """Switch off, by the map's own list, what lies over the colours of the cells."""
        self.run("document.getElementById('layers').click()")
        switched = self.run(
            "[...document.querySelectorAll('.layer-row input[type=checkbox]')]"
            ".filter((tick) => tick.id !== 'layer-cells' && tick.id !== 'layer-marks' && tick.checked)"
            ".map((tick) => { tick.click(); return tick.id; })"
        )
        assert "layer-roads" in switched
        self.run("document.getElementById('layers').click()")

    def point(self, script: str) -> QPoint:
        """A point of the page as a point of the panel."""
        found = self.run(script)
        return QPoint(round(found["x"]), round(found["y"]))

    def colour(self, point: QPoint) -> str:
        ratio = self.panel.devicePixelRatioF()
        picture = self.panel.grab().toImage()
        return QColor(picture.pixel(round(point.x() * ratio), round(point.y() * ratio))).name()

    def until_colour(self, point: QPoint, colour: str) -> None:
        self.qtbot.waitUntil(lambda: self.colour(point) == colour, timeout=WAIT_MS)

    def click(self, point: QPoint) -> None:
        self.qtbot.mouseClick(self.surface, Qt.MouseButton.LeftButton, pos=self._on_surface(point))

    def hover(self, point: QPoint) -> None:
        self.qtbot.mouseMove(self.surface, self._on_surface(point))

    def close(self) -> None:
        with self.qtbot.waitSignal(self.panel.page_closed, timeout=WAIT_MS):
            self.panel.close_page()
        self.panel.close()
        self.panel.deleteLater()

    @property
    def surface(self) -> QWidget:
        """The widget of the engine that takes mouse and keys."""
        view = self.panel.findChild(QWidget, "mapView")
        assert view is not None
        surface = view.focusProxy()
        assert surface is not None
        return surface

    def _on_surface(self, point: QPoint) -> QPoint:
        return self.surface.mapFrom(self.panel, point)


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[OpenMap]:
    """A map of 900 cells, closed at the end."""
    made = OpenMap(qtbot)
    yield made
    made.close()
