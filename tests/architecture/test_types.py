"""The types hold."""

import os
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


def test_that_the_build_of_the_packages_is_strictly_typed(root: Path) -> None:
    modules = sorted(path.stem for path in (root / "packaging" / "bundle").glob("[a-z]*.py"))
    words = [word for module in modules for word in ("--module", module)]
    # What only the build's own environment has is taken on trust.
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--ignore-missing-imports"]
    said = subprocess.run(
        [*command, "--allow-subclassing-any", "--follow-imports=silent", *words],
        cwd=root, env=os.environ | {"MYPYPATH": "packaging/bundle"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr
