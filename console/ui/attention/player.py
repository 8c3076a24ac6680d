"""Plays the sounds; where this machine has no sound it says so and nothing else stops."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal

from console.system import cache_folder
from console.ui.attention.tones import SOUNDS, kept_sound

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

log = logging.getLogger(__name__)


def load(folder: Path | None = None) -> Path:
    """Make the files and import what plays them, on a thread. Raises OSError, ImportError."""
    where = folder or cache_folder() / "sounds"
    for name in SOUNDS:
        kept_sound(name, where)
    import PySide6.QtMultimedia  # noqa: F401  a tenth of a second, and its libraries may be missing

    return where


class Player(QObject):
    """Silent until `open`. `device` says whether there is anything to be heard with.

    Signals: device_changed(bool).
    """

    device_changed = Signal(bool)

    def __init__(self, volume: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._volume = volume
        self._folder: Path | None = None
        self._devices: QMediaDevices | None = None
        self._effects: dict[str, QSoundEffect] = {}
        self.device = False

    def open(self, folder: Path) -> None:
        """Look for a device, now and whenever one comes or goes; `folder` has the files."""
        from PySide6.QtCore import QLoggingCategory
        from PySide6.QtMultimedia import QMediaDevices

        # Which codecs of video are missing is no matter for sounds, and nobody reads it in a terminal.
        QLoggingCategory.setFilterRules("qt.multimedia.*=false")
        self._folder = folder
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._look)
        self._look()

    def play(self, name: str) -> bool:
        """Let a sound be heard; False where nothing is to be heard."""
        volume = self._volume()
        if not self.device or volume <= 0 or name not in SOUNDS:
            return False
        effect = self._effect(name)
        effect.setVolume(volume)
        effect.play()
        return True

    def _effect(self, name: str) -> "QSoundEffect":
        from PySide6.QtMultimedia import QSoundEffect

        effect = self._effects.get(name)
        if effect is None:
            assert self._folder is not None
            effect = self._effects[name] = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(kept_sound(name, self._folder))))
        return effect

    def _look(self) -> None:
        from PySide6.QtMultimedia import QMediaDevices

        there = bool(QMediaDevices.audioOutputs())
        if not there:
            self._effects.clear()
        if there is not self.device:
            self.device = there
            self.device_changed.emit(there)
