"""The program itself, started and closed in a process of its own."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.gui.seat import copy_store

pytestmark = pytest.mark.web


@pytest.mark.parametrize("run", range(3))
def test_that_the_program_paints_its_window_rows_and_map_and_ends_cleanly(
    store_template: Path, tmp_path: Path, run: int
) -> None:
    data = copy_store(store_template, tmp_path / "data")
    child = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.perf.start_child",
         str(time.time()), "window", data],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr
    assert set(json.loads(child.stdout.splitlines()[-1])) == {
        "painted", "rows", "map", "cases", "processor",
    }  # fmt: skip
    for bad in ("Traceback", "Release of profile", "was destroyed but it is pending", "another thread"):
        assert bad not in child.stderr
    assert not (data / "console.log").exists()
