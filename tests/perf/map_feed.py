"""The map through twelve hours of a city's feed at 60x: as many pieces of news as there would be, no pause.

    FEED_NEWS=1800      python -m tests.perf.map_feed

At 60x twelve hours take twelve minutes, and the map is told at most every 400 ms: 1,800 times. Each piece of
news changes four cells and four of 5,000 marks (700,000 cases a year are ten acts a minute); the view moves
now and then. Memory is read over the second half; then the page is killed and comes back.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.perf.figures import record
from tests.perf.map_frames import ALL, DRAG, ONE, PAN, asked, frames, p95, wheel
from tests.perf.map_memory import Processes, processes
from tests.perf.map_sizes import child_of, opened
from tests.perf.map_speed import CELLS, MANY_MARKS, more_than, until
from tests.perf.soak import slope_of

HOURS = 12
NEWS = int(os.environ.get("FEED_NEWS", 1800))
EVERY = 30
SEED = 20_261_127
MOST_SLOPE_MB = 1.0  # an hour of the city

TIMED = {
    "pan": ("pan frame p95", PAN, 17),
    "drag": ("drag frame p95", DRAG, 17),
    "wheel": ("wheel zoom frame p95", wheel([1, 1, 1, -1, -1, -1] * 2), 25),
    "one": ("one cell recoloured, frame p95", ONE, 17),
    "all": ("all recoloured, frame p95", ALL, 33),
}


def records() -> Iterator[dict[str, object]]:
    """`beside` is the same before the feed."""
    figures = child_of("tests.perf.map_feed")
    for key, (name, _script, target) in TIMED.items():
        after, before = figures[f"{key}_after"], figures[f"{key}_before"]
        yield record(f"map after {HOURS} hours of feed: {name}", "ms", after, before, target)
    for key, name in (("all_processes", "all processes"), ("renderer", "the page")):
        after, before = figures[f"{key}_after"], figures[f"{key}_before"]
        yield record(f"map after {HOURS} hours of feed: memory of {name}, PSS", "MB", after, before, None)
    slope, sure = figures["slope"], figures["sure"]
    yield record("map, slope of all memory an hour of the city", "MB", slope, None, None)
    flat = max(0.0, slope - sure)
    yield record("map, that slope beyond its confidence", "MB", flat, None, MOST_SLOPE_MB)
    yield record("map killed: seen again after", "s", figures["back"], None, 2)


def child() -> dict[str, float]:
    panel, made, _loads = opened(CELLS)
    figures = timed(panel, "before")
    held = samples_of(panel, made)
    half = held[len(held) // 2 :]
    slope, sure = slope_of([one.everything for one in half], HOURS / 2)
    figures |= timed(panel, "after") | {"slope": slope, "sure": sure}
    for when, one in (("before", held[0]), ("after", held[-1])):
        figures |= {f"all_processes_{when}": one.everything, f"renderer_{when}": one.renderer}
    figures["back"] = back_after_kill(panel)
    closed: list[bool] = []
    panel.page_closed.connect(lambda: closed.append(True))
    panel.close_page()
    until(lambda: closed)
    return figures


def timed(panel: Any, when: str) -> dict[str, float]:
    asked(panel.run_script, until, "gridConsole.grid.view.wholeCity(); window.told = JSON.stringify(1);")
    return {
        f"{key}_{when}": p95(frames(panel.run_script, until, script))
        for key, (_name, script, _target) in TIMED.items()
    }


def samples_of(panel: Any, made: Any) -> list[Processes]:
    """Memory before the feed and after every thirtieth piece of news; the page reads each before the next."""
    from console.ui.map.marks import packed_marks
    from tests.perf.map_city import make_marks

    chance = random.Random(SEED)
    marks = make_marks(made, MANY_MARKS)
    number = MANY_MARKS
    courier = panel._courier

    def held() -> Processes:
        return processes(panel._browser.page.renderProcessPid())

    samples = [held()]
    for news in range(1, NEWS + 1):
        panel.update_cells(
            {chance.randrange(CELLS): (chance.randrange(6), chance.randrange(9)) for _cell in range(4)}
        )
        for _mark in range(4):
            number += 1
            lon, lat = made.place(chance.randrange(CELLS))
            at = chance.randrange(len(marks))
            marks[at] = replace(marks[at], case_id=number, lon=lon, lat=lat)
        panel.show_marks(packed_marks(marks))
        if news % 20 == 0:
            panel.show_view(*made.place(chance.randrange(CELLS)), chance.randrange(11, 18))
        until(lambda: not panel._scene.has_news and courier._unread is None)
        if news % EVERY == 0:
            samples.append(held())
            print(f"{news} {samples[-1]}", file=sys.stderr, flush=True)
    return samples


def back_after_kill(panel: Any) -> float:
    """From kill -9 of the page's process to its picture, s."""
    painted: list[float] = []
    panel.painted.connect(painted.append)
    seen = more_than(painted)
    begun = time.perf_counter()
    os.kill(panel._browser.page.renderProcessPid(), signal.SIGKILL)
    until(seen)
    return time.perf_counter() - begun


def main() -> None:
    if sys.argv[1:] != ["--here"]:
        for line in records():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return
    from console.ui.map.engine import prepare_engine

    prepare_engine()
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    print(json.dumps(child()), flush=True)
    application.processEvents()


if __name__ == "__main__":
    main()
