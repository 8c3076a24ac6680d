"""The map looks as stored, layer by layer and colouring by colouring, in both themes."""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from console.domain.colouring import BY_KEY, FEW, Wish
from console.geography.site_layer_names import stored_name
from console.geography.site_layers import SiteLayer, packed_layer
from console.settings import Settings
from console.ui.map.layers import LAYERS
from console.ui.map.marks import packed_marks
from console.ui.map.panel import MapPanel
from console.ui.mapping.colour_words import live, title_of
from tests.golden.pictures import HOW, STORED, WRITING, check, picture_of
from tests.gui.map_page import WAIT_MS, OpenMap, theme
from tests.gui.seats import OpenSeat
from tests.gui.window_map import WindowMap
from tests.perf.map_city import make_city, make_marks, make_state

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(
        not WRITING and not any(STORED.glob("map-*.png")), reason=f"no pictures are stored: {HOW}"
    ),
]

SIZE = (440, 340)
THEMES = ("light", "dark")
_NEAR = {"components": 17, "responsibility": 15, "roads": 15, "names": 15, "streets": 13}
_MIDDLE = (113.65, 34.76)


class SmallMap(OpenMap):
    """A map of a few hundred pixels with something on every layer."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        self.qtbot = qtbot
        self.made = make_city(900)
        self.panel = MapPanel(theme(name))
        self.panel.resize(*SIZE)
        self.panel.set_bare(True)
        self.panel.declare("layers", only(""))
        city = replace(self.made.city, divisions=with_committee(self.made.city.divisions))
        with qtbot.waitSignal(self.panel.painted, timeout=WAIT_MS):
            self.panel.show_city(city)
            self.panel.show_cells(*make_state(900))
            self.panel.show_marks(packed_marks(make_marks(self.made, 60)))
            for layer, data in site_layers().items():
                self.panel.set_bytes(layer, data)
            self.panel.show()
        self.until(lambda stats: stats["held"] == 6)


def only(layer: str) -> dict[str, tuple[bool, int]]:
    return {name: (name == layer, 100) for name in LAYERS}


def with_committee(divisions: bytes) -> bytes:
    told = json.loads(divisions)
    area = shapely.box(_MIDDLE[0] - 0.008, _MIDDLE[1] - 0.006, _MIDDLE[0] + 0.009, _MIDDLE[1] + 0.005)
    facts = {"code": "c", "name": "新区管委会", "level": "committee"}
    told["features"].append({"type": "Feature", "properties": facts, "geometry": area.__geo_interface__})
    return json.dumps(told).encode()


def site_layers() -> dict[str, bytes]:
    """Nine of each kind of point around the middle, two areas and a saved one."""
    turn = np.linspace(0, 2 * np.pi, 9, endpoint=False)

    def points(reach: float, classes: list[tuple[str, str]]) -> bytes:
        lon, lat = _MIDDLE[0] + reach * np.cos(turn), _MIDDLE[1] + reach * np.sin(turn)
        kinds = np.arange(9) % len(classes)
        return packed_layer(SiteLayer(lon, lat, classes, kinds, [f"点{at}" for at in range(9)]))

    majors = [(f"0{at}001", "") for at in range(1, 6)]
    areas = [
        (name, shapely.Point(_MIDDLE[0] + aside, _MIDDLE[1]).buffer(0.006))
        for name, aside in (("整治甲", -0.007), ("整治乙", 0.008))
    ]
    kept = [
        ("选区甲", shapely.box(_MIDDLE[0] - 0.004, _MIDDLE[1] - 0.01, _MIDDLE[0] + 0.006, _MIDDLE[1] - 0.003))
    ]
    nothing = np.zeros(0)
    return {
        stored_name("saved"): packed_layer(
            SiteLayer(nothing, nothing, [], nothing.astype(np.int64), [], kept)
        ),
        stored_name("components"): points(0.0012, majors),
        stored_name("flooding"): points(0.009, [("", "")]),
        stored_name("own"): points(0.009, [("", "")]),
        stored_name("patrollers"): points(0.009, [("", ""), ("", "")]),
        stored_name("campaigns"): packed_layer(
            SiteLayer(nothing, nothing, [], nothing.astype(np.int64), [], areas)
        ),
    }


@pytest.fixture(params=THEMES)
def small(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[tuple[SmallMap, str]]:
    made = SmallMap(qtbot, request.param)
    yield made, request.param
    made.close()


def steady(shown: OpenMap, panel: MapPanel) -> None:
    """Wait until everything is drawn and has come to the screen: some looks in a row are the same."""
    shown.until(lambda stats: stats["resting"])
    seen = [panel.grab().toImage()]
    while len(seen) < 100 and not (len(seen) > 3 and seen[-1] == seen[-2] == seen[-3] and is_drawn(seen[-1])):
        shown.qtbot.wait(50)
        seen.append(panel.grab().toImage())
    assert is_drawn(seen[-1])


def is_drawn(image: QImage) -> bool:
    """Whether there is anything: a page may be done before its first frame is on the screen."""
    across, down = range(0, image.width(), 5), range(0, image.height(), 5)
    return len({image.pixel(x, y) for x in across for y in down}) > 3


def test_that_every_layer_looks_as_stored(small: tuple[SmallMap, str]) -> None:
    shown, name = small
    wrong = []
    for layer in LAYERS:
        shown.run(f"gridConsole.goTo({_MIDDLE[0]}, {_MIDDLE[1]}, {_NEAR.get(layer, 14)})")
        wanted = only(layer)
        if layer == "names":  # of the layers that are shown
            wanted |= {"roads": (True, 40), "districts": (True, 100)}
        shown.panel.set_part("layers", wanted)
        shown.until(
            lambda stats, wanted=wanted: all(
                bool(stats["layers"][one]) == on for one, (on, _) in wanted.items()
            )
        )  # type: ignore[misc]
        steady(shown, shown.panel)
        wrong.append(check(picture_of(shown.panel.grab()), f"map-layer-{layer}-{name}"))
    assert not any(wrong), "\n".join(filter(None, wrong))


def test_that_every_class_has_its_very_colour_above_and_below_street_level(
    small: tuple[SmallMap, str],
) -> None:
    shown, name = small
    roles = theme(name)
    shown.panel.declare("colouring", live(Wish()))
    shown.panel.set_part("layers", only("cells"))
    levels = bytearray(900)
    classes = {433 + at: at for at in range(FEW + 1)}
    for cell, level in classes.items():
        levels[cell] = level
    shown.panel.show_cells(bytes(levels), bytes(1800))
    for family in ("ramp", "rate"):
        shown.panel.set_part("colouring", {**live(Wish()), "family": family})
        for zoom in (13, 15):
            lon, lat = shown.made.place(436)
            shown.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
            for cell, level in classes.items():
                point = shown.point(f"gridConsole.pointOfCell({cell})")
                wanted = {roles["few"], roles["few_line"]} if level == FEW else {roles[f"{family}_{level}"]}
                shown.qtbot.waitUntil(lambda at=point, of=wanted: shown.colour(at) in of, timeout=WAIT_MS)  # type: ignore[misc]
                if level == FEW:  # told by a pattern too
                    shown.qtbot.waitUntil(lambda at=point, of=wanted: lined(shown, at) == of, timeout=WAIT_MS)  # type: ignore[misc]


def lined(shown: OpenMap, at: QPoint) -> set[str]:
    """The colours along eight pixels of a row."""
    return {shown.colour(at + QPoint(step, 0)) for step in range(-4, 4)}


@pytest.mark.parametrize("name", THEMES)
def test_that_every_colouring_looks_as_stored_with_its_legend(open_seat: OpenSeat, name: str) -> None:
    seat = open_seat(page=True, opened=False, settings=Settings(theme=name))
    seat.open_painted()
    seat.resize(1366, 768)
    shown = WindowMap(seat)
    colours = seat.window.charting.colours
    wrong = []
    for key in BY_KEY:
        wish = Wish(key, Wish(key).colouring.usual, 90)
        colours.colour(wish)
        seat.until(lambda: colours.soon.idle)
        shown.qtbot.waitUntil(
            lambda key=key: shown.run("document.getElementById('legend-fold').textContent") == title_of(key),  # type: ignore[misc]
            timeout=WAIT_MS,
        )
        steady(shown, seat.window.map)
        wrong.append(check(picture_of(seat.window.map.grab()), f"map-colouring-{key}-{name}"))
    assert not any(wrong), "\n".join(filter(None, wrong))
