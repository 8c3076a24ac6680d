"""What a test does through a screen reader: finds by role and name, works, hears what is said."""

import json
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

SYSTEM_PYTHON = "/usr/bin/python3"
CLIENT = Path(__file__).with_name("atspi_client.py")
WITHIN_S = 30.0
_TURN_S = 0.05


class NotFoundError(AssertionError):
    """What a user of a screen reader would not have found either."""


def client_problem() -> str:
    """Why there can be no client here; empty where there can."""
    asked = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    try:
        told = subprocess.run([SYSTEM_PYTHON, "-c", asked], capture_output=True, text=True, check=False)
    except OSError as problem:
        return str(problem)
    return "" if told.returncode == 0 else f"{SYSTEM_PYTHON} has no python3-gi with gir1.2-atspi-2.0"


@dataclass(frozen=True)
class Node:
    """One accessible node as it was when it was asked."""

    reader: "ScreenReader" = field(repr=False, compare=False)
    node: int
    role: str
    name: str
    description: str
    id: str
    states: tuple[str, ...]
    depth: int

    def has(self, state: str) -> bool:
        return state in self.states

    def again(self) -> "Node":
        """The node as it is now."""
        return self.reader.node(self.reader.ask("again", self.node))

    @property
    def text(self) -> str:
        return str(self.reader.ask("text", self.node))

    @property
    def acts(self) -> list[str]:
        return list(self.reader.ask("acts", self.node))

    def act(self, name: str = "") -> None:
        """Do one of its actions, its first without a name."""
        assert self.has("enabled"), f"{self.role} {self.name} is greyed"
        self.reader.ask("act", self.node, name or self.acts[0])

    def put(self, words: str) -> None:
        """Replace its text."""
        assert self.reader.ask("put", self.node, words), f"{self.role} {self.name} takes no text"

    def focus(self) -> None:
        self.reader.ask("focus", self.node)

    def click(self) -> None:
        """A click of the mouse on its middle."""
        assert self.reader.ask("click", self.node), f"{self.role} {self.name} cannot be clicked"

    def select(self, at: int) -> None:
        """Select one of its children."""
        self.reader.ask("select", self.node, at)

    def find(self, role: str, name: str = ".*", described: str = "") -> "Node":
        return self.reader.find(role, name, described, inside=self)

    def tree(self, *, hidden: bool = False) -> list["Node"]:
        """Itself and all under it, what does not show as well when `hidden`: the lines of a closed list."""
        return [self.reader.node(one) for one in self.reader.ask("tree", self.node, hidden) or ()]

    def table(self) -> tuple[list[str], list[list[str]]]:
        """Heads, and the name of every cell by row."""
        told = self.reader.ask("table", self.node) or {"heads": [], "cells": []}
        return told["heads"], told["cells"]

    def cell(self, row: int, column: int) -> "Node":
        return self.reader.node(self.reader.ask("cell", self.node, row, column))


class ScreenReader:
    """A client of the accessibility bus that `env` names, at work on one program."""

    def __init__(self, env: Mapping[str, str], log: Path) -> None:
        self._log = log.open("w")
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(CLIENT)],
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        self.root: Node | None = None
        self.problem = ""  # why the last question had no answer

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
        self._log.close()

    def begin(self, pid: int) -> None:
        """Wait for the program of a process, and hear it from then on."""
        self.ask("listen")
        number = self.until(lambda: self.ask("program", pid), "the program is on the bus")
        self.root = self.node(self.ask("again", number))

    def ask(self, what: str, *told: object) -> Any:
        """What the client answers. A node that is gone is None."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, "with": told}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the client ended: {Path(self._log.name).read_text()}"
        told = json.loads(line)
        self.problem = told.get("problem", "")
        return told.get("answer")

    def node(self, told: Mapping[str, Any]) -> Node:
        return Node(self, **{**told, "states": tuple(told["states"])})

    def seen(
        self, role: str, name: str = ".*", described: str = "", inside: Node | None = None
    ) -> Node | None:
        """What shows with the role and a name that matches the pattern as a whole, None without."""
        where = inside or self.root
        assert where is not None
        found = self.ask("find", where.node, role, name, described)
        return None if found is None else self.node(found)

    def find(self, role: str, name: str = ".*", described: str = "", inside: Node | None = None) -> Node:
        """The same, waited for. Raises NotFoundError."""
        return self.until(
            lambda: self.seen(role, name, described, inside), f'a {role} named "{name}" is there'
        )

    def gone(self, role: str, name: str = ".*") -> None:
        self.until(lambda: self.seen(role, name) is None, f'no {role} named "{name}" is there')

    def press(self, keysym: int) -> None:
        self.ask("press", keysym)

    def until(self, holds: Callable[[], T | None], what: str) -> T:
        """What it gives once that is true. Raises NotFoundError."""
        end = time.monotonic() + WITHIN_S
        while not (found := holds()):
            if time.monotonic() > end:
                raise NotFoundError(f"not within {WITHIN_S:g} s: {what}\n{self._outline()}")
            time.sleep(_TURN_S)
        return found

    # ---- hearing

    def heard(self, kind: str = "object:announcement") -> list[dict[str, Any]]:
        """All events of a kind up to now."""
        return [one for one in self.ask("events", 0) if one["kind"].startswith(kind)]

    def hear(self, pattern: str, after: int = 0) -> dict[str, Any]:
        """Wait for an announcement that holds the pattern, the first `after` so many left out."""
        return self.until(
            lambda: next((one for one in self.heard()[after:] if re.search(pattern, one["said"])), None),
            f'"{pattern}" is said; said was {[one["said"] for one in self.heard()]}',
        )

    def _outline(self) -> str:
        lines = self.root.tree() if self.root else []
        if not lines:
            return f"the program does not answer: {self.problem}"
        return "\n".join(f"{'  ' * one.depth}{one.role} {one.name!r}" for one in lines if one.name)
