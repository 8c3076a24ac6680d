"""The command line works on a machine that has no Qt."""

import subprocess
import sys
from pathlib import Path

IMPORT_ALL_BUT_THE_WINDOW = """
import importlib, sys
from pathlib import Path

knows_qt = ("console.ui", "console.testing", "console.__main__")
for file in sorted(Path("console").rglob("*.py")):
    name = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    if not name.startswith(knows_qt) and ".migrations." not in name:
        importlib.import_module(name)
        print(name)
loaded = {name.partition(".")[0] for name in sys.modules}
sys.exit(", ".join(sorted(loaded & {"PySide6", "shiboken6", "qasync"})) or 0)
"""


def test_that_nothing_but_the_window_loads_qt(root: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL_BUT_THE_WINDOW],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    assert {"console.cli", "console.services", "console.runtime"} <= set(said.stdout.split())
