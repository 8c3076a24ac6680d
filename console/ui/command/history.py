"""What one user typed before: kept in the data folder, the newest last, bounded, each line once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from console.ui.command.line import LONGEST
from console.ui.own_document import OwnDocument

FILE = "commands.json"
MOST = 200


class History:
    """Up goes back in it and Down forward; `own` writes it beside the window's work."""

    def __init__(self, folder: Path, failed: Callable[[BaseException], None]) -> None:
        self._lines: list[str] = []
        self._at = 0
        self.own = OwnDocument(folder, FILE, failed, self._take, lambda: list(self._lines))
        self.open, self.change_user = self.own.open, self.own.change_user

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)

    def add(self, line: str) -> None:
        """Remember a line that was followed."""
        self._lines = [*(one for one in self._lines if one != line), line][-MOST:]
        self._at = len(self._lines)
        self.own.changed()

    def back(self, by: int) -> str:
        """The line before (-1) or after the one that is looked at; empty behind the newest."""
        self._at = min(len(self._lines), max(0, self._at + by))
        return self._lines[self._at] if self._at < len(self._lines) else ""

    def rest(self) -> None:
        """Begin at the newest again."""
        self._at = len(self._lines)

    def _take(self, told: Any) -> str:
        """Lines that are none are passed over, and told."""
        known = [one for one in told if _is_line(one)] if isinstance(told, list) else []
        self._lines = known[-MOST:]
        self.rest()
        wrong = [one for one in told if not _is_line(one)] if isinstance(told, list) else told
        return repr(wrong)[:80] if wrong else ""


def _is_line(told: object) -> bool:
    return isinstance(told, str) and 0 < len(told) <= LONGEST
