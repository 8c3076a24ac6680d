"""Plain folium on a canvas with the same cells and marks as ours, and the same measures of it.

    python -m tests.perf.map_folium --child CELLS MARKS

A cell is a feature of folium.GeoJson, a mark a folium.CircleMarker, Leaflet is that of the same package. Each
colour is a layer of its own: in one layer folium looks for the style of every feature in a list of all. What
it has no measure for is left out: the window's thread has nothing to do with its page.
"""

import importlib
import json
import statistics
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.perf.map_city import ORIGIN, degrees, make_city, make_marks, make_state
from tests.perf.map_sizes import figures_of, least_seen
from tests.perf.map_speed import SIZE, more_than, ramp, settle, until, until_seen
from tests.perf.page_child import main

if TYPE_CHECKING:
    from PySide6.QtWebEngineWidgets import QWebEngineView

LOADS = 3
LEVELS = 6
CLOSEST = 12  # zoom levels beyond are recoloured as slowly: all of its cells are drawn anew
HITS = 200  # each takes milliseconds: every layer is asked whether it lies there
SHAPE_ROLES = ("in_time", "soon", "late", "suspended", "late", "supervised")

# Runs after folium's own script: its canvas draws in the first of these frames.
FULLY_PAINTED = """
<script>
(async () => {
  for (let k = 0; k < 3; k++) await new Promise(requestAnimationFrame);
  document.title = 'painted ' + performance.now();
})();
</script>
"""

# As map_frames.OURS. A place is looked for as Leaflet's own canvas does it for a click.
PAGE = """
const map = window.map_beside;
const LAYERS = [0, 1, 2, 3, 4, 5].map((level) => window[`geo_json_cells${level}`]);
const every = LAYERS.flatMap((layer) => layer.getLayers());
const renderer = map.getRenderer(every[0]);
const loaded = () => !renderer._redrawRequest;
const colours = COLOURS;
const atPoint = (point) => {
  let found = null;
  for (let order = renderer._drawFirst; order; order = order.next) {
    if (order.layer.options.interactive && order.layer._containsPoint(point)) found = order.layer;
  }
  return found;
};
const hit = (lng, lat) => atPoint(map.latLngToLayerPoint([lat, lng])) !== null;
const whole = () => map.fitBounds(LAYERS[0].getBounds(), { animate: false });
const middleCell = every.find((one) => one.getBounds().contains(map.getCenter())) ?? every[0];
const paintOne = (k) => middleCell.setStyle({ fillColor: colours[1 + (k % 5)] });
const paintAll = (k) => {
  LAYERS.forEach((layer, level) => layer.setStyle({ fillColor: colours[(level + 1 + (k % 2) * 4) % 6] }));
};
"""


def opened(count: int, marks: int, times: int) -> "tuple[QWebEngineView, list[float]]":
    """A view of the page, loaded so many times, and how long each took until it was seen, s."""
    from pathlib import Path

    from PySide6.QtCore import QBuffer, QByteArray
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

    view = QWebEngineView()
    view.resize(*SIZE)
    scheme = NoPolicy(Path(), view)
    scheme.serve_page(page_of(count, marks), {})
    profile = make_profile(scheme, OutsideGuard(view), view)
    page = make_page(profile, view)
    view.setPage(page)
    said: list[float] = []
    page.titleChanged.connect(
        lambda title: said.append(float(title.split()[1])) if title.startswith("painted ") else None
    )
    view.show()
    seen: list[float] = []
    while len(seen) < times:
        page.load(PAGE_URL)
        until(more_than(said))
        seen.append(until_seen(view, said[-1], least_seen(marks), marks) / 1000)
        settle()
    return view, seen


def close(view: "QWebEngineView") -> None:
    """Take the page down and wait for it."""
    page = view.page()
    gone: list[bool] = []
    page.destroyed.connect(lambda: gone.append(True))
    page.setParent(None)
    page.deleteLater()
    until(lambda: gone)


def page_of(count: int, marks: int) -> bytes:
    """The same cells, colours and marks as folium draws them by itself."""
    library = importlib.import_module("folium")  # only the product's own page module may import it by name
    made, colours = make_city(count), ramp()
    levels, _counts = make_state(count)
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
    for level in range(LEVELS):
        cells = library.GeoJson(
            _collection(
                ("Polygon", [[degrees(ORIGIN[0] + x, ORIGIN[1] + y) for x, y in [*ring, ring[0]]]])
                for (ring,), one in zip(made.cells, levels, strict=True)
                if one == level
            ),
            style_function=partial(_style, stroke=False, fillColor=colours[f"ramp_{level}"]),
        )
        cells._id = f"cells{level}"
        cells.add_to(page)
    for shape, role in enumerate(SHAPE_ROLES if marks else ()):
        library.GeoJson(
            _collection(
                ("Point", (mark.lon, mark.lat)) for mark in make_marks(made, marks) if mark.shape == shape
            ),
            marker=library.CircleMarker(radius=4, weight=1, fill=True),
            style_function=partial(_style, color=colours["surface"], fillColor=colours[role]),
        ).add_to(page)
    html: str = page.get_root().render()
    return html.replace("</html>", FULLY_PAINTED + "</html>").encode()


def _style(_feature: Any, **style: Any) -> dict[str, Any]:
    return {"fillOpacity": 1, **style}


def _collection(every: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
        for kind, coordinates in every
    ]
    return {"type": "FeatureCollection", "features": features}


def child(cells: str, told_marks: str) -> dict[str, float]:
    view, loads = opened(int(cells), int(told_marks), LOADS)
    page = PAGE.replace("COLOURS", json.dumps([ramp()[f"ramp_{level}"] for level in range(LEVELS)]))

    def run(script: str, answer: Any) -> None:
        view.page().runJavaScript(script, 0, answer)

    figures = figures_of(run, view.page().renderProcessPid(), page, rounds=1, hits=HITS, closest=CLOSEST)
    close(view)
    return figures | {"load": statistics.median(loads)}


if __name__ == "__main__":
    main(lambda: (), child)
