"""The installed program has every part of Qt that a module of ours asks for, the driver's hands too."""

import ast
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def trimming(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(ROOT / "packaging" / "bundle")
    monkeypatch.delitem(sys.modules, "trimming", raising=False)
    import trimming

    return trimming


def asked_for() -> set[str]:
    """The bindings that console imports anywhere, late imports too."""
    found = set()
    for file in (ROOT / "console").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add(str(node.module).split(".")[1])
    return found


def test_that_no_binding_that_is_imported_is_trimmed_away(trimming: ModuleType) -> None:
    assert "QtTest" in asked_for()
    left_out = {name for name in asked_for() if not trimming._kept(f"PySide6/{name}.abi3.so")}
    assert left_out == set()
    assert not trimming._kept("PySide6/QtNetworkAuth.abi3.so")
