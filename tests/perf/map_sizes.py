"""The map with 38,515 cells, with 150,000 (the four other rings) and with 400,000, each in its own process.

    python -m tests.perf.map_sizes [CELLS [MARKS]]

5,000 marks and once 20,000, 1600 x 900, drawing in software. A frame is 16.7 ms; what cannot be done within
one is to be done over several, so that no size stalls. Beside every figure stands plain folium on a canvas
with the same cells and marks in the same run, but for 400,000 cells: its page would weigh 125 MB.
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
from tests.perf.map_frames import ALL, DRAG, ONE, OURS, PAN, Run, asked, frames, hit_ms, p95, wheel
from tests.perf.map_memory import processes
from tests.perf.map_speed import MANY_MARKS, SIZE, more_than, ramp, settle, until, until_seen

# cells and marks
SIZES = ((38_515, MANY_MARKS), (38_515, 4 * MANY_MARKS), (150_000, MANY_MARKS), (400_000, MANY_MARKS))
MOST_BESIDE = 150_000  # cells
LOADS = 3
STREET = 15
# Coloured pixels: the larger the city, the smaller the share of it that has open cases.
LEAST = 10_000

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
    for count, marks in SIZES:
        figures, beside = measured(count, marks), folium(count, marks)
        shown = f"map of {count:,} cells" + ("" if marks == MANY_MARKS else f" and {marks:,} marks")
        for key, (name, unit, target) in FIGURES.items():
            yield record(f"{shown}: {name}", unit, figures[key], beside.get(key), target)


def measured(count: int, marks: int = MANY_MARKS) -> dict[str, float]:
    """The figures of one size, from a child. Raises CalledProcessError when it breaks off."""
    return child_of("tests.perf.map_sizes", str(count), str(marks))


def folium(count: int, marks: int) -> dict[str, float]:
    """The same of plain folium, as far as it has them; nothing where it broke off."""
    if count > MOST_BESIDE:
        return {}
    try:
        return child_of("tests.perf.map_folium", str(count), str(marks))
    except subprocess.SubprocessError as problem:
        print(f"folium with {count:,} cells broke off: {problem}", file=sys.stderr)
        return {}


def child_of(module: str, *arguments: str) -> dict[str, float]:
    """What a module of ours tells last, run in a process of its own. Raises CalledProcessError."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    child = subprocess.run(
        [sys.executable, "-m", module, *(arguments or ["--here"])],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=1800,
    )  # fmt: skip
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures


def opened(count: int, marks: int = MANY_MARKS) -> tuple[Any, Any, list[float]]:
    """A panel with a city of so many cells and marks, the city, and how long each load took, s."""
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
    panel.show_marks(packed_marks(make_marks(made, marks)))
    panel.show()
    return panel, made, loads_of(panel, said, least_seen(marks))


def least_seen(marks: int) -> int:
    """How many pixels must have a cell's colour where so many marks lie over them."""
    return LEAST * MANY_MARKS // max(marks, MANY_MARKS)


def loads_of(panel: Any, said: list[float], least: int = LEAST) -> list[float]:
    """How long each load took until its picture was seen, s; the first is one that is on its way already."""
    seen: list[float] = []
    while len(seen) < LOADS:
        if seen:
            panel.reload()
        until(more_than(said))
        seen.append(until_seen(panel, said[-1], least) / 1000)
        settle()
    return seen


def figures_of(
    run: Run, renderer_id: int, page: str = OURS, *, rounds: int = 2, hits: int = 20_000
) -> dict[str, float]:
    """Everything that is timed in a page, and the memory; `page` says how it is asked, see map_frames."""

    def timed(script: str) -> float:
        return p95(frames(run, until, script, page))

    zoom = int(asked(run, until, page + "whole(); window.told = JSON.stringify(map.getZoom());"))
    up = [1] * (STREET + 2 - zoom)
    figures = {
        "pan": timed(PAN),
        "drag": timed(DRAG),
        "one": timed(ONE),
        "all": timed(ALL),
        "hit": hit_ms(run, until, page, hits),
    }
    figures["wheel"] = timed(wheel([*up, *(-turn for turn in up)] * rounds))
    steps: list[float] = asked(run, until, "window.told = JSON.stringify(window.steps);")
    figures["wheel_full"] = statistics.median(steps)
    asked(run, until, page + f"map.setZoom({STREET}); window.told = JSON.stringify(1);")
    figures["drag_street"] = timed(DRAG)
    figures["one_street"] = timed(ONE)
    figures["all_street"] = timed(ALL)
    figures["hit"] = max(figures["hit"], hit_ms(run, until, page, hits))
    held = processes(renderer_id)
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


def child(count: int, marks: int) -> dict[str, float]:
    panel, made, loads = opened(count, marks)
    figures = figures_of(panel.run_script, panel._browser.page.renderProcessPid())
    figures |= {"load": statistics.median(loads), "stall": stall_of(panel, made, count)}
    close(panel)
    return figures


def close(panel: Any) -> None:
    """Take the page down and wait for it."""
    closed: list[bool] = []
    panel.page_closed.connect(lambda: closed.append(True))
    panel.close_page()
    until(lambda: closed)


def main() -> None:
    if len(sys.argv) < 2:
        for line in records():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return
    from console.ui.map.engine import prepare_engine

    prepare_engine()
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    count, marks = (*map(int, sys.argv[1:]), MANY_MARKS)[:2]
    print(json.dumps(child(count, marks)), flush=True)
    application.processEvents()


if __name__ == "__main__":
    main()
