"""The types hold."""

import subprocess
import sys
from pathlib import Path


def mypy(root: Path, *what: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *what]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_that_the_console_is_strictly_typed(root: Path) -> None:
    said = mypy(root, "--package", "console")
    assert said.returncode == 0, said.stdout + said.stderr


def test_that_the_packaging_scripts_are_strictly_typed(root: Path) -> None:
    scripts = sorted(map(str, (root / "packaging").glob("*.py")))
    assert scripts
    said = mypy(root, *scripts)
    assert said.returncode == 0, said.stdout + said.stderr
