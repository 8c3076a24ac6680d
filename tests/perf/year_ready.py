"""What makes a kept year as a window would find it: its text index and its sets of cases, and what they took.

A site's seats do both behind the operator's back and are done within minutes. Called by
tests.perf.year_store when it makes a year; what it took is kept beside the file.
"""

import json
import statistics
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from console.queries.text_index import index_progress, read_block
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.runtime.sealing import seal_now
from console.runtime.text_index import MOST_NOTED
from console.services.text_index import keep_block, note_told

TOLD = "ready.json"

Figures = dict[str, float]


def make_ready(folder: Path) -> None:
    """Index the texts of a data folder that is not lent yet, and seal its sets."""
    with closing(open_desk(folder, None)) as desk:
        found = _indexed(desk) | _sealed(desk)
    (folder / TOLD).write_text(json.dumps(found), "utf-8")


def what_it_took(folder: Path) -> Figures:
    """Seconds, bytes and milliseconds of the making."""
    found: Figures = json.loads((folder / TOLD).read_text("utf-8"))
    return found


def _indexed(desk: Desk) -> Figures:
    began = time.perf_counter()
    while desk.do_now(note_told, MOST_NOTED):
        pass
    kept = []
    for number in sorted(desk.ask_now(index_progress).missing, reverse=True):
        block = desk.ask_now(read_block, number)
        kept.append(_milliseconds(partial(desk.do_now, keep_block, block)))
    return {
        "cases": desk.ask_now(index_progress).last_case,
        "index_seconds": time.perf_counter() - began,
        "index_bytes": desk.ask_now(
            lambda view: view.connection.exec_driver_sql(
                "SELECT sum(length(data)) FROM text_pages"
            ).scalar_one()
        ),
        "block_typical_ms": statistics.median(kept),
        "block_longest_ms": max(kept),
    }


def _sealed(desk: Desk) -> Figures:
    began = time.perf_counter()
    for _left in seal_now(desk.store):
        pass
    return {"sets_seconds": time.perf_counter() - began}


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)
