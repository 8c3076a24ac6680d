"""The switch of the simulated feed: off, or so many times the real pace; only in a generated city."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from console.i18n import _
from console.ui.edge import start
from console.ui.naming import name_box
from console.ui.scale import px, pxs
from console.ui.widgets import plain_label

if TYPE_CHECKING:
    import asyncio

    from console.ui.door import Door

SPEEDS = (0, 1, 10, 60, 600)


class FeedSwitch(QWidget):
    """Signals: speed_changed(int), failed(exception)."""

    speed_changed = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("feedSwitch")
        self._door: Door | None = None
        self._task: asyncio.Task[None] | None = None
        self.label = plain_label(name="feedLabel", look="muted")
        self._speed = QComboBox(self)
        self._speed.setObjectName("feedSpeed")
        for speed in SPEEDS:
            self._speed.addItem(f"{speed}×" if speed else "", speed)
        self._speed.currentIndexChanged.connect(lambda _at: self._run())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*pxs(0, 2, 0, 2))
        layout.setSpacing(px(6))
        layout.addWidget(self.label)
        layout.addWidget(self._speed)
        self.hide()
        self.show_words()

    def open(self, door: "Door", generated: bool, speed: int) -> None:
        """Offer the feed where the city is generated: reports nobody made have no place in a real one."""
        self._door = door
        self.setVisible(generated)
        if generated:
            self._speed.setCurrentIndex(max(0, self._speed.findData(speed)))

    def choose(self, speed: int) -> None:
        """Run at so many times the real pace, as far as it is offered here."""
        if self.isVisible():
            self._speed.setCurrentIndex(max(0, self._speed.findData(speed)))

    def toggle_feed(self) -> None:
        """Off, or the pace a demonstration likes."""
        if self.isVisible():
            self._speed.setCurrentIndex(0 if self._speed.currentData() else SPEEDS.index(60))

    def show_words(self) -> None:
        self.label.setText(_("模拟来件 F8"))
        self._speed.setItemText(0, _("关"))
        name_box(self._speed, _("模拟来件速度"))

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _run(self) -> None:
        self.stop()
        speed: int = self._speed.currentData()
        self.speed_changed.emit(speed)
        if speed and self._door is not None:
            self._task = start(self._feed(self._door, speed), lasting=True)

    async def _feed(self, door: "Door", speed: int) -> None:
        try:
            await door.feed(speed)
        except Exception as problem:  # told in the window; the feed stays off until switched on again
            self.failed.emit(problem)
