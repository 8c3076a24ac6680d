"""The libraries' modules do the same without docstrings, and without those that the package leaves out."""

import ast
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The program with its modules as the package has them: cities are cut, checked and made, documents set.
PROGRAM = """
AREA = '''{"type": "Feature", "properties": {"name": "南街"}, "geometry": {"type": "Polygon", "coordinates":
    [[[113.6, 34.7], [113.62, 34.7], [113.62, 34.715], [113.6, 34.715], [113.6, 34.7]]]}}'''
import importlib, sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

root, data = map(Path, sys.argv[1:])
sys.path.insert(0, str(root / "packaging" / "bundle"))
import contents, lean

made = []

class Lean(SourceFileLoader):
    def get_code(self, name):
        made.append(name)
        return lean.compiled(Path(self.path).read_bytes(), self.path)

class AsPackaged:
    def find_spec(self, name, path=None, target=None):
        if any(f"{name}.".startswith(f"{one}.") for one in contents.NEVER_LOADED):
            raise ImportError(f"{name} is not in the package")
        spec = PathFinder.find_spec(name, path)
        if spec and isinstance(spec.loader, SourceFileLoader) and lean.is_lean(name):
            spec.loader = Lean(spec.loader.name, spec.loader.path)
        return spec

sys.meta_path.insert(0, AsPackaged())
import psycopg
for name in contents.loaded_by_name(root):
    if name not in ("console.storage.migrations.env", "console.testing.plugin"):  # Alembic's and pytest's
        importlib.import_module(name)
import openpyxl, pypdf, typst, mapbox_vector_tile, numpy.fft, numpy.random
from PIL import Image
Image.init()
from click.testing import CliRunner
from console.cli.main import grid_console
area = data / "areas.geojson"
area.write_text(AREA, "utf-8")
pack = str(data / "pack")
for words in (
    ["city", "build", "--areas", str(area), "--cell-size", "120", "--out", pack, "--name", "x"],
    ["city", "check", pack],
    ["city", "demo", "--cases", "30"],
    ["cases", "list"],
    ["manual", "--pdf", str(data / "manual.pdf")],
    ["--help"],
):
    done = CliRunner().invoke(grid_console, ["--data", str(data), "--lang", "zh", *words])
    assert done.exit_code == 0, (words, done.output, done.exception)
    assert done.output.strip(), words
import sqlalchemy.sql.selectable as told
assert told.Select.__doc__ is None and told.Select.where.__doc__ is None
print(len(made), "lean")
"""


@pytest.fixture
def contents(bundle: Path) -> ModuleType:
    import contents

    return contents


def test_that_the_program_runs_with_its_modules_as_the_package_has_them(bundle: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT), str(tmp_path)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONNODEBUGRANGES": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    count, word = done.stdout.split()[-2:]
    assert (int(count) > 500, word) == (True, "lean")


def test_that_nothing_asks_for_a_module_that_the_package_leaves_out(contents: ModuleType) -> None:
    asked = set()
    for file in (ROOT / "console").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                asked |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                asked |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert {"numpy", "sqlalchemy.ext.compiler.compiles"} <= asked
    left_out = {f"{name}." for name in contents.NEVER_LOADED}
    assert {name for name in asked if any(f"{name}.".startswith(one) for one in left_out)} <= {
        "pytest"  # by the plugin for those who test from outside, who bring it
    }


def test_that_only_docstrings_go_and_lines_keep_their_numbers(bundle: Path) -> None:
    import lean

    source = b'''"""Module."""
from __future__ import annotations
class Empty:
    """Only told of."""
def failing(x):
    """Told."""
    assert x, "checks stay"
    return "a text that is no docstring"
async def silent():
    "told"
'''
    space: dict[str, object] = {}
    exec(lean.compiled(source, "told.py"), space)
    failing = space["failing"]
    assert callable(failing)
    assert (space.get("__doc__"), space["Empty"].__doc__, failing.__doc__) == (None, None, None)
    assert failing(1) == "a text that is no docstring"
    with pytest.raises(AssertionError, match="checks stay") as raised:
        failing(0)
    assert raised.tb.tb_next is not None
    assert raised.tb.tb_next.tb_lineno == 7


def test_that_ours_keep_their_docstrings_and_others_are_compiled_anew(bundle: Path, tmp_path: Path) -> None:
    import lean

    file = tmp_path / "module.py"
    file.write_text('"""Told."""\n')
    codes = {"console.x": None, "other": None}
    entries = [(name, str(file), "PYMODULE") for name in codes]
    lean.lean([*entries, ("space", "-", "PYMODULE")], codes)
    assert codes["console.x"] is None
    assert codes["other"] is not None
    assert "Told." not in codes["other"].co_consts
    assert set(codes) == {"console.x", "other"}
