"""Python's cyclic garbage, collected on the window's own thread."""

import gc

from PySide6.QtCore import QObject, QTimer

from console.ui.first_picture import after_first_picture

_PAUSE_MS = 250
_SETTLED_MS = 15_000  # window, city and index are loaded by then


class Garbage(QObject):
    """Takes over from the interpreter's collector, which runs on whatever thread allocates.

    On a reading thread it would destroy timers and widgets of the window, and Qt crashes on that (seen:
    "Timers cannot be stopped from another thread", then a segmentation fault).
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.collect)
        after_first_picture(self._timer.start)
        QTimer.singleShot(_SETTLED_MS, self, self.keep_what_is_here)

    def collect(self) -> None:
        """What the interpreter would do by now, generation by generation."""
        for generation, limit in enumerate(gc.get_threshold()):
            if gc.get_count()[generation] > limit:
                gc.collect(generation)

    def keep_what_is_here(self) -> None:
        """What is loaded by now stays until the end: no later collection walks through it again."""
        gc.freeze()

    def end(self) -> None:
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
