"""A stored map that cannot be read is told, and keeps nobody from his cases."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import qasync
from pytestqt.qtbot import QtBot

from console.settings import Settings
from console.ui.map.panel import MapPanel
from tests.gui.seat import Clock, Seat, copy_store


def test_that_cases_are_shown_beside_a_map_whose_cells_are_cut_short(
    store_template: Path, tmp_path: Path, qtbot: QtBot, loop: qasync.QEventLoop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(MapPanel, "_begin", lambda _panel: None)  # the engine would stay in the process
    data = copy_store(store_template, tmp_path / "data")
    with closing(sqlite3.connect(data / "console.sqlite")) as store, store:
        cut = store.execute("UPDATE layers SET data = substr(data, 1, 40) WHERE name = 'cells'")
        assert cut.rowcount == 1
    seat = Seat(qtbot, loop, data, Settings(theme="light"), Clock())
    try:
        seat.open()
        assert seat.window.queue.model.rowCount() > 0
        assert "cut short" in seat.log()
    finally:
        seat.close()
