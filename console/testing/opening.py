"""A driven window from nothing: application, loop, window, store; and all of it gone at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from console.queries.present import last_moment
from console.runtime.bootstrap import open_desk
from console.settings import Settings, read_settings
from console.testing.clock import Clock
from console.testing.console import SIZE, Console, close_log
from console.testing.loop import running_loop
from console.ui.map.engine import prepare_engine
from console.ui.start import make_application


@contextmanager
def open_console(
    folder: Path,
    *,
    at: datetime | None = None,
    by: str = "",
    settings: Settings | None = None,
    size: tuple[int, int] = SIZE,
    page: bool = True,
) -> Iterator[Console]:
    """The window of a data folder, opened and at rest; `page` waits for the map's page as well.

    Deterministic: the clock stands at `at` until it is moved (by default just after the last thing that
    happened in the store), nothing is animated and no caret blinks, and the sample city, its cases and its
    feed come from one seed. `by` signs the acts, by default the operator that the folder's settings name;
    all other settings are the usual ones unless given. What is done is really done: give it a copy of the
    folder. Without a screen it runs on Qt's `offscreen`. Raises Refused as the window would show it.
    """
    if not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance()
    if application is None:
        prepare_engine()
        application = make_application()
    assert isinstance(application, QApplication)
    if settings is None:
        settings = replace(Settings(theme="light"), operator=read_settings(folder).operator)
    clock = Clock(at or present_of(folder))
    with running_loop(application) as loop:
        console = Console(loop, folder, settings, clock, by or settings.operator, size)
        try:
            console.open()
            if page and not console.city.is_open:  # the first run has no map
                console.map.wait_until_painted()
                console.settle()
            yield console
        finally:
            console.close()


def present_of(folder: Path) -> datetime:
    """The first whole minute after all that happened in a folder's store; now where nothing has."""
    desk = open_desk(folder, None)
    try:
        last = desk.ask_now(last_moment)
    finally:
        desk.close()
        close_log()
    return (last or datetime.now(UTC)).replace(second=0, microsecond=0) + timedelta(minutes=1)
