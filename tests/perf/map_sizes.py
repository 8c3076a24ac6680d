"""The map with 38,515 cells, with 150,000 (the four other rings) and with 400,000, each in its own process.

    python -m tests.perf.map_sizes [CELLS]

5,000 marks, 1600 x 900, drawing in software. A frame is 16.7 ms; what cannot be done within one is to be done
over several, so that no size stalls.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.perf.figures import record
from tests.perf.map_frames import ALL, DRAG, HIT, ONE, PAN, asked, frames, p95, wheel
from tests.perf.map_memory import processes
from tests.perf.map_speed import MANY_MARKS, SIZE, more_than, ramp, settle, until, until_seen

SIZES = (38_515, 150_000, 400_000)
LOADS = 3
STREET = 15
LEAST = 10_000  # coloured pixels: the larger the city, the smaller the share of it that has open cases

# name, unit, target: of the target in the issue, which is meant for the first size
FIGURES = {
    "load": ("opened to first full paint", "s", 0.25),
    "pan": ("pan frame p95, whole city", "ms", 17),
    "drag": ("drag frame p95, whole city", "ms", 17),
    "drag_street": ("drag frame p95, streets", "ms", 17),
    "wheel": ("wheel zoom frame p95", "ms", 25),
    "wheel_full": ("wheel zoom, notch to all drawn, median", "ms", None),
    "one": ("one cell recoloured, frame p95", "ms", 17),
    "one_street": ("one cell recoloured, frame p95, streets", "ms", 17),
    "all": ("all recoloured, frame p95, whole city", "ms", 33),
    "all_street": ("all recoloured, frame p95, streets", "ms", 33),
    "hit": ("hit test", "ms", 0.1),
    "stall": ("window's thread held up at most by news of cells and marks", "ms", 50),
    "memory": ("memory of all processes, PSS", "MB", None),
    "renderer": ("memory of the page, PSS", "MB", None),
}


def records() -> Iterator[dict[str, object]]:
    """Every figure of every size."""
    for count in SIZES:
        figures = measured(count)
        for key, (name, unit, target) in FIGURES.items():
            yield record(f"map of {count:,} cells: {name}", unit, figures[key], None, target)


def measured(count: int) -> dict[str, float]:
    """The figures of one size, from a child. Raises CalledProcessError when it breaks off."""
    return child_of("tests.perf.map_sizes", str(count))


def child_of(module: str, argument: str = "--here") -> dict[str, float]:
    """What a module of ours tells last, run in a process of its own. Raises CalledProcessError."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    child = subprocess.run(
        [sys.executable, "-m", module, argument],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=1800,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures


def opened(count: int) -> tuple[Any, Any, list[float]]:
    """A panel with a city of so many cells and 5,000 marks, the city, and how long each load took, s."""
    from console.ui.map.marks import packed_marks
    from console.ui.map.panel import MapPanel
    from tests.perf.map_city import make_city, make_marks, make_state

    made = make_city(count)
    panel = MapPanel(ramp())
    panel.resize(*SIZE)
    said: list[float] = []
    panel.painted.connect(said.append)
    panel.show_city(made.city)
    panel.show_cells(*make_state(count))
    panel.show_marks(packed_marks(make_marks(made, MANY_MARKS)))
    panel.show()
    seen: list[float] = []
    while len(seen) < LOADS:
        if seen:
            panel.reload()
        until(more_than(said))
        seen.append(until_seen(panel, said[-1], LEAST) / 1000)
        settle()
    return panel, made, seen


def figures_of(panel: Any) -> dict[str, float]:
    """Everything that is timed in the page, and the memory."""
    run = panel.run_script
    whole = "window.gridMap.getZoom()"
    asked(run, until, "gridConsole.grid.view.wholeCity(); window.told = JSON.stringify(1);")
    zoom = int(asked(run, until, f"window.told = JSON.stringify({whole});"))
    up = [1] * (STREET + 2 - zoom)
    figures = {
        "pan": p95(frames(run, until, PAN)),
        "drag": p95(frames(run, until, DRAG)),
        "one": p95(frames(run, until, ONE)),
        "all": p95(frames(run, until, ALL)),
        "hit": float(asked(run, until, HIT)[0]),
    }
    turns = [*up, *(-turn for turn in up)] * 2
    figures["wheel"] = p95(frames(run, until, wheel(turns)))
    figures["wheel_full"] = statistics.median(
        asked(run, until, "window.told = JSON.stringify(window.steps);")
    )
    asked(run, until, f"window.gridMap.setZoom({STREET}); window.told = JSON.stringify(1);")
    figures["drag_street"] = p95(frames(run, until, DRAG))
    figures["one_street"] = p95(frames(run, until, ONE))
    figures["all_street"] = p95(frames(run, until, ALL))
    figures["hit"] = max(figures["hit"], float(asked(run, until, HIT)[0]))
    held = processes(panel._browser.page.renderProcessPid())
    return figures | {"memory": held.everything, "renderer": held.renderer}


def stall_of(panel: Any, made: Any, count: int) -> float:
    """The longest time that news of all cells and marks keeps the window's thread, ms."""
    from console.ui.map.marks import packed_marks
    from tests.perf.map_city import make_marks, make_state

    levels, counts = make_state(count)
    marks = packed_marks(make_marks(made, MANY_MARKS + 1))
    names = ("scene", "news", "cells", "levels", "counts", "marks", "codes")
    calls: list[Callable[[], object]] = [
        lambda: panel.show_cells(levels, counts),
        lambda: panel.update_cells(dict.fromkeys(range(5_000), (1, 1))),
        lambda: panel.show_marks(marks),
        *(partial(panel._answer, name) for name in names),
    ]
    assert made.city.codes_document  # made with the city, off the window's thread
    longest = 0.0
    for call in calls:
        begun = time.perf_counter()
        call()
        longest = max(longest, 1000 * (time.perf_counter() - begun))
    return longest


def child(count: int) -> dict[str, float]:
    panel, made, loads = opened(count)
    figures = {"load": statistics.median(loads)} | figures_of(panel) | {"stall": stall_of(panel, made, count)}
    closed: list[bool] = []
    panel.page_closed.connect(lambda: closed.append(True))
    panel.close_page()
    until(lambda: closed)
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
    print(json.dumps(child(int(sys.argv[1]))), flush=True)
    application.processEvents()


if __name__ == "__main__":
    main()
