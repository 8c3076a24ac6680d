"""An area as the queue's filter, and what is near a case, over a year: counts, first pages, lists.

    YEAR_CASES=3200000 python -m tests.perf area

Areas lie at places drawn anew each time, so that nothing is known from before; those beside are the same
counts in plain SQL.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import select

from console.domain.area import Area, shape
from console.domain.nearby import RADII, Kin
from console.domain.wanted import CaseFilter
from console.geography.distance import ring_around
from console.queries import seeking
from console.queries.near import near_cases
from console.queries.paging import queue_count, queue_page
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.storage.tables import unit_grids
from console.storage.unit import View
from tests.perf.borrowed import borrowed
from tests.perf.figures import percentile, record
from tests.perf.year_store import kept_year

NOW = datetime(2026, 3, 20, 6, 0, tzinfo=UTC)
TRIALS = 12
REACHES = (200.0, 1000.0, 5000.0)  # metres around a place: a block, a quarter, a district


def records() -> Iterator[dict[str, object]]:
    # As in the window, where nothing is collected while a question is answered (console.ui.garbage).
    gc.disable()
    with borrowed(kept_year()) as data, closing(open_desk(data, None)) as desk:
        dice = random.Random(4)
        places = desk.ask_now(_places)
        desk.ask_now(_area_count, _around(*places[0], 100.0))  # the polygons of the city are made once
        for metres in REACHES:
            yield from _areas(
                desk, [_around(*dice.choice(places), metres) for _trial in range(TRIALS)], metres
            )
        for reach in RADII:
            taken = [_timed(desk, _near, dice.choice(places), reach) for _trial in range(TRIALS)]
            yield record(f"near a case within {reach} m: p95", "ms", percentile(taken, 0.95), None, 150)


def _areas(desk: Desk, areas: list[CaseFilter], metres: float) -> Iterator[dict[str, object]]:
    name = f"area, {metres:,.0f} m around a place"
    counted = [_timed(desk, _area_count, one) for one in areas]
    paged = [_timed(desk, lambda view, wanted: queue_page(view, wanted, NOW), one) for one in areas]
    beside = _timed(desk, lambda view, wanted: seeking.count(view, wanted, NOW), areas[0])
    yield record(f"{name}: count p95", "ms", percentile(counted, 0.95), beside, 300)
    yield record(f"{name}: then the first page p95", "ms", percentile(paged, 0.95), None, 150)


def _timed(desk: Desk, query: Callable[..., object], *told: object) -> float:
    """Milliseconds of a query on a reading thread's view."""
    gc.collect()
    began = time.perf_counter()
    desk.ask_now(partial(query), *told)
    return (time.perf_counter() - began) * 1000


def _places(view: View) -> list[tuple[float, float]]:
    return [tuple(row) for row in view.connection.execute(select(unit_grids.c.lon, unit_grids.c.lat))]


def _around(lon: float, lat: float, metres: float) -> CaseFilter:
    return CaseFilter(everything=True, within=Area((shape((ring_around(lon, lat, metres),)),)))


def _area_count(view: View, wanted: CaseFilter) -> int:
    return queue_count(view, wanted, NOW)


def _near(view: View, place: tuple[float, float], metres: float) -> object:
    about = replace(view.cases.by_id(1), lon=place[0], lat=place[1])
    return near_cases(view, about, metres, Kin.ALL)
