"""Searching the texts of a year: hits and first page through the product, beside LIKE on the same file.

    YEAR_CASES=500000 python -m tests.perf text_search

Hits are those of the index alone, beside LIKE over the same four texts. A count with the first page goes
through the whole queue, classes and departments included, and is asked once: what is asked again is known.
"""

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from pyroaring import BitMap

from console.domain.wanted import CaseFilter, Order
from console.queries.paging import queue_count, queue_page
from console.queries.search import said
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.storage.unit import View
from tests.perf.borrowed import borrowed
from tests.perf.figures import percentile, record
from tests.perf.year_ready import what_it_took
from tests.perf.year_rows import FILE
from tests.perf.year_store import kept_year

NOW = datetime(2026, 3, 20, 6, 0, tzinfo=UTC)
REPEATS = 5
PAGE = 100
SEARCHED = ("description", "address", "code", "external_id")
_SHORTEST_WORDS = "two characters"  # of Chinese
_MOST_MS = 100.0
WORDS = {
    "one character": ("井", "占", "扬", "雪"),
    "two characters": ("井盖", "垃圾", "积水", "烧烤", "占道", "围挡"),
    "four characters": ("共享单车", "占道经营", "暴露垃圾", "流动餐车"),
    "a clause": ("人行道地砖缺失", "影响通行", "路面有坑洼"),
    "digits in a text": ("120米", "约120米", "17"),
    "two words": ("井盖 中原", "共享单车 路口", "垃圾 120"),
    "nothing": ("没有这样", "KFC", "鱀"),
}
Found = TypeVar("Found")


def records() -> Iterator[dict[str, object]]:
    folder = kept_year()
    built = what_it_took(folder)
    count = built["cases"]
    yield record(f"text index, {count:,} cases: build", "s", built["index_seconds"], None, None)
    yield record(f"text index, {count:,} cases: size", "MB", built["index_bytes"] / 1e6, None, None)
    yield record("text index: a block put in its place", "ms", built["block_typical_ms"], None, None)
    yield record("text index: the longest of these", "ms", built["block_longest_ms"], None, None)
    with borrowed(folder) as data, closing(open_desk(data, None)) as desk:
        code = desk.ask_now(lambda view: view.connection.exec_driver_sql(_A_CODE).scalar_one())
        words = WORDS | {"a case code": (code, code[-6:], code[:8])}
        yield from _found(desk, data / FILE, words)


def _found(desk: Desk, file: Path, words: dict[str, Sequence[str]]) -> Iterator[dict[str, object]]:
    every: list[float] = []
    shares: list[float] = []
    with closing(sqlite3.connect(file)) as bare:
        for kind, asked in words.items():
            ours, theirs, of_kind = [], [], []
            for text in asked:
                taken, hits = _timed(partial(_hits, desk, text))
                like, number = _timed(partial(_like, bare, text), 1)
                if hits != number:
                    raise ValueError(f"{text!r} is said by {number} cases, the index says {hits}")
                ours.append(statistics.median(taken))
                theirs.append(like[0])
                shares.append(ours[-1] / theirs[-1])
                of_kind += taken
            every += of_kind
            name = f"search, {kind}: number of hits"
            yield record(name, "ms", statistics.mean(ours), statistics.mean(theirs), 0.05, of_ratio=True)
            if kind == _SHORTEST_WORDS:
                yield from _shares(name, of_kind, theirs)
    yield from _shares("search: number of hits", every)
    yield record("search: share of a LIKE scan, worst word", "", max(shares), None, None)
    pages: list[float] = []
    for kind, asked in words.items():
        taken = [one for text in asked for one in _timed(partial(_page, desk, text), 1)[0]]
        pages += taken
        yield record(
            f"search, {kind}: count and first page, newest first", "ms", statistics.median(taken), None, None
        )
    yield from _shares("search: count and first page, newest first", pages)


def _shares(
    name: str, ours: Sequence[float], theirs: Sequence[float] | None = None
) -> Iterator[dict[str, object]]:
    for label, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        beside = None if theirs is None else percentile(theirs, share)
        aim = _MOST_MS if label == "p95" else None
        yield record(f"{name}, {label}", "ms", percentile(ours, share), beside, aim)


def _hits(desk: Desk, text: str) -> int:
    def number(view: View) -> int:
        hits = [word.hits for word in said(view, text)]
        return len(BitMap.intersection(*(one for one in hits if one is not None)))

    return desk.ask_now(number)


def _page(desk: Desk, text: str) -> int:
    wanted = CaseFilter(text=text, everything=True, order=Order.REPORTED, descending=True)
    number = desk.ask_now(queue_count, wanted, NOW)
    desk.ask_now(queue_page, wanted, NOW, 0, PAGE)
    return number


def _like(bare: sqlite3.Connection, text: str) -> int:
    words = text.split()
    said_by_row = "(" + " OR ".join(f"{name} LIKE ?" for name in SEARCHED) + ")"
    query = f"SELECT count(*) FROM cases WHERE {' AND '.join([said_by_row] * len(words))}"
    values = [f"%{word}%" for word in words for _ in SEARCHED]
    number: int = bare.execute(query, values).fetchone()[0]
    return number


def _timed(work: Callable[[], Found], repeats: int = REPEATS) -> tuple[list[float], Found]:
    taken = []
    for _repeat in range(repeats):
        began = time.perf_counter()
        found = work()
        taken.append(1000 * (time.perf_counter() - began))
    return taken, found


# One of the middle of the year.
_A_CODE = "SELECT code FROM cases WHERE id = (SELECT max(id) / 2 FROM cases)"
