"""The first page of the queue through the product's query, beside the bare SQL on the same file."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from console.domain.wanted import CaseFilter
from console.queries.queue import queue_ids, queue_rows
from console.runtime.bootstrap import open_desk
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import record

PAGE = 100
REPEATS = 60

# What the queue shows first: open cases by running deadline, then by the one they had, the rest last.
BARE_IDS = """
SELECT id FROM cases WHERE state NOT IN ('closed', 'forced_closed', 'merged', 'not_accepted', 'voided')
ORDER BY current_due_at IS NULL, current_due_at, due_at IS NULL, due_at, id
"""
BARE_ROWS = """
SELECT id, code, state, source, class_key, edition, substr(description, 1, 200), substr(address, 1, 200),
cell, district, department, reported_at, current_due_at, due_at, soon_at, fed_back_at, ended_at, reworks,
lon, lat, version, flags, request, suspended_until, held, street,
responsibility_grid, handler, limit_value, limit_unit, extensions, returns FROM cases WHERE id IN ({})
"""


def records() -> Iterator[dict[str, object]]:
    """Ids of the whole queue and the rows of its first page, median."""
    with tempfile.TemporaryDirectory() as folder:
        data = copy_of_store(Path(folder))
        desk = open_desk(data, None)
        bare = sqlite3.connect(data / "console.sqlite")

        def ours() -> list[int]:
            ids = desk.ask_now(queue_ids, CaseFilter(), UNTIL)
            return list(desk.ask_now(queue_rows, ids[:PAGE].tolist()))

        def plain() -> list[int]:
            ids = [line[0] for line in bare.execute(BARE_IDS)]
            return [line[0] for line in bare.execute(BARE_ROWS.format(",".join(map(str, ids[:PAGE]))))]

        if sorted(ours()) != sorted(plain()):
            raise ValueError("the bare SQL asks for something else than the queue")
        yield record("queue: ids and first page", "ms", timed(ours), timed(plain), None)
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
