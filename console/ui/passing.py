"""What moves on by itself as time passes: the clock, the remaining times, the counts of the steps."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from console.ui.edge import Reload
from console.ui.header import Header
from console.ui.strip import StepStrip

if TYPE_CHECKING:
    from console.ui.door import Door

_TICK_MS = 1000
_REMAINING_TICKS = 10


class Ticked(Protocol):
    """What shows times that run."""

    def tick(self, now: datetime) -> None: ...


class Passing(QObject):
    """The header's clock ticks every second, `parts` every ten."""

    def __init__(
        self,
        header: Header,
        strip: StepStrip,
        parts: Iterable[Ticked],
        failed: Callable[[BaseException], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._header = header
        self._strip = strip
        self._door: Door | None = None
        self._zone = ZoneInfo("Asia/Shanghai")
        self._ticks = 0
        self.parts = list(parts)
        self.counts = Reload(self._load_counts, failed, wait_ms=250)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)

    def open(self, door: "Door", zone: ZoneInfo) -> None:
        self._door, self._zone = door, zone
        self.counts.wish(now=True)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def midnight(self) -> datetime | None:
        """When the city's day began; None before the store is open."""
        if self._door is None:
            return None
        return datetime.combine(self._door.now().astimezone(self._zone).date(), time.min, self._zone)

    def tick(self) -> None:
        """A second has passed."""
        assert self._door is not None
        now = self._door.now()
        self._header.show_time(now)
        self._ticks += 1
        if self._ticks % _REMAINING_TICKS == 0:
            for part in self.parts:
                part.tick(now)
            self.counts.wish()

    async def _load_counts(self) -> None:
        since = self.midnight()
        if self._door is not None and since is not None:
            self._strip.show_counts(await self._door.step_counts(since))
