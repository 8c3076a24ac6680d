"""How long the window stands still while many rows load: the largest gap of a 5 ms timer, median of loads."""

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from statistics import median

from console.domain.wanted import CaseFilter
from tests.perf.figures import record
from tests.perf.open_window import Opened, demo_window, pass_time

ROWS = 20_000
LOADS = 9
IDLE_S = 0.5


def records() -> Iterator[dict[str, object]]:
    """Every case of the city loads into the queue, beside the same window with nothing to do."""
    with demo_window() as opened:
        idle = median(longest_gap(lambda: pass_time(IDLE_S)) for _load in range(LOADS))
        loading = median(longest_gap(lambda: load_all(opened)) for _load in range(LOADS))
        rows = opened.window.queue.model.total
    if rows < ROWS:
        raise ValueError(f"only {rows} rows were loaded")
    yield record(f"GUI stall while {ROWS:,} rows load ({rows:,} loaded)", "ms", loading, idle, 20)


def load_all(opened: Opened) -> None:
    """From the open cases to all of them."""
    selection = opened.window.selection
    selection.want(CaseFilter())
    opened.settle()
    selection.want(CaseFilter(everything=True))
    opened.settle()


def longest_gap(work: Callable[[], None]) -> float:
    """The largest time between two beats of a 5 ms timer during `work`, ms."""
    from PySide6.QtCore import Qt, QTimer

    beats: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(5)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    work()
    timer.stop()
    return 1000 * max(after - before for before, after in pairwise(beats))
