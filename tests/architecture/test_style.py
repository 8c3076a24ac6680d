"""The code reads as if one person had written it."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("command", [("check",), ("format", "--check", "--diff")], ids=["rules", "format"])
def test_that_ruff_has_nothing_to_say(root: Path, command: tuple[str, ...]) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "ruff", *command, "--quiet", "."],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
