"""From the start of the process to a painted window and a painted map, beside a bare PySide6 window."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.perf.demo_store import copy_of_store
from tests.perf.figures import record
from tests.perf.open_window import choose_platform

RUNS = 5
PATIENCE_S = 60


def records() -> Iterator[dict[str, object]]:
    """Medians of RUNS warm starts; the children of both sides take turns."""
    choose_platform()
    # A program is installed with its modules compiled, whatever this environment says of writing them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        data = copy_of_store(Path(folder))
        run("window", str(data))  # warms the page cache and the compiled modules
        run("bare")
        ours, bare = [], []
        for _run in range(RUNS):
            ours.append(run("window", str(data)))
            bare.append(run("bare"))

    def median(of: list[dict[str, float]], event: str) -> float:
        return statistics.median(told[event] for told in of)

    window = median(bare, "painted")
    yield record("start to painted window", "s", median(ours, "painted"), window, 1.3, of_ratio=True)
    yield record("start to the first rows of the queue", "s", median(ours, "rows"), window, None)
    yield record("start to painted map", "s", median(ours, "map"), window, 0.9)
    yield record("start to the map's cases", "s", median(ours, "cases"), window, None)
    # The machine may have other work: this tells more of a change than the seconds that passed.
    processor = median(bare, "processor")
    yield record("processor time of a start to its end", "s", median(ours, "processor"), processor, None)


def run(side: str, *more: str) -> dict[str, float]:
    """Seconds from before the child was started to each of its events. Raises CalledProcessError."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.perf.start_child", str(time.time()), side, *more],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True, timeout=PATIENCE_S,
    )  # fmt: skip
    told: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return told
