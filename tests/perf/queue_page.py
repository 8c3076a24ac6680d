"""The first page of the queue through the product's query, beside the bare SQL on the same file."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from console.domain.wanted import CaseFilter
from console.queries.paging import queue_page
from console.runtime.bootstrap import open_desk
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import record

PAGE = 100
REPEATS = 60

# What the queue shows first: open cases by running deadline, then by the one they had, the rest last.
BARE = """
SELECT id, code, state, source, class_key, edition, substr(description, 1, 200), substr(address, 1, 200),
cell, district, department, reported_at, current_due_at, due_at, soon_at, fed_back_at, ended_at, reworks,
lon, lat, version, flags, request, suspended_until, held, street,
responsibility_grid, handler, limit_value, limit_unit, extensions, returns FROM cases WHERE id IN (
SELECT id FROM cases WHERE state NOT IN ('closed', 'forced_closed', 'merged', 'not_accepted', 'voided')
ORDER BY current_due_at IS NULL, current_due_at, due_at IS NULL, due_at, id LIMIT ? OFFSET ?)
"""
DEEP = 2000


def records() -> Iterator[dict[str, object]]:
    """The first page and one further down, median."""
    with tempfile.TemporaryDirectory() as folder:
        data = copy_of_store(Path(folder))
        desk = open_desk(data, None)
        bare = sqlite3.connect(data / "console.sqlite")

        def ours(at: int) -> list[int]:
            return [row.id for row in desk.ask_now(queue_page, CaseFilter(), UNTIL, at, PAGE).rows]

        def plain(at: int) -> list[int]:
            return [line[0] for line in bare.execute(BARE, (PAGE, at))]

        for name, at in (("first page", 0), (f"page at {DEEP:,}", DEEP)):
            if sorted(ours(at)) != sorted(plain(at)):
                raise ValueError("the bare SQL asks for something else than the queue")
            yield record(
                f"queue: {name}", "ms", timed(lambda at=at: ours(at)), timed(lambda at=at: plain(at)), None
            )
        bare.close()
        desk.close()


def timed(work: Callable[[], object]) -> float:
    """The median time of `work`, ms."""
    taken = []
    for _repeat in range(REPEATS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return 1000 * statistics.median(taken)
