"""The first run's way to the store: found a city, look a pack through, both on a thread and stoppable."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from console.domain.errors import Refused

if TYPE_CHECKING:
    from console.runtime.founding import Checked, Founded
    from console.ui.door import Door

T = TypeVar("T")
Progress = Callable[[str, float], None]


class FoundingDoor:
    """`progress` is told on the loop's thread. One work at a time; `stop` ends it, nothing of it is kept."""

    def __init__(self, door: "Door", progress: Progress) -> None:
        self._door = door
        self._progress = progress
        self._stopped = Event()

    def stop(self) -> None:
        """Raise Refused("interrupted") in whatever is under way, at its next step."""
        self._stopped.set()

    async def demo(self, count: int) -> "Founded":
        """Raises Refused, as do the others."""
        from console.runtime.founding import found_demo

        return await self._off(
            lambda told: found_demo(self._door.desk, by=self._door.by, at=_now(), count=count, progress=told)
        )

    async def training(self) -> "Founded":
        from console.runtime.founding import found_training

        return await self._off(
            lambda told: found_training(self._door.desk, by=self._door.by, at=_now(), progress=told)
        )

    async def own(self, pack: Path, *, tolerant: bool) -> "Founded":
        from console.runtime.founding import found_own

        return await self._off(
            lambda told: found_own(
                self._door.desk, pack, by=self._door.by, at=_now(), tolerant=tolerant, progress=told
            )
        )

    async def check(self, pack: Path) -> "Checked":
        from console.runtime.founding import check

        return await self._off(lambda told: check(pack, told))

    async def _off(self, work: Callable[[Progress], T]) -> T:
        """Work on a thread; a progress that comes too often is told by whole per cents."""
        import asyncio

        loop = asyncio.get_running_loop()
        self._stopped.clear()
        last = ("", -1)

        def told(stage: str, share: float) -> None:
            nonlocal last
            if self._stopped.is_set():
                raise Refused("interrupted")
            now = (stage, round(100 * share))
            if now != last:
                last = now
                loop.call_soon_threadsafe(self._progress, stage, share)

        return await loop.run_in_executor(None, work, told)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
