"""A seat in a test: the driven window on a real store, and what only our own tests may do besides."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import qasync
from pytestqt.qtbot import QtBot

from console.adapters.demo.history import Span, write_history
from console.domain.case import Case
from console.domain.city import CityContent
from console.domain.flow import State
from console.domain.operation import Operation
from console.i18n import use_language
from console.runtime.bootstrap import open_desk
from console.services.city import load_city
from console.services.steps import NOTHING, Told
from console.settings import Settings
from console.testing import Clock as DrivenClock
from console.testing import Console
from console.testing.console import close_log
from console.testing.hands import keyboard
from console.testing.loop import running_loop
from console.testing.waiting import NotInTimeError
from console.ui import life
from tests.lives import REPORT, TOLD, WAY, who

__all__ = ["BY", "NOW", "Clock", "NotInTimeError", "Seat", "close_log", "keyboard", "running_loop"]

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)  # a Friday, ten in the morning in the city
BY = "测试员"


class Clock(DrivenClock):
    """Stands at NOW unless it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        super().__init__(at)


def make_store(folder: Path, content: CityContent, cases: int) -> None:
    """A data folder with a city and so many cases of the days before NOW."""
    desk = open_desk(folder, None)
    try:
        desk.do_now(load_city, content, by=BY, at=NOW)
        if cases:
            desk.do_now(write_history, Span(NOW, count=cases, days=20))
    finally:
        desk.close()
        close_log()


def copy_store(template: Path, folder: Path) -> Path:
    """The template's data folder once more, to write in."""
    return Path(shutil.copytree(template, folder))


class Seat(Console):
    """The window of `folder`, opened as console.ui.life does it; leave it with `close`."""

    def __init__(
        self, qtbot: QtBot, loop: qasync.QEventLoop, folder: Path, settings: Settings, clock: Clock
    ) -> None:
        super().__init__(loop, folder, settings, clock, BY)
        self.qtbot = qtbot
        self._life: asyncio.Task[None] | None = None
        self._closed = False

    def open(self) -> "Seat":
        """Open the store. Raises Refused as console.ui.life would show it."""
        super().open()
        return self

    def open_painted(self) -> "Seat":
        """Open the store with its page; what came after the first picture, the cases, is on it too."""
        with self.qtbot.waitSignal(self.window.map.painted, timeout=120_000):
            self.open()
        self.settle()
        return self

    # ---- working

    def bring(self, state: State) -> str:
        """Let a case come in and go the shortest way to a state; its code."""
        assert self.door is not None
        case = self.wait(self.door.register(REPORT))
        for operation in WAY[state]:
            told = TOLD.get(operation, NOTHING)
            if operation is Operation.MERGE:
                told = Told(other=self.wait(self.door.register(REPORT)).code)
            case = self.do(case.code, operation, told, by=who(case, operation))
        self.settle()
        return case.code

    def do(self, code: str, operation: Operation, told: Told = NOTHING, *, by: str = BY) -> Case:
        """Let an operation be done by somebody, through the window's own door."""
        door = self.door
        assert door is not None
        seat, door.by = door.by, by
        try:
            case = self.wait(door.take(code, operation, told, self.stored(code).case.version))
        finally:
            door.by = seat
        self.settle()
        return case

    def choose(self, code: str) -> None:
        """Choose a case, whether the queue shows it or not."""
        self.window.selection.choose_case(self.stored(code).case.id)
        self.settle()
        assert self.case.code == code

    def watch(self) -> None:
        """Look out for what others commit, from now on."""
        assert self.door is not None
        self._loop.create_task(self.door.watch())
        self.wait(self.door.lists())  # the watch has asked before this question

    def live(self) -> None:
        """Let the program itself open the store and end: console.ui.life without its loop."""
        living = life._live(self.window, self.folder, None, self.window.settings)
        self._life = self._loop.create_task(living)

    def close(self) -> None:
        """Take everything down in the order of console.ui.life; once is enough."""
        if self._closed:
            return
        self._closed = True
        if self._life is None:
            super().close()
            return
        life_task = self._life
        if not life_task.done():
            self.window.closing.emit()
        self.until(life_task.done)
        life_task.result()
        close_log()
        use_language("zh")
