"""Colouring the map of a year's store: every kind of colouring, asked anew, as the reading thread answers it.

YEAR_CASES=500000 python -m tests.perf map_colours
"""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

from console.domain.colouring import Ground, Wish
from console.queries.colouring import Colours
from console.queries.map import OpenPoints
from console.runtime.bootstrap import open_desk
from tests.perf.borrowed import borrowed
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.year_store import kept_year

TARGET_MS = 1_000  # what an operator waits for a map without looking away
REPEATS = 5
WISHES = (
    Wish("overdue", Ground.CELL),
    Wish("density", Ground.RESPONSIBILITY),
    Wish("today", Ground.CELL),
    Wish("rework_rate", Ground.RESPONSIBILITY, 30),
    Wish("rework_rate", Ground.CELL, 90),
    Wish("in_time_rate", Ground.STREET, 90),
    Wish("time_to_close", Ground.RESPONSIBILITY, 30),
    Wish("time_to_close", Ground.CELL, 90),
    Wish("count_accepted", Ground.AREA, 90),
)


def records() -> Iterator[dict[str, object]]:
    with borrowed(kept_year()) as data, closing(open_desk(data, None)) as desk:
        points = OpenPoints()
        desk.ask_now(points.look)
        colours = Colours(points.look)
        for wish in WISHES:
            took = []
            for turn in range(REPEATS + 1):
                now = UNTIL + timedelta(seconds=turn)  # another moment: nothing is known already
                began = time.perf_counter()
                desk.ask_now(colours.coloured, wish, now, UNTIL.replace(hour=0) - timedelta(hours=8))
                took.append((time.perf_counter() - began) * 1000)
            name = f"colour by {wish.key}, {wish.ground.value}, {wish.days} days"
            yield record(f"{name}: first", "ms", took[0], None, None)
            yield record(f"{name}: again", "ms", percentile(took[1:], 0.5), None, TARGET_MS)
