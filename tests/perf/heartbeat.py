"""How evenly the GUI thread lives: the gaps of a 5 ms timer, and where the thread stood in the long ones.

A long gap is one of three things, and Linux tells which: the thread computed, it was ready and other
processes had the cores, or it waited, in our programs mostly for the interpreter that another thread held.
"""

import faulthandler
import re
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple

BEAT_MS = 5
_LOOK_S, _AGAIN_S = 0.005, 0.02  # a look holds the interpreter that the GUI thread may be waiting for
_TOLD_FRAMES = 6
_THREAD = re.compile(r"hread (0x[0-9a-f]+)")
_FRAME = re.compile(r'File "([^"]+)", line (\d+) in (\S+)')
_WAITING = ("threading.py", "queue.py", "selectors.py", "concurrent/futures/thread.py")


class Spent(NamedTuple):
    """Milliseconds that the GUI thread computed, and stood in line for a core."""

    computed: float
    queued: float


class Stall(NamedTuple):
    """A long gap: how long, what the thread did of it, and the stacks that were seen most often."""

    length: float
    spent: Spent
    stacks: str

    def told(self) -> str:
        waited = max(0.0, self.length - sum(self.spent))
        return (
            f"{self.length:6.1f} ms: computed {self.spent.computed:.0f}, in line for a core "
            f"{self.spent.queued:.0f}, waited {waited:.0f}\n    {self.stacks}"
        )


class Heartbeat:
    """Beats from `start` to `stop` on the thread that made it.

    A second thread looks at the beats; where one is overdue by `stall_ms` it notes what every thread
    of ours was doing: the GUI thread may stand in a call of its own, or wait for the interpreter.
    """

    def __init__(self, stall_ms: float = 50.0) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._stall = stall_ms / 1000
        self._beats: list[float] = []
        self._stalls: dict[float, list[str]] = {}  # by the beat before it: the stacks seen in it
        self._spent: dict[float, Spent] = {}
        self._mine = threading.get_ident()
        self._schedule = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._ended = threading.Event()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(lambda: self._beats.append(time.perf_counter()))
        self._watch = threading.Thread(target=self._look, name="heartbeat", daemon=True)

    def start(self) -> None:
        self._beats.append(time.perf_counter())
        self._timer.start()
        self._watch.start()

    def stop(self) -> None:
        self._timer.stop()
        self._beats.append(time.perf_counter())
        self._ended.set()
        self._watch.join()

    def gaps_ms(self) -> list[float]:
        return [1000 * (after - before) for before, after in pairwise(self._beats)]

    def stalls(self) -> list[Stall]:
        """The long gaps, the longest first."""
        lengths = {before: 1000 * (after - before) for before, after in pairwise(self._beats)}
        seen = [
            Stall(lengths[before], self._spent[before], Counter(stacks).most_common(1)[0][0])
            for before, stacks in self._stalls.items()
            if lengths.get(before, 0.0) > 1000 * self._stall
        ]
        return sorted(seen, reverse=True)

    def _look(self) -> None:
        seen, calm = 0.0, self._spending()
        with TemporaryFile("w+", encoding="utf-8", errors="replace") as dump:
            pause = _LOOK_S
            while not self._ended.wait(pause):
                pause = _LOOK_S
                last, spent = self._beats[-1], self._spending()
                if last != seen:
                    seen, calm = last, spent
                if time.perf_counter() - last > self._stall:
                    self._stalls.setdefault(last, []).append(self._stacks(dump))
                    pause = _AGAIN_S
                    self._spent[last] = Spent(spent[0] - calm[0], spent[1] - calm[1])

    def _spending(self) -> Spent:
        if not self._schedule.exists():
            return Spent(0.0, 0.0)
        computed, queued, _turns = self._schedule.read_text().split()
        return Spent(int(computed) / 1e6, int(queued) / 1e6)

    def _stacks(self, dump: IO[str]) -> str:
        """What every thread was doing that was not waiting.

        By faulthandler, which takes hold of no frame: one that were held here would outlive its call, and the
        painter in it would be destroyed on this thread.
        """
        dump.seek(0)
        dump.truncate()
        faulthandler.dump_traceback(dump, all_threads=True)
        dump.seek(0)
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        told = []
        for one in dump.read().split("\n\n"):
            ident, frames = int(_THREAD.findall(one)[0], 16), _FRAME.findall(one)
            name = "GUI" if ident == self._mine else names.get(ident, "?")
            waits = not frames or frames[0][0].endswith(_WAITING)
            if name == "GUI" or not (waits or name == "heartbeat"):
                told.append(f"{name}: {' < '.join(map(_told, frames[:_TOLD_FRAMES]))}")
        return "\n    ".join(sorted(told))


def _told(frame: tuple[str, str, str]) -> str:
    path, line, name = frame
    return f"{'/'.join(path.rsplit('/', 2)[-2:])}:{line} {name}"
