"""How soon an emergency of another process is told, and how long the brief of a shift and the clocks take."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from console.adapters.practice import standard
from console.domain.alarms import Alarms
from console.domain.attention import Event
from console.domain.case import Source
from console.domain.report import Report
from console.queries.attention import clocks_between, heard_since, seat_watch, standing
from console.queries.handover import handover_brief
from console.runtime import jobs
from console.runtime.bootstrap import open_desk
from console.runtime.desk import Desk
from console.services.collection import register_report
from console.storage.engine import database_url
from console.storage.unit import Store
from console.ui.attention.tones import SOUNDS, samples
from tests.perf.demo_store import UNTIL, copy_of_store
from tests.perf.figures import percentile, record

SEAT, OTHER = "演示受理员01", "演示受理员02"
EMERGENCY = Report(Source.HOTLINE, "路口积水", "event:21006", 113.66, 34.75)
COUNT, PAUSE_S = 60, 0.11
REPEATS = 15
BEGINS_S = 2.0
LONGEST_S = 30.0


def records() -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory() as folder:
        data = copy_of_store(Path(folder))
        desk = open_desk(data, None)
        try:
            watch = desk.ask_now(seat_watch, UNTIL, SEAT).watcher
            brief = timed(lambda: desk.ask_now(handover_brief, UNTIL, "演示值班长01"))
            yield record("attention: brief of a shift, quarter of cases, p95", "ms", brief, None, 200)
            since = UNTIL - timedelta(seconds=15)
            clocks = timed(lambda: desk.ask_now(clocks_between, watch, since, UNTIL))
            yield record("attention: clocks of fifteen seconds, p95", "ms", clocks, None, 50)
            stands = timed(lambda: desk.ask_now(standing, watch))
            yield record("attention: what stands at a start, p95", "ms", stands, None, 200)
            late = asyncio.run(told(desk, data))
            if len(late) != COUNT:
                raise ValueError(f"{len(late)} of {COUNT} emergencies were told")
            yield record(
                "attention: emergency of another process to its ring, p50",
                "ms",
                percentile(late, 0.5),
                None,
                None,
            )
            yield record(
                "attention: emergency of another process to its ring, worst", "ms", max(late), None, 1000
            )
        finally:
            desk.close()
    sounds = timed(lambda: [samples(notes) for notes in SOUNDS.values()])
    yield record("attention: all sounds made, p95", "ms", sounds, None, None)


def timed(work: Callable[[], object]) -> float:
    """The 95th percentile of `work`, ms."""
    taken = []
    for _repeat in range(REPEATS):
        began = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - began))
    return percentile(taken, 0.95)


async def told(desk: Desk, data: Path) -> list[float]:
    """Milliseconds from each commit of a child process to the ring here, as the window goes about it."""
    watcher = (await desk.ask(seat_watch, UNTIL, SEAT)).watcher
    heard = await desk.ask(standing, watcher)
    alarms, line = Alarms(), heard.line
    rang: dict[int, float] = {}
    woken = asyncio.Event()
    desk.listen(lambda _changes: woken.set())
    watching = asyncio.create_task(jobs.watch(desk))
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.perf.attention", str(data), stdout=subprocess.PIPE
    )
    ended = asyncio.create_task(child.communicate())
    while not ended.done() or len(rang) < COUNT:
        try:
            await asyncio.wait_for(woken.wait(), LONGEST_S)
        except TimeoutError:
            break
        woken.clear()
        found = await desk.glance(heard_since, watcher, line)
        line = found.line
        for step in found.steps:
            ring = alarms.hear(step.news, datetime.now(UTC))
            told = {case for one in (*ring.lines, *ring.joined) for case in one.cases} if ring else set()
            for news in step.news:
                if news.event is Event.CRITICAL and news.case_id in told:
                    rang.setdefault(news.case_id, time.time())
    watching.cancel()
    out, _errors = await ended
    committed = dict(map(float, row.split()) for row in out.decode().splitlines())
    return [1000 * (rang[int(case)] - moment) for case, moment in committed.items() if int(case) in rang]


def other_seat(data: Path) -> None:
    """Another process: one emergency after the other, each told with its instant of commit."""
    store = Store(database_url(None, data), practice=standard())
    time.sleep(BEGINS_S)
    for number in range(COUNT):
        report = replace(EMERGENCY, description=f"路口积水 {number}")
        with store.write() as unit:
            case = register_report(unit, report, by=OTHER, at=UNTIL)
        print(case.id, time.time(), flush=True)
        time.sleep(PAUSE_S)
    store.close()


if __name__ == "__main__":
    other_seat(Path(sys.argv[1]))
