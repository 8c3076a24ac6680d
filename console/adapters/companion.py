"""A child process under limits that stays: it is asked again and again, and one that dies is begun anew.

The program it runs reads a JSON object a line from its standard input and answers each with a line of JSON,
which holds in `size` how many bytes follow it.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from console.adapters import confined

_LIFE_S = 86_400  # of the processor; what a single question may take the program grants itself
_MOST_BODY = 64_000_000
_LAST_S = 2.0  # for the last words of one that dies

Answered = tuple[dict[str, Any], bytes]


class CompanionError(Exception):
    """The child ended, or had to be ended (`slow`), over a question; `said` is what it left to be told."""

    def __init__(self, *, slow: bool, said: str) -> None:
        super().__init__(said)
        self.slow = slow
        self.said = said


class Companion:
    """Runs `program` with at most `memory` bytes of addresses. For many threads; one question at a time."""

    def __init__(self, program: Path, memory: int) -> None:
        self._program = program
        self._memory = memory
        self._asking = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[Answered | None] = queue.Queue()
        self._folder: TemporaryDirectory[str] | None = None

    def ask(self, request: Mapping[str, Any], wait: float) -> Answered:
        """What the child answers within `wait` seconds. Raises CompanionError."""
        with self._asking:
            try:
                child = self._running()
            except OSError as problem:  # no room for its folder, no memory for another process
                self._end()
                raise CompanionError(slow=False, said=problem.strerror or str(problem)) from problem
            assert child.stdin is not None
            try:
                child.stdin.write(json.dumps(request).encode() + b"\n")
                child.stdin.flush()
                found = self._answers.get(timeout=wait)
            except queue.Empty:
                self._end()
                raise CompanionError(slow=True, said=f"{wait:g} s") from None
            except OSError:
                found = None
            if found is None:
                said = f"{_ended(child)} {self._last_words()}".strip()
                self._end()
                raise CompanionError(slow=False, said=said)
            return found

    @property
    def alive(self) -> bool:
        """Whether a child stands ready; what it was asked to open it still has."""
        return self._child is not None and self._child.poll() is None

    def close(self) -> None:
        """End the child; a question under way ends with it."""
        child = self._child
        if child is not None and child.poll() is None:
            child.kill()
        with self._asking:
            self._end()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._child is not None and self._child.poll() is not None:
            self._end()  # it died between two questions
        if self._child is None:
            self._folder = TemporaryDirectory(prefix="grid-companion-")
            folder = Path(self._folder.name)
            self._answers = queue.Queue()
            with (folder / confined.SAID).open("wb") as said:
                self._child = subprocess.Popen(
                    [
                        *(sys.executable, "-I", confined.__file__, str(self._program)),
                        *(str(self._memory), str(_LIFE_S)),
                    ],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    env=confined.environment(os.environ),
                    cwd=folder,
                )
            assert self._child.stdout is not None
            # A thread reads, because waiting for a pipe with a limit is not to be had on every system.
            threading.Thread(
                target=_read, args=(self._child.stdout, self._answers), daemon=True, name="companion"
            ).start()
        return self._child

    def _last_words(self) -> str:
        if self._folder is None:
            return ""
        return confined.last_line(Path(self._folder.name) / confined.SAID)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            if child.poll() is None:
                child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what was still to be written to the dead
                        continue
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _ended(child: "subprocess.Popen[bytes]") -> int:
    """How it ended; one that goes on after an answer that is none is not waited for."""
    try:
        return child.wait(_LAST_S)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def _read(pipe: IO[bytes], answers: "queue.Queue[Answered | None]") -> None:
    try:
        while line := pipe.readline():
            told = json.loads(line)
            size = int(told.get("size", 0))
            body = pipe.read(size) if 0 <= size <= _MOST_BODY else b""
            if len(body) != size:
                break
            answers.put((told, body))
    except (ValueError, OSError, AttributeError):  # no such line, or a pipe that was closed under us
        pass
    answers.put(None)
