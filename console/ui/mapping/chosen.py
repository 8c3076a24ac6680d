"""What one user chose on the map, kept among his things: by the name of a part a document of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.domain.errors import Refused
from console.kept import keep, kept, own_folder
from console.ui.edge import Clicks, Reload

if TYPE_CHECKING:
    from console.ui.door import Door

FILE = "map.json"
_CALM_MS = 600  # a slider on its way is not written step by step


class Chosen(QObject):
    """Signals: changed, when another user's choices are in force."""

    changed = Signal()

    def __init__(
        self, folder: Path, failed: Callable[[BaseException], None], parent: QObject, file: str = FILE
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._folder = folder
        self._failed = failed
        self._path: Path | None = None
        self._door: Door | None = None
        self._document: dict[str, Any] = {}
        self._clicks = Clicks(failed)
        self.saving = Reload(self._write, failed, wait_ms=_CALM_MS)

    async def open(self, door: "Door") -> None:
        """Take up what is kept of who sits here; a damaged file is told and put aside."""
        import asyncio

        self._door = door
        self._path = path = own_folder(self._folder, door.by) / self._file
        try:
            told = await asyncio.get_running_loop().run_in_executor(None, kept, path)
        except Refused as problem:
            self._failed(problem)
            told = None
        self._document = told if isinstance(told, dict) else {}
        self.changed.emit()

    def change_user(self) -> None:
        """Somebody else sits here now."""
        door = self._door
        if door is not None:
            self._clicks.run(lambda: self.open(door))

    def of(self, name: str) -> Any:
        """What is kept under a name, None for nothing."""
        return self._document.get(name)

    def put(self, name: str, value: Any) -> None:
        """Keep another value under a name, soon."""
        if self._document.get(name) != value:
            self._document[name] = value
            if self._path is not None:
                self.saving.wish()

    async def _write(self) -> None:
        import asyncio

        assert self._path is not None
        await asyncio.get_running_loop().run_in_executor(None, keep, self._path, dict(self._document))
