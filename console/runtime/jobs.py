"""What runs by itself beside the operator: the watch on other seats, resuming, the simulated feed."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from console.domain.errors import Refused
from console.queries.approvals import suspensions_over
from console.queries.watch import Head, changed_since, city_acts_since, journal_head
from console.runtime.desk import Changes, Desk
from console.services.steps import resume_suspended

WATCH_SECONDS = 0.25  # a new critical case is to be told within a second of its commit at another seat
RESUME_SECONDS = 60.0
_MOST_TOLD = 2000
_log = logging.getLogger(__name__)


async def watch(desk: Desk, head: Head | None = None) -> None:
    """Publish what other processes commit to the same store, a quarter of a second after they did.

    What they did since `head` is told first; without one the watch begins where the journal ends now.
    """
    while True:
        try:
            head = await desk.glance(journal_head) if head is None else await _news(desk, head)
        except Refused as problem:  # a server that restarts must not end the watch for good
            _log.warning("%s", problem)
        await asyncio.sleep(WATCH_SECONDS)


async def _news(desk: Desk, head: Head) -> Head:
    now = await desk.glance(journal_head)
    if now == head:
        return head
    acts = await desk.glance(city_acts_since, head.fact)
    if now.revision != head.revision:
        desk.publish(Changes(everything=True, acts=acts))
        return now
    told = await desk.glance(changed_since, head.fact, _MOST_TOLD)
    strange = {case: version for case, version in told.items() if not desk.wrote(case, version)}
    if strange or acts:
        desk.publish(Changes(strange, everything=len(told) >= _MOST_TOLD, acts=acts))
    return now


async def resume_when_over(desk: Desk, now: Callable[[], datetime]) -> None:
    """Take suspended cases up again when their time has come, until cancelled."""
    while True:
        try:
            codes = await desk.ask(suspensions_over, now())
            if codes:
                await desk.do(resume_suspended, codes, at=now())
        except Refused as problem:  # tried again in a minute
            _log.warning("%s", problem)
        await asyncio.sleep(RESUME_SECONDS)


async def run_feed(desk: Desk, speed: int, now: Callable[[], datetime], per_day: float | None = None) -> None:
    """Advance the simulated city until cancelled; each advance is one short transaction.

    `per_day` are the reports of a mean day at speed 1, those of the demo city where nothing is said.
    """
    from console.adapters.demo.feed import PER_DAY, Feed
    from console.adapters.demo.patrol import PAUSE, patrol

    feed = Feed(now(), speed=speed, per_day=PER_DAY if per_day is None else per_day)
    await desk.ask(feed.due, now())  # reads the city and all that waits; from then on it is a glance
    told = -PAUSE
    while True:
        if monotonic() - told >= PAUSE:
            told = monotonic()
            await desk.do(patrol, now())
        agenda = await desk.glance(feed.due, now())
        if agenda.actions:
            await desk.do(feed.perform, agenda.actions, now())
        await asyncio.sleep(agenda.pause)
