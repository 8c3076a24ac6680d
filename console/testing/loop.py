"""The loop of a driven window: the program's own, entered from outside as often as a test likes."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import qasync
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from console.testing.waiting import until
from console.ui.edge import forget
from console.ui.garbage import Garbage


@contextmanager
def running_loop(application: QApplication) -> Iterator[qasync.QEventLoop]:
    """An asyncio loop that runs whenever Qt's own loop does, and the garbage collected as the program does.

    Left to itself the interpreter collects on a reading thread too, and Qt crashes (seen once in a few
    hundred tests). `application.exec` is never entered: its end would shut the browser engine down for good.
    """
    loop = qasync.QEventLoop(application)
    owner = QObject()
    garbage = Garbage(owner)
    forget()
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)
    try:
        yield loop
    finally:
        forget()
        _end_what_is_left(loop)
        garbage.end()
        owner.deleteLater()
        asyncio._set_running_loop(None)
        asyncio.set_event_loop(None)
        loop.close()


def _end_what_is_left(loop: qasync.QEventLoop) -> None:
    """Or a task that waits would be told as an error of whatever runs when it is collected."""
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    until(lambda: all(task.done() for task in left), "the tasks that are left end")
