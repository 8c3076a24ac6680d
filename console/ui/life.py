"""The life of an open window: one loop, the store opened behind the paint, an end in the right order."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import qasync
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication

from console.domain.errors import Refused
from console.settings import Settings
from console.ui.door import Door, open_door
from console.ui.first_picture import after_first_picture, expect_first_picture, first_picture_stands
from console.ui.garbage import Garbage
from console.ui.late_parts import load
from console.ui.main_window import MainWindow
from console.ui.preparing import Preparing
from console.ui.upgrading import Upgrading

log = logging.getLogger(__name__)

_LONGEST_WAIT_S = 5.0
_SWITCH_S = 0.0005


def run(
    application: QApplication, window: MainWindow, folder: Path, url: str | None, settings: Settings
) -> int:
    """Run the one loop until the window is closed; the exit code.

    Not qasync.run: it runs the loop again at the end and WebEngine crashes.
    """
    # Reading threads hand the interpreter back sooner: beside three busy ones the window's thread comes to it
    # within 0.8 ms, with 1 ms within 2.7, and still shorter brings no more.
    sys.setswitchinterval(_SWITCH_S)
    window.founding.url = url
    expect_first_picture()
    garbage = Garbage(application)
    after_first_picture(garbage.keep_what_is_here)  # 50 ms to walk through, and nothing of it is garbage
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    signal.signal(signal.SIGINT, lambda *_args: window.closing.emit())
    sys.excepthook = lambda kind, problem, trace: window.failed(problem)
    loop.set_exception_handler(lambda _loop, context: _told(window, context))
    try:
        with loop:
            loop.run_until_complete(_live(window, folder, url, settings))
    finally:
        garbage.end()
        sys.excepthook = sys.__excepthook__  # without a window only the terminal is left to be told
    return 0


async def _live(window: MainWindow, folder: Path, url: str | None, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    ended, painted = loop.create_future(), loop.create_future()
    window.closing.connect(lambda: None if ended.done() else ended.set_result(None))
    window.map.painted.connect(lambda _ms: None if painted.done() else painted.set_result(None))
    desk, begun = None, None
    try:
        door = await open_door(folder, url, settings.operator, tell=Upgrading(window.messages).tell)
        desk = door.desk
        await window.open(door)
        begun = loop.create_task(_begin(window, door, folder, painted))
    except Refused as problem:
        if problem.code == "no_city":
            begun = loop.create_task(_found(window, door, folder, painted))
        else:
            window.show_refused(problem)
            await first_picture_stands()  # no other comes
    try:
        await ended
    finally:
        await end(window)
        del begun  # held until here: the loop itself does not
        if desk is not None:
            await loop.run_in_executor(None, desk.close)


async def _begin(window: MainWindow, door: Door, folder: Path, painted: "asyncio.Future[None]") -> None:
    """What runs beside an open window, from the moment when its rows and its map are seen.

    All of it takes the interpreter from them: what the first click asks for is imported then, what the parts
    of the window let wait begins, the rest of the store's work and of the window's imports comes last.
    """
    window.settling.tell_faults()
    window.founding.say_left()
    if window.map.isVisible():  # not in a layout without a map
        await asyncio.wait([painted], timeout=_LONGEST_WAIT_S)
    await door.load()
    await first_picture_stands()
    Preparing(window.messages, window.failed).open(door.desk)
    for work in (
        door.watch(door.opened),
        door.resume_when_over(),
        door.keep_text_index(),
        door.keep_sealed(),
        door.keep_anchors(folder),
        door.keep_memory(),
        _holidays(window, door),
        _warm(window, door),
    ):
        asyncio.get_running_loop().create_task(work)


async def _found(window: MainWindow, door: Door, folder: Path, painted: "asyncio.Future[None]") -> None:
    """An empty data folder: first the choice of a city, then the window on it."""
    await first_picture_stands()
    window.founding.say_left()
    await window.founding.found(door)
    await window.open(door)
    door.opened = None  # all that was done to found it has just been read
    await _begin(window, door, folder, painted)


async def _holidays(window: MainWindow, door: Door) -> None:
    """Take up newly published years before the window tells which are missing."""
    try:
        await door.keep_holidays()
    except Refused as problem:
        window.failed(problem)


async def _warm(window: MainWindow, door: Door) -> None:
    """Build what the first click would wait for: it holds the interpreter for a second."""
    await door.warm()
    await window.attending.warm()
    await asyncio.get_running_loop().run_in_executor(None, load)


async def end(window: MainWindow) -> None:
    """Page first, then everything that still runs, then the window."""
    window.founding.stop()
    window.feed.stop()
    window.attending.stop()
    window.arranging.end()
    window.queue.heads.close()
    window.hide()
    await _over(window.wall.ended, window.wall.close)
    await _over(window.charting.second.ended, window.charting.second.close)
    await _over(window.charting.replaying.ended, window.charting.replaying.close)
    await _over(window.map.page_closed, window.map.close_page)
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    window.deleteLater()


async def _over(ended: SignalInstance, close: Callable[[], None]) -> None:
    """End something, and wait until it says that it has ended."""
    gone = asyncio.get_running_loop().create_future()
    ended.connect(lambda: None if gone.done() else gone.set_result(None))
    close()
    await gone


def _told(window: MainWindow, context: dict[str, object]) -> None:
    problem = context.get("exception")
    if isinstance(problem, BaseException):
        window.failed(problem)
    else:
        log.error("the loop says: %s", context.get("message"))
