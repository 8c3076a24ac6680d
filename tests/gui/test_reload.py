"""Reloads that are wished faster than they are done: none is lost, and none is all the machine does."""

import asyncio

import qasync
from pytestqt.qtbot import QtBot

from console.ui.edge import Reload

_LONG_MS = 600_000  # no test waits for it


class Slow:
    """Work that ends when it is let."""

    def __init__(self) -> None:
        self.begun = 0
        self.may = asyncio.Event()

    async def work(self) -> None:
        self.begun += 1
        await self.may.wait()


def test_that_what_was_wished_during_a_reload_waits_as_every_other_wish(
    qtbot: QtBot, loop: qasync.QEventLoop
) -> None:
    slow, problems = Slow(), list[BaseException]()
    reload = Reload(slow.work, problems.append, wait_ms=_LONG_MS)
    reload.wish(now=True)
    qtbot.waitUntil(lambda: slow.begun == 1)
    reload.wish()
    slow.may.set()
    qtbot.waitUntil(lambda: reload._task is not None and reload._task.done())
    assert (slow.begun, reload.idle) == (1, False)
    reload.hurry()
    qtbot.waitUntil(lambda: reload.idle)
    assert (slow.begun, problems) == (2, [])


def test_that_what_the_operator_wished_during_a_reload_follows_at_once(
    qtbot: QtBot, loop: qasync.QEventLoop
) -> None:
    slow, problems = Slow(), list[BaseException]()
    reload = Reload(slow.work, problems.append, wait_ms=_LONG_MS)
    reload.wish(now=True)
    qtbot.waitUntil(lambda: slow.begun == 1)
    reload.wish()
    reload.wish(now=True)
    slow.may.set()
    qtbot.waitUntil(lambda: reload.idle)
    assert (slow.begun, problems) == (2, [])


def test_that_a_reload_that_took_long_leaves_room_for_others(qtbot: QtBot, loop: qasync.QEventLoop) -> None:
    reload = Reload(Slow().work, lambda problem: None, wait_ms=100)
    assert reload._pause == 100
    reload._took_ms = 400
    assert reload._pause == 1200
    reload._took_ms = 60_000
    assert reload._pause == 2000
