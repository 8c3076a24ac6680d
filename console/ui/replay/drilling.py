"""Drills from the page of the past: one started from the second that is shown, opened, and removed."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from console.domain.errors import Refused
from console.i18n import _
from console.ui.edge import Clicks
from console.ui.widgets import plain_button

if TYPE_CHECKING:
    from datetime import datetime

    from console.domain.drill import Drill
    from console.ui.replay.bar import ReplayBar
    from console.ui.replay_door import ReplayDoor


class Drilling(QObject):
    """A drill is made on a thread of its own and opens in a process of its own.

    Signals: told(str): what came of it; progressed(int, int): from the thread.
    """

    told = Signal(str)
    progressed = Signal(int, int)

    def __init__(
        self, bar: "ReplayBar", folder: Path, failed: Callable[[BaseException], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._folder = folder
        self._door: ReplayDoor | None = None
        self._stop = False
        self.start = QToolButton(parent)
        self.start.setObjectName("replayDrill")
        self.list = QToolButton(parent)
        self.list.setObjectName("replayDrills")
        self.list.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.list)
        self._menu.setObjectName("drillsMenu")
        self.list.setMenu(self._menu)
        self.clicks = Clicks(failed)
        self._menu.aboutToShow.connect(self._fill)
        self.progressed.connect(self._on_progress)
        bar.cancelled.connect(self.cancel)
        for button in (self.start, self.list):
            bar.add(button)

    def open(self, door: "ReplayDoor") -> None:
        self._door = door

    def show_words(self) -> None:
        self.start.setText(_("由此刻演练"))
        self.start.setToolTip(_("以此刻的案件和时限建一个演练,在新窗口打开;真实的库不变"))
        self.start.setAccessibleName(self.start.text())
        self.list.setText(_("演练列表"))
        for told in (self.list, self._menu):
            told.setAccessibleName(self.list.text())

    def make(self, at: "datetime") -> None:
        """Make a drill of the instant and open it."""
        if not self.clicks.busy:
            self._stop = False
        self.clicks.run(partial(self._make, at))

    def cancel(self) -> None:
        """What is being made is not wanted any more; nothing of it stays."""
        self._stop = True

    async def _make(self, at: "datetime") -> None:
        assert self._door is not None
        self.start.setEnabled(False)
        self._bar.show_progress(0, 0)
        try:
            made = await self._door.make_drill(self._folder, at, self.progressed.emit, lambda: self._stop)
        except Refused as problem:
            if problem.code != "interrupted":
                raise
            return
        finally:
            self.start.setEnabled(True)
            self._bar.end_progress()
        self._open(made)

    def _open(self, drill: "Drill") -> None:
        assert self._door is not None
        program, *words = self._door.drill_opening(self._folder, drill.name)
        QProcess.startDetached(program, words)
        self.told.emit(
            _("演练 {name}({cases} 件案件)在新窗口打开").format(name=drill.name, cases=f"{drill.cases:,}")
        )

    async def _remove(self, drill: "Drill") -> None:
        assert self._door is not None
        door = self._door
        await asyncio.get_running_loop().run_in_executor(
            None, partial(door.remove_drill, self._folder, drill.name)
        )
        self.told.emit(_("演练 {name} 已移除").format(name=drill.name))

    def _fill(self) -> None:
        self._menu.clear()
        found = self._door.drills(self._folder) if self._door is not None else ()
        for drill in found:
            words = _("打开 {name}").format(name=drill.name)
            self._offer("open", words, drill, self._on_open)
            words = _("移除 {name}").format(name=drill.name)
            self._offer("remove", words, drill, self._on_remove)
        if not found:
            self._menu.addAction(_("还没有演练")).setEnabled(False)

    def _offer(self, what: str, words: str, drill: "Drill", run: Callable[..., None]) -> None:
        action = self._menu.addAction(plain_button(words))
        action.setObjectName(f"{what}Drill_{drill.name}")
        action.triggered.connect(partial(run, drill))

    def _on_open(self, drill: "Drill", _checked: bool = False) -> None:
        self._open(drill)

    def _on_remove(self, drill: "Drill", _checked: bool = False) -> None:
        self.clicks.run(partial(self._remove, drill))

    def _on_progress(self, done: int, whole: int) -> None:
        if self.clicks.busy:
            self._bar.show_progress(done, whole)
