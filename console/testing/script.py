"""Runs a file of tests without pytest, so that the installed program can be driven by the same file."""

import inspect
import runpy
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from console.testing.console import Console
from console.testing.opening import open_console
from console.testing.sample import AT, make_sample

Tell = Callable[[str, bool, str], None]
"""Told after each test: its name, whether it held, and otherwise the traceback."""


def run_script(script: Path, data: Path | None, tell: Tell) -> bool:
    """Run every `test_*` function of the file that takes a `console`, each on a fresh copy; whether all held.

    `data` None makes the sample, at AT. OSError and SyntaxError come from reading the file.
    """
    tests = {name: made for name, made in runpy.run_path(str(script)).items() if _is_test(name, made)}
    held = bool(tests)
    with tempfile.TemporaryDirectory(prefix="grid-console-") as room:
        template = data if data is not None else make_sample(Path(room) / "sample")
        for at, (name, test) in enumerate(tests.items()):
            folder = Path(shutil.copytree(template, Path(room) / f"run{at}"))
            problem = ""
            with open_console(folder, at=AT if data is None else None) as console:
                try:
                    test(console)
                except Exception:  # a test may fail in any way: it is told, the next one runs
                    problem = traceback.format_exc() + _standing(console)
            tell(name, not problem, problem)
            held = held and not problem
            sys.stdout.flush()
    return held


def _standing(console: Console) -> str:
    """What an assertion here does not say of itself: how it was instead."""
    try:
        return f"{console.standing}\n"
    except Exception as trouble:  # the window itself may be what broke
        return f"{trouble}\n"


def _is_test(name: str, made: object) -> bool:
    return (
        name.startswith("test_") and callable(made) and [*inspect.signature(made).parameters] == ["console"]
    )
