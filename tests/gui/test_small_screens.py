"""Runs the tests of small_screens.py on the small screens that workstations have."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1280, 720)])
def test_that_a_first_start_fits_a_small_screen(tmp_path: Path, width: int, height: int) -> None:
    screen = {"name": "only", "x": 0, "y": 0, "width": width, "height": height}
    told = tmp_path / "screens.json"
    told.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    asked = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/gui/small_screens.py"]
    ended = subprocess.run(
        asked, env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={told}"},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
