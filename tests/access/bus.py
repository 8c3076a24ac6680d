"""A session bus of a test's own, with the accessibility bus beside it, and the real program on both."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("dbus-daemon",)
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")


def bus_problem() -> str:
    """Why there can be no accessibility bus here; empty where there can."""
    if not os.environ.get("DISPLAY"):
        return "no X screen: the accessibility bridge needs one"
    if not all(map(shutil.which, NEEDED)) or not any(map(os.path.exists, LAUNCHERS)):
        return "dbus-daemon or at-spi2-core is not installed"
    return ""


@contextmanager
def session_bus() -> Iterator[dict[str, str]]:
    """The environment of a session with a bus; what it starts (the accessibility bus) ends with it."""
    with tempfile.TemporaryDirectory(prefix="bus-") as room:  # short: a socket's path has 108 letters
        env = {
            **os.environ,
            "XDG_RUNTIME_DIR": room,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        env.pop("AT_SPI_BUS_ADDRESS", None)
        daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address=1", f"--address=unix:path={room}/bus"],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert daemon.stdout is not None
        try:
            env["DBUS_SESSION_BUS_ADDRESS"] = daemon.stdout.readline().strip()
            yield env
        finally:
            daemon.terminate()
            daemon.wait(10)
            daemon.stdout.close()


@contextmanager
def program(
    env: Mapping[str, str], folder: Path, log: Path, url: str = ""
) -> "Iterator[subprocess.Popen[bytes]]":
    """The console as its user starts it, on a data folder, or on the database of `url`."""
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "console", "--data", str(folder), *(("--db", url) if url else ())],
            env={**env, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONFAULTHANDLER": "1"},
            stdout=said,
            stderr=said,
        )
        try:
            yield process
            assert process.poll() is None, (
                f"the program ended by itself: {process.returncode}\n{log.read_text()}"
            )
        finally:
            process.terminate()
            process.wait(30)
