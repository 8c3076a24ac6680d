"""What one user typed before: kept in the data folder, the newest last, bounded, each line once."""

from collections.abc import Callable
from pathlib import Path

from console.domain.errors import Refused
from console.kept import keep, kept, own_folder
from console.ui.command.line import LONGEST
from console.ui.edge import Reload

FILE = "commands.json"
MOST = 200


class History:
    """Up goes back in it and Down forward; `saving` writes it beside the window's work."""

    def __init__(self, folder: Path, failed: Callable[[BaseException], None]) -> None:
        self._folder = folder
        self._path = folder / FILE
        self._lines: list[str] = []
        self._at = 0
        self._failed = failed
        self.saving = Reload(self._write, failed)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)

    async def open(self, operator: str) -> None:
        """Take up what the user typed; a damaged file is told and put aside."""
        import asyncio

        self._path = own_folder(self._folder, operator) / FILE
        self._lines = []
        try:
            told = await asyncio.get_running_loop().run_in_executor(None, kept, self._path)
        except Refused as problem:
            self._failed(problem)
            told = None
        if isinstance(told, list):
            known = [one for one in told if isinstance(one, str) and 0 < len(one) <= LONGEST]
            self._lines = known[-MOST:]
        self._at = len(self._lines)

    def add(self, line: str) -> None:
        """Remember a line that was followed."""
        self._lines = [*(one for one in self._lines if one != line), line][-MOST:]
        self._at = len(self._lines)
        self.saving.wish(now=True)

    def back(self, by: int) -> str:
        """The line before (-1) or after the one that is looked at; empty behind the newest."""
        self._at = min(len(self._lines), max(0, self._at + by))
        return self._lines[self._at] if self._at < len(self._lines) else ""

    def rest(self) -> None:
        """Begin at the newest again."""
        self._at = len(self._lines)

    async def _write(self) -> None:
        import asyncio

        await asyncio.get_running_loop().run_in_executor(None, keep, self._path, list(self._lines))
