"""What is laid over the map looks as stored in both themes: patterns, tools, base maps, the past."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import qasync
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from console.geography.density import density, packed_density
from console.settings import Settings
from console.ui.map.owners import packed_owners
from console.ui.map.panel import MapPanel
from console.ui.selection import Selection
from console.ui.spread.spreading import Spreading
from tests.adapters.tile_files import (
    bounds_of,
    picture_tiles,
    streets,
    vector_tiles,
    write_mbtiles,
    write_pmtiles,
)
from tests.golden.pictures import HOW, STORED, WRITING, check, picture_of
from tests.golden.test_map_pictures import SmallMap, only, steady
from tests.gui.map_page import OpenMap
from tests.gui.seat import NOW, Seat
from tests.gui.seats import OpenSeat
from tests.gui.test_map_basemap import city_roads, opened_map, strengthen
from tests.gui.test_map_spread import made_spots
from tests.gui.test_replay_page import turned

THEMES = ("light", "dark")

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(
        not WRITING and not any(STORED.glob("map-tool-*.png")), reason=f"no pictures are stored: {HOW}"
    ),
]


class ToolMap(SmallMap):
    """The small map with the part of the window that shows patterns."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        super().__init__(qtbot, name)
        self.name = name
        for part, nothing in (("area", ""), ("moving", None), ("spot", None), ("locked", False)):
            self.panel.declare(part, nothing)
        self.part = Spreading(self.panel, Selection(), pytest.fail, self.panel)
        self.panel.set_part("layers", only("cells") | {"marks": (True, 100)})
        self.lon, self.lat = self.made.place(465)

    def look(self, zoom: int) -> None:
        self.run(f"gridConsole.goTo({self.lon}, {self.lat}, {zoom})")
        self.until(lambda stats: stats["zoom"] == zoom)

    def choose(self, **choice: object) -> None:
        self.panel.set_part("spread", asdict(self.part.choice) | choice)

    def taken(self, tool: str) -> str:
        steady(self, self.panel)
        return check(picture_of(self.panel.grab()), f"map-tool-{tool}-{self.name}")

    def at(self, east: float, north: float) -> QPoint:
        return self.point(f"gridConsole.pointOfPlace({self.lon + east}, {self.lat + north})")


@pytest.fixture(params=THEMES)
def small(request: pytest.FixtureRequest, qtbot: QtBot, loop: qasync.QEventLoop) -> Iterator[ToolMap]:
    made = ToolMap(qtbot, request.param)
    yield made
    made.close()


def test_that_patterns_and_tools_look_as_stored(small: ToolMap) -> None:
    wrong = [heat(small), clusters(small), hot(small), near(small)]
    small.panel.set_bare(False)
    wrong += [measure(small), area(small), move(small), places(small)]
    assert not any(wrong), "\n".join(filter(None, wrong))


def heat(small: ToolMap) -> str:
    dice = np.random.default_rng(3)
    lon, lat = (dice.normal(middle, 0.004, 60) for middle in (small.lon, small.lat))
    found = density(lon, lat, 300.0)
    small.panel.set_bytes("heat", packed_density(found))
    told = {"count": 60, "bandwidth": 300, "peak": round(found.peak, 1), "breaks": list(found.breaks)}
    small.panel.set_part("spread_told", {"heat": told})
    small.look(14)
    small.choose(heat=True)
    small.until(lambda stats: "300" in small.run("document.getElementById('spread-legend').textContent"))
    return small.taken("heat")


def clusters(small: ToolMap) -> str:
    small.look(13)
    small.choose(heat=False, clusters=True)
    small.until(lambda _stats: "300" not in small.run("document.getElementById('spread-legend').textContent"))
    return small.taken("clusters")


def hot(small: ToolMap) -> str:
    kinds = {463: 3, 464: 3, 434: 2, 465: 1, 467: -1, 468: -2, 438: -3, 498: -3}
    small.panel.set_bytes("hotspots", made_spots(900, kinds))
    small.panel.set_part(
        "spread_told", {"hot": {"count": 90, "numbers": [2, 1, 1, 892, 1, 1, 2], "sparse": False}}
    )
    small.look(15)
    small.choose(hot=1, clusters=False)
    small.until(lambda _stats: "90" in small.run("document.getElementById('spread-legend').textContent"))
    return small.taken("hot")


def near(small: ToolMap) -> str:
    around = [
        [900 + at, small.lon + 0.0006 * (at - 3), small.lat + 0.0004 * (at % 3 - 1), at % 2]
        for at in range(7)
    ]
    told = {"lon": small.lon, "lat": small.lat, "metres": 200, "covered": 0.0, "cases": around}
    small.choose(hot=0)
    small.look(16)
    small.panel.set_bytes("near", json.dumps(told).encode())
    small.until(lambda _stats: small.run("document.getElementById('spread-legend')?.hidden ?? true"))
    return small.taken("near")


def measure(small: ToolMap) -> str:
    small.panel.set_bytes("near", b"{}")
    small.run("document.getElementById('measure').click()")
    small.look(15)
    for east, north in ((-0.003, -0.002), (0.0, 0.002), (0.003, -0.001)):
        small.click(small.at(east, north))
    small.until(lambda _stats: " m" in small.run("document.getElementById('measure-note').textContent"))
    small.run("document.getElementById('map_grid').focus()")
    small.hover(small.at(0.0035, 0.0045))
    return small.taken("measure")


def area(small: ToolMap) -> str:
    small.run("document.getElementById('measure').click()")
    ring = [(-0.003, -0.001), (0.0, 0.003), (0.003, 0.0), (0.001, -0.003)]
    rings = [[[small.lon + east, small.lat + north] for east, north in ring]]
    small.panel.set_bytes("area", json.dumps(rings).encode())
    small.panel.set_part("area", "整治片区")
    small.until(lambda _stats: small.run("document.getElementById('area-words')?.textContent") == "整治片区")
    return small.taken("area")


def move(small: ToolMap) -> str:
    """The case on its way, and how far the next borders are from the pointer, with both sides named."""
    small.panel.set_bytes("area", b"[]")
    small.panel.set_part("area", "")
    grids = [f"责任网格{at // 90}" for at in range(900)]
    areas = ["金水区" if at % 30 < 15 else "中原区" for at in range(900)]
    small.panel.set_bytes("owners", packed_owners(grids, areas, str))
    small.panel.set_part("moving", {"from": [small.lon - 0.002, small.lat], "to": [small.lon, small.lat]})
    small.look(16)
    small.until(lambda _stats: "中原区" in tip(small))
    return small.taken("move")


def tip(small: ToolMap) -> str:
    small.hover(small.at(0.0004, 0.0012))
    told: str = small.stats()["tip"]
    return told


def places(small: ToolMap) -> str:
    small.panel.set_part("moving", None)
    small.panel.set_part("spot", [small.lon, small.lat])
    small.panel.set_part("locked", True)
    small.hover(small.at(0.0012, 0.0022))
    small.until(
        lambda _stats: (
            small.run("document.getElementById('lock_view').getAttribute('aria-pressed')") == "true"
        )
    )
    return small.taken("places")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("kind", ["raster", "vector"])
def test_that_a_base_map_looks_as_stored(open_seat: OpenSeat, tmp_path: Path, kind: str, name: str) -> None:
    seat = open_seat(page=True, settings=Settings(theme=name))
    lines = city_roads()
    middle = np.median(np.concatenate(lines), axis=0)
    lines = [*lines, *streets(5, *map(float, middle))[:25]]
    if kind == "raster":
        path = write_mbtiles(tmp_path / "city.mbtiles", picture_tiles(lines, 15))
    else:
        path = write_pmtiles(tmp_path / "city.pmtiles", vector_tiles(lines), bounds_of(lines))
    shown = opened_map(seat, path)
    seat.resize(1000, 700)
    strengthen(shown, seat)
    shown.run(f"gridConsole.goTo({middle[0]}, {middle[1]}, 15)")
    steady(shown, seat.window.map)
    wrong = check(picture_of(seat.window.map.grab()), f"map-tool-{kind}-{name}")
    assert not wrong, wrong


@pytest.mark.parametrize("name", THEMES)
def test_that_the_map_of_the_past_looks_as_stored(open_seat: OpenSeat, name: str) -> None:
    seat = open_seat(page=True, settings=Settings(theme=name))
    page = turned(seat)
    assert page.map is not None
    seat.until(lambda: page.map is not None and not page.map._notice.isVisible())
    shown = past_map(seat, page.map)
    shown.run("gridConsole.grid.view.wholeCity()")  # it may have opened in a smaller panel
    page.seek(NOW - timedelta(hours=2))
    assert page.past is not None
    marks = int(page.past.at(NOW - timedelta(hours=2)).placed.sum())
    shown.until(lambda stats: stats["marks"] == marks)
    steady(shown, page.map)
    wrong = check(picture_of(page.map.grab()), f"map-tool-replay-{name}")
    assert not wrong, wrong
    seat.press("Esc")
    seat.until(lambda: page.map is None)


def past_map(seat: Seat, panel: MapPanel) -> OpenMap:
    shown = OpenMap.__new__(OpenMap)
    shown.qtbot, shown.panel = seat.qtbot, panel
    return shown
