"""A page that loads before its city is known: it waits for it, whatever happens, and shows it then."""

import os
import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.ui.map.panel import MapPanel
from tests.gui.map_page import WAIT_MS, theme
from tests.perf.map_city import make_city

pytestmark = pytest.mark.web

FIRST = 7  # what a page asks for at its start: see resources/map/early.js


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[MapPanel]:
    panel = MapPanel(theme())
    panel.resize(600, 400)
    panel.show()
    qtbot.waitUntil(lambda: asked(panel) == FIRST, timeout=WAIT_MS)
    yield panel
    with qtbot.waitSignal(panel.page_closed, timeout=WAIT_MS):
        panel.close_page()
    panel.close()
    panel.deleteLater()


def asked(panel: MapPanel) -> int:
    """How many answers the pages of this panel have waited for so far."""
    return len(panel._browser._scheme._waiting) if panel._browser is not None else 0


def stats_of(panel: MapPanel, qtbot: QtBot) -> str:
    told: list[str] = []
    panel.run_script("(({cells, filter}) => `${cells} ${filter}`)(gridConsole.stats())", told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=WAIT_MS)
    return told[0]


def test_that_a_page_without_a_city_waits_and_then_shows_what_was_told_before(
    panel: MapPanel, qtbot: QtBot
) -> None:
    assert not panel._patience.isActive(), "nothing is late as long as there is no city"
    panel.filter_cell(5)
    with qtbot.waitSignal(panel.painted, timeout=WAIT_MS):
        panel.show_city(make_city(900).city)
        panel.filter_cell(6)
    qtbot.waitUntil(lambda: stats_of(panel, qtbot) == "900 6", timeout=WAIT_MS)


def test_that_a_page_killed_while_it_waits_shows_the_city_that_comes_later(
    panel: MapPanel, qtbot: QtBot
) -> None:
    assert panel._browser is not None
    with qtbot.waitSignal(panel._browser.starting, timeout=WAIT_MS):
        os.kill(panel._browser.page.renderProcessPid(), signal.SIGKILL)
    qtbot.waitUntil(lambda: asked(panel) == 2 * FIRST, timeout=WAIT_MS)
    with qtbot.waitSignal(panel.painted, timeout=WAIT_MS):
        panel.show_city(make_city(900).city)
    assert stats_of(panel, qtbot) == "900 -1"


def test_that_a_second_city_loads_the_page_anew(panel: MapPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.painted, timeout=WAIT_MS):
        panel.show_city(make_city(900).city)
    with qtbot.waitSignal(panel.painted, timeout=WAIT_MS):
        panel.show_city(make_city(400).city)
    assert stats_of(panel, qtbot) == "400 -1"
