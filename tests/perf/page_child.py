"""A benchmark with a page runs itself as a child: Chromium does not leave a process that once started it.

A module with such a benchmark ends in `main(records, child)`. Called without arguments it prints its records;
called by `child_of` it prints the figures of `child` as its last line. Where there is no screen the page is
drawn without one.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

CHILD = "--child"
LONGEST_S = 1800


def child_of(module: str, *arguments: str) -> Any:
    """What `child` of a module returns for these arguments. Raises SubprocessError when it breaks off."""
    environment = dict(os.environ)
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    child = subprocess.run(
        [sys.executable, "-m", module, CHILD, *arguments],
        env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=LONGEST_S,
    )  # fmt: skip
    return json.loads(child.stdout.splitlines()[-1])


def main(
    records: Callable[[], Iterable[Mapping[str, object]]],
    child: Callable[..., Any],
    *,
    application: bool = True,
) -> None:
    """Be what the command line says: the benchmark, or its child with the words that follow.

    With `application` the child finds Qt's own application made; else it makes one.
    """
    if sys.argv[1:2] != [CHILD]:
        for line in records():
            print(json.dumps(line, ensure_ascii=False), flush=True)
        return
    made = _application() if application else None
    print(json.dumps(child(*sys.argv[2:])), flush=True)
    if made is not None:
        made.processEvents()


def _application() -> Any:
    from console.ui.map.engine import prepare_engine

    prepare_engine()
    from PySide6.QtWidgets import QApplication

    return QApplication(sys.argv[:1])
