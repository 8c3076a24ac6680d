"""A site's own layers on the real page: drawn, named in the tip, and harmless whatever their files hold."""

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from console.geography.site_layer_names import SITE_LAYERS, stored_name
from console.geography.site_layers import SiteLayer, packed_layer
from console.ui.map.layers import at_first
from console.ui.map.panel import MapPanel
from console.ui.map.words import map_words
from tests.gui.map_page import WAIT_MS, OpenMap, theme
from tests.gui.test_map_page import HOSTILE
from tests.perf.map_city import LAT, LON, make_city

pytestmark = pytest.mark.web


def show(opened: OpenMap, **layers: bytes) -> None:
    opened.panel.declare("layers", at_first())
    opened.panel.set_part("layers", dict.fromkeys(at_first(), (True, 100)))
    for name, data in layers.items():
        opened.panel.set_bytes(stored_name(name), data)
    opened.until(lambda stats: stats["layers"]["components"] == 1)


def points(places: list[tuple[float, float]], names: list[str], code: str = "01003") -> bytes:
    xy = np.array(places, dtype=np.float64).reshape(-1, 2)
    nothing = np.zeros(len(places), dtype=np.int64)
    return packed_layer(SiteLayer(xy[:, 0], xy[:, 1], [(code, "雨水井盖")], nothing, names))


def areas(shapes: list[tuple[str, object]]) -> bytes:
    nothing = np.zeros(0)
    return packed_layer(SiteLayer(nothing, nothing, [], nothing.astype(np.int64), [], shapes))


def tip(opened: OpenMap, lon: float, lat: float, holds: str) -> str:
    """What the page says of a place, once it says so: a map that moves forgets the pointer."""
    point = opened.point(f"gridConsole.pointOfPlace({lon}, {lat})")
    seen = [""]

    def said() -> bool:
        opened.hover(point + QPoint(len(seen) % 2, 0))
        seen.append(opened.stats()["tip"])
        return holds in seen[-1]

    opened.qtbot.waitUntil(said, timeout=WAIT_MS)
    return seen[-1]


def test_that_points_and_areas_are_drawn_in_their_colours_and_named_in_the_tip(opened: OpenMap) -> None:
    lon, lat = opened.made.place(435)
    around = shapely.Point(lon, lat).buffer(0.003)
    show(
        opened,
        components=points([(lon, lat)], ["井 0001"]),
        flooding=points([(lon + 0.001, lat)], ["涵洞"]),
        campaigns=areas([("占道经营专项整治", around)]),
    )
    opened.run(f"gridConsole.goTo({lon}, {lat}, 17)")
    opened.until_colour(opened.point(f"gridConsole.pointOfPlace({lon}, {lat})"), theme()["component"])
    opened.until_colour(opened.point(f"gridConsole.pointOfPlace({lon + 0.001}, {lat})"), theme()["flooding"])
    told = tip(opened, lon, lat, "井 0001")
    assert "部件 · \u2068雨水井盖\u2069 · \u2068井 0001\u2069" in told.split("\n")
    assert "专项整治 · \u2068占道经营专项整治\u2069" in told.split("\n")
    opened.panel.set_part("layers", {**at_first(), "campaigns": (True, 100)})
    opened.until(lambda stats: stats["layers"]["components"] == 0)
    opened.hover(opened.point(f"gridConsole.pointOfPlace({lon}, {lat})") + QPoint(3, 3))
    opened.until(lambda stats: stats["tip"] and "井 0001" not in stats["tip"])
    assert "专项整治" in opened.stats()["tip"]


def test_that_hostile_names_in_every_layer_are_only_text(opened: OpenMap) -> None:
    lon, lat = opened.made.place(435)
    title = opened.run("document.title")
    for at, name in enumerate([*HOSTILE, "\u202eabc", "a\x00\x07b", "字" * 100_000]):
        here = points([(lon, lat)], [name])
        around = areas([(name, shapely.Point(lon, lat).buffer(0.003))])
        data = {layer: around if layer == "campaigns" else here for layer in SITE_LAYERS}
        if at:
            for layer, one in data.items():
                opened.panel.set_bytes(stored_name(layer), one)
        else:
            show(opened, **data)
        opened.run(f"gridConsole.goTo({lon}, {lat}, {16 + at % 2})")
        told = tip(opened, lon, lat, "部件")
        assert "\x00" not in told
        assert all(len(line) < 200 for line in told.split("\n"))
        assert told.count("\u2068") == told.count("\u2069") > 0
    assert opened.run("document.title") == title
    assert opened.run("document.querySelectorAll('#tip *').length") == 0
    assert opened.panel.outside_requests == []


def test_that_empty_and_broken_layers_leave_the_map_and_the_list_whole(opened: OpenMap) -> None:
    show(
        opened,
        components=points([], []),
        flooding=b"GCS1 but no more",
        campaigns=areas([]),
        own=points([(LON, LAT)], ["看得见"]),
    )
    opened.run("document.getElementById('layers').click()")
    opened.qtbot.waitUntil(
        lambda: opened.run("document.getElementById('layer-own') !== null"), timeout=WAIT_MS
    )
    listed = opened.run(
        "[...document.querySelectorAll('.layer-row input[type=checkbox]')].map((one) => one.id)"
    )
    assert "layer-flooding" not in listed
    assert "layer-components" not in listed
    assert "layer-campaigns" not in listed
    assert "layer-roads" in listed
    assert opened.stats()["tiles"] > 0


def test_that_a_city_without_roads_and_borders_is_a_map_all_the_same(qtbot: QtBot) -> None:
    made = make_city(100)
    panel = MapPanel(theme())
    panel.resize(600, 500)
    bare = replace(made.city, roads=b"", divisions=json.dumps({"type": "FeatureCollection"}).encode())
    with qtbot.waitSignal(panel.painted, timeout=WAIT_MS):
        panel.show_city(bare)
        panel.show()
    answers: list[object] = []
    panel.run_script("document.getElementById('layers').click()")
    panel.run_script(
        "[...document.querySelectorAll('.layer-row input[type=checkbox]')].map((one) => one.id).join()",
        answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)
    assert answers == ["layer-marks,layer-names,layer-cells"]
    with qtbot.waitSignal(panel.page_closed, timeout=WAIT_MS):
        panel.close_page()
    panel.close()
    panel.deleteLater()


def test_that_roads_and_areas_go_by_the_names_the_city_gives_them_in_each_language(opened: OpenMap) -> None:
    lon, lat = opened.made.place(435)
    line = [[lon - 0.02, lat], [lon + 0.02, lat]]
    facts = {"name": "金水路", "name_en": "Jinshui Road", "rank": 1}
    road = {"type": "Feature", "properties": facts, "geometry": {"type": "LineString", "coordinates": line}}
    roads = json.dumps({"type": "FeatureCollection", "features": [road]}).encode()
    with opened.qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS):
        opened.panel.show_city(replace(opened.made.city, roads=roads))
    written = (
        "[...gridConsole.grid.parts.labels.blocks.values()].flat()"
        ".map((one) => one.letters.map(([letter]) => letter).join(''))"
    )
    opened.run(f"gridConsole.goTo({lon}, {lat}, 15)")
    opened.until(lambda stats: stats["zoom"] == 15 and "金水路" in opened.run(written))
    opened.panel.show_words({**map_words(), "language": "en"})
    opened.until(lambda _stats: "Jinshui Road" in opened.run(written))
    assert "金水路" not in opened.run(written)
    told = json.loads(opened.made.city.divisions)["features"]
    opened.panel.set_part("names", {one["properties"]["name"]: "Some District" for one in told})
    assert "Some District" in tip(opened, lon, lat, "Some District")
