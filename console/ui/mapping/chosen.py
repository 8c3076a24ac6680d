"""What one user chose on the map, kept among his things: by the name of a part a document of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from console.ui.own_document import OwnDocument

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
        self._door: Door | None = None
        self._document: dict[str, Any] = {}
        own = self._own = OwnDocument(
            folder, file, failed, self._take, lambda: dict(self._document), self, calm_ms=_CALM_MS
        )
        self.saving, self.close = own.working, own.close

    async def open(self, door: "Door") -> None:
        """Take up what is kept of who sits here; a damaged file is told and put aside."""
        self._door = door
        await self._own.open(door.by)

    def change_user(self) -> None:
        """Somebody else sits here now."""
        if self._door is not None:
            self._own.change_user(self._door.by)

    def of(self, name: str) -> Any:
        """What is kept under a name, None for nothing."""
        return self._document.get(name)

    def put(self, name: str, value: Any) -> None:
        """Keep another value under a name, soon."""
        if self._document.get(name) != value:
            self._document[name] = value
            self._own.changed()

    def _take(self, told: Any) -> str:
        whole = told is None or isinstance(told, dict)
        self._document = told if isinstance(told, dict) else {}
        self.changed.emit()
        return "" if whole else repr(told)[:80]
