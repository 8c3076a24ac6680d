"""The start of the window: guard, engine, application, and a first paint before anything else is loaded."""

import sys
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.errors import Refused
from console.settings import read_layers
from console.system import resource, spare_memory
from console.ui.guard import check_pair
from console.ui.main_window import MainWindow
from console.ui.map.engine import prepare_engine
from console.ui.qt_words import use_qt_words
from console.ui.scale import use_zoom
from console.ui.theme import Theme, console_font
from console.words import refusal

_TURNS, _TURN_MS = 20, 10


def open_window(folder: Path, url: str | None) -> int:
    """Show the window on a data folder until it is closed; the exit code."""
    try:
        check_pair()
        settings = read_layers(folder).settings
    except Refused as problem:
        print(refusal(problem), file=sys.stderr)  # there is no window yet to say it in
        return 2
    prepare_engine()
    use_zoom(settings.zoom)
    application = make_application()
    theme = Theme(settings.theme, application, sheet=False)
    window = MainWindow(theme, settings, folder)
    theme.put_on_sheet()  # once, over the whole window: half of its making was spent otherwise
    show_fitting(window)
    paint_now(application, window)
    from console.ui.life import run  # asyncio and its loop are not needed for the first paint

    founding = window.founding
    code = run(application, window, folder, url, settings)
    if founding.finish():
        import subprocess

        subprocess.Popen([sys.executable, *sys.orig_argv[1:]])  # the engine of the map starts once a process
    return code


def show_fitting(window: QWidget) -> None:
    """Show the window, filling a screen that is no larger than it: its frame would hang over the edge."""
    room = window.screen().availableSize()
    if window.width() >= room.width() or window.height() >= room.height():
        window.showMaximized()
    else:
        window.show()


def paint_now(application: QApplication, window: MainWindow) -> None:
    """Let the window system show the window, so that nobody waits before an empty screen."""
    for _turn in range(_TURNS):
        application.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, _TURN_MS)
        if window.windowHandle().isExposed():
            break
    application.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def make_application() -> QApplication:
    spare_memory()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("grid-console")
    application.setDesktopFileName("grid-console")
    application.setWindowIcon(QIcon(str(resource("icons", "grid-console.svg"))))
    application.setQuitOnLastWindowClosed(False)  # the loop ends when its work has ended
    application.setFont(console_font())
    use_qt_words()
    return application
