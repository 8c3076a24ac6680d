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
from tests.perf.map_city import ORIGIN, degrees, make_city, make_marks, make_state

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
# Runs after folium's own script: its canvas draws in the first of these frames.
FULLY_PAINTED = """
<script>
(async () => {
  for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame);
  document.title = 'painted ' + performance.now();
})();
</script>
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
    from pathlib import Path

    from PySide6.QtCore import QBuffer, QByteArray, QObject
    from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob
    from PySide6.QtWebEngineWidgets import QWebEngineView

    from console.ui.map.page import OutsideGuard, make_page, make_profile
    from console.ui.map.scheme import PAGE_URL, ConsoleScheme

    class NoPolicy(ConsoleScheme):
        """The same files without our content security policy: folium's page is all inline."""

        def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
            found = self._find(job.requestUrl().path().removeprefix("/"))
            if found is None:
                job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
                return
            body = QBuffer(job)
            body.setData(QByteArray(found.body))
            job.reply(QByteArray(found.mime), body)

    owner = QObject()
    scheme = NoPolicy(Path(), owner)
    scheme.serve_page(folium_page(), {})
    view = QWebEngineView()
    view.resize(*SIZE)
    profile = make_profile(scheme, OutsideGuard(owner), owner)
    page = make_page(profile, view)
    view.setPage(page)
    loads: list[float] = []
    seen: list[float] = []
    page.titleChanged.connect(
        lambda title: loads.append(float(title.split()[1])) if title.startswith("painted ") else None
    )
    view.show()
    while len(loads) < LOADS:
        page.load(PAGE_URL)
        until(more_than(loads))
        seen.append(until_seen(view, loads[-1]))
        settle()
    figures = {
        "load": statistics.median(seen) / 1000,
        "pan": pan(lambda script, answer: page.runJavaScript(script, 0, answer), "map_beside"),
    }
    gone: list[bool] = []
    page.destroyed.connect(lambda: gone.append(True))
    page.setParent(None)
    page.deleteLater()
    until(lambda: gone)
    return figures


def folium_page() -> bytes:
    """The same cells and colours as folium draws them by itself, with Leaflet from the same package."""
    import importlib

    library = importlib.import_module("folium")  # only the product's own page module may import it by name
    made, colours = make_city(CELLS), ramp()
    levels, _counts = make_state(CELLS)
    features = []
    for (ring,), level in zip(made.cells, levels, strict=True):
        corners = [degrees(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in [*ring, ring[0]]]
        features.append(
            {
                "type": "Feature",
                "properties": {"fill": colours[f"ramp_{level}"]},
                "geometry": {"type": "Polygon", "coordinates": [corners]},
            }
        )
    plain = type(
        "Plain",
        (library.Map,),
        {
            "default_js": [("leaflet", "console://map/leaflet/leaflet.js")],
            "default_css": [("leaflet_css", "console://map/leaflet/leaflet.css")],
        },
    )
    lon, lat = degrees(*ORIGIN)
    page = plain(location=[lat, lon], zoom_start=12, tiles=None, prefer_canvas=True, zoom_animation=False)
    page._id = "beside"
    library.GeoJson(
        {"type": "FeatureCollection", "features": features},
        style_function=lambda feature: {
            "stroke": False, "fillColor": feature["properties"]["fill"], "fillOpacity": 1,
        },
    ).add_to(page)  # fmt: skip
    html: str = page.get_root().render()
    return html.replace("</html>", FULLY_PAINTED + "</html>").encode()


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
