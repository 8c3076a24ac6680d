"""Start and end of the window: guard, application, loop run once, the store opened behind the paint."""

import asyncio
import logging
import signal
import sys
from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from console.domain.errors import Refused
from console.settings import Settings, read_settings
from console.system import resource
from console.ui.door import open_door
from console.ui.guard import check_pair
from console.ui.main_window import MainWindow
from console.ui.map.engine import prepare_engine
from console.ui.theme import Theme, console_font
from console.words import refusal

log = logging.getLogger(__name__)


def open_window(folder: Path, url: str | None) -> int:
    """Show the window on a data folder until it is closed; the exit code."""
    try:
        check_pair()
        settings = read_settings(folder)
    except Refused as problem:
        print(refusal(problem), file=sys.stderr)  # there is no window yet to say it in
        return 2
    prepare_engine()
    application = make_application()
    window = MainWindow(Theme(settings.theme, application), settings, folder)
    window.show()
    return run(application, window, folder, url, settings)


def make_application() -> QApplication:
    application = QApplication(sys.argv[:1])
    application.setApplicationName("grid-console")
    application.setDesktopFileName("grid-console")
    application.setWindowIcon(QIcon(str(resource("icons", "grid-console.svg"))))
    application.setQuitOnLastWindowClosed(False)  # the loop ends when its work has ended
    application.setFont(console_font())
    return application


def run(
    application: QApplication, window: MainWindow, folder: Path, url: str | None, settings: Settings
) -> int:
    """Run the one loop. Not qasync.run: it runs the loop again at the end and WebEngine crashes."""
    import qasync

    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    signal.signal(signal.SIGINT, lambda *_args: window.closing.emit())
    sys.excepthook = lambda kind, problem, trace: window.failed(problem)
    loop.set_exception_handler(lambda _loop, context: _told(window, context))
    try:
        with loop:
            loop.run_until_complete(_live(window, folder, url, settings))
    finally:
        sys.excepthook = sys.__excepthook__  # without a window only the terminal is left to be told
    return 0


async def _live(window: MainWindow, folder: Path, url: str | None, settings: Settings) -> None:
    ended = asyncio.get_running_loop().create_future()
    window.closing.connect(lambda: None if ended.done() else ended.set_result(None))
    desk = None
    try:
        door = await open_door(folder, url, settings.operator)
        desk = door.desk
        await window.open(door)
        asyncio.get_running_loop().create_task(door.watch())
    except Refused as problem:
        window.show_refused(problem)
    try:
        await ended
    finally:
        await _end(window)
        if desk is not None:
            await asyncio.get_running_loop().run_in_executor(None, desk.close)


async def _end(window: MainWindow) -> None:
    """Page first, then everything that still runs, then the window."""
    window.feed.stop()
    window.hide()
    gone = asyncio.get_running_loop().create_future()
    window.map.page_closed.connect(lambda: None if gone.done() else gone.set_result(None))
    window.map.close_page()
    await gone
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    window.deleteLater()


def _told(window: MainWindow, context: dict[str, object]) -> None:
    problem = context.get("exception")
    if isinstance(problem, BaseException):
        window.failed(problem)
    else:
        log.error("the loop says: %s", context.get("message"))
