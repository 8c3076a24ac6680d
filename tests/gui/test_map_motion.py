"""The moving map on its real page: it ends where it should, and moves nothing along that is not there."""

import json

import pytest
from pytestqt.qtbot import QtBot

from tests.gui.map_page import WAIT_MS, OpenMap, theme

pytestmark = pytest.mark.web

# Steps to one side, a frame each; kept of each: where the map's pane lies, and how far beyond the end.
PAN_OUT = """
(() => {
  const { map } = gridConsole.grid;
  const frame = () => new Promise(requestAnimationFrame);
  window.moved = null;
  (async () => {
    const found = [];
    for (let k = 0; k < 60; k++) {
      map.panBy([120, 40], { animate: false });
      await frame();
      const { x, y } = L.DomUtil.getPosition(map.getPane('mapPane'));
      const seen = map.getBounds();
      const beyond = Math.max(0, seen.getEast() - map.options.maxBounds.getEast());
      found.push([x, y, beyond * 2 ** map.getZoom() * 256 / 360]);
    }
    window.moved = found;
  })();
})()
"""

# The canvases that no tile has any more, of both layers.
SPARED = """
[gridConsole.grid.tiles, gridConsole.grid.papers].map(({ spare }) => (
  { canvases: spare.length, pixels: spare.reduce((sum, { width, height }) => sum + width * height, 0) }))
"""

DRAG_OUT = """
(() => {
  const { map } = gridConsole.grid;
  const mouse = (type, x, y, target) => target.dispatchEvent(
    new MouseEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0, buttons: 1, detail: 1 }));
  const found = [];
  mouse('mousedown', 800, 600, map.getContainer());
  for (let k = 1; k <= 40; k++) {
    mouse('mousemove', 800 - 150 * k, 600 - 7 * k, document.body);
    const east = map.containerPointToLatLng([map.getSize().x, 0]).lng;
    found.push((east - map.options.maxBounds.getEast()) * 2 ** map.getZoom() * 256 / 360);
  }
  mouse('mouseup', -4000, 0, document.body);
  return found;
})()
"""


def test_that_the_map_comes_back_from_beyond_its_end_at_once_and_on_whole_pixels(
    opened: OpenMap, qtbot: QtBot
) -> None:
    opened.run(PAN_OUT)
    qtbot.waitUntil(lambda: opened.run("window.moved") is not None, timeout=WAIT_MS)
    moved = opened.run("window.moved")
    assert all(x == round(x) and y == round(y) for x, y, _beyond in moved)  # between them all is smoothed
    assert max(beyond for _x, _y, beyond in moved) < 2  # never seen there, not even for a frame
    assert moved[-1][0] == moved[-5][0] < moved[0][0]  # and it did get there


def test_that_a_canvas_long_without_a_tile_holds_no_picture(opened: OpenMap, qtbot: QtBot) -> None:
    opened.run(PAN_OUT)
    qtbot.waitUntil(lambda: opened.run("window.moved") is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: all(one["canvases"] for one in opened.run(SPARED)), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not any(one["pixels"] for one in opened.run(SPARED)), timeout=WAIT_MS)
    assert all(one["canvases"] for one in opened.run(SPARED))


def test_that_a_drag_stops_where_the_map_ends(opened: OpenMap) -> None:
    beyond = opened.run(DRAG_OUT)
    assert max(beyond) < 2
    assert beyond[-1] > -2 > beyond[0]


def test_that_a_city_smaller_than_the_view_is_dragged_without_a_jump(opened: OpenMap) -> None:
    jumps = opened.run(
        "(() => { const map = gridMap; const mouse = (type, x, y, target) => target.dispatchEvent("
        "new MouseEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0, buttons: 1, detail: 1 }));"
        "const at = () => L.DomUtil.getPosition(map.getPane('mapPane')).x; const found = [];"
        "map.options.maxBounds = map.getBounds().pad(-0.2);"
        "mouse('mousedown', 400, 300, map.getContainer());"
        "for (let k = 1; k <= 5; k++) { const was = at();"
        " mouse('mousemove', 400 + 10 * k, 300, document.body); found.push(at() - was); }"
        "mouse('mouseup', 450, 300, document.body); return found; })()"
    )
    assert jumps == [10, 10, 10, 10, 10]


def test_that_the_canvas_of_what_is_drawn_by_hand_is_there_only_while_there_is_something(
    opened: OpenMap, qtbot: QtBot
) -> None:
    hidden = "gridConsole.grid.sketch.sheet.hidden"
    assert opened.run(hidden) is True
    opened.run("gridConsole.panBy(40, 30)")
    assert opened.run(hidden) is True
    lon, lat = opened.made.place(450)
    around = {"lon": lon, "lat": lat, "metres": 500, "covered": 0, "cases": []}
    opened.panel.set_bytes("near", json.dumps(around).encode())
    qtbot.waitUntil(lambda: opened.run(hidden) is False, timeout=WAIT_MS)
    top = opened.point(f"gridConsole.pointOfPlace({lon}, {lat} + 500 / 111133)")
    near = [(x, y) for x in range(-6, 7) for y in range(-2, 3)]

    def ring_is_seen() -> bool:
        picture = opened.panel.grab().toImage()
        colours = {picture.pixelColor(top.x() + x, top.y() + y).name() for x, y in near}
        return theme()["accent"] in colours

    qtbot.waitUntil(ring_is_seen, timeout=WAIT_MS)
    opened.panel.set_bytes("near", b"{}")
    qtbot.waitUntil(lambda: opened.run(hidden) is True, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not ring_is_seen(), timeout=WAIT_MS)


def test_that_the_scale_is_written_only_when_it_says_something_else(opened: OpenMap) -> None:
    text = "document.querySelector('.leaflet-control-scale-line')"
    opened.run(f"window.scaleText = {text}.firstChild, 1")
    said = opened.run(f"{text}.textContent")
    assert said.endswith("m")
    for _step in range(5):
        opened.run("gridConsole.panBy(30, 10)")
    assert opened.run(f"{text}.firstChild === window.scaleText")
    opened.run("gridMap.setZoom(gridMap.getZoom() + 2) && 1")
    assert opened.run(f"{text}.textContent") != said
