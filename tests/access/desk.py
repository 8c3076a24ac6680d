"""The desk of a colleague who does not see it: what stands where, by roles and names."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.i18n import _
from console.ui.actions import ACTS
from tests.access.screen_reader import Node, ScreenReader

KEY = {act.name: act.key for act in ACTS}


@dataclass(frozen=True)
class Desk:
    """One program on one data folder, worked through `reader` alone."""

    reader: ScreenReader
    folder: Path

    def wait_until_open(self) -> None:
        """The window is named after its city, and its cases are there."""
        self.reader.find("frame", f".+ · {re.escape(_('网格指挥台'))}")
        self.reader.until(lambda: self.queue.table()[1], "the cases are listed")

    def button(self, words: str) -> Node:
        """A button whose name begins with the words."""
        return self.reader.find("push button", f"{re.escape(words)}.*")

    def press(self, words: str) -> None:
        self.button(words).act("Press")

    def switch(self, words: str) -> None:
        """Press a button that stays down."""
        self.reader.find("check box", f"{re.escape(words)}.*").act()

    def act(self, name: str) -> None:
        """Press the button of an act in the case panel, found by its key and word."""
        action = next(one for one in ACTS if one.name == name)
        self.press(f"{action.key}  {_(action.words)}")

    def fill(self, form: Node, words: str, text: str) -> None:
        """Put a text into a field of a form."""
        form.find("text", re.escape(words)).put(text)

    def state(self, words: str) -> Node:
        """The case panel says that the case is in this state."""
        return self.reader.find("label", rf"{re.escape(words)}( · .*)?")

    def said(self, words: str, after: int = 0) -> dict[str, Any]:
        """An announcement that holds the words."""
        return self.reader.hear(re.escape(words), after)

    @property
    def queue(self) -> Node:
        return self.reader.find("table", re.escape(_("案件列表")))

    def stored(self, code: str) -> dict[str, Any]:
        """The case as another program is told of it."""
        told: dict[str, Any] = json.loads(self.command("cases", "show", code, "--json"))
        return told

    def command(self, *words: str) -> str:
        """What another process, as another seat, does on the same store."""
        root = Path(__file__).parents[2]
        told = subprocess.run(
            [sys.executable, "-m", "console", "--data", str(self.folder), *words],
            env={**os.environ, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stderr
        return told.stdout
