"""A city as no city is: a polygon of a million vertices, no roads, no borders, coordinates that are none."""

import json
import math
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from console.ui.map.city import MapCity
from console.ui.map.panel import MapPanel
from tests.gui.map_page import WAIT_MS, OpenMap, theme
from tests.perf.map_city import LAT, LON, make_city, packed_cells

pytestmark = pytest.mark.web

MADE = make_city(400)


def collection(*geometries: object) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": "{{7*7}}<b>", "level": "district", "rank": 1},
            "geometry": one,
        }
        for one in geometries
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def ring(vertices: int) -> list[list[float]]:
    turns = (2 * math.pi * k / vertices for k in range(vertices + 1))
    return [[LON + 0.01 * math.cos(turn), LAT + 0.01 * math.sin(turn)] for turn in turns]


def million_in_a_border() -> MapCity:
    border = collection({"type": "Polygon", "coordinates": [ring(1_000_000)]})
    return MapCity(MADE.city.cells, MADE.city.cell_codes, MADE.city.roads, border)


def very_many_in_a_cell() -> MapCity:
    turns = [2 * math.pi * k / 200_000 for k in range(200_000)]
    huge = [(3000 * math.cos(turn), 3000 * math.sin(turn)) for turn in turns]
    return MapCity(packed_cells([[huge]]), ["410105001001001"])


def nothing_but_cells() -> MapCity:
    return MapCity(MADE.city.cells, MADE.city.cell_codes)


def geometry_that_is_none() -> MapCity:
    strange = [
        {"type": "LineString", "coordinates": []},
        {"type": "LineString", "coordinates": [[None, None], [LON, LAT]]},
        {"type": "Polygon", "coordinates": [[[1e308, 1e308], [-1e308, 5], [LON, 95]]]},
        {"type": "Nothing", "coordinates": "x"},
        None,
    ]
    return MapCity(MADE.city.cells, MADE.city.cell_codes, collection(*strange), collection(*strange))


@pytest.mark.parametrize(
    "city", [million_in_a_border, very_many_in_a_cell, nothing_but_cells, geometry_that_is_none]
)
def test_that_the_page_is_painted_and_lives(qtbot: QtBot, city: Callable[[], MapCity]) -> None:
    opened = OpenMap.__new__(OpenMap)
    opened.qtbot = qtbot
    opened.panel = MapPanel(theme())
    opened.panel.resize(700, 500)
    shown = city()
    with qtbot.waitSignal(opened.panel.painted, timeout=2 * WAIT_MS):
        opened.panel.show_city(shown)
        opened.panel.show()
    assert opened.stats()["cells"] == shown.cell_count
    opened.run(f"gridConsole.goTo({LON}, {LAT}, 15)")
    opened.until(lambda stats: stats["zoom"] == 15)
    assert opened.run("document.title") == "网格地图"
    opened.close()
