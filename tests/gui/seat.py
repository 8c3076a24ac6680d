"""A seat in a test: the real window on a real store, and the hands that work it."""

import asyncio
import logging.handlers
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.adapters.demo.history import Span, write_history
from console.domain.case import Case
from console.domain.city import CityContent
from console.domain.flow import State
from console.domain.operation import Operation
from console.i18n import use_language
from console.queries.case import CaseCard, case_card
from console.queries.marked import seen_of
from console.runtime.bootstrap import open_desk
from console.services.city import load_city
from console.services.steps import NOTHING, Told
from console.settings import Settings
from console.system import LOG
from console.ui import life
from console.ui.door import Door, open_door
from console.ui.edge import Clicks, Reload
from console.ui.garbage import Garbage
from console.ui.main_window import MainWindow
from console.ui.practice.page import PracticePage
from console.ui.scale import use_zoom
from console.ui.theme import Theme, console_font
from tests.lives import REPORT, TOLD, WAY, who

T = TypeVar("T")

NOW = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)  # a Friday, ten in the morning in the city
WAIT_MS = 20_000
BY = "测试员"


def keyboard() -> QWidget:
    """The widget that the keyboard reaches: an open list before whatever has the focus."""
    popup = QApplication.activePopupWidget()
    target = (popup.focusWidget() or popup) if popup is not None else QApplication.focusWidget()
    assert target is not None, "no widget has the focus"
    return target


class Clock:
    """Stands still unless it is moved."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> None:
        self.at += timedelta(**span)


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


def close_log() -> None:
    """Let go of the log file that opening a desk has opened."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()


@contextmanager
def running_loop(application: QApplication) -> Iterator[qasync.QEventLoop]:
    """An asyncio loop that runs whenever Qt's own loop does, and the garbage collected as the program does.

    Left to itself the interpreter collects on a reading thread too, and Qt crashes (seen once in a few
    hundred tests). `application.exec` is never entered: its end would shut the browser engine down for good.
    """
    loop = qasync.QEventLoop(application)
    owner = QObject()
    garbage = Garbage(owner)
    asyncio.set_event_loop(loop)
    asyncio._set_running_loop(loop)
    try:
        yield loop
    finally:
        garbage.end()
        owner.deleteLater()
        asyncio._set_running_loop(None)
        asyncio.set_event_loop(None)
        loop.close()


class Seat:
    """The window of `folder`, opened as console.ui.life does it; leave it with `close`."""

    def __init__(
        self, qtbot: QtBot, loop: qasync.QEventLoop, folder: Path, settings: Settings, clock: Clock
    ) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.clock = clock
        self._loop = loop
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        use_zoom(settings.zoom)
        application.setFont(console_font())
        use_language("en" if settings.language == "en" else "zh")
        self.window = MainWindow(Theme(settings.theme, application), settings, folder)
        self.window.resize(1600, 900)
        self.window.move(0, 0)
        self.window.show()
        self.door: Door | None = None
        self._life: asyncio.Task[None] | None = None
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def open(self) -> "Seat":
        """Open the store. Raises Refused as console.ui.life would show it."""
        self.door = self.wait(open_door(self.folder, None, BY, self.clock))
        self.wait(self.window.open(self.door))
        self.settle()
        return self

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives, while the window lives on."""
        task = self._loop.create_task(work)
        self.until(task.done)
        return task.result()

    def until(self, holds: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(holds()), timeout=WAIT_MS)

    def settle(self) -> None:
        """Wait until nothing is under way: no act, no reload."""
        window = self.window

        def still() -> bool:
            reloads = [
                window.case.reload, window.board.reload,
                window.passing.counts, window.map_link.reload, window.map_link._load_city,
                window.calendar.reload, window.explaining.reload, window.drafts.saving, window.triaging.steps,
                window.commands.asking, window.commands.words, window.commands.history.saving,
                window.commands.macros.saving, window.commands.macros.foreseeing,
            ]  # fmt: skip
            clicks = [
                window.conduct.clicks, window.seating._clicks, window.drafts.clicks, window.commands.clicks,
                window.commands.macros.clicks,
            ]  # fmt: skip
            attending = window.attending
            reloads += [attending.listening.seat, attending.listening.facts, attending.listening.clocks]
            reloads.append(attending.handing.reload)
            clicks.append(attending.handing.clicks)
            if window.left.approvals is not None:
                reloads.append(window.left.approvals.reload)
            for part in window.charting.parts:
                reloads += [part.reload] if isinstance(getattr(part, "reload", None), Reload) else []
                clicks += [part.clicks] if isinstance(getattr(part, "clicks", None), Clicks) else []
            practice = window.pages._made.get("practice")
            if isinstance(practice, PracticePage) and practice.tab is not None:
                reloads.append(practice.tab.reload)
                clicks.append(practice.tab._clicks)
            return (
                window.queue.idle
                and not any(click.busy for click in clicks)
                and all(reload.idle for reload in reloads)
            )

        self.until(still)
        QApplication.processEvents()
        self.until(still)
        panel_window = (QApplication.activeWindow() or window).property("panelWindow")
        if QApplication.activePopupWidget() is None and not window.isActiveWindow() and not panel_window:
            window.activateWindow()  # where no window system gives it back when a list is closed
            self.until(window.isActiveWindow)

    # ---- looking

    def find(self, name: str, kind: type[T] = QWidget) -> T:  # type: ignore[assignment]
        """The visible widget of that object name, otherwise the only hidden one."""
        found = [item for item in self.window.findChildren(QWidget, name) if isinstance(item, kind)]
        shown = [item for item in found if item.isVisible()]
        assert shown or found, f"no widget {name}"
        return (shown or found)[0]

    @property
    def message(self) -> str:
        return self.window.messages.text

    @property
    def codes(self) -> list[str]:
        """The codes of all cases the queue's filter lets through, in its order."""
        return [seen.code for seen in self.ask(seen_of, self.window.selection.wanted, self.clock())]

    @property
    def rows(self) -> list[str]:
        """The codes in the rows that are in view, from top to bottom."""
        return [row.code for row in self.window.queue.model.shown]

    @property
    def chosen(self) -> str:
        """The code of the chosen case."""
        card = self.window.case.card
        return "" if card is None else card.case.code

    def stored(self, code: str) -> CaseCard:
        """The case as the database has it."""
        return self.ask(case_card, code, self.clock())

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        """Ask the database without the window."""
        assert self.door is not None
        return self.door.desk.ask_now(query, *args)

    # ---- working

    def wait_minutes(self, minutes: float) -> None:
        """Let time pass on the clock of the window."""
        self.clock.forward(minutes=minutes)
        for _second in range(10):
            self.window.passing.tick()
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys in whatever has the focus, as the keyboard does, and wait for what they start."""
        for key in keys:
            QTest.keySequence(keyboard(), QKeySequence(key))
            self.settle()

    def type(self, text: str) -> None:
        """Type into whatever has the focus: Latin by keys, anything else as an input method brings it."""
        for latin, other in re.findall(r"([ -~]+)|([^ -~]+)", text):
            if latin:
                QTest.keyClicks(keyboard(), latin)
            else:
                brought = QInputMethodEvent()
                brought.setCommitString(other)
                QApplication.sendEvent(QApplication.focusWidget(), brought)
            self.settle()

    def click(self, name: str, at: QPoint | None = None) -> None:
        """Click the middle of a widget, or what lies there in it, with the left button."""
        widget = self.find(name)
        assert widget.isVisible(), f"{name} is not visible"
        assert widget.isEnabled(), f"{name} is greyed"
        popup = QApplication.activePopupWidget()
        if popup is not None and not popup.isAncestorOf(widget):
            popup.close()  # as a click beside an open list does
            self.settle()
        place = at or widget.rect().center()
        inside = self.window.rect().contains(widget.mapTo(self.window, place))
        assert inside, f"{name} lies outside the window"
        hit = widget.childAt(place) or widget
        QTest.mouseClick(hit, Qt.MouseButton.LeftButton, pos=hit.mapFrom(widget, place))
        self.settle()

    def click_row(self, code: str) -> None:
        """Click a case's row in the queue."""
        self.press_row(code)
        self.until(lambda: self.chosen == code)
        self.settle()

    def press_row(self, code: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a case's row with the mouse, after scrolling to it."""
        queue = self.window.queue
        case_id = self.stored(code).case.id
        queue.eye.reach(case_id)
        self.settle()
        row = queue.model.row_of(case_id)
        assert row >= 0, f"{code} is not in view"
        place = queue.table.visualRect(queue.model.index(row, 1)).center()
        QTest.mouseClick(queue.table.viewport(), Qt.MouseButton.LeftButton, held, place)
        self.settle()

    def choose_step(self, step: str) -> None:
        """Click a step of the strip."""
        self.click(f"step_{step}")

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
        assert self.chosen == code

    def watch(self) -> None:
        """Look out for what others commit, from now on."""
        assert self.door is not None
        self._loop.create_task(self.door.watch())
        self.wait(self.door.lists())  # the watch has asked before this question

    def live(self) -> None:
        """Let the program itself open the store and end: console.ui.life without its loop."""
        window = self.window
        living = life._live(window, self.folder, None, window.settings)
        self._life = self._loop.create_task(living)

    def close(self) -> None:
        """Take everything down in the order of console.ui.life."""
        window = self.window
        if self._life is not None:
            if not self._life.done():
                window.closing.emit()
            self.until(self._life.done)
            self._life.result()
            close_log()
            use_language("zh")
            return
        window.feed.stop()
        window.passing.stop()
        window.attending.stop()
        window.arranging.end()
        window.hide()
        gone: list[bool] = []
        window.charting.replaying.close()
        window.charting.second.close()
        window.map.page_closed.connect(lambda: gone.append(True))
        window.map.close_page()
        self.until(lambda: gone)
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self.until(lambda: all(task.done() for task in tasks))
        window.theme.deleteLater()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.door is not None:
            self.door.desk.close()
        close_log()
        use_language("zh")

    def log(self) -> str:
        """What was written to the log file."""
        file = self.folder / LOG
        return file.read_text("utf-8") if file.exists() else ""
