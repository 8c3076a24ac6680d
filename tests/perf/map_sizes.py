"""The map with 38,515 cells, with 150,000 (the four other rings) and with 400,000, each in its own process.

    python -m tests.perf map_sizes

5,000 marks and once 20,000, 1600 x 900, drawing in software. A frame is 16.7 ms; what cannot be done within
one is to be done over several, so that no size stalls. Beside every figure stands plain folium on a canvas
with the same cells and marks in the same run, but for 400,000 cells: its page would weigh 125 MB.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.perf.figures import frame_record, record
from tests.perf.map_frames import ALL, DRAG, ONE, OURS, PAN, Run, asked, frames, hit_ms, p95, wheel
from tests.perf.map_memory import processes
from tests.perf.map_speed import MANY_MARKS, SIZE, more_than, ramp, settle, until, until_seen
from tests.perf.page_child import child_of, main

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
    "hit": ("hit test", "ms", 0.1),
    "stall": ("window's thread held up at most by news of cells and marks", "ms", 50),
    "memory": ("memory of all processes, PSS", "MB", None),
    "renderer": ("memory of the page, PSS", "MB", None),
}
# The same at every zoom level: the script, and as above. Their keys end in the level.
RECOLOURED = {
    "one": (ONE, "one cell recoloured, frame p95, zoom {zoom}", "ms", 17),
    "all": (ALL, "all recoloured, frame p95, zoom {zoom}", "ms", 33),
}
CLOSEST = 19


def listed(figures: dict[str, float]) -> Iterator[tuple[str, str, str, float | None]]:
    """Key, name, unit and target of every figure that there is, in the order of the issue's list."""
    for key, (name, unit, target) in FIGURES.items():
        if key == "hit":
            for zoom in range(CLOSEST + 1):
                for again, (_script, told, unit_of_it, most) in RECOLOURED.items():
                    if f"{again}_{zoom}" in figures:
                        yield f"{again}_{zoom}", told.format(zoom=zoom), unit_of_it, most
        yield key, name, unit, target


def figure(
    name: str, unit: str, value: float, beside: float | None, target: float | None
) -> dict[str, object]:
    """One of them as a record; what is a time between frames is told as such."""
    if " frame p95" in name:
        return frame_record(name, value, beside, target)
    return record(name, unit, value, beside, target)


def records() -> Iterator[dict[str, object]]:
    """Every figure of every size."""
    for count, marks in SIZES:
        figures, beside = measured(count, marks), folium(count, marks)
        shown = f"map of {count:,} cells" + ("" if marks == MANY_MARKS else f" and {marks:,} marks")
        for key, name, unit, target in listed(figures):
            yield figure(f"{shown}: {name}", unit, figures[key], beside.get(key), target)


def measured(count: int, marks: int = MANY_MARKS) -> dict[str, float]:
    """The figures of one size, from a child. Raises CalledProcessError when it breaks off."""
    found: dict[str, float] = child_of("tests.perf.map_sizes", str(count), str(marks))
    return found


def folium(count: int, marks: int) -> dict[str, float]:
    """The same of plain folium, as far as it has them, at few levels; nothing where it broke off."""
    if count > MOST_BESIDE:
        return {}
    try:
        found: dict[str, float] = child_of("tests.perf.map_folium", str(count), str(marks))
    except subprocess.SubprocessError as problem:
        print(f"folium with {count:,} cells broke off: {problem}", file=sys.stderr)
        return {}
    return found


def opened(count: int, marks: int = MANY_MARKS, times: int = LOADS) -> tuple[Any, Any, list[float]]:
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
    return panel, made, loads_of(panel, said, marks, times)


def least_seen(marks: int) -> int:
    """How many pixels must have a cell's colour where so many marks lie over them."""
    return LEAST * MANY_MARKS // max(marks, MANY_MARKS)


def loads_of(panel: Any, said: list[float], marks: int, times: int = LOADS) -> list[float]:
    """How long each load took until cells and marks were seen, s; the first is on its way already."""
    seen: list[float] = []
    while len(seen) < times:
        if seen:
            panel.reload()
        until(more_than(said))
        seen.append(until_seen(panel, said[-1], least_seen(marks), marks) / 1000)
        settle()
    return seen


def figures_of(
    run: Run,
    renderer_id: int,
    page: str = OURS,
    *,
    rounds: int = 2,
    hits: int = 20_000,
    closest: int = CLOSEST,
) -> dict[str, float]:
    """Everything that is timed in a page, and the memory; `page` says how it is asked, see map_frames.

    Recoloured is at every zoom level up to `closest`.
    """

    def timed(script: str) -> float:
        return p95(frames(run, until, script, page))

    zoom = int(asked(run, until, page + "whole(); window.told = JSON.stringify(map.getZoom());"))
    up = [1] * (STREET + 2 - zoom)
    figures = {
        "pan": timed(PAN),
        "drag": timed(DRAG),
        "hit": hit_ms(run, until, page, hits),
    }
    figures["wheel"] = timed(wheel([*up, *(-turn for turn in up)] * rounds))
    steps: list[float] = asked(run, until, "window.told = JSON.stringify(window.steps);")
    figures["wheel_full"] = statistics.median(steps)
    asked(run, until, page + f"map.setZoom({STREET}); window.told = JSON.stringify(1);")
    figures["drag_street"] = timed(DRAG)
    figures["hit"] = max(figures["hit"], hit_ms(run, until, page, hits))
    for level in range(zoom, closest + 1):
        asked(run, until, page + f"map.setZoom({level}); window.told = JSON.stringify(1);")
        figures |= {f"{key}_{level}": timed(script) for key, (script, *_told) in RECOLOURED.items()}
    held = processes(renderer_id)
    asked(
        run, until, page + "whole(); window.told = JSON.stringify(1);"
    )  # a page that is loaded again begins there
    settle()
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


def child(cells: str, told_marks: str) -> dict[str, float]:
    count, marks = int(cells), int(told_marks)
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


if __name__ == "__main__":
    main(records, child)
