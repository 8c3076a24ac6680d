"""One million deadlines from the prefix sums, beside the clock that counts one after another."""

from collections.abc import Iterator
from datetime import timedelta
from time import perf_counter

import numpy as np

from console.domain.calendar import WorkCalendar
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit, due
from console.storage.columns import instant, ticks
from console.storage.deadlines import Deadlines, Visits, gathered
from tests.domain.times import at, plain_calendar
from tests.perf.figures import record

MANY, SOME = 1_000_000, 20_000
LIMITS = tuple(Limit(value, LimitUnit.WORK_HOUR) for value in (1, 2, 4, 8, 40))
PAUSED = timedelta(hours=5)
SPAN = 500 * 86_400_000_000


def records() -> Iterator[dict[str, object]]:
    """From a limit, over visits with a suspension, and the building of the table; seconds a million."""
    calendar = plain_calendar()
    begin = perf_counter()
    WorkCalendar.around(calendar.table, 2026).warm()
    yield record("work calendar of 26 years, build", "ms", 1000 * (perf_counter() - begin), None, 30)

    random = np.random.default_rng(0)
    starts = ticks(at("2025-01-01 00:00")) + random.integers(0, SPAN, MANY)
    kinds = random.integers(0, len(LIMITS), MANY)
    hours = np.array([limit.value for limit in LIMITS]) * 3_600_000_000
    amounts = hours[kinds].astype(np.int64)
    many = Deadlines.of(calendar)
    begin = perf_counter()
    found = many.reached(starts, amounts)
    took = perf_counter() - begin
    clocks = [
        (LIMITS[kind], instant(start))
        for kind, start in zip(kinds[:SOME], starts[:SOME].tolist(), strict=True)
    ]
    begin = perf_counter()
    alone = [calendar.due(start, limit) for limit, start in clocks]
    each = (perf_counter() - begin) * MANY / SOME
    assert list(map(instant, found[:SOME].tolist())) == alone, "one and many disagree"
    yield record("deadlines, a million", "s", took, each, 1)

    paused = PAUSED // timedelta(microseconds=1)
    visits = Visits(
        np.column_stack((starts, starts + 3 * paused)).ravel(),
        np.repeat(starts + paused, 2),
        np.arange(0, 2 * MANY, 2),
        amounts,
        np.zeros(MANY, bool),
    )
    begin = perf_counter()
    found, _soon = many.over(visits)
    took = perf_counter() - begin
    lives = [
        (limit, 0, (Visit("A", start, start + PAUSED), Visit("A", start + 3 * PAUSED, joins=True)))
        for limit, start in clocks
    ]
    begin = perf_counter()
    alone = [due(calendar, *life) for life in lives]
    each = (perf_counter() - begin) * MANY / SOME
    assert list(map(instant, found[:SOME].tolist())) == alone, "one and many disagree"
    yield record("deadlines over a suspension with warnings, a million", "s", took, each, 2)
    begin = perf_counter()
    gathered(lives)
    yield record("clocks into arrays, 20,000", "s", perf_counter() - begin, None, None)
