"""A child process under limits, for parsers of foreign files: their crash, hang or hunger stays their own.

This file is both sides of it. Run by path it takes the limits that it is granted and then becomes the program
that it is given; it imports nothing of the console.
"""

import json
import os
import runpy
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

REQUEST = "request.json"
SAID = "said.txt"
_LOOK_S = 0.05
_KEPT_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a child ended. `status` is its exit code, negative where a signal ended it; `slow` and
    `stopped` say that we ended it; `said` is its last line on standard error."""

    status: int
    slow: bool
    stopped: bool
    said: str


def run(
    program: Path,
    request: Mapping[str, Any],
    folder: Path,
    *,
    memory: int,
    seconds: int,
    wait: float,
    stop: Event | None = None,
) -> Ending:
    """Run a program in `folder` with `request.json` beside it, and wait for its end.

    It may use `memory` bytes of addresses and for each file, `seconds` of processor time, and last `wait`
    seconds.
    """
    (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
    with (folder / SAID).open("wb") as said:
        child = subprocess.Popen(
            [sys.executable, "-I", __file__, str(program), str(memory), str(seconds)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment(os.environ),
            cwd=folder,
        )
        slow, stopped = _attended(child, time.monotonic() + wait, stop)
    return Ending(child.returncode, slow, stopped, last_line(folder / SAID))


def environment(of: Mapping[str, str]) -> dict[str, str]:
    """What of ours a child is told."""
    kept = {name: of[name] for name in _KEPT_ENVIRONMENT if name in of}
    # One thread reserves far less of the address space that is granted.
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}


def last_line(said: Path) -> str:
    """The last that a child wrote on standard error."""
    lines = said.read_bytes()[-2000:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else ""


def _attended(child: "subprocess.Popen[bytes]", until: float, stop: Event | None) -> tuple[bool, bool]:
    slow = stopped = False
    try:
        while child.poll() is None and not slow and not stopped:
            try:
                child.wait(_LOOK_S)
            except subprocess.TimeoutExpired:
                slow = time.monotonic() >= until
                stopped = stop is not None and stop.is_set()
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    return slow, stopped


def limit(memory: int, seconds: int) -> None:
    """Take what the parent grants; a system without such limits has the parent's clock alone."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, memory),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (ceiling, ceiling))


if __name__ == "__main__":
    limit(int(sys.argv[2]), int(sys.argv[3]))
    runpy.run_path(sys.argv[1], run_name="__main__")
