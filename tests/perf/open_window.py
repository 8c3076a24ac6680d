"""The real window on the demo city, with its map, for measurements in a process of its own."""

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from tests.perf.demo_store import UNTIL, copy_of_store

T = TypeVar("T")

PATIENCE_MS = 120_000


def choose_platform() -> None:
    """A screen where there is one. Before Qt is imported."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def until(holds: Callable[[], object]) -> None:
    """Let Qt run until something holds. Raises TimeoutError."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, poll, end = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: holds() and loop.exit(0))
    end.setSingleShot(True)
    end.timeout.connect(lambda: loop.exit(1))
    poll.start(2)
    end.start(PATIENCE_MS)
    if not holds() and loop.exec():
        raise TimeoutError


def pass_time(seconds: float) -> None:
    """Let Qt run for so long."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


class Opened:
    """An open window; `wait` runs a coroutine beside it."""

    def __init__(self, window: Any, door: Any, loop: asyncio.AbstractEventLoop) -> None:
        self.window = window
        self.door = door
        self._loop = loop

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        task = self._loop.create_task(work)
        until(task.done)
        return task.result()

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run a coroutine beside everything else."""
        return self._loop.create_task(work)

    def settle(self) -> None:
        """Until no reload is under way."""
        window = self.window
        reloads = (
            window.case.reload, window.passing.counts, window.map_link.reload,
        )  # fmt: skip
        until(
            lambda: (
                window.queue.idle
                and not window.conduct.clicks.busy
                and all(reload.idle for reload in reloads)
            )
        )


@contextmanager
def demo_window() -> Iterator[Opened]:
    """The window of the demo city on a store of its own, its map painted and its index warm."""
    with tempfile.TemporaryDirectory() as folder, opened_window(copy_of_store(Path(folder))) as opened:
        yield opened


@contextmanager
def opened_window(folder: Path, now: Callable[[], datetime] = lambda: UNTIL) -> Iterator[Opened]:
    """The window of a data folder, with a clock that stands still unless another is given."""
    choose_platform()
    from console.ui.map.engine import prepare_engine

    prepare_engine()
    import qasync

    from console.settings import Settings
    from console.ui.door import open_door
    from console.ui.garbage import Garbage
    from console.ui.life import _SWITCH_S
    from console.ui.main_window import MainWindow
    from console.ui.start import make_application
    from console.ui.theme import Theme

    sys.setswitchinterval(_SWITCH_S)  # as console.ui.life does
    application = make_application()
    garbage = Garbage(application)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)  # Qt's own loop drives it: see tests.gui.seat
    window = MainWindow(Theme("light", application), Settings(theme="light"), folder)
    painted: list[float] = []
    window.map.painted.connect(painted.append)
    window.show()
    task = loop.create_task(open_door(folder, None, "操作员", now))
    until(task.done)
    opened = Opened(window, task.result(), loop)
    opened.wait(window.open(opened.door))
    until(lambda: painted)
    opened.wait(opened.door.warm())
    opened.settle()
    garbage.keep_what_is_here()
    window.activateWindow()
    try:
        yield opened
    finally:
        _close(opened, loop)


def _close(opened: Opened, loop: asyncio.AbstractEventLoop) -> None:
    window = opened.window
    window.passing.stop()
    window.hide()
    gone: list[bool] = []
    window.map.page_closed.connect(lambda: gone.append(True))
    window.map.close_page()
    until(lambda: gone)
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    until(lambda: all(task.done() for task in tasks))
    opened.door.desk.close()
    window.deleteLater()
    asyncio._set_running_loop(None)
    loop.close()
    sys.stdout.flush()
