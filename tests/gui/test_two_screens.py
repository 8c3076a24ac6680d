"""Runs the tests of two_screens.py where there are two real screens."""

import os
import shutil
import subprocess
import sys

import pytest


def test_that_panels_and_the_wall_follow_the_screens_that_are_really_there() -> None:
    screen = shutil.which("xvfb-run")
    if screen is None:
        pytest.skip("no virtual X server is installed (xvfb-run)")
    asked = [screen, "-a", "-s", "-screen 0 1920x1080x24 -noreset", sys.executable, "-m", "pytest", "-q"]
    own = os.environ | {"QT_QPA_PLATFORM": "xcb"}
    ended = subprocess.run(
        [*asked, "-p", "no:cacheprovider", "tests/gui/two_screens.py"],
        env=own, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-4000:] + ended.stderr[-2000:]
