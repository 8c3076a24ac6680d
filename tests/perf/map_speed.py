"""The map beside plain folium: the same 38,515 cells, 1600 x 900, each side in a process of its own.

    python -m tests.perf.map_speed

Ours also draws roads and borders, which the other side does not have. Before any time is believed the
picture is looked at: a blank map is quick.
"""

import json
import os
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from console.system import resource
from tests.perf.map_city import make_city, make_marks, make_state

CELLS = 38_515
SIZE = (1600, 900)
LOADS = 5
STEPS = 60
MANY_MARKS = 5_000
# Of 1600 x 900 pixels the city takes 40 %, and a quarter of its cells have a colour of their own.
LEAST_COLOURED = 40_000
PATIENCE_MS = 120_000
SETTLED_S = 0.5

# One step a frame, as by an impatient hand: 720 px away and back again.
PAN = """
window.panned = '';
(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  await frame();
  let last = await frame();
  for (let k = 0; k < %d; k++) {
    const way = Math.floor(k / 30) %% 2 ? -1 : 1;
    %s.panBy([24 * way, 14 * way], { animate: false });
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  times.sort((a, b) => a - b);
  window.panned = String(times[Math.ceil(times.length * 0.95) - 1]);
})();
"""


def records() -> Iterator[dict[str, object]]:
    """One record per figure; `beside` is plain folium.GeoJson on a canvas in the same run."""
    ours, folium = measure("ours"), measure("folium")
    yield record("map: page opened to first full paint", "s", ours["load"], folium["load"], 0.3)
    yield record("map: pan frame p95, whole city", "ms", ours["pan"], folium["pan"], 17)
    yield record("map: pan frame p95, 5,000 marks", "ms", ours["pan_marked"], None, 17)


def record(name: str, unit: str, value: float, beside: float | None, target: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "beside": None if beside is None else round(beside, 3),
        "ratio": None if beside is None else round(value / beside, 3),
        "target": target,
        "met": round(value, 2) <= target,
    }


def measure(side: str) -> dict[str, float]:
    """The figures of one side, from a child. Raises CalledProcessError when it breaks off."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    child = subprocess.run(
        [sys.executable, "-m", "tests.perf.map_speed", side],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=300,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures


def until(holds: Callable[[], Any], every_ms: int = 10) -> None:
    """Run the event loop, idle in between, until something holds. Raises TimeoutError."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    poll, end = QTimer(), QTimer()
    poll.timeout.connect(lambda: holds() and loop.exit(0))
    end.setSingleShot(True)
    end.timeout.connect(lambda: loop.exit(1))
    poll.start(every_ms)
    end.start(PATIENCE_MS)
    if loop.exec():
        raise TimeoutError


def settle() -> None:
    """Let the last page come to rest: taking it down is no part of opening the next."""
    begun = time.perf_counter()
    until(lambda: time.perf_counter() - begun > SETTLED_S)


def more_than(loads: list[float]) -> Callable[[], bool]:
    """Whether there is one more than now."""
    count = len(loads)
    return lambda: len(loads) > count


def pan(run: Callable[[str, Callable[[Any], None]], None], name: str) -> float:
    """The 95th percentile of the time between frames while panning, ms."""
    answers: list[str] = []
    run(PAN % (STEPS, name), lambda result: None)
    until(lambda: run("window.panned", answers.append) or any(answers))
    return float(next(answer for answer in answers if answer))


def until_seen(widget: Any, said: float, least: int = LEAST_COLOURED) -> float:
    """What the page called its paint time, ms, and the time until the window had it: seen, not believed.

    Raises ValueError where the picture that is seen does not show the cells' colours throughout.
    """
    begun = time.perf_counter()
    until(lambda: coloured(widget.grab(), sparsely=True) >= least // 100, every_ms=2)
    seen = said + 1000 * (time.perf_counter() - begun)
    found = coloured(widget.grab(), sparsely=False)
    if found < least:
        raise ValueError(f"only {found} pixels have a cell's colour: the map is blank")
    return seen


def coloured(picture: Any, *, sparsely: bool) -> int:
    """How many pixels have the colour of a cell with open cases; sparsely, among every hundredth."""
    from PySide6.QtGui import QImage

    pixels = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = {int(colour[1:], 16) for colour in open_colours()}
    words = memoryview(pixels.constBits()).cast("B").cast("I")  # type: ignore[arg-type]
    return sum(word & 0xFFFFFF in wanted for word in words[:: 101 if sparsely else 1])


def ramp() -> dict[str, str]:
    theme = tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))
    return {role: colour for role, colour in theme.items() if isinstance(colour, str)}


@cache
def open_colours() -> frozenset[str]:
    return frozenset(ramp()[f"ramp_{level}"] for level in range(1, 6))


def ours() -> dict[str, float]:
    from console.ui.map.marks import packed_marks
    from console.ui.map.panel import MapPanel

    made = make_city(CELLS)
    panel = MapPanel(ramp())
    panel.resize(*SIZE)
    loads: list[float] = []
    seen: list[float] = []
    panel.painted.connect(loads.append)
    panel.show_city(made.city)
    panel.show_cells(*make_state(CELLS))
    panel.show()
    while len(loads) < LOADS:
        if loads:
            panel.reload()
        until(more_than(loads))
        seen.append(until_seen(panel, loads[-1]))
        settle()
    figures = {"load": statistics.median(seen) / 1000, "pan": pan(panel.run_script, "gridMap")}
    panel.show_marks(packed_marks(make_marks(made, MANY_MARKS)))
    shown: list[int] = []
    until(lambda: panel.run_script("gridConsole.stats().marks", shown.append) or MANY_MARKS in shown)
    figures["pan_marked"] = pan(panel.run_script, "gridMap")
    closed: list[bool] = []
    panel.page_closed.connect(lambda: closed.append(True))
    panel.close_page()
    until(lambda: closed)
    return figures


def folium() -> dict[str, float]:
    from tests.perf.map_folium import close, opened

    view, loads = opened(CELLS, 0, LOADS)
    figures = {
        "load": statistics.median(loads),
        "pan": pan(lambda script, answer: view.page().runJavaScript(script, 0, answer), "map_beside"),
    }
    close(view)
    return figures


def main() -> None:
    if len(sys.argv) < 2:
        for line in records():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return
    from console.ui.map.engine import prepare_engine

    prepare_engine()
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    print(json.dumps({"ours": ours, "folium": folium}[sys.argv[1]]()), flush=True)
    application.processEvents()


if __name__ == "__main__":
    main()
