"""Runs the tests in rounds, each in a process of its own, and adds their results up.

Chromium stays in the process that once started it and upsets the widget tests that follow, so the tests
with the real page run apart from the others, and on a real screen where there is one. The others run side
by side on all cores when everything is asked for; on a screen windows would take the keyboard from each
other.
"""

import os
import subprocess
import sys
import tempfile
import threading
from argparse import ArgumentParser
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

NOTHING_SELECTED = 5
INTERRUPTED = 2
BROKEN_OFF = 1
LAST_WORDS = 500  # lines of the error output kept of a round, in case that it breaks off
RUNNER = (b"/_pytest/", b"/pluggy/", b"/pytestqt/", b"/xdist/")  # of its own steps nobody wants to read
QUESTIONS = {"-h", "--help", "-V", "--version", "--markers", "--fixtures"}  # to pytest itself


@dataclass(frozen=True)
class Round:
    """The tests of one marker expression on one Qt platform."""

    title: str
    markers: str
    platform: str
    side_by_side: bool
    options: Sequence[str] = ()  # of pytest


@dataclass(frozen=True)
class Result:
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    failures: Sequence[str] = ()  # by name, each with the first line of what went wrong

    def __add__(self, other: "Result") -> "Result":
        return Result(
            self.passed + other.passed,
            self.failed + other.failed,
            self.skipped + other.skipped,
            (*self.failures, *other.failures),
        )

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def rounds(screen: bool) -> Sequence[Round]:
    """What is run one after another; `screen`: whether an X server is there."""
    return (
        Round("without the web page", "not web", "offscreen", side_by_side=True),
        # What Chromium and Qt write just before they give up would be caught by pytest and lost with it.
        Round(
            "with the web page",
            "web",
            "xcb" if screen else "offscreen",
            side_by_side=False,
            options=("--capture=sys",),
        ),
    )


def read(report: Path) -> Result:
    """What a JUnit report of pytest counts and names."""
    suites = list(ElementTree.parse(report).iter("testsuite"))
    failures = [
        f"{case.get('classname')}::{case.get('name')} - {wrong.get('message', '').partition(chr(10))[0]}"
        for case in ElementTree.parse(report).iter("testcase")
        for wrong in (*case.iter("failure"), *case.iter("error"))
    ]

    def total(*names: str) -> int:
        return sum(int(suite.get(name, "0")) for suite in suites for name in names)

    failed, skipped = total("failures", "errors"), total("skipped")
    return Result(total("tests") - failed - skipped, failed, skipped, failures)


def run(round_: Round, markers: str, arguments: Sequence[str]) -> tuple[int, Result]:
    """Exit code and counts of one round; a round that ends without a report counts as one failure."""
    workers = os.cpu_count() or 1
    if round_.side_by_side and not arguments and not markers and workers > 1:
        # By file: what a file's tests share is made once.
        arguments = [f"--numprocesses={workers}", "--dist=loadfile"]
    both = f"({markers}) and ({round_.markers})" if markers else round_.markers
    print(f"\n=== Tests {round_.title} ({round_.platform})", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        with subprocess.Popen(
            [sys.executable, "-m", "pytest", f"--junitxml={report}", *round_.options, *arguments, "-m", both],
            env={**os.environ, "QT_QPA_PLATFORM": round_.platform},
            stderr=subprocess.PIPE,
        ) as tests:
            assert tests.stderr is not None
            said: deque[bytes] = deque(maxlen=LAST_WORDS)
            hearing = threading.Thread(target=_pass_on, args=(tests.stderr, said), daemon=True)
            hearing.start()
            code = tests.wait()
            hearing.join(timeout=5)  # what a test left running may hold the other end
        if report.exists():
            return code, read(report)
    # Also with exit code 0: a test that ends the process must not pass for success.
    print(f"The tests {round_.title} broke off with exit code {code}.", flush=True)
    told = [line for line in said if not any(part in line for part in RUNNER)]
    if told:
        print("What was last written to the error output, with the stack of every thread if it fell:")
        print(b"".join(told).decode(errors="replace"), flush=True)
    return code or BROKEN_OFF, Result(failed=1)


def _pass_on(errors: IO[bytes], said: deque[bytes]) -> None:
    for line in errors:
        said.append(line)
        sys.stderr.buffer.write(line)
        sys.stderr.buffer.flush()


def main(arguments: Sequence[str]) -> int:
    """Exit code 0 when something was run and all of it passed."""
    if QUESTIONS & set(arguments):
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("-m", dest="markers", default="")
    ours, others = parser.parse_known_args(arguments)
    whole, codes = Result(), []
    for round_ in rounds(screen=bool(os.environ.get("DISPLAY"))):
        code, result = run(round_, ours.markers, others)
        whole += result
        codes.append(code)
        if code == INTERRUPTED:
            break
    # Those of the first round lie far above by now.
    print("", *(f"FAILED {failure}" for failure in whole.failures), whole, sep="\n", flush=True)
    if all(code == NOTHING_SELECTED for code in codes):
        return NOTHING_SELECTED
    return int(any(code not in (0, NOTHING_SELECTED) for code in codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
