"""Every order of the queue over a year of cases: its first page, a deep page, the one that follows it.

    YEAR_CASES=500000   on a smaller store

Through the product's query, beside the bare SQL for the same first page on the same file. The first time an
order is asked for in a process its sets are read; that is told apart.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TypeVar

from sqlalchemy.dialects import sqlite

from console.domain.wanted import CaseFilter, Order
from console.queries.filter import selected
from console.queries.paging import Page, queue_around, queue_beside, queue_count, queue_page
from console.queries.queue import QueueRow
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.storage.unit import View
from tests.perf.borrowed import borrowed
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.year_rows import FILE
from tests.perf.year_store import kept_year

PAGE = 200
_PAGE_MS = 50.0
_WORST = 5
_BARE = 2  # of the filters are asked in bare SQL too: a sort of the whole history takes seconds

# None of them is asked for twice: an answer is remembered until a case changes.
_FILTERS = (
    ("everything", CaseFilter(everything=True)),
    ("open", CaseFilter()),
    ("a department's", CaseFilter(everything=True, department="410105-03")),
    ("a quarter's", CaseFilter(everything=True, reported_since=UNTIL - timedelta(days=91))),
)

T = TypeVar("T")
Taken = list[tuple[str, float]]  # for which list, ms


def records() -> Iterator[dict[str, object]]:
    """p50, p95 and the slowest of each; the slowest orders are told on standard error."""
    with (
        borrowed(kept_year()) as data,
        closing(open_desk(data, None)) as desk,
        closing(sqlite3.connect(f"file:{data / FILE}?mode=ro", uri=True)) as bare,
    ):
        yield from measured(desk, bare)


def measured(desk: Desk, bare: sqlite3.Connection) -> Iterator[dict[str, object]]:
    dice = random.Random(5)
    new: Taken = []
    first: Taken = []
    deep: Taken = []
    after: Taken = []
    around: Taken = []
    plainly: Taken = []
    counts = [desk.ask_now(queue_count, wanted, UNTIL) for _name, wanted in _FILTERS]
    for order, (at, (name, some)), descending in product(Order, enumerate(_FILTERS), (False, True)):
        wanted = replace(some, order=order, descending=descending)
        label = f"{name} by {order}{', descending' if descending else ''}"
        page = timed(
            new if not at and not descending else first, label, desk, queue_page, wanted, UNTIL, 0, PAGE
        )
        if at < _BARE:
            began = time.perf_counter()
            ids = plain(bare, wanted)
            plainly.append((label, 1000 * (time.perf_counter() - began)))
            if ids != {row.id for row in page.rows}:
                raise ValueError(f"the bare SQL gives other cases: {label}")
        place = dice.randrange(counts[at])
        page = timed(deep, label, desk, queue_page, wanted, UNTIL, place, PAGE)
        last, one = page.rows[-1], dice.choice(page.rows)
        end = place + len(page.rows) - 1
        timed(after, label, desk, following, wanted, last, end)
        timed(around, label, desk, queue_around, wanted, UNTIL, one.id, PAGE)
    yield from told("sort, first page", first, plainly, _PAGE_MS)
    yield from told("sort, first page by what was not asked for before", new, [], None)
    yield from told("sort, a page anywhere", deep, [], None)
    yield from told("sort, the page after it", after, [], None)
    yield from told("sort, the page around a case", around, [], None)


def following(view: View, wanted: CaseFilter, row: QueueRow, place: int) -> Page:
    return queue_beside(view, wanted, UNTIL, row, place, PAGE, before=False)


def timed(taken: Taken, label: str, desk: Desk, ask: Callable[..., T], *told: object) -> T:
    began = time.perf_counter()
    found = desk.ask_now(ask, *told)
    taken.append((label, 1000 * (time.perf_counter() - began)))
    return found


def plain(bare: sqlite3.Connection, wanted: CaseFilter) -> set[int]:
    """The rows of a first page in bare SQL, by their ids."""
    query = selected(wanted, UNTIL).limit(PAGE)
    words = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return {line[0] for line in bare.execute(f"SELECT * FROM cases WHERE id IN ({words})")}


def told(name: str, taken: Taken, bare: Taken, target: float | None) -> Iterator[dict[str, object]]:
    for label, ms in sorted(taken, key=lambda one: one[1], reverse=True)[:_WORST]:
        print(f"  {name}: {label} {ms:.1f} ms", file=sys.stderr)
    ours, theirs = [ms for _label, ms in taken], [ms for _label, ms in bare]
    for label, share in (("p50", 0.5), ("p95", 0.95), ("slowest", 1.0)):
        with_it = percentile(theirs, share) if theirs else None
        aim = target if label == "p95" else None
        yield record(f"{name}, {label}", "ms", percentile(ours, share), with_it, aim)
