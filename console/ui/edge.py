"""The only bridge between the desk's world and Qt's: what changed becomes a signal, a click a task."""

import logging
import weakref
from collections.abc import Callable, Coroutine
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

Work = Coroutine[Any, Any, None]

_ROOM, _LONGEST_MS = 3, 2000


_under_way: "set[asyncio.Task[None]]" = set()  # the loop itself holds its tasks only weakly
_lasting: "weakref.WeakSet[asyncio.Task[None]]" = weakref.WeakSet()
_reloads: "weakref.WeakSet[Reload]" = weakref.WeakSet()


def start(work: Work, *, lasting: bool = False) -> "asyncio.Task[None]":
    """Run `work` beside everything else; `lasting` for what has no end of its own.

    asyncio is imported only here: the window is painted before.
    """
    import asyncio

    task = asyncio.get_event_loop().create_task(work)
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    if lasting:
        _lasting.add(task)
    return task


def under_way() -> list[str]:
    """What is being done or about to be, by the names of the coroutines; nothing where all is answered."""
    tasks = [task.get_coro() for task in _under_way if task not in _lasting]
    reloads = [reload for reload in list(_reloads) if shiboken6.isValid(reload) and not reload.idle]
    return [getattr(task, "__qualname__", repr(task)) for task in tasks] + [one.name for one in reloads]


def hurry() -> None:
    """Let every reload that waits for more begin now: who drives the window has no more for it."""
    for reload in list(_reloads):
        if shiboken6.isValid(reload):
            reload.hurry()


def forget() -> None:
    """Nothing was asked: what a loop that is gone had begun, or was about to, will never be answered."""
    for reload in list(_reloads):
        if shiboken6.isValid(reload):
            reload.give_up()
    _under_way.clear()
    _reloads.clear()


class Hub(QObject):
    """Signals: changed(Changes), after something was committed by us or by others."""

    changed = Signal(object)


class Clicks:
    """One act at a time: a second click while the first runs is ignored, not repeated."""

    def __init__(self, failed: Callable[[BaseException], None]) -> None:
        self._failed = failed
        self._running: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        return self._running is not None and not self._running.done()

    def run(self, work: Callable[[], Work]) -> None:
        if self.busy:
            return
        self._running = start(self._guarded(work))

    async def _guarded(self, work: Callable[[], Work]) -> None:
        try:
            await work()
        except Exception as problem:  # the last place where a click's failure can be told
            self._failed(problem)


class Reload(QObject):
    """Coalesces wishes to reload: one run at a time, one more after it if it was wished meanwhile.

    Where reloads wait they also leave room between them: one that took long, because the machine has much
    to do, waits three times as long, so that reloads are never what it has to do.

    It ends with the widget whose method `work` is: nothing is reloaded for a window that is gone.
    """

    def __init__(
        self, work: Callable[[], Work], failed: Callable[[BaseException], None], *, wait_ms: int = 0
    ) -> None:
        owner = getattr(work, "__self__", None)
        super().__init__(owner if isinstance(owner, QObject) else None)
        self._work = work
        self._failed = failed
        self._task: asyncio.Task[None] | None = None
        self._wished = self._urgent = False
        self._took_ms = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._wait = wait_ms
        self._timer.timeout.connect(self._start)
        self._running: list[asyncio.Task[None]] = []
        _reloads.add(self)
        self.destroyed.connect(partial(_give_up, self._running))

    def wish(self, *, now: bool = False, rest_ms: int = 0) -> None:
        """Reload soon; `now` skips the wait, with `rest_ms` it begins anew at every wish."""
        self._wished = True
        self._urgent = self._urgent or now
        if self._task is not None and not self._task.done():
            return
        if rest_ms:
            self._timer.start(rest_ms)
        elif now:
            self._timer.stop()
            self._start()
        elif not self._timer.isActive():
            self._timer.start(self._pause)

    def calm(self, wait_ms: int) -> None:
        """Wait so long before every reload from the next on."""
        self._wait = wait_ms

    def hurry(self) -> None:
        """Begin now what would begin soon."""
        if self._timer.isActive():
            self._timer.stop()
            self._start()

    def give_up(self) -> None:
        """Begin nothing more of what was wished."""
        self._timer.stop()
        self._wished = self._urgent = False

    @property
    def idle(self) -> bool:
        return not self._wished and (self._task is None or self._task.done())

    @property
    def name(self) -> str:
        """What it calls, for whoever waits for it."""
        return getattr(self._work, "__qualname__", repr(self._work))

    @property
    def _pause(self) -> int:
        return max(self._wait, min(_ROOM * self._took_ms, _LONGEST_MS)) if self._wait else 0

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = start(self._run())
            self._running[:] = [self._task]

    async def _run(self) -> None:
        while self._wished:
            self._wished = self._urgent = False
            began = monotonic()
            try:
                await self._work()
            except Exception as problem:  # a failed reload is told, the old rows stay
                self._failed(problem)
            self._took_ms = round(1000 * (monotonic() - began))
            if self._wished and self._wait and not self._urgent:
                self._timer.start(self._pause)
                return


def _give_up(running: "list[asyncio.Task[None]]") -> None:
    for task in running:
        if not task.done() and not task.get_loop().is_closed():
            task.cancel()
