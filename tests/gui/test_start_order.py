"""The order of a start: what is loaded before the window is seen, and what before its rows and map."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.gui.seat import copy_store

pytestmark = pytest.mark.web

# The program itself, as tests.perf starts it, telling at each event what is loaded by then.
TELLING = """
import builtins, json, sys, threading
from tests.perf.start_child import Events, window

class Told(Events):
    def note(self, name):
        if name not in self.seen:
            print(json.dumps([name, sorted(sys.modules), builtins.__import__.__name__]), flush=True)
            if name == "painted":
                watch_lists()
        super().note(name)

class OnWindowThread:
    '''Tells what the window's own thread imports once the window is seen.'''
    def find_spec(self, name, path=None, target=None):
        if "painted" in events.seen and threading.current_thread() is threading.main_thread():
            print(json.dumps(["held up by", name]), flush=True)

def watch_lists():
    from PySide6.QtWidgets import QApplication
    from console.ui.door import Door
    lists = Door.lists
    def watched(door):
        link = next(one.map_link for one in QApplication.topLevelWidgets() if hasattr(one, "map_link"))
        print(json.dumps(["first cell when lists are asked", link.code_of(0)]), flush=True)
        return lists(door)
    Door.lists = watched

sys.meta_path.insert(0, OnWindowThread())
events = Told(float(sys.argv[1]))
window(events, sys.argv[2])
"""

# What the thread does that opens the store.
OPENING = """
import json, sys
import console.runtime.bootstrap
from console.ui.store_parts import load_first
load_first()
print(json.dumps(sorted(sys.modules)))
"""

# What takes long to import, and is not needed for the picture that the event tells of.
BEFORE_PAINT = {
    "asyncio", "numpy", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "qasync", "sqlalchemy",
}  # fmt: skip
NOT_FOR_ROWS = {"alembic", "folium", "numpy", "pyproj", "shapely", "sqlalchemy.dialects.postgresql"}
LATE = {"alembic", "folium", "numpy", "openpyxl", "pyproj", "shapely", "sqlalchemy", "typst"}


@pytest.fixture(scope="module")
def told(store_template: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[object]]:
    data = copy_store(store_template, tmp_path_factory.mktemp("order") / "data")
    child = subprocess.run(
        [sys.executable, "-c", TELLING, str(time.time()), str(data)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    return [json.loads(line) for line in child.stdout.splitlines()]


def loaded(told: list[list[object]], event: str) -> set[str]:
    modules = next(line[1] for line in told if line[0] == event)
    assert isinstance(modules, list)
    return set(modules)


def test_that_the_window_is_painted_before_store_loop_and_engine_are_loaded(
    told: list[list[object]],
) -> None:
    assert not loaded(told, "painted") & BEFORE_PAINT


def test_that_a_store_is_opened_without_numbers_shapes_and_the_other_database() -> None:
    child = subprocess.run(
        [sys.executable, "-c", OPENING], capture_output=True, text=True, timeout=60, check=True
    )
    found = set(json.loads(child.stdout))
    assert {"sqlalchemy", "console.queries.map", "console.queries.holding"} <= found
    assert not found & NOT_FOR_ROWS


def test_that_the_map_has_its_city_before_other_lists_are_read(told: list[list[object]]) -> None:
    cells = [told_of[1] for told_of in told if told_of[0] == "first cell when lists are asked"]
    assert len(cells) == 1
    assert cells[0]


def test_that_the_map_is_painted_before_clicks_and_words_are_made_ready(told: list[list[object]]) -> None:
    early = {name for name in loaded(told, "map") if name.startswith(("console.services", "console.command"))}
    assert "console.services.steps" not in early
    assert "console.command.city_lexicon" not in early


def test_that_the_windows_thread_imports_no_library_of_the_store_behind_the_paint(
    told: list[list[object]],
) -> None:
    held = {str(name).partition(".")[0] for event, name, *_rest in told if event == "held up by"}
    assert "PySide6" in held, "the window's thread loads the engine: otherwise nothing was watched"
    assert not held & LATE


def test_that_nothing_reads_the_source_of_what_is_imported(told: list[list[object]]) -> None:
    assert {line[2] for line in told if line[0] == "painted"} != {"__feature_import__"}
