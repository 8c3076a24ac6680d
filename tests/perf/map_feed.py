"""The map through twelve hours of a city's feed at 60x: as many pieces of news as there would be, no pause.

    FEED_NEWS=1800      python -m tests.perf.map_feed

At 60x twelve hours take twelve minutes, and the map is told at most every 400 ms: 1,800 times. Each piece of
news changes four cells and four of 5,000 marks (700,000 cases a year are ten acts a minute); the view moves
now and then. Everything that `map_sizes` measures is measured before and after. Memory is read over the
second half, and the slope of its line held against a floor: how much the memory of the same map drifts in the
same time while it is told nothing, but no less than one megabyte an hour and no more than five. Then the page
is killed and comes back.
"""

import os
import random
import signal
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.perf.figures import record
from tests.perf.map_memory import processes
from tests.perf.map_sizes import close, figure, figures_of, listed, loads_of, opened, stall_of
from tests.perf.map_speed import CELLS, MANY_MARKS, more_than, until
from tests.perf.page_child import child_of, main
from tests.perf.soak import slope_of

HOURS = 12
NEWS = int(os.environ.get("FEED_NEWS", 1800))
EVERY = 30
SEED = 20_261_127
LEAST_FLOOR_MB, MOST_FLOOR_MB = 1.0, 5.0  # an hour of the city
HOURS_A_SAMPLE = HOURS * EVERY / NEWS


def records() -> Iterator[dict[str, object]]:
    """`beside` is the same before the feed."""
    figures = child_of("tests.perf.map_feed")
    after, before = figures["after"], figures["before"]
    for key, name, unit, target in listed(after):
        yield figure(f"map after {HOURS} hours of feed: {name}", unit, after[key], before.get(key), target)
    slope, sure, floor = figures["slope"], figures["sure"], figures["floor"]
    yield record("map, slope of all memory an hour of the city", "MB", slope, None, None)
    yield record("map, what that slope may be off by", "MB", sure, None, None)
    yield record("map, drift of memory an hour while nothing is told: the floor", "MB", floor, None, None)
    flat = max(0.0, slope - sure)
    yield record("map, slope of all memory beyond what it may be off by", "MB", flat, None, round(floor, 3))
    yield record("map killed: seen again after", "s", figures["back"], None, 2)


def child() -> dict[str, Any]:
    panel, made, loads = opened(CELLS)
    figures: dict[str, Any] = {"before": timed(panel) | {"load": statistics.median(loads)}}
    begun = time.perf_counter()
    held = samples_of(panel, made)
    pause = (time.perf_counter() - begun) / max(1, len(held) - 1)
    half = held[len(held) // 2 :]
    slope, sure = slope_of(half, HOURS_A_SAMPLE * (len(half) - 1))
    drift, unsure = slope_of(idle(panel, len(half), pause), HOURS_A_SAMPLE * (len(half) - 1))
    figures |= {
        "slope": slope,
        "sure": sure,
        "floor": min(max(LEAST_FLOOR_MB, abs(drift) + unsure), MOST_FLOOR_MB),
    }
    after = timed(panel) | {"stall": stall_of(panel, made, CELLS)}
    said: list[float] = []
    panel.painted.connect(said.append)
    panel.reload()
    figures["after"] = after | {"load": statistics.median(loads_of(panel, said, MANY_MARKS))}
    figures["back"] = back_after_kill(panel)
    close(panel)
    return figures


def timed(panel: Any) -> dict[str, float]:
    """What is timed in the page, and the memory then."""
    return figures_of(panel.run_script, panel._browser.page.renderProcessPid())


def idle(panel: Any, count: int, pause: float) -> list[float]:
    """The memory of all processes so many times, seconds apart, while the map is told nothing."""
    samples = []
    for _sample in range(count):
        end = time.perf_counter() + pause
        until(lambda end=end: time.perf_counter() > end)
        samples.append(processes(panel._browser.page.renderProcessPid()).everything)
    return samples


def samples_of(panel: Any, made: Any) -> list[float]:
    """Memory of all processes, MB, before the feed and after every thirtieth piece of news.

    The page reads each piece before the next.
    """
    from console.ui.map.marks import packed_marks
    from tests.perf.map_city import make_marks

    chance = random.Random(SEED)
    marks = make_marks(made, MANY_MARKS)
    number = MANY_MARKS
    courier = panel.courier

    def held() -> float:
        return processes(panel._browser.page.renderProcessPid()).everything

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


if __name__ == "__main__":
    main(records, child)
