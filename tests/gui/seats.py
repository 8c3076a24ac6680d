"""The fixtures that give a test its seat."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.settings import Settings
from console.ui.map.panel import MapPanel
from tests.cities import small_city
from tests.gui.seat import Clock, Seat, copy_store, make_store, running_loop

CASES = 300

OpenSeat = Callable[..., Seat]


@pytest.fixture(scope="session")
def store_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small city and its history; copy it."""
    folder = tmp_path_factory.mktemp("template")
    make_store(folder, small_city(), CASES)
    return folder


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    with running_loop(qapp) as own:
        yield own


@pytest.fixture
def open_seat(
    qtbot: QtBot, loop: qasync.QEventLoop, tmp_path: Path, store_template: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenSeat]:  # fmt: skip
    """Opens windows on a copy of the template, or on another data folder; they are closed at the end.

    With an opened store a window must not have logged an error by then.
    """
    seats: list[Seat] = []

    def open_one(
        *, folder: Path | None = None, page: bool = False, opened: bool = True,
        settings: Settings | None = None, clock: Clock | None = None,
    ) -> Seat:  # fmt: skip
        if not page:
            # The browser engine would stay in the process and upset the tests after it.
            monkeypatch.setattr(MapPanel, "_begin", lambda _panel: None)
        where = folder or copy_store(store_template, tmp_path / f"seat{len(seats)}")
        made = Seat(qtbot, loop, where, settings or Settings(theme="light"), clock or Clock())
        seats.append(made)
        return made.open() if opened else made

    yield open_one
    for seat in reversed(seats):
        seat.close()
    for seat in seats:
        assert " ERROR " not in seat.log(), seat.log()


@pytest.fixture
def seat(open_seat: OpenSeat) -> Seat:
    """A window without its page, on the small city."""
    return open_seat()


@pytest.fixture
def seat_with_page(open_seat: OpenSeat) -> Seat:
    """A window with the real page, painted. For tests marked `web`."""
    return open_seat(page=True, opened=False).open_painted()
