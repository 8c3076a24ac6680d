"""The pulse of the window under everything at once: feed, sorting, filtering, bulk acts and an import.

    PULSE_SECONDS=60    how long; the feed alone is to bring 417 reports a minute
    YEAR_CASES=500000   on a smaller store

The import is another process on the same file, as the product's is; the rest goes through the window.
The gaps over 50 ms are told on standard error with what every thread was doing.
"""

import asyncio
import csv
import os
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from console.domain.flow import Step
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.services.told import Told
from console.storage.tables import journal
from tests.perf.borrowed import borrowed
from tests.perf.demo_store import UNTIL
from tests.perf.figures import percentile, record
from tests.perf.filters import FILTERS
from tests.perf.heartbeat import Heartbeat
from tests.perf.open_window import Opened, opened_window, pass_time
from tests.perf.year_store import kept_year

if TYPE_CHECKING:
    from console.storage.unit import View

SECONDS = float(os.environ.get("PULSE_SECONDS", 60))
SPEED, PER_DAY = 60, 10_000
BULK = 500
IMPORTED = 20_000
_STALL_MS, _MOST_MS = 50.0, 100.0
_TOLD = 12
_SORT_S, _FILTER_S, _BULK_S = 0.9, 1.3, 6.0
_ORDERS = tuple(Order)


def records() -> Iterator[dict[str, object]]:
    """The gaps with nothing to do, then under load; what the load did is told too, so that it was one."""
    with borrowed(kept_year()) as data, opened_window(data, now=moving(UNTIL)) as opened:
        idle = beating(lambda: pass_time(min(5.0, SECONDS)))
        load = Load(opened)
        with importing(data):
            busy = beating(lambda: load.run(SECONDS))
    for stall in busy.stalls()[:_TOLD]:
        print(stall.told(), file=sys.stderr)
    quiet, gaps = idle.gaps_ms(), busy.gaps_ms()
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        yield record(
            f"GUI pulse under load, {name}", "ms", percentile(gaps, share), percentile(quiet, share), None
        )
    yield record("GUI pulse under load, longest gap", "ms", max(gaps), max(quiet), _MOST_MS)
    alone = [stall.length - stall.spent.queued for stall in busy.stalls()] or [_STALL_MS]
    yield record(
        "GUI pulse under load, longest gap without the wait for a core", "ms", max(alone), None, None
    )
    yield record(f"GUI pulse under load, gaps over {_STALL_MS:.0f} ms a minute", "",
                 60 / SECONDS * sum(gap > _STALL_MS for gap in gaps), None, None)  # fmt: skip
    for name, count in load.done.items():
        yield record(f"GUI pulse under load, {name} a minute", "", 60 / SECONDS * count, None, None)


def beating(work: Callable[[], object]) -> Heartbeat:
    heart = Heartbeat(_STALL_MS)
    heart.start()
    work()
    heart.stop()
    return heart


def moving(start: datetime) -> Callable[[], datetime]:
    """A clock that runs from `start` on."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


class Load:
    """All that goes on at once; `done` counts it."""

    def __init__(self, opened: Opened) -> None:
        self._window = opened.window
        self._door = opened.door
        self._start = opened.start
        self.done = {"notices of change": 0, "sorts": 0, "filters": 0, "bulk acts": 0}
        self._door.desk.listen(lambda _changes: self._count("notices of change"))

    def run(self, seconds: float) -> None:
        from console.queries.watch import journal_head
        from console.runtime.jobs import run_feed

        before = self._door.desk.ask_now(journal_head).fact
        tasks = [
            self._start(work)
            for work in (
                run_feed(self._door.desk, SPEED, self._door.now, PER_DAY),
                self._door.watch(),
                self._every(_SORT_S, self._sort),
                self._every(_FILTER_S, self._filter),
                self._every(_BULK_S, self._bulk),
            )
        ]
        pass_time(seconds)
        for task in tasks:
            if task.done() and task.exception() is not None:
                raise RuntimeError("a part of the load broke off") from task.exception()
            task.cancel()
        self.done |= self._door.desk.ask_now(_written, before)

    async def _every(self, seconds: float, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            await work()

    async def _sort(self) -> None:
        at = self.done["sorts"]
        order, down = _ORDERS[at % len(_ORDERS)], bool(at // len(_ORDERS) % 2)
        self._window.selection.narrow(lambda wanted: replace(wanted, order=order, descending=down))
        self._count("sorts")

    async def _filter(self) -> None:
        self._window.selection.want(FILTERS[self.done["filters"] % len(FILTERS)].wanted)
        self._count("filters")

    async def _bulk(self) -> None:
        page = await self._door.queue_page(CaseFilter(step=Step.HANDLING), size=BULK)
        seen = [(row.code, row.version) for row in page.rows]
        told = Told(note="请加快处置", level=1)
        done = [one.case for one in await self._door.take_many(seen, Operation.URGE, told) if one.case]
        if not done:
            raise RuntimeError("the bulk act was refused for every case")
        self._count("bulk acts")
        await self._door.undo_many([(case.code, case.version) for case in done])

    def _count(self, what: str) -> None:
        self.done[what] += 1


def _written(view: "View", since: int) -> dict[str, int]:
    """What was written after a line: reports of the feed, its acts on cases and ours, imported cases."""
    found = view.connection.execute(
        select(journal.c.operation, func.count()).where(journal.c.id > since).group_by(journal.c.operation)
    )
    numbers = dict(found.all())
    reports, imported = (numbers.pop(one.value, 0) for one in (Operation.REGISTER, Operation.IMPORT))
    return {"reports": reports, "cases imported": imported, "acts": sum(numbers.values())}


@contextmanager
def importing(data: Path) -> Iterator[None]:
    """A long import by the product's own command, ended with the block."""
    with TemporaryDirectory(prefix="import-") as folder:
        file, mapping = Path(folder) / "cases.csv", Path(folder) / "neighbour.toml"
        mapping.write_text(_MAPPING, "utf-8")
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(_rows())
        command = [sys.executable, "-m", "console", "--data", str(data), "cases", "import", str(file)]
        with subprocess.Popen(
            [*command, "--mapping", str(mapping)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            yield
            if child.poll() not in (None, 0, 1):
                raise RuntimeError(f"the import ended with {child.returncode}")
            child.terminate()


_MAPPING = """
name = "neighbour"
system = "nb"
coordinates = "wgs84"
timezone = "Asia/Shanghai"
external_id = "编号"
description = ["描述"]
address = "地址"
place = { lon = "经度", lat = "纬度" }
times = { reported_at = { column = "时间", formats = ["%Y-%m-%d %H:%M"] } }
class = { columns = ["类别"], codes = { "暴露垃圾" = "event:06010" } }
status = { column = "状态", codes = { "办理中" = "handling" } }
"""


def _rows() -> Iterator[tuple[object, ...]]:
    yield "编号", "描述", "地址", "经度", "纬度", "时间", "类别", "状态"
    for number in range(IMPORTED):
        east, north = number % 200, number // 200 % 100
        minute, hour = number % 60, 8 + number // 60 % 9
        yield (f"P-{number}", f"路边有成袋生活垃圾{number}", f"花园路 {number} 号", 113.60 + east / 2000,
               34.70 + north / 1500, f"2026-03-19 {hour:02}:{minute:02}", "暴露垃圾", "办理中")  # fmt: skip
