"""A driven window from nothing: application, loop, window, store; and all of it gone at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from console.settings import Settings
from console.testing.clock import Clock
from console.testing.console import SIZE, Console
from console.testing.loop import running_loop
from console.ui.map.engine import prepare_engine
from console.ui.start import make_application

BY = "测试员"


@contextmanager
def open_console(
    folder: Path,
    *,
    at: datetime,
    by: str = BY,
    settings: Settings | None = None,
    size: tuple[int, int] = SIZE,
    page: bool = True,
) -> Iterator[Console]:
    """The window of a data folder, opened and at rest; `page` waits for the map's page as well.

    Deterministic: the clock stands at `at` until it is moved, nothing is animated and no caret blinks, and
    the sample city, its cases and its feed come from one seed. `by` signs the acts. What is done is really
    done: give it a copy of the folder. Without a screen it runs on Qt's `offscreen`. Raises Refused as the
    window would show it.
    """
    if not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance()
    if application is None:
        prepare_engine()
        application = make_application()
    assert isinstance(application, QApplication)
    with running_loop(application) as loop:
        console = Console(loop, folder, settings or Settings(theme="light"), Clock(at), by, size)
        try:
            console.open()
            if page:
                console.map.wait_until_painted()
                console.settle()
            yield console
        finally:
            console.close()
