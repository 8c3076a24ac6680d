"""The memory of the whole application through an hour of work in a year of cases, the map open.

    SOAK_STEPS=3600     operator steps: an hour of one a second, done as quickly as they go
    YEAR_CASES=500000   on a smaller store

Steps are keys, filters, searches, cases opened, acts, bulk acts and their undoing, drawn by a seed, on a copy
of the store. After every sixtieth of the steps the memory of this process and of Chromium's is read: what
they hold together (tests.perf.held_memory), PSS, which is less where others of the kind run beside them, and
RSS, which counts what they share once for each. Amid work up to 60 MB of that are pictures on their way from
the map's page to the screen, so that it is read once more after a rest of some seconds; the slope is a
straight line through the second half of what is held then, with the half-width of its 95 % confidence: flat
is what cannot be told from zero or is below a megabyte in an hour.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from console.domain.flow import Step
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.services.told import Told
from tests.perf.borrowed import copied
from tests.perf.demo_store import UNTIL
from tests.perf.figures import record
from tests.perf.filters import FILTERS
from tests.perf.held_memory import held_by
from tests.perf.open_window import Opened, opened_window, pass_time
from tests.perf.pulse import moving
from tests.perf.year_store import kept_year

HOUR = 3600
STEPS = int(os.environ.get("SOAK_STEPS", HOUR))
SAMPLES = 60
SEED = 20260320
MOST_MB, MOST_SLOPE_MB = 700.0, 1.0
BULK = 50
_PAUSE_S = 0.02
_REST_S = 3.0  # the page empties what it no longer draws on after a second and a half
_QUIET_CASE = 1  # long ended, no act comes to it
_TEXTS = ("井盖", "花园路", "垃圾", "占道", "电动", "12号", "交叉口东")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of every process of the application, and of them the PSS of our own."""

    held: float
    rested: float
    rss: float
    pss: float
    own: float
    objects: int
    others: tuple[str, ...] = ()

    def told(self) -> str:
        """One line for who watches."""
        each = ", ".join((f"ours {self.own:.1f}", *self.others))
        sums = (
            f"{self.held:7.1f} MB held, {self.rested:7.1f} at rest, {self.pss:7.1f} PSS, {self.rss:7.1f} RSS"
        )
        return f"{sums} ({each}), {self.objects} objects"


def records() -> Iterator[dict[str, object]]:
    with TemporaryDirectory(prefix="soak-", dir=kept_year().parent) as folder:
        data = copied(kept_year(), Path(folder))
        with opened_window(data, now=moving(UNTIL)) as opened:
            door = opened.door
            for beside in (door.keep_text_index(), door.keep_sealed(), door.keep_memory()):
                opened.start(beside)
            samples = worked(Work(opened), STEPS)
    hours = STEPS / HOUR
    last = samples[-1]
    name = f"memory after {STEPS:,} steps"
    yield record(f"{name}, held by all processes", "MB", last.held, samples[0].held, MOST_MB)
    yield record(f"{name}, held at rest", "MB", last.rested, samples[0].rested, None)
    yield record(f"{name}, RSS of all processes", "MB", last.rss, samples[0].rss, None)
    yield record(f"{name}, PSS of all processes", "MB", last.pss, samples[0].pss, None)
    yield record(f"{name}, PSS of our own process", "MB", last.own, samples[0].own, None)
    slope, sure = slope_of([one.rested for one in samples[len(samples) // 2 :]], hours / 2)
    flat = max(0.0, abs(slope) - sure)
    yield record("memory, slope at rest, an hour", "MB", slope, None, None)
    yield record("memory, slope at rest, an hour, 95 % confidence +-", "MB", sure, None, None)
    yield record(
        "memory, slope at rest, an hour, beyond its confidence",
        "MB",
        flat,
        None,
        MOST_SLOPE_MB,
    )
    objects, about = slope_of([float(one.objects) for one in samples[len(samples) // 2 :]], hours / 2)
    yield record("QObjects below the window, slope an hour", "", objects, None, None)
    yield record("QObjects below the window, 95 % confidence +-", "", about, None, None)


def worked(work: "Work", steps: int) -> list[Memory]:
    """Samples over the work, the first before it."""
    samples = [work.memory()]
    every = max(1, steps // SAMPLES)
    for step in range(1, steps + 1):
        work.step()
        if step % every == 0:
            samples.append(work.memory())
            one = samples[-1]
            print(f"{step:6} {one.told()}", file=sys.stderr, flush=True)
    return samples


class Work:
    """The hands of an operator, led by a seed."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._window = opened.window
        self._chance = random.Random(SEED)
        self._steps: list[tuple[float, Callable[[], None]]] = [
            (0.50, self._key),
            (0.18, self._open),
            (0.10, self._act),
            (0.10, self._filter),
            (0.05, self._sort),
            (0.05, self._search),
            (0.02, self._bulk),
        ]

    def step(self) -> None:
        chances, works = zip(*self._steps, strict=True)
        self._chance.choices(works, chances)[0]()
        pass_time(_PAUSE_S)

    def memory(self) -> Memory:
        """Once nothing is under way and the garbage is gone."""
        import gc

        import psutil

        self._opened.settle()
        pass_time(0.3)
        gc.collect()
        this = psutil.Process()
        rss = pss = own = 0.0
        others = []
        every = (this, *this.children(recursive=True))
        held = held_by(one.pid for one in every).whole
        for one in every:
            try:
                told, command = one.memory_full_info(), one.cmdline()
            except psutil.Error:  # it has ended meanwhile
                continue
            rss, pss = rss + told.rss / 1e6, pss + told.pss / 1e6
            if one == this:
                own = told.pss / 1e6
            else:
                kind = next((part[7:] for part in command if part.startswith("--type=")), one.name())
                others.append(f"{kind} {told.pss / 1e6:.1f}")
        objects = self._objects()
        pass_time(_REST_S)
        rested = held_by(one.pid for one in every).whole
        return Memory(held, rested, rss, pss, own, objects, tuple(others))

    def _objects(self) -> int:
        """The objects below the window, looked at in one and the same place.

        What the case panel has depends on the case: seen wherever the work had led, their number went up and
        down by a hundred.
        """
        from PySide6.QtCore import QObject

        self._window.selection.want(CaseFilter(everything=True))
        self._window.selection.choose_case(_QUIET_CASE)
        self._opened.settle()
        pass_time(0.1)
        return len(self._window.findChildren(QObject))

    def _key(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        keys = (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_Home)
        QTest.keyClick(self._window.queue.table, self._chance.choice(keys))

    def _open(self) -> None:
        shown = self._window.queue.model.shown
        if shown:
            self._window.selection.choose_case(self._chance.choice(shown).id)
            self._opened.settle()

    def _filter(self) -> None:
        self._window.selection.want(self._chance.choice(FILTERS).wanted)
        self._opened.settle()

    def _sort(self) -> None:
        order, down = self._chance.choice(tuple(Order)), self._chance.random() < 0.5
        self._window.selection.narrow(lambda wanted: replace(wanted, order=order, descending=down))
        self._opened.settle()

    def _search(self) -> None:
        text = self._chance.choice(_TEXTS)
        self._window.selection.want(CaseFilter(everything=True, text=text))
        self._opened.settle()

    def _act(self) -> None:
        door = self._opened.door
        page = self._opened.wait(
            door.queue_page(CaseFilter(step=Step.HANDLING), self._chance.randrange(500), 1)
        )
        told = Told(note="请加快处置", level=1)
        for row in page.rows:
            case = self._opened.wait(door.take(row.code, Operation.URGE, told, row.version))
            if self._chance.random() < 0.5:
                self._opened.wait(door.undo(case.code, case.version))

    def _bulk(self) -> None:
        door = self._opened.door
        page = self._opened.wait(door.queue_page(CaseFilter(step=Step.HANDLING), 0, BULK))
        seen = [(row.code, row.version) for row in page.rows]
        told = Told(note="请加快处置", level=1)
        outcomes = self._opened.wait(door.take_many(seen, Operation.URGE, told))
        done = [(one.case.code, one.case.version) for one in outcomes if one.case]
        self._opened.wait(door.undo_many(done))


def slope_of(values: list[float], hours: float) -> tuple[float, float]:
    """The slope of a line through values that are evenly spread over `hours`, and 1.96 times its error."""
    count = len(values)
    if count < 3:
        return 0.0, float("inf")
    times = [hours * at / (count - 1) for at in range(count)]
    middle, mean = sum(times) / count, sum(values) / count
    spread = sum((time - middle) ** 2 for time in times)
    slope = sum((t - middle) * (v - mean) for t, v in zip(times, values, strict=True)) / spread
    rest = sum((v - mean - slope * (t - middle)) ** 2 for t, v in zip(times, values, strict=True))
    return slope, 1.96 * (rest / (count - 2) / spread) ** 0.5
