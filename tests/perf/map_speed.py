"""The map beside plain folium: the same 38,515 cells and 5,000 marks, 1600 x 900, each in its own process.

    python -m tests.perf map_speed

Ours also draws roads and borders, which the other side does not have. Before any time is believed the
picture is looked at: a blank map is quick.
"""

import statistics
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from console.system import resource
from tests.perf.figures import frame_record, record
from tests.perf.page_child import child_of, main

CELLS = 38_515
SIZE = (1600, 900)
LOADS = 5
STEPS = 60
MANY_MARKS = 5_000
# Of 1600 x 900 pixels the city takes 40 %, and a quarter of its cells have a colour of their own.
LEAST_COLOURED = 40_000
MARK_ROLES = ("in_time", "soon", "late", "suspended", "supervised")
LEAST_A_MARK = 1.0  # whole pixels of its colour: many lie under others, and all are small over a whole city
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
    """One record per figure; `beside` is plain folium on a canvas in the same run."""
    ours, folium = (child_of("tests.perf.map_speed", side) for side in SIDES)
    name = f"map: page opened to first full paint, {MANY_MARKS:,} marks in it"
    yield record(name, "s", ours["load"], folium["load"], 0.25)
    yield frame_record("map: pan frame p95, 5,000 marks", ours["pan"], folium["pan"], 17)


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


def until_seen(widget: Any, said: float, least: int = LEAST_COLOURED, marks: int = 0) -> float:
    """What the page called its paint time, ms, and the time until the window had it: seen, not believed.

    A picture counts from when it is asked for: taking and looking at it is no work of the page's. Raises
    ValueError where what is seen does not show the cells' colours throughout, and so many marks.
    """
    begun = asked = time.perf_counter()

    def seen() -> bool:
        nonlocal asked
        asked = time.perf_counter()
        return coloured(widget.grab(), sparsely=True) >= least // 100

    until(seen, every_ms=2)
    took = said + 1000 * (asked - begun)
    picture = widget.grab()
    found = coloured(picture, sparsely=False)
    if found < least:
        raise ValueError(f"only {found} pixels have a cell's colour: the map is blank")
    marked = coloured(picture, sparsely=False, colours=mark_colours())
    if marked < marks * LEAST_A_MARK:
        raise ValueError(f"only {marked} pixels have a mark's colour: the marks are missing")
    return took


def coloured(picture: Any, *, sparsely: bool, colours: frozenset[str] | None = None) -> int:
    """How many pixels have one of the colours, of a cell with open cases; sparsely, among every hundredth."""
    from PySide6.QtGui import QImage

    pixels = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = {int(colour[1:], 16) for colour in colours or open_colours()}
    words = memoryview(pixels.constBits()).cast("B").cast("I")  # type: ignore[arg-type]
    return sum(word & 0xFFFFFF in wanted for word in words[:: 101 if sparsely else 1])


def ramp() -> dict[str, str]:
    theme = tomllib.loads(resource("themes", "light.toml").read_text(encoding="utf-8"))
    return {role: colour for role, colour in theme.items() if isinstance(colour, str)}


@cache
def mark_colours() -> frozenset[str]:
    return frozenset(ramp()[role] for role in MARK_ROLES)


@cache
def open_colours() -> frozenset[str]:
    return frozenset(ramp()[f"ramp_{level}"] for level in range(1, 6))


def ours() -> dict[str, float]:
    from tests.perf.map_sizes import close, opened

    panel, _made, loads = opened(CELLS, times=LOADS)
    figures = {"load": statistics.median(loads), "pan": pan(panel.run_script, "gridMap")}
    close(panel)
    return figures


def folium() -> dict[str, float]:
    from tests.perf.map_folium import close, opened

    view, loads = opened(CELLS, MANY_MARKS, LOADS)
    figures = {
        "load": statistics.median(loads),
        "pan": pan(lambda script, answer: view.page().runJavaScript(script, 0, answer), "map_beside"),
    }
    close(view)
    return figures


SIDES: Mapping[str, Callable[[], dict[str, float]]] = {"ours": ours, "folium": folium}


def child(side: str) -> dict[str, float]:
    return SIDES[side]()


if __name__ == "__main__":
    main(records, child)
