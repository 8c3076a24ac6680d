"""A library whose parts import each other in circles is entered by its own name first.

`import shapely` waits until another thread has loaded all of it; `from shapely.geometry.base import …` alone
does not: it loads the part beside that thread, and one of the two then meets a part that is not finished
(ImportError, once in ten starts of a busy machine).
"""

import ast
import subprocess
import sys
from collections.abc import Iterator

from tests.architecture.source import Module, listed

CIRCULAR = ("numpy", "pyproj", "shapely")

# The first thread is held up amid `import shapely`, until the second asks for a part, or waits as it should.
TWO_THREADS = """
import sys, threading
from importlib.abc import MetaPathFinder
import numpy

amid, asked = threading.Event(), threading.Event()
first = threading.Thread(target=lambda: load("shapely"))

class Watch(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "shapely.creation" and threading.current_thread() is first:
            amid.set()
            asked.wait(2)
        elif name.startswith("shapely.geometry") and threading.current_thread() is not first:
            asked.set()
        return None

def load(name):
    try:
        __import__(name)
    except ImportError as problem:
        troubles.append(problem)

troubles = []
sys.meta_path.insert(0, Watch())
first.start()
assert amid.wait(30)
load("console.geography.packed")
first.join()
assert not troubles, troubles
import shapely, console.geography.packed
"""


def entered(module: Module) -> Iterator[tuple[int, str, ast.AST]]:
    """What of those libraries is imported when the module runs: line, full name, node."""
    typed = {
        id(inner)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for name in names:
            if name.split(".")[0] in CIRCULAR and id(node) not in typed:
                yield node.lineno, name, node


def test_that_a_part_of_a_circular_library_is_imported_after_the_whole(modules: list[Module]) -> None:
    wrong = []
    for module in modules:
        whole: set[str] = set()
        for _line, name, node in sorted(entered(module), key=lambda one: one[0]):
            if "." not in name:
                whole.add(name)
            elif name.split(".")[0] not in whole:
                wrong.append(f"{module.at(node)} {name}")
    assert not wrong, listed(wrong)


def test_that_two_threads_may_import_geography_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO_THREADS], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
