"""The product's own code as these tests see it: every module, parsed once."""

import ast
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import Module

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def modules() -> list[Module]:
    """Every module of `console`."""
    found = sorted((ROOT / "console").rglob("*.py"))
    texts = {path: path.read_text("utf-8") for path in found}
    return [
        Module(path.relative_to(ROOT).as_posix(), text, ast.parse(text, str(path)))
        for path, text in texts.items()
    ]


@pytest.fixture(scope="session")
def tree() -> list[Path]:
    """Every file of the project that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in sorted(filter(None, listed.split("\0"))) if (ROOT / name).is_file()]
