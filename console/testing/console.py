"""One driven window: opened on a data folder, worked, looked at, and taken down again."""

import asyncio
import logging.handlers
from collections.abc import Callable, Coroutine, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, overload

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from console.domain.errors import Refused
from console.i18n import language, use_language
from console.queries.case import CaseCard, case_card
from console.settings import Settings
from console.system import LOG
from console.testing import hands, reading
from console.testing.alarms import AlarmsPage
from console.testing.board import BoardPage
from console.testing.bulk import BulkPage
from console.testing.case import CasePage
from console.testing.clock import Clock
from console.testing.command import CommandPage
from console.testing.decisions import ApprovalsPage, TriagePage
from console.testing.filling import fill
from console.testing.form import FormPage
from console.testing.layout import LayoutPage
from console.testing.map import MapPage
from console.testing.queue import QueuePage
from console.testing.replay import ReplayPage
from console.testing.site import CityPage, PracticePage, SettingsPage, WallPage
from console.testing.stillness import be_still
from console.testing.views import ViewsPage
from console.testing.waiting import OPENING_S, WITHIN_S, until
from console.ui import life
from console.ui.door import Door, open_door
from console.ui.edge import hurry, under_way
from console.ui.main_window import MainWindow
from console.ui.scale import use_zoom
from console.ui.theme import Theme, console_font

T = TypeVar("T")

SIZE = (1600, 900)


class Console:
    """The real window of a data folder, with a page for each part.

    At work: queue, views, case, form, bulk, map, command line, alarms, approvals, triage. Beside it: board,
    replay, layout, practice, settings, city and its data, wall.

    Made by `open_console`; a test that has an application and a loop of its own makes it itself.
    """

    def __init__(
        self,
        loop: qasync.QEventLoop,
        folder: Path,
        settings: Settings,
        clock: Clock,
        by: str,
        size: tuple[int, int] = SIZE,
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.by = by
        self._loop = loop
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        be_still(application)
        use_zoom(settings.zoom)
        application.setFont(console_font())
        self._spoken = language()
        use_language("en" if settings.language == "en" else "zh")
        self.window = MainWindow(Theme(settings.theme, application), settings, folder)
        self.window.resize(*size)
        self.window.move(0, 0)
        self.window.show()
        self.door: Door | None = None
        self._opening: asyncio.Task[None] | None = None  # held: the loop itself does not
        self.queue = QueuePage(self)
        self.views = ViewsPage(self)
        self.case = CasePage(self)
        self.form = FormPage(self)
        self.bulk = BulkPage(self)
        self.map = MapPage(self)
        self.command = CommandPage(self)
        self.alarms = AlarmsPage(self)
        self.layout = LayoutPage(self)
        self.replay = ReplayPage(self)
        self.board = BoardPage(self)
        self.approvals = ApprovalsPage(self)
        self.triage = TriagePage(self)
        self.practice = PracticePage(self)
        self.settings = SettingsPage(self)
        self.city = CityPage(self)
        self.wall = WallPage(self)
        self.until(self.window.windowHandle().isExposed, "the window is shown")
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window has the keyboard")

    def open(self) -> "Console":
        """Open the store; without a city in it the first run is shown (`city`).

        Raises Refused as the window would show it.
        """
        door = self.door = self.wait(open_door(self.folder, None, self.by, self.clock), OPENING_S)
        try:
            self.wait(self.window.open(door), OPENING_S)
        except Refused as problem:
            if problem.code != "no_city":
                raise
            founding = self._opening = self._loop.create_task(self.window.founding.found(door))
            founding.add_done_callback(partial(self._on_founded, door=door))
            self.until(lambda: self.city.is_open, "it is asked which city")
        self.settle(OPENING_S)
        return self

    def _on_founded(self, founding: "asyncio.Task[None]", door: Door) -> None:
        if not founding.cancelled():
            self._opening = self._loop.create_task(self.window.open(door))

    def close(self) -> None:
        """Take everything down in the order of console.ui.life; a sample goes or comes back after that."""
        founding = self.window.founding
        self.window.passing.stop()
        self.wait(life.end(self.window))
        self.window.theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.door is not None:
            self.door.desk.close()
        founding.finish()
        close_log()
        use_language(self._spoken)

    # ---- waiting

    def wait(self, work: Coroutine[Any, Any, T], within_s: float = WITHIN_S) -> T:
        """What a coroutine gives, while the window lives on."""
        task: asyncio.Task[T] = self._loop.create_task(work)
        self.until(task.done, "a task is done", within_s)
        return task.result()

    def until(
        self, holds: Callable[[], object], what: str | Callable[[], str] = "", within_s: float = WITHIN_S
    ) -> None:
        """Wait until it holds. Raises console.testing.waiting.NotInTimeError."""
        until(holds, what, within_s)

    def settle(self, within_s: float = WITHIN_S) -> None:
        """Wait until nothing is under way: no act, no reading or writing, and the map has drawn its news.

        Raises NotInTimeError, which tells what is still under way.
        """
        for _twice in range(2):  # what was read last may have started something
            hurry()
            self.until(lambda: self.idle, self._unrest, within_s)
            self.map.rest()
            QApplication.processEvents()
        panel_window = (QApplication.activeWindow() or self.window).property("panelWindow")
        if QApplication.activePopupWidget() is None and not self.window.isActiveWindow() and not panel_window:
            self.window.activateWindow()  # where no window system gives it back when a list is closed
            self.until(self.window.isActiveWindow, "the window has the keyboard")

    @property
    def idle(self) -> bool:
        """Whether window, readers and writer have nothing to do, and the map's page has its news."""
        return not self.under_way

    @property
    def under_way(self) -> list[str]:
        """What is still being done, named as in the program's code; empty at rest."""
        left = under_way()
        if self.door is not None and not self.door.desk.idle:
            left.append("the store is asked")
        if not self.window.queue.idle:
            left.append("the queue reads rows")
        if not self.window.map.courier.idle:
            left.append("the map's page has news to fetch")
        return left

    def _unrest(self) -> str:
        return f"the window has not come to rest: {', '.join(self.under_way)}"

    def pass_time(self, minutes: float) -> None:
        """Let time pass on the window's clock, and the window notice it."""
        self.clock.forward(minutes=minutes)
        for _second in range(10):
            self.window.passing.tick()
        self.settle()

    # ---- looking

    @overload
    def find(self, name: str) -> QWidget: ...

    @overload
    def find(self, name: str, kind: type[T]) -> T: ...

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:
        """The visible widget of that object name, otherwise a hidden one; AssertionError without any."""
        found = [item for item in self._named(name) if isinstance(item, kind)]
        shown = [item for item in found if item.isVisible()]
        if not found:
            there = {item.objectName() for item in self.window.findChildren(QWidget)}
            raise AssertionError(f"no widget {name}{_like(name, there)}")
        return (shown or found)[0]

    def shows(self, name: str) -> bool:
        """Whether a widget of that object name is to be seen."""
        return any(item.isVisible() for item in self._named(name))

    def _named(self, name: str) -> list[QWidget]:
        """In the window, or in one that a panel of it has for itself."""
        windows = [self.window, *{frame.window() for frame in self.window.workspace.frames.values()}]
        found = [item for window in dict.fromkeys(windows) for item in window.findChildren(QWidget, name)]
        return found + [window for window in windows[1:] if window.objectName() == name]

    def text(self, name: str) -> str:
        """What a label, button or field of that name says; the value of a field, the words of the rest."""
        return reading.text(self.find(name))

    def rows(self, name: str) -> list[list[str]]:
        """The cells of a table or list of that name, as shown: "boardTable", "alarmList", "replayEvents"."""
        return reading.rows(self.find(name, QAbstractItemView))

    def open_row(self, name: str, at: int, column: int = 0) -> None:
        """Double-click a cell of a table or list; rows count from 0, as in `rows`."""
        view = self.find(name, QAbstractItemView)
        index = view.model().index(at, column)
        assert index.isValid(), f"{name} has no row {at}"
        view.scrollTo(index)
        hands.double_click(view.viewport(), view.visualRect(index).center())
        self.settle()

    @property
    def screen(self) -> str:
        """What fills the window: "board", "practice", "settings", "manual" ...; empty for the workspace."""
        return self.window.pages.shown

    @property
    def focused(self) -> str:
        """The name of the widget that the keyboard reaches; empty where there is none."""
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.objectName()

    @property
    def message(self) -> str:
        """What the message line says."""
        return self.window.messages.text

    @property
    def standing(self) -> str:
        """Where the window stands, for whoever reads of a test that did not hold."""
        form = f", form: {', '.join(self.form.fields)} {self.form.problem}" if self.form.is_open else ""
        case = f"case {self.case.code}: {self.case.state}" if self.case.code else "no case"
        return f"{case}, {self.queue.count}, message: {self.message}{form}"

    def stored(self, code: str) -> CaseCard:
        """The case as the database has it, with its journal."""
        return self.ask(case_card, code, self.clock())

    def ask(self, query: Callable[..., T], *args: Any) -> T:
        """Ask the database without the window."""
        assert self.door is not None
        return self.door.desk.ask_now(query, *args)

    def picture(self, file: Path) -> None:
        """Save what the window shows as PNG. OSError where it cannot be written."""
        if not self.window.grab().save(str(file), "PNG"):
            raise OSError(f"cannot write {file}")

    def log(self) -> str:
        """What was written to the log file."""
        file = self.folder / LOG
        return file.read_text("utf-8") if file.exists() else ""

    # ---- working

    def press(self, *keys: str) -> None:
        """Press keys in whatever has the focus, and wait for what they start."""
        for key in keys:
            hands.press(key)
            self.settle()

    def type(self, text: str) -> None:
        """Type into whatever has the focus: Latin by keys, anything else as an input method brings it."""
        for latin, other in hands.pieces(text):
            hands.type_piece(latin, other)
            self.settle()

    def click(self, name: str, at: QPoint | None = None) -> None:
        """Click the middle of a widget, or a place in it, with the left button."""
        widget = self.find(name)
        assert widget.isVisible(), f"{name} is not visible"
        assert widget.isEnabled(), f"{name} is greyed"
        popup = QApplication.activePopupWidget()
        if popup is not None and not popup.isAncestorOf(widget):
            popup.close()  # as a click beside an open list does
            self.settle()
        place = at or widget.rect().center()
        assert widget.window().rect().contains(widget.mapTo(widget.window(), place)), f"{name} lies outside"
        hands.click(widget, place)
        self.settle()

    def fill(self, name: str, value: str) -> None:
        """Fill a field of any screen, as `console.testing.filling` says."""
        fill(self, name, value)

    def act(self, name: str) -> None:
        """Do an action of the window by its name, as its key does: "show_board", "act_dispatch"."""
        actions = self.window.actions_by_name
        assert name in actions, f"no action {name}{_like(name, actions)}"
        action = actions[name]
        assert action.isEnabled(), f"{name} is greyed"
        action.trigger()
        self.settle()

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in pixels."""
        self.window.resize(width, height)
        self.settle()

    def say(self, line: str) -> None:
        """Give a line to the command line, and Enter."""
        self.command.write(line)
        self.press("Return")


def _like(name: str, there: Iterable[str]) -> str:
    """The names that may have been meant; the page of object names has them all."""
    from difflib import get_close_matches

    words = {part for part in name.split("_") if len(part) > 3}
    alike = get_close_matches(name, there, 3) or [one for one in there if words & set(one.split("_"))][:3]
    return f"; did you mean {', '.join(alike)}?" if alike else "; see the page of object names"


def close_log() -> None:
    """Let go of the log file that opening a desk has opened."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
