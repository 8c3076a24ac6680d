"""One kept document of whoever sits here: written into his own folder, taken up anew by who comes next."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from console.domain.errors import Refused
from console.kept import InTurn, kept, own_folder, put_aside
from console.ui.edge import Reload


class OwnDocument(QObject):
    """Writing and taking up come one after the other: nobody's things are written into another's folder.

    `take` is given what is kept, None for nothing, and says what of it is damaged, empty where all is well;
    then the file is put aside and told, what was good is written in its place. `tell` is what to keep now.
    """

    def __init__(
        self,
        folder: Path,
        file: str,
        failed: Callable[[BaseException], None],
        take: Callable[[Any], str],
        tell: Callable[[], object],
        parent: QObject | None = None,
        *,
        calm_ms: int = 0,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._file = file
        self._failed = failed
        self._take = take
        self._tell = tell
        self._wanted: str | None = None  # who sits here
        self._operator: str | None = None  # whose document is held
        self._fresh = False  # what is held is not written yet
        self._turns = InTurn()
        self.working = Reload(self._work, failed, wait_ms=calm_ms)

    async def open(self, operator: str) -> None:
        """Take up what is kept of him, and return when it is here."""
        self._wanted = operator
        await self._work()

    def change_user(self, operator: str) -> None:
        """Somebody else sits here: keep what is not kept yet, then take up his."""
        self._wanted = operator
        self.working.wish(now=True)

    def changed(self) -> None:
        """What is held is another thing than what is kept: write it, when it has come to rest."""
        self._fresh = True
        if self._operator is not None:
            self.working.wish()

    def close(self) -> None:
        """Keep at once what is not kept yet: the window is about to go."""
        if self._fresh and self._operator is not None:
            self._fresh = False
            try:
                self._writing(self._operator)()
            except Refused as problem:
                self._failed(problem)

    async def _work(self) -> None:
        if self._operator is not None:
            await self._write(self._operator)
        if self._wanted is not None and self._wanted != self._operator:
            await self._take_up(self._wanted)

    async def _write(self, operator: str) -> None:
        import asyncio

        if not self._fresh:
            return
        self._fresh = False
        try:
            await asyncio.get_running_loop().run_in_executor(None, self._writing(operator))
        except Refused as problem:
            self._fresh = True  # tried again with the next change, or at the end
            self._failed(problem)

    def _writing(self, operator: str) -> Callable[[], None]:
        """The writing of what is held now."""
        return self._turns.writing(self._place(operator), self._tell())

    async def _take_up(self, operator: str) -> None:
        import asyncio

        path = self._place(operator)
        try:
            told = await asyncio.get_running_loop().run_in_executor(None, kept, path)
        except Refused as problem:
            self._failed(problem)
            told = None
        if self._wanted != operator:
            return  # somebody else came meanwhile, and his are wished already
        self._operator, self._fresh = operator, False
        wrong = self._take(told)
        if wrong:
            self._failed(put_aside(path, wrong))
            self.changed()

    def _place(self, operator: str) -> Path:
        return own_folder(self._folder, operator) / self._file
