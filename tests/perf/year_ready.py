"""The kept year with what the window makes behind the operator's back: the text index and the sets of cases.

Both are made once, under the lock of tests.perf.borrowed, and stay in the kept file; what it took is kept
beside it.
"""

import fcntl
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
from console.services.text_index import begin_anew, keep_block
from tests.perf.borrowed import LOCK, forget, note_untouched
from tests.perf.year_rows import FILE
from tests.perf.year_store import kept_year

_TOLD = "ready.json"

Figures = dict[str, float]


def ready_year() -> Path:
    """The data folder; see tests.perf.borrowed for how to write in it."""
    folder = kept_year()
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _TOLD).exists():
            forget((folder / FILE).resolve())
            with closing(open_desk(folder, None)) as desk:
                found = _indexed(desk) | _sealed(desk)
            (folder / _TOLD).write_text(json.dumps(found), "utf-8")
            note_untouched(folder)
    return folder


def what_it_took(folder: Path) -> Figures:
    """Seconds, bytes and milliseconds of the making of `ready_year`."""
    found: Figures = json.loads((folder / _TOLD).read_text("utf-8"))
    return found


def _indexed(desk: Desk) -> Figures:
    began = time.perf_counter()
    desk.do_now(begin_anew)
    kept = []
    for number in desk.ask_now(index_progress).missing:
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
