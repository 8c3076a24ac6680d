"""The map beside QGIS from Debian, which shows the same 38,515 cells and 5,000 marks from a GeoPackage.

    python -m tests.perf.map_beside

Where QGIS is not installed that is said, and our figures stand alone: apt install qgis python3-qgis.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.perf.figures import frame_record, percentile, record
from tests.perf.map_city import ORIGIN, make_city, make_marks, make_state, metres
from tests.perf.map_sizes import measured
from tests.perf.map_speed import CELLS, LEAST_COLOURED, MANY_MARKS, ramp

DEBIANS_PYTHON = Path("/usr/bin/python3")


def records() -> Iterator[dict[str, object]]:
    """`beside` is QGIS in the same run; its pan, zoom and recolouring last until the new picture is drawn."""
    other = qgis()
    ours = measured(CELLS)

    def beside(name: str) -> float | None:
        if other is None:
            return None
        return float(other["load"]) if name == "load" else percentile(other[name], 0.95)

    recoloured = {
        key: max(ours[name] for name in ours if name.startswith(f"{key}_")) for key in ("one", "all")
    }
    yield record("map beside QGIS: first full paint", "s", ours["load"], beside("load"), 0.25)
    yield frame_record("map beside QGIS: pan, new picture p95", ours["pan"], beside("pan"), 17)
    yield frame_record("map beside QGIS: drag, new picture p95", ours["drag"], beside("pan"), 17)
    yield frame_record("map beside QGIS: zoom step, frame p95", ours["wheel"], beside("zoom"), 25)
    yield record("map beside QGIS: zoom step, all drawn", "ms", ours["wheel_full"], beside("zoom"), None)
    name = "recoloured, p95, the slowest zoom level of ours"
    yield frame_record(f"map beside QGIS: one cell {name}", recoloured["one"], beside("one"), 17)
    yield frame_record(f"map beside QGIS: all {name}", recoloured["all"], beside("all"), 33)
    yield record("map beside QGIS: hit test", "ms", ours["hit"], beside("hit"), 0.1)
    yield record(
        "map beside QGIS: memory of all processes, PSS", "MB", ours["memory"], beside("memory"), None
    )


def qgis() -> dict[str, Any] | None:
    """Its figures, None where it is not installed. Raises ValueError where its picture is blank."""
    probe = [str(DEBIANS_PYTHON), "-c", "import qgis.core"]
    if not DEBIANS_PYTHON.exists() or subprocess.run(probe, capture_output=True, check=False).returncode:
        print("QGIS is not installed: apt install qgis python3-qgis", file=sys.stderr)
        return None
    made = make_city(CELLS)
    levels, _counts = make_state(CELLS)
    x, y = ORIGIN
    with tempfile.TemporaryDirectory(prefix="beside-") as name:
        folder = Path(name)
        cells = [
            ([(x + east, y + north) for east, north in [*ring, ring[0]]], level)
            for (ring,), level in zip(made.cells, levels, strict=True)
        ]
        (folder / "cells.json").write_text(json.dumps(cells))
        marks = [([metres(mark.lon, mark.lat)], int(mark.shape)) for mark in make_marks(made, MANY_MARKS)]
        (folder / "marks.json").write_text(json.dumps(marks))
        (folder / "colours.json").write_text(json.dumps([ramp()[f"ramp_{level}"] for level in range(6)]))
        environment = {
            name: text for name, text in os.environ.items() if not name.startswith(("PYTHON", "QT_"))
        }
        child = subprocess.run(
            [str(DEBIANS_PYTHON), str(Path(__file__).with_name("map_qgis.py")), name],
            env=environment | {"QT_QPA_PLATFORM": "offscreen"}, stdout=subprocess.PIPE, text=True,
            check=False, timeout=600,
        )  # fmt: skip
        # It may crash when it ends, after it has told its figures.
        told: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    if told["coloured"] < LEAST_COLOURED:
        raise ValueError(f"only {told['coloured']} pixels have a cell's colour: QGIS shows a blank map")
    return told


if __name__ == "__main__":
    for line in records():
        print(json.dumps(line, ensure_ascii=False), flush=True)
