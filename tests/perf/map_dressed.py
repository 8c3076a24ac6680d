"""The map with heat on, and with a base map on: pictures and vector tiles of an MBTiles file. Beside: bare.

    python -m tests.perf.map_dressed

38,515 cells and 5,000 marks, 1600 x 900, drawing in software, one page for all of it. The base maps are made
here: streets over the whole city, read by the product's own child process as a site's file is.
"""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from tests.perf.figures import frame_record, record
from tests.perf.map_frames import ALL, DRAG, ONE, PAN, asked, frames, p95, wheel
from tests.perf.map_memory import processes
from tests.perf.map_sizes import close, opened
from tests.perf.map_speed import CELLS, MANY_MARKS, until
from tests.perf.page_child import child_of, main

DRESSES = {
    "bare": "bare",
    "heat": "with heat",
    "picture": "with a base map of pictures",
    "vector": "with a base map of vector tiles",
}
TIMED = {
    "pan": ("pan frame p95", PAN, 17),
    "drag": ("drag frame p95", DRAG, 17),
    "wheel": ("wheel zoom frame p95", wheel([1, 1, 1, 1, -1, -1, -1, -1] * 2), 25),
    "one": ("one cell recoloured, frame p95", ONE, 17),
    "all": ("all recoloured, frame p95", ALL, 33),
}
ZOOMS = {"picture": range(11, 16), "vector": range(11, 15)}
OPACITY = 60
BLOCKS = (-0.095, 0.0, 0.095)  # degrees from the middle: streets() covers a tenth of one


def records() -> Iterator[dict[str, object]]:
    """`beside` is the same map bare in the same run."""
    figures = child_of("tests.perf.map_dressed")
    for dress, told in DRESSES.items():
        bare = dress == "bare"
        for key, (name, _script, target) in TIMED.items():
            beside = None if bare else figures[f"bare_{key}"]
            yield frame_record(f"map {told}: {name}", figures[f"{dress}_{key}"], beside, target)
        beside = None if bare else figures["bare_memory"]
        name = f"map {told}: memory of all processes, PSS"
        yield record(name, "MB", figures[f"{dress}_memory"], beside, None)


def child() -> dict[str, float]:
    panel, made, _loads = opened(CELLS)
    figures = timed(panel, "bare")
    heat_on(panel, made)
    figures |= timed(panel, "heat")
    heat_off(panel)
    for version, kind in enumerate(ZOOMS, 1):
        with (
            tempfile.TemporaryDirectory(prefix="dressed-") as folder,
            closing(base_map(Path(folder), kind)) as room,
        ):
            show(panel, room, kind, version)
            figures |= timed(panel, kind)
            panel.set_part("basemap", None)
            until(lambda: not panel._scene.has_news and panel.courier._unread is None)
    close(panel)
    return figures


def timed(panel: Any, dress: str) -> dict[str, float]:
    run = panel.run_script
    asked(run, until, "gridConsole.grid.view.wholeCity(); window.told = JSON.stringify(1);")
    figures = {
        f"{dress}_{key}": p95(frames(run, until, script)) for key, (_name, script, _target) in TIMED.items()
    }
    held = processes(panel._browser.page.renderProcessPid())
    return figures | {f"{dress}_memory": held.everything}


def heat_on(panel: Any, made: Any) -> None:
    """As the window does it: the raster packed, the choice told."""
    import numpy as np

    from console.geography.density import density, packed_density
    from console.ui.spread.spreading import Choice
    from tests.perf.map_city import make_marks

    marks = make_marks(made, MANY_MARKS)
    found = density(np.array([one.lon for one in marks]), np.array([one.lat for one in marks]), 600.0)
    panel.declare("spread", asdict(Choice()))
    panel.set_bytes("heat", packed_density(found))
    panel.set_part("spread", asdict(Choice(heat=True)))
    _until_page(panel, "grid.features.some((one) => one.on && one.sheet)")


def heat_off(panel: Any) -> None:
    from console.ui.spread.spreading import Choice

    panel.set_part("spread", asdict(Choice()))
    _until_page(panel, "!grid.features.some((one) => one.on && one.sheet)")


def base_map(folder: Path, kind: str) -> Any:
    """A room that has opened an MBTiles file of streets over the city, at the zooms a site's file has."""
    import numpy as np

    from console.runtime.basemaps import BaseMapRoom
    from tests.adapters.tile_files import LAT, LON, picture_tiles, streets, vector_tiles, write_mbtiles

    tiles = {}
    make = picture_tiles if kind == "picture" else vector_tiles
    for zoom in ZOOMS[kind]:
        for number, (east, north) in enumerate((x, y) for x in BLOCKS for y in BLOCKS):
            block: list[np.ndarray] = streets(number, LON + east, LAT + north)
            tiles.update(make(block, zoom))  # where two blocks meet, the later one's streets
    metadata = {"format": "png" if kind == "picture" else "pbf", "name": kind}
    path = write_mbtiles(folder / f"{kind}.mbtiles", tiles, metadata)
    room = BaseMapRoom(folder, (), folder / "tiles")
    room.add(str(path))
    return room


def show(panel: Any, room: Any, kind: str, version: int) -> None:
    """Give the page the tiles of the room, as the window's part for base maps does."""
    from PySide6.QtCore import QObject, Signal

    from console.ui.map.scheme import BINARY, Reply

    class Bringer(QObject):
        """Signals: came(answer, future), taken on the window's thread."""

        came = Signal(object, object)

    bringer = Bringer(panel)
    one = room.collection().maps[-1]
    shown = room.open(one)

    def bring(answer: Callable[[Any], None], future: "Future[Any]") -> None:
        tile = future.result()
        mime = BINARY if tile.content in ("none", "vector") else tile.content.encode()
        answer(Reply(tile.data, mime))

    def ask(asked_for: tuple[int, int, int, int], answer: Callable[[Any], None]) -> None:
        future = room.tile(one, *asked_for[1:])
        future.add_done_callback(partial(bringer.came.emit, answer))

    bringer.came.connect(bring)
    panel.tiles = ask
    if panel._browser is not None:
        panel._browser.serve_tiles(ask)
    zooms = {"minZoom": shown.min_zoom, "maxZoom": shown.max_zoom}
    told = {
        "version": version, "maps": [kind], "chosen": 0, "opacity": OPACITY, "names": True, "notice": "",
        "shift": None, "shifted": False, "crooked": False,
        "shown": {**zooms, "vector": shown.vector, "attribution": ""},
    }  # fmt: skip
    if version == 1:
        panel.declare("basemap", None)
    panel.set_part("basemap", told)
    _until_page(
        panel, "grid.features.some((one) => one.told?.shown && [...one.tiles.values()].some(Boolean))"
    )


def _until_page(panel: Any, holds: str) -> None:
    answers: list[bool] = []
    script = f"(() => {{ const {{ grid }} = gridConsole; return Boolean({holds}); }})()"
    until(lambda: panel.run_script(script, answers.append) or any(answers))


if __name__ == "__main__":
    main(records, child)
