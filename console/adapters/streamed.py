"""A child process under limits that is read while it works: a JSON array a line, as it says them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from console.adapters import confined

_MOST_LINE = 1 << 26  # bytes: sixteen times the longest cell that a reader hands on


class ChildDiedError(Exception):
    """The child ended before it had said all; `status` as of a process, `said` its last words."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(status, said)
        self.status = status
        self.said = said


@contextmanager
def streamed(
    program: Path, request: Mapping[str, Any], *, memory: int, seconds: int
) -> Iterator[Iterator[list[Any]]]:
    """What a program says, given `request.json` in its folder; its last word is an empty array.

    It may use `memory` bytes of addresses and `seconds` of processor time, and ends with the block. While it
    waits for its reader no time is counted. Its words raise ChildDiedError where they break off.
    """
    with TemporaryDirectory(prefix="grid-read-") as name:
        folder = Path(name)
        (folder / confined.REQUEST).write_text(json.dumps(request), encoding="utf-8")
        with (folder / confined.SAID).open("wb") as said:
            child = subprocess.Popen(
                [sys.executable, "-I", confined.__file__, str(program), str(memory), str(seconds)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
                env=confined.environment(os.environ),
                cwd=folder,
            )
        assert child.stdout is not None
        try:
            yield _words(child, child.stdout, folder / confined.SAID)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            child.stdout.close()


def _words(child: "subprocess.Popen[bytes]", pipe: IO[bytes], said: Path) -> Iterator[list[Any]]:
    while (line := pipe.readline(_MOST_LINE)).endswith(b"\n"):
        told: list[Any] = json.loads(line)
        if not told:
            return
        yield told
    if line:  # a line without end: it is stopped, not heard
        child.kill()
    raise ChildDiedError(child.wait(), confined.last_line(said))
