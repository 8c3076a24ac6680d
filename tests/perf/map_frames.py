"""What is timed inside a map page: the frames of a drag, a pan, a wheel, and of cells that change colour.

Every script waits for frames of the page itself (`requestAnimationFrame`), so a time is the time between two
pictures; what a picture shows is looked at by who calls (`tests.perf.map_speed.until_seen`).
"""

import json
from collections.abc import Callable
from typing import Any

from tests.perf.figures import percentile

Run = Callable[[str, Callable[[Any], None]], None]

# `map` is the page's Leaflet map; `loaded` tells when nothing is left to draw.
_TOOLS = """
const frame = () => new Promise(requestAnimationFrame);
const times = [];
let last = 0;
const begin = async () => { await frame(); last = await frame(); };
const next = async () => { const now = await frame(); times.push(now - last); last = now; };
// Until all of a change is seen: who draws it in the next frame only has it on the screen with the one after.
const shown = async () => {
  const one = await frame();
  const other = await frame();
  times.push(Math.max(one - last, other - one));
};
const box = map.getContainer();
const middle = () => map.getSize().divideBy(2);
const mouse = (type, x, y, target) => target.dispatchEvent(
  new MouseEvent(type, { bubbles: true, clientX: x, clientY: y, button: 0, buttons: 1, detail: 1 }));
const rest = async () => {
  let calm = 0;
  for (let k = 0; k < 600 && calm < 4; k++) { await frame(); calm = loaded() ? calm + 1 : 0; }
};
"""

PAN = """
await rest(); await begin();
for (let k = 0; k < 60; k++) {
  const way = Math.floor(k / 30) % 2 ? -1 : 1;
  map.panBy([24 * way, 14 * way], { animate: false });
  await next();
}
"""

# Down, 30 steps to one side and 30 back, up: as a hand drags.
DRAG = """
await rest(); await begin();
let { x, y } = middle();
mouse('mousedown', x, y, box);
for (let k = 0; k < 60; k++) {
  const way = Math.floor(k / 30) % 2 ? -1 : 1;
  x += 14 * way; y += 9 * way;
  mouse('mousemove', x, y, document.body);
  await next();
}
mouse('mouseup', x, y, document.body);
"""

# A notch of the wheel, and every frame until all of the new level is on the screen. `turns` are its steps.
WHEEL = """
await rest();
const steps = [];
for (const turn of TURNS) {
  const { x, y } = middle();
  const from = map.getZoom();
  box.dispatchEvent(new WheelEvent('wheel', { bubbles: true, clientX: x, clientY: y, deltaY: -turn * 120 }));
  last = await frame();
  const begun = last;
  // A frame that only waits for Leaflet's gathering of notches is none of the step's.
  while (map.getZoom() === from && performance.now() - begun < 1000) last = await frame();
  const moved = last;
  for (let calm = 0; calm < 2;) { await next(); calm = loaded() ? calm + 1 : 0; }
  steps.push(last - moved);
  await rest();
}
window.steps = steps;
"""

ONE = """
await rest();
for (let k = 0; k < 40; k++) {
  await frame(); last = await frame();
  paintOne(k);
  await shown();
}
"""

ALL = """
await rest();
for (let k = 0; k < 12; k++) {
  await frame(); await frame(); last = await frame();
  paintAll(k);
  await shown();
}
"""

# What the page of the product is asked for; `map_folium` has the same of its own.
OURS = """
const map = window.gridMap;
const { grid } = window.gridConsole;
const loaded = () => !grid.tiles.isLoading() && !grid.papers.isLoading() && grid.standIn.sheet.hidden;
const cells = grid.cells.count;
const paintOne = (k) => {
  const { lat, lng } = map.getCenter();
  const cell = Math.max(0, grid.cells.at(lng, lat));
  grid.take({ changes: [cell, 1 + (k % 5), 1] });
};
const paintAll = (k) => {
  grid.state.replace(grid.state.levels.map((level) => (level + 1 + (k % 2) * 4) % 6), grid.state.counts);
  grid.tiles.repaint();
};
const whole = () => grid.view.wholeCity();
const hit = (lng, lat) => grid.choosing.find(lng, lat).cell >= 0;
"""


def asked(run: Run, wait: Callable[[Callable[[], Any]], None], script: str) -> Any:
    """What the script leaves in `window.told`, as JSON; it may await. Waits as `wait` does."""
    run(f"window.told = ''; (async () => {{ {script} }})();", lambda answer: None)
    answers: list[str] = []
    wait(lambda: run("window.told", answers.append) or any(answers))  # seldom: it takes of the page's time
    return json.loads(next(answer for answer in answers if answer))


def frames(run: Run, wait: Callable[[Callable[[], Any]], None], script: str, page: str = OURS) -> list[float]:
    """The frames of one of the scripts, ms."""
    told: list[float] = asked(run, wait, page + _TOOLS + script + "window.told = JSON.stringify(times);")
    return told


def p95(times: list[float]) -> float:
    """The time below which 95 of 100 frames lie, ms."""
    return percentile(times, 0.95)


def wheel(turns: list[int]) -> str:
    """WHEEL over these notches, each -1 or 1."""
    return WHEEL.replace("TURNS", json.dumps(turns))


_HIT = """
const box = map.getBounds();
const [w, e, s, n] = [box.getWest(), box.getEast(), box.getSouth(), box.getNorth()];
let found = 0;
const begun = performance.now();
for (let k = 0; k < TRIALS; k++) {
  found += Number(hit(w + (e - w) * ((k * 0.6180339887) % 1), s + (n - s) * ((k * 0.7548776662) % 1)));
}
window.told = JSON.stringify([(performance.now() - begun) / TRIALS, found]);
"""


def hit_ms(
    run: Run, wait: Callable[[Callable[[], Any]], None], page: str = OURS, trials: int = 20_000
) -> float:
    """What it takes to find what lies at a place of the view, ms. Raises ValueError where nothing is."""
    took, found = asked(run, wait, page + _HIT.replace("TRIALS", str(trials)))
    if not found:
        raise ValueError("no place of the view has a cell")
    return float(took)
