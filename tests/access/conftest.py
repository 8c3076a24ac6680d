"""A screen reader on the running program, each on a copy of the small city's store."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.i18n import use_language
from tests.access.bus import bus_problem, program, session_bus
from tests.access.desk import Desk
from tests.access.screen_reader import ScreenReader, client_problem
from tests.cities import small_city
from tests.gui.seat import copy_store, make_store

CASES = 40

OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def reader_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small city and a few cases; copy it."""
    folder = tmp_path_factory.mktemp("template")
    make_store(folder, small_city(), CASES)
    return folder


@pytest.fixture
def open_desk(reader_store: Path, tmp_path: Path) -> Iterator[OpenDesk]:
    """Starts the program with a screen reader beside it; skipped, saying so, where there can be none."""
    problem = bus_problem() or client_problem()
    if problem:
        if os.environ.get("CI") == "true" and os.environ.get("DISPLAY"):
            pytest.fail(problem)
        pytest.skip(problem)
    with ExitStack() as standing:

        def open_one(language: str = "zh", url: str = "") -> Desk:
            folder = copy_store(reader_store, tmp_path / "data")
            (folder / "settings.toml").write_text(f'language = "{language}"\n', "utf-8")
            use_language(language)
            standing.callback(use_language, "zh")
            env = standing.enter_context(session_bus())
            running = standing.enter_context(program(env, folder, tmp_path / "program.log", url))
            reader = ScreenReader(env, tmp_path / "client.log")
            standing.callback(reader.close)
            reader.begin(running.pid)
            desk = Desk(reader, folder)
            desk.wait_until_open()
            return desk

        yield open_one
