"""The map of a large city from far away: responsibility grids stand for unit grids, and it is said."""

import struct
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.map_page import WAIT_MS, OpenMap, theme

pytestmark = pytest.mark.web

CELLS = 62_500


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[OpenMap]:
    made = OpenMap(qtbot, cells=CELLS)
    yield made
    made.close()


def test_that_far_away_a_responsibility_grid_has_the_class_of_its_hottest_cell(
    opened: OpenMap, qtbot: QtBot
) -> None:
    hot, beside = 250 * 125 + 124, 250 * 125 + 127  # in one responsibility grid, some cells apart
    levels = bytearray(CELLS)
    levels[hot], levels[0] = 5, 3
    opened.panel.show_cells(bytes(levels), struct.pack(f"<{CELLS}H", *levels))
    opened.panel.declare("layers", {})
    opened.panel.set_part("layers", {name: [0, 100] for name in ("names", "districts", "streets", "roads")})
    qtbot.waitUntil(lambda: opened.run("gridConsole.grid.coarse.ready"), timeout=WAIT_MS)
    grid_of = "gridConsole.grid.coarse.gridOf"
    assert opened.run(f"{grid_of}[{hot}] === {grid_of}[{beside}]")
    lon, lat = opened.made.place(hot)
    opened.run(f"gridConsole.goTo({lon}, {lat}, 10)")
    roles = theme()
    opened.until_colour(opened.point(f"gridConsole.pointOfCell({beside})"), roles["ramp_5"])
    assert opened.run("document.getElementById('coarse').hidden") is False
    opened.panel.update_cells({hot: (1, 1)})
    opened.until_colour(opened.point(f"gridConsole.pointOfCell({beside})"), roles["ramp_1"])
    opened.run(f"gridConsole.goTo({lon}, {lat}, 14)")
    opened.until_colour(opened.point(f"gridConsole.pointOfCell({hot})"), roles["ramp_1"])
    opened.until_colour(opened.point(f"gridConsole.pointOfCell({beside})"), roles["ramp_0"])
    assert opened.run("document.getElementById('coarse').hidden") is True


def test_that_after_steps_back_and_forth_the_level_of_the_map_is_seen(opened: OpenMap, qtbot: QtBot) -> None:
    lon, lat = opened.made.place(31_000)
    seen = (
        "[gridConsole.grid.tiles, gridConsole.grid.papers].every((layer) => !layer.isLoading()"
        " && !layer.isTurning() && layer._level.el.style.visibility === ''"
        " && layer._level.zoom === gridMap.getZoom()) && gridConsole.grid.standIn.sheet.hidden"
    )
    for steps in ((14, 15), (16, 15), (13, 12, 13), (17, 11, 17, 16), (16, 15, 16)):
        for zoom in steps:  # the next one before the last is drawn
            opened.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
        qtbot.waitUntil(lambda: opened.run(seen), timeout=WAIT_MS)
        assert opened.stats()["zoom"] == steps[-1]
        # Nothing of the levels between is left behind.
        qtbot.waitUntil(
            lambda: opened.run("Object.keys(gridConsole.grid.tiles._tiles).every((key) =>"
                               " key.endsWith(`:${gridMap.getZoom()}`))"), timeout=WAIT_MS)  # fmt: skip


def test_that_the_tiles_have_the_pixels_of_the_screen_at_every_zoom_of_the_interface(qtbot: QtBot) -> None:
    opened = OpenMap(qtbot)
    widths = (
        "[...gridConsole.grid.tiles.shown.keys(), ...gridConsole.grid.papers.shown.keys()]"
        ".map((canvas) => canvas.width)"
    )
    for factor in (1.5, 2.0, 0.8):
        opened.panel.set_zoom(factor)
        wanted = round(256 * factor * opened.panel.devicePixelRatioF())
        qtbot.waitUntil(
            lambda wanted=wanted: set(opened.run(widths)) == {wanted},  # type: ignore[misc]  # bound at once
            timeout=WAIT_MS,
        )
    opened.close()
