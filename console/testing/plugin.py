"""Fixtures for pytest: `pytest_plugins = ["console.testing.plugin"]`, or `-p console.testing.plugin`."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.testing.console import Console
from console.testing.opening import open_console
from console.testing.sample import make_sample


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--console-data`: the data folder to work on a copy of."""
    parser.addoption("--console-data", type=Path, help="data folder of the console to copy; a sample without")


@pytest.fixture(scope="session")
def console_data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that every test gets a copy of. Override it to prepare one of your own."""
    given: Path | None = request.config.getoption("--console-data")
    return given if given is not None else make_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def console(console_data: Path, tmp_path: Path) -> Iterator[Console]:
    """The window on a copy of the data folder, its map painted, its clock just after all that happened."""
    folder = Path(shutil.copytree(console_data, tmp_path / "console"))
    with open_console(folder) as opened:
        yield opened
