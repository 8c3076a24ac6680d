"""The layouts at work: panels in windows of their own, other screens, layouts by key, all remembered."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.errors import Refused
from console.i18n import _
from console.ui.layers import Layers
from console.ui.layouts.frame import TITLES
from console.ui.layouts.layout import STANDARD, Layout
from console.ui.layouts.panel_window import PanelWindow, place_now, screens_now, show_at
from console.ui.layouts.screens import Box, Place, Shown, place_of, placed
from console.ui.layouts.shelf import Shelf, read_shelf, shelf_told, write_shelf
from console.ui.layouts.tree import Side
from console.ui.messages import MessageLine
from console.ui.workspace import Workspace

KEYS = 9
_REMEMBER_MS = 800
_SETTLE_MS = 600  # so long a window system moves windows after we have, or after a screen came or went


class Arranging(QObject):
    """`window` is the main window; its place is remembered with the layouts of `operator`."""

    _unwritten = Signal(object)

    def __init__(
        self,
        window: QWidget,
        workspace: Workspace,
        layers: Layers,
        messages: MessageLine,
        folder: Path,
        operator: str,
        failed: Callable[[BaseException], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._layers = layers
        self._messages = messages
        self._folder = folder
        self._operator = operator
        self._failed = failed
        self._windows: dict[str, PanelWindow] = {}
        self._places: dict[str, Place | None] = {}
        self._arranged = False
        self._ended = False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="layouts")
        self._later = self._timer(_REMEMBER_MS, self.remember)
        self._settling = self._timer(_SETTLE_MS, lambda: None)
        self._replacing = self._timer(50, self._replace_windows)
        for number in range(KEYS):
            setattr(self, f"layout_{number + 1}", partial(self.switch, number))
        workspace.rearranged.connect(self._later.start)
        for name, frame in workspace.frames.items():
            frame.bar.pushed.connect(partial(self._push, name))
            frame.bar.dragged.connect(partial(workspace.drag, name))
            frame.bar.dropped.connect(partial(self._drop, name))
            frame.bar.window_wished.connect(partial(self.toggle_window, name))
            frame.bar.screen_wished.connect(partial(self.to_next_screen, name))
        application = QApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_screens)
        application.screenRemoved.connect(self._on_screens)
        self._unwritten.connect(failed)
        self.shelf = self._read()

    def restore(self) -> None:
        """Stand as the operator left it: for the start, before the window is shown."""
        if self.shelf.window is not None:
            box, shown = self._on_screen(self.shelf.window)
            self._window.setGeometry(box.x, box.y, box.width, box.height)
            if shown is Shown.MAXIMISED:
                self._window.showMaximized()
        self._workspace.show_layout(self.shelf.in_use, frozenset())
        # Windows of their own come once the main window is painted: they would hold it up.
        QTimer.singleShot(0, self, lambda: self.show(self.shelf.in_use, tell=False))

    def sit(self, operator: str) -> None:
        """Another operator works here now: his layouts, not his predecessor's."""
        if operator != self._operator:
            self.remember()
            self._operator = operator
            self.shelf = self._read()
            self.show(self.shelf.in_use, tell=False)

    def end(self) -> None:
        """The program ends: remember how it stands, and take the windows away."""
        if self._ended:
            return
        self.remember()
        self._ended = True
        self._writer.shutdown(wait=True)
        for panel in list(self._windows):
            self._put_back(panel)  # the panels end with the main window, in the order they need

    # What the keys do, by the names in console.ui.actions.WINDOW; layout_1 and so on are above.

    def show_layouts(self) -> None:
        """The list of layouts, or away with it."""
        from console.ui.layouts.chooser import WIDTH, LayoutChooser

        if isinstance(self._layers.panel, LayoutChooser):
            self._layers.leave()
            return
        chooser = LayoutChooser(self)
        self._layers.show(chooser, WIDTH, beside_case=False)
        chooser.take_keyboard()

    def arrange_panels(self) -> None:
        """Show the bars that panels are moved by, or hide them."""
        self._arranged = not self._arranged
        for frame in self._workspace.frames.values():
            frame.bar.setVisible(self._arranged)
        if self._arranged:
            self._workspace.frames["queue"].bar.setFocus()
            self._messages.say(_("拖动面板的标题栏,或用方向键移动;再按 Ctrl+F7 结束"))
        else:
            self._messages.say(_("面板位置已记住"))
            self._layers.left.emit()

    def float_panel(self) -> None:
        """The panel that has the keyboard into a window of its own, or back."""
        self.toggle_window(self._panel_with_keyboard())

    def send_panel(self) -> None:
        """The panel that has the keyboard to the next screen."""
        self.to_next_screen(self._panel_with_keyboard())

    def switch(self, number: int) -> None:
        """Show the layout of that number, from 0."""
        if number < len(self.shelf.all):
            self.show(self.shelf.all[number])
        else:
            self._messages.say(_("没有第 {number} 个布局;F7 可保存当前布局").format(number=number + 1))

    # What the list of layouts does.

    def show(self, layout: Layout, *, tell: bool = True) -> None:
        """Stand as in that layout from now on."""
        self.shelf.in_use = layout
        away, missing = set(), False
        for panel, place in layout.windows.items():
            if place is None and len(screens_now()) < 2:
                missing = True
                continue
            away.add(panel)
            self._places[panel] = place
        for panel in [panel for panel in self._windows if panel not in away]:
            self._put_back(panel)
        for panel in away:
            self._open(panel, quietly=not tell)
        if away:
            self._window.activateWindow()  # not every window system opens windows quietly
        self._workspace.show_layout(layout, frozenset(away))
        self._layers.clear()
        self._later.start()
        if tell:
            words = _("布局:{name}(没有第二块屏幕,面板留在主窗口)") if missing else _("布局:{name}")
            self._messages.say(words.format(name=_(layout.name)))

    def save(self, name: str) -> None:
        """Keep what stands now under a name. Raises Refused."""
        self.shelf.save(name, self.now())
        self._later.start()
        self._messages.say(_("已保存布局:{name}").format(name=self.shelf.in_use.name))

    def rename(self, old: str, new: str) -> None:
        """Raises Refused."""
        self.shelf.rename(old, new)
        self._later.start()

    def drop(self, name: str) -> None:
        """Take an own layout away; it can be restored."""
        if self.shelf.drop(name):
            self._later.start()
            self._messages.say(_("已删除布局:{name}").format(name=name))

    def undrop(self) -> None:
        """Bring back what was dropped last."""
        layout = self.shelf.restore()
        if layout is not None:
            self._later.start()
            self._messages.say(_("已恢复布局:{name}").format(name=layout.name))

    def close_list(self) -> None:
        """Take the list of layouts away without a word."""
        self._layers.clear()

    def reset(self) -> None:
        """Back to the standard, whatever stands now."""
        self.show(STANDARD)

    def now(self) -> Layout:
        """What stands now."""
        windows = {panel: self._places.get(panel) for panel in self._windows}
        return replace(self._workspace.arrangement, name=self.shelf.in_use.name, windows=windows)

    def remember(self) -> None:
        """Write it down, off this thread."""
        self._later.stop()
        if self._ended:
            return
        place = place_now(self._window)
        self.shelf.in_use = self.now()
        if place is not None and self._window.isVisible():
            self.shelf.window = place
        job = self._writer.submit(write_shelf, self._folder, self._operator, shelf_told(self.shelf))
        job.add_done_callback(self._on_written)

    # Windows of their own.

    def toggle_window(self, panel: str) -> None:
        """Into a window of its own, or from it back to where it was."""
        if panel in self._windows:
            self._put_back(panel)
        else:
            self._places[panel] = self._places.get(panel) or self._near(panel)
            self._open(panel)
        self._show_away()

    def to_next_screen(self, panel: str) -> None:
        """To the next screen, over all of it."""
        screens = screens_now()
        if len(screens) < 2:
            self._messages.say(_("没有第二块屏幕"))
            return
        own = self._workspace.frames[panel].window().screen()
        names = [screen.name for screen in screens]
        at = names.index(own.name()) if own.name() in names else 0
        target = screens[(at + 1) % len(screens)]
        self._places[panel] = place_of(target.room, target, Shown.MAXIMISED)
        self._open(panel)
        self._show_away()

    def _open(self, panel: str, *, quietly: bool = False) -> None:
        """The panel's window, where it was last or over the second screen; `quietly` leaves the keyboard."""
        frame = self._workspace.frames[panel]
        own = self._windows.get(panel)
        if own is None:
            own = self._windows[panel] = PanelWindow(self._window)
            own.closed.connect(partial(self._on_closed, panel))
            own.settled.connect(partial(self._on_settled, panel))
            own.hold(frame)
        place = self._places.get(panel)
        if place is None:
            screens = screens_now()
            other = next((one for one in screens if one.name != self._window.screen().name()), screens[0])
            place = self._places[panel] = place_of(other.room, other, Shown.MAXIMISED)
        self._settling.start()
        own.setWindowTitle(f"{_(TITLES[panel])} · {self._window.windowTitle()}")
        box, shown = self._on_screen(place)
        own.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, quietly)
        show_at(own, box, shown)

    def _put_back(self, panel: str) -> None:
        own = self._windows.pop(panel)
        self._workspace.frames[panel].setParent(self._workspace)
        own.hide()
        own.deleteLater()

    def _show_away(self) -> None:
        self._workspace.show_layout(self._workspace.arrangement, frozenset(self._windows))
        self._later.start()

    def _near(self, panel: str) -> Place:
        """A first place for a panel's window: as large as the panel, a little off where it is."""
        frame = self._workspace.frames[panel]
        corner = frame.mapToGlobal(QPoint(24, 24))
        width, height = max(frame.width(), 480), max(frame.height() * 4 // 5, 360)
        name = self._window.screen().name()
        screen = next((one for one in screens_now() if one.name == name), screens_now()[0])
        return place_of(Box(corner.x(), corner.y(), width, height), screen, Shown.NORMAL)

    def _on_screen(self, place: Place) -> tuple[Box, Shown]:
        _screen, box = placed(place, screens_now())
        return box, place.shown

    def _push(self, panel: str, side: Side) -> None:
        if panel not in self._windows:
            self._workspace.push(panel, side)
            self._workspace.frames[panel].bar.setFocus()

    def _drop(self, panel: str, at: QPoint) -> None:
        """Dropped in the room it is docked there; dropped outside it gets a window there."""
        own = self._windows.get(panel)
        if self._workspace.isVisible() and self._workspace.rect().contains(self._workspace.mapFromGlobal(at)):
            if own is not None:
                self._put_back(panel)
                self._show_away()
            self._workspace.drop(panel, at)
        else:
            near = self._near(panel)
            screens = screens_now()
            under = QGuiApplication.screenAt(at)
            screen = next((one for one in screens if under and one.name == under.name()), screens[0])
            box = Box(at.x() - near.box.width // 2, at.y(), near.box.width, near.box.height)
            self._places[panel] = place_of(box, screen, Shown.NORMAL)
            self._open(panel)
            self._show_away()

    def _on_closed(self, panel: str) -> None:
        if panel in self._windows:
            self._put_back(panel)
            self._show_away()

    def _on_settled(self, panel: str) -> None:
        """The user put it there; what a window system does after us or a lost screen is no wish of his."""
        own = self._windows.get(panel)
        if own is None or not own.isVisible() or self._settling.isActive():
            return
        place = place_now(own)
        if place is not None:
            self._places[panel] = place
            self._later.start()

    def _on_screens(self, _screen: QScreen) -> None:
        self._settling.start()
        self._replacing.start()

    def _replace_windows(self) -> None:
        """Screens came or went: every window to where it belongs on those that are there."""
        if not screens_now():
            return
        for panel in list(self._windows):
            self._open(panel, quietly=True)
        here = place_now(self._window)
        if self.shelf.window is not None and here is not None and here.screen != self.shelf.window.screen:
            box, shown = self._on_screen(self.shelf.window)
            show_at(self._window, box, shown)

    def _panel_with_keyboard(self) -> str:
        keyboard = QApplication.focusWidget()
        for name, frame in self._workspace.frames.items():
            if keyboard is not None and frame.isAncestorOf(keyboard):
                return name
        return "map"

    def _read(self) -> Shelf:
        return read_shelf(self._folder, self._operator, self._failed)

    def _on_written(self, job: Future[None]) -> None:
        """On the writing thread: a signal takes it to the window's."""
        problem = job.exception()
        if isinstance(problem, Refused):
            self._unwritten.emit(problem)

    def _timer(self, pause_ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(pause_ms)
        timer.timeout.connect(then)
        return timer
