"""Who may import whom."""

import subprocess
import sys
from pathlib import Path


def test_that_nobody_imports_against_the_contracts(root: Path) -> None:
    """The contracts stand in pyproject.toml under tool.importlinter."""
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
