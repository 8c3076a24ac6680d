"""What the map outlives: a killed page, a lost engine, being hidden, and the lack of any network."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from pytestqt.qtbot import QtBot

from console.domain.lamp import Lamp
from console.ui.map.marks import Mark, Shape, packed_marks
from console.ui.map.scheme import POLICY
from tests.gui.map_page import WAIT_MS, OpenMap

pytestmark = pytest.mark.web

# The longest time that a timer of the page itself did not run, ms.
LONGEST_GAP = """(() => {
  let last = performance.now();
  window.gap = 0;
  setInterval(() => {
    const now = performance.now();
    window.gap = Math.max(window.gap, now - last);
    last = now;
  }, 10);
})()"""

# In a process of its own: an engine that lost what starts its renderers is of no use to the tests after it.
WITHOUT_ZYGOTES = """
import os, signal, sys
import psutil
from console.ui.map.engine import prepare_engine
prepare_engine()
from PySide6.QtWidgets import QApplication, QLabel
from tests.gui.map_page import theme
from tests.perf.map_city import make_city
from tests.perf.map_speed import more_than, until
from console.ui.map.panel import MapPanel

app = QApplication(sys.argv[:1])
panel = MapPanel(theme())
panel.resize(600, 400)
painted = []
panel.painted.connect(painted.append)
panel.show_city(make_city(100).city)
panel.show()
until(more_than(painted))
renderer = panel._browser.page.renderProcessPid()
for child in psutil.Process().children(recursive=True):
    if child.pid != renderer and any("--type=zygote" in part for part in child.cmdline()):
        os.kill(child.pid, signal.SIGKILL)
os.kill(renderer, signal.SIGKILL)
said = panel.findChild(QLabel, "mapNoticeText")
until(lambda: "重新打开指挥台" in said.text())
print("said", flush=True)  # the exit below writes nothing out
os._exit(0)
"""


def test_that_a_killed_page_comes_back_where_it_was(opened: OpenMap, qtbot: QtBot) -> None:
    lon, lat = opened.made.place(433)
    opened.panel.show_marks(packed_marks([Mark(77, lon, lat, Shape.LATE, Lamp.LATE, "一")]))
    opened.panel.select_case(77, lon, lat)
    opened.panel.update_cells({433: (5, 9), 434: (1, 1)})
    opened.panel.declare("layers", {})
    opened.panel.set_part("layers", {"names": [0, 100]})
    with qtbot.waitSignal(opened.panel.view_changed, timeout=WAIT_MS):
        opened.run(f"gridConsole.goTo({lon}, {lat}, 16)")
    opened.until(lambda stats: stats["selected"] == 77 and stats["marks"] == 1 and stats["open"] == 2)
    opened.until(lambda stats: stats["layers"]["names"] == 0)
    before = opened.stats()
    place = opened.point("gridConsole.pointOfCase(77)")
    browser = opened.panel._browser
    assert browser is not None
    with qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS):
        os.kill(browser.page.renderProcessPid(), signal.SIGKILL)
    opened.until(lambda stats: stats["layers"]["names"] == 0)
    kept = ("selected", "marks", "open", "zoom", "layers", "filter", "following")
    assert {name: opened.stats()[name] for name in kept} == {name: before[name] for name in kept}
    moved = opened.point("gridConsole.pointOfCase(77)") - place
    assert moved.manhattanLength() <= 2  # px: the centre is told to the sixth decimal


def test_that_an_engine_that_can_start_no_page_says_so_instead_of_trying_for_ever() -> None:
    told = subprocess.run(
        [sys.executable, "-c", WITHOUT_ZYGOTES], stdout=subprocess.PIPE, text=True, timeout=60, check=False
    )
    assert told.stdout.splitlines()[-1:] == ["said"]


def test_that_a_page_that_is_painted_hears_of_all_that_comes(opened: OpenMap, qtbot: QtBot) -> None:
    hears: list[bool] = []
    opened.panel.painted.connect(lambda _ms: hears.append(opened.panel.courier.is_open))
    browser = opened.panel._browser
    assert browser is not None
    with qtbot.waitSignal(browser.starting, timeout=WAIT_MS):
        opened.panel.reload()
    assert not opened.panel.courier.is_open
    qtbot.waitUntil(lambda: hears == [True], timeout=WAIT_MS)


def test_that_the_engine_holds_one_process_ready_to_fork_pages_from(opened: OpenMap) -> None:
    browser = opened.panel._browser
    assert browser is not None
    renderer = psutil.Process(browser.page.renderProcessPid())
    engine = [one for one in psutil.Process().children() if one.name() == renderer.name()]
    assert engine == [renderer.parent()]


def test_that_a_hidden_map_runs_nothing_and_asks_for_nothing(opened: OpenMap, qtbot: QtBot) -> None:
    opened.panel.hide()
    qtbot.wait(100)
    browser = opened.panel._browser
    assert browser is not None
    renderer = psutil.Process(browser.page.renderProcessPid())
    worked, number = sum(renderer.cpu_times()[:2]), opened.panel._scene._number
    for step in range(60):
        opened.panel.update_cells({step: (2, 2)})
        opened.panel.select_case(step + 1, *opened.made.place(step))
        qtbot.wait(20)
    assert opened.panel._scene._number == number
    assert sum(renderer.cpu_times()[:2]) - worked <= 0.1  # seconds of a processor
    opened.panel.show()
    opened.until(lambda stats: stats["open"] == 60 and stats["selected"] == 60)
    assert opened.panel._scene._number == number + 1  # all of it at once


def test_that_a_hidden_map_stands_still_until_it_is_shown(opened: OpenMap, qtbot: QtBot) -> None:
    opened.run(LONGEST_GAP)
    opened.panel.hide()
    qtbot.wait(1500)
    opened.panel.show()
    qtbot.waitUntil(lambda: opened.run("window.gap") > 1000, timeout=WAIT_MS)


def test_that_a_page_killed_while_hidden_is_there_when_it_is_shown(opened: OpenMap, qtbot: QtBot) -> None:
    browser = opened.panel._browser
    assert browser is not None
    opened.panel.hide()
    qtbot.wait(50)
    with qtbot.waitSignal(browser.died, timeout=WAIT_MS):
        os.kill(browser.page.renderProcessPid(), signal.SIGKILL)
    opened.panel.update_cells({3: (3, 3)})
    qtbot.wait(500)
    with qtbot.waitSignal(opened.panel.painted, timeout=WAIT_MS):
        opened.panel.show()
    opened.until(lambda stats: stats["open"] == 1)


def test_that_a_minimised_window_tells_its_map_nothing(opened: OpenMap, qtbot: QtBot) -> None:
    opened.panel.showMinimized()
    qtbot.waitUntil(lambda: opened.panel._hidden, timeout=WAIT_MS)
    number = opened.panel._scene._number
    opened.panel.update_cells({5: (1, 1)})
    qtbot.wait(300)
    assert opened.panel._scene._number == number
    opened.panel.showNormal()
    opened.until(lambda stats: stats["open"] == 1)


def test_that_a_map_at_work_asks_for_nothing_outside(opened: OpenMap) -> None:
    lon, lat = opened.made.place(450)
    for zoom in (12, 15, 18):
        opened.run(f"gridConsole.goTo({lon}, {lat}, {zoom})")
    opened.until(lambda stats: stats["zoom"] == 18)
    assert opened.panel.outside_requests == []
    sources = {source for rule in POLICY.split("; ") for source in rule.split()[1:]}
    assert sources <= {"'none'", "'self'"}  # so that the page cannot even ask
