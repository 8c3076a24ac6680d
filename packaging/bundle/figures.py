"""What a build weighs and how it starts, beside the same program from source; printed, never judged."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

RUNS = 3
_LARGEST = 12
_REST_S = 8
_CACHES = Path("/proc/sys/vm/drop_caches")


def print_figures(package: Path, tree: Path, root: Path, say: Callable[[str], None]) -> None:
    """Print every figure of a Debian package whose files lie in `tree`."""
    folder = tree / "usr" / "lib" / "grid-console"
    say(f"package {_mb(package.stat().st_size)}, installed {_mb(_size(tree))}, files {_count(tree)}")
    with tempfile.TemporaryDirectory() as name:
        began = time.monotonic()
        subprocess.run(["dpkg-deb", "-x", package, name], check=True)
        say(f"unpacked by dpkg-deb in {time.monotonic() - began:.1f} s")
    say("largest parts:")
    for size, path in sorted(_parts(folder / "_internal"), reverse=True)[:_LARGEST]:
        say(f"  {_mb(size):>9}  {path.relative_to(folder)}")
    installed = [str(folder / "grid-console-python")]
    with tempfile.TemporaryDirectory() as name:
        subprocess.run(
            [folder / "grid-console", "--data", name, "city", "demo"], check=True, capture_output=True
        )
        for title, python in (("installed", installed), ("from source", [sys.executable])):
            _print_starts(title, python, Path(name), root, say)
            window = [str(folder / "grid-console")] if python is installed else [*python, "-m", "console"]
            rest = _at_rest([*window, "--data", name], root)
            say(f"{title}: at rest {_mb(rest)} (PSS of all its processes)")


def _print_starts(title: str, python: list[str], data: Path, root: Path, say: Callable[[str], None]) -> None:
    for state in ("cold", "warm"):
        if state == "cold" and not _forget():
            say(f"{title}: cold start not measured: the page cache may only be dropped by root")
            continue
        runs = [
            _start(python, data, root, first=state == "cold") for _ in range(1 if state == "cold" else RUNS)
        ]
        window, chart = (statistics.median(run[at] for run in runs) for at in (0, 1))
        say(f"{title}, {state}: window painted {window:.2f} s, map painted {chart:.2f} s")


def _start(python: list[str], data: Path, root: Path, *, first: bool) -> tuple[float, float]:
    """Seconds to the painted window and the painted map. The walk that follows works on a copy."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(data, Path(name, "data")))
        if first:
            _forget()
        told = subprocess.run(
            [*_screen(), *python, "-m", "console.ui.trial", str(copy), str(time.time())],
            capture_output=True, text=True, check=False, cwd=root,
        ).stdout  # fmt: skip
    said = {line["name"]: line["found"] for line in map(json.loads, told.splitlines())}
    window, chart = (float(said[f"start to painted {what}"].split()[0]) for what in ("window", "map"))
    return window, chart


def _at_rest(command: list[str], root: Path) -> int:
    """Bytes of memory of the whole program, some seconds after it was started; shared pages shared out."""
    running = subprocess.Popen(
        [*_screen(), *command], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(_REST_S)
    total = sum(map(_pss, _family(running.pid)))
    for child in [*_family(running.pid)][::-1]:
        with_it = Path("/proc", str(child), "cmdline")
        if with_it.exists() and b"Xvfb" not in with_it.read_bytes():
            os.kill(child, 15)
    running.wait(30)
    return total


def _family(first: int) -> Iterator[int]:
    yield first
    for task in Path("/proc", str(first), "task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _pss(process: int) -> int:
    try:
        words = Path("/proc", str(process), "cmdline").read_bytes()
        if b"Xvfb" in words or b"xvfb-run" in words:
            return 0
        lines = Path("/proc", str(process), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _forget() -> bool:
    """Let the system forget what it has read of the disk; whether it could be asked to."""
    subprocess.run(["sync"], check=True)
    try:
        _CACHES.write_text("3")
    except OSError:
        return False
    return True


def _screen() -> list[str]:
    if shutil.which("xvfb-run") is None:
        return ["env", "QT_QPA_PLATFORM=offscreen"]
    return ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1920x1080x24"]


def _parts(folder: Path) -> Iterator[tuple[int, Path]]:
    """Files above a megabyte, and what is left of each folder together."""
    for path in folder.iterdir():
        if path.is_symlink():
            continue
        files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
        large = [one for one in files if not one.is_symlink() and one.stat().st_size > 5_000_000]
        yield from ((one.stat().st_size, one) for one in large)
        yield sum(one.lstat().st_size for one in files if one not in large), path


def _size(tree: Path) -> int:
    return sum(path.lstat().st_size for path in tree.rglob("*") if not path.is_dir())


def _count(tree: Path) -> int:
    return sum(1 for path in tree.rglob("*") if not path.is_dir())


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
