"""What this user set: kept in the data folder as soon as it is changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from console.domain.errors import Refused
from console.settings import Layers, Settings, change_settings, read_layers


class Preferences(QObject):
    """The settings in use. A folder that cannot be written is told; the change still holds here.

    Signals: changed(frozenset): the names of what was changed, by whatever part of the window.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings, folder: Path, failed: Callable[[BaseException], None]) -> None:
        super().__init__()
        self.settings = settings
        self.folder = folder
        self._failed = failed

    def layers(self) -> Layers:
        """What is on top of what, as the files have it now."""
        return read_layers(self.folder)

    def keep(self, **changes: Any) -> None:
        """Change some of the settings, by their names; what the administrator locked stays, and is told."""
        self.try_to_keep(changes)

    def try_to_keep(self, changes: Mapping[str, Any]) -> bool:
        """As `keep`; False where nothing was changed."""
        try:
            change_settings(self.folder, changes)
        except Refused as problem:
            self._failed(problem)
            if problem.code != "folder_not_writable":
                return False
        self.settings = replace(self.settings, **changes)
        self.changed.emit(frozenset(changes))
        return True
