"""The demo city with its quarter of cases as a data folder, built once and kept for the next run."""

import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import console
from console.runtime.bootstrap import open_desk
from console.services.city import load_city
from console.system import resource

UNTIL = datetime(2026, 3, 20, 6, 0, tzinfo=UTC)  # the end of the history, and the clock of the measurements


def copy_of_store(folder: Path) -> Path:
    """A data folder of its own inside `folder`, to measure and write in."""
    return Path(shutil.copytree(kept_store(), folder / "data"))


def kept_store() -> Path:
    """The kept data folder; whatever makes the city and its history is part of its name."""
    folder = Path(tempfile.gettempdir()) / f"grid-console-perf-{console.__version__}-{_digest()}"
    if not folder.exists():
        began = time.perf_counter()
        fresh = Path(tempfile.mkdtemp(prefix="grid-console-perf-"))
        _build(fresh)
        fresh.rename(folder)  # whole or not at all
        print(f"demo store built in {time.perf_counter() - began:.1f} s: {folder}", file=sys.stderr)
    return folder


def _build(folder: Path) -> None:
    # Not by whoever only asks where the store lies: a seat that is measured does not make a city.
    from console.adapters.demo.city import demo_city
    from console.adapters.demo.history import Span, write_history

    desk = open_desk(folder, None)
    try:
        desk.do_now(load_city, demo_city(), by="演示", at=UNTIL)
        desk.do_now(write_history, Span(UNTIL))
    finally:
        desk.close()


def _digest() -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in _makers())).hexdigest()[:12]


def _makers() -> Iterator[Path]:
    package = Path(console.__file__).parent
    for part in (package / "adapters" / "demo", package / "storage", resource("demo")):
        yield from sorted(file for file in part.rglob("*") if file.suffix in {".py", ".toml"})
