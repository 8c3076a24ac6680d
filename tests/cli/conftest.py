"""The command line in this process, over a data folder with the small city, or with nothing in it."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import URL

from console.cli.main import Doors, grid_console
from console.i18n import use_language


@dataclass(frozen=True)
class Said:
    """What a command answered: its exit code, its two streams, and its JSON where it was asked for that."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> dict[str, Any]:
        """The one JSON object, alone on its line."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found


Run = Callable[..., Said]
opened: list[tuple[Path, str | None]] = []


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Language and log are the whole program's; a command sets both."""
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    use_language("zh")
    for handler in set(logging.root.handlers) - set(handlers):
        handler.close()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    opened.clear()


def run_with(*always: str) -> Run:
    def run(*words: str, env: dict[str, str] | None = None) -> Said:
        doors = Doors(_open_window, _no_script)
        done = CliRunner().invoke(
            grid_console,
            [*always, *words],
            obj=doors,
            env=env,
            catch_exceptions=False,
        )
        return Said(done.exit_code, done.stdout, done.stderr)

    return run


def _open_window(folder: Path, url: str | None) -> int:
    opened.append((folder, url))
    return 0


def _no_script(script: Path, _data: Path | None, _tell: object) -> bool:
    raise AssertionError(f"{script} is run by tests/e2e/test_worked_example.py, in a process of its own")


@pytest.fixture
def cli(city_url: URL, tmp_path: Path) -> Run:
    """The console on the small city, in the data folder or on the server."""
    always = ["--data", str(tmp_path)]
    if city_url.get_backend_name() != "sqlite":
        always += ["--db", city_url.render_as_string(False).replace("+psycopg", "")]
    return run_with(*always)


@pytest.fixture
def empty(tmp_path: Path) -> Run:
    """The console on a folder that does not exist yet."""
    return run_with("--data", str(tmp_path / "new" / "folder"))
