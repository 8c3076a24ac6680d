"""What a build weighs and how it starts, beside the same program from source; printed, never judged."""

import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

RUNS = 5
_LARGEST = 16
_REST_S = 8
_PATIENCE_S = 120
# What the build was told of Python and of a screen, which an installed program is not.
_NOT_OURS = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "WAYLAND_DISPLAY")
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
    for size, path in sorted(_parts(folder), reverse=True)[:_LARGEST]:
        say(f"  {_mb(size):>9}  {path.relative_to(folder)}")
    programs = {
        "installed": ([str(folder / "grid-console-python")], [str(folder / "grid-console")]),
        "from source": ([sys.executable], [sys.executable, "-m", "console"]),
    }
    with tempfile.TemporaryDirectory() as name, _screen() as around:
        demo = [*programs["installed"][1], "--data", name, "city", "demo"]
        subprocess.run(demo, check=True, capture_output=True)
        say(
            f"starts on a demo city; the machine's load is {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        )
        _print_floor(programs["installed"][0], around, say)
        for title, (python, window) in programs.items():
            _print_starts(title, python, Path(name), root, around, say)
            rest = _at_rest([*window, "--data", name], root, around)
            say(f"{title}: at rest {_mb(rest)} (PSS of all its processes)")


def _print_floor(python: list[str], around: dict[str, str], say: Callable[[str], None]) -> None:
    """What an empty window with an empty page takes in the same folder, with the same Qt and Chromium."""
    runs = []
    for _run in range(RUNS):
        done = subprocess.run(
            [*python, str(Path(__file__).with_name("floor.py")), str(time.time())],
            capture_output=True, text=True, check=False, env=around, timeout=_PATIENCE_S,
        )  # fmt: skip
        if done.returncode:
            say(f"empty window: not measured: {(done.stderr or done.stdout).strip()[-300:]}")
            return
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    window, page = (statistics.median(run[what] for run in runs) for what in ("window", "page"))
    say(f"empty window with an empty web page, warm: painted {window:.2f} s, page painted {page:.2f} s")


def _print_starts(
    title: str, python: list[str], data: Path, root: Path, around: dict[str, str], say: Callable[[str], None]
) -> None:
    for state, times in (("cold", 1), ("warm", RUNS)):
        if state == "cold" and not _forget():
            say(f"{title}: cold start not measured: the page cache may only be dropped by root")
            continue
        try:
            runs = [_start(python, data, root, around, cold=state == "cold") for _ in range(times)]
        except ValueError as problem:
            say(f"{title}, {state}: not measured: {problem}")
            continue
        window, chart = (statistics.median(run[at] for run in runs) for at in (0, 1))
        say(f"{title}, {state}: window painted {window:.2f} s, map painted {chart:.2f} s")


def _start(
    python: list[str], data: Path, root: Path, around: dict[str, str], *, cold: bool
) -> tuple[float, float]:
    """Seconds to the painted window and the painted map. The walk that follows works on a copy.

    Raises ValueError where the program told no times.
    """
    with tempfile.TemporaryDirectory() as name:
        copy = Path(shutil.copytree(data, Path(name, "data")))
        if cold:
            _forget()
        done = subprocess.run(
            [*python, "-m", "console.ui.trial", str(copy), str(time.time())],
            capture_output=True, text=True, check=False, cwd=root, env=around,
        )  # fmt: skip
    said = {line["name"]: line["found"] for line in map(json.loads, done.stdout.splitlines())}
    try:
        window, chart = (float(said[f"start to painted {what}"].split()[0]) for what in ("window", "map"))
    except KeyError:
        raise ValueError((done.stderr or done.stdout).strip()[-300:]) from None
    return window, chart


def _at_rest(command: list[str], root: Path, around: dict[str, str]) -> int:
    """Bytes of memory of the whole program, some seconds after it was started; shared pages shared out."""
    running = subprocess.Popen(
        command, cwd=root, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(_REST_S)
    total = sum(map(_pss, _family(running.pid)))
    running.send_signal(signal.SIGINT)
    running.wait(30)
    return total


def _family(first: int) -> Iterator[int]:
    yield first
    for task in Path("/proc", str(first), "task").glob("*/children"):
        for child in task.read_text().split():
            yield from _family(int(child))


def _pss(process: int) -> int:
    try:
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


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """The environment of a program on a screen of its own, which is there before the first start is timed."""
    around = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    if shutil.which("Xvfb") is None:
        yield around | {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-noreset", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield around | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait(10)


def _parts(folder: Path) -> Iterator[tuple[int, Path]]:
    """Files above five megabytes, and what is left of each folder together."""
    for path in (*folder.iterdir(), *(folder / "_internal").iterdir()):
        if path.is_symlink() or path.name == "_internal":
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
