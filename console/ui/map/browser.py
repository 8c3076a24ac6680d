"""The browser inside the map panel: made late, asleep while hidden, reloaded after a crash, taken down."""

import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from console.ui.map.page import OutsideGuard, make_page, make_profile
from console.ui.map.scheme import PAGE_URL, ConsoleScheme, Reply, TileAsker
from console.ui.map.spoken import tell_engine_of_readers

if TYPE_CHECKING:
    from console.ui.map.kept_page import BasePage

log = logging.getLogger(__name__)

_RELOAD_PAUSE_MS = 250
_MOST_DEATHS = 3
_DEATH_WINDOW_S = 60.0
# Chromium's word for a renderer that could not even be started: what starts them (the zygote) is gone, and
# it is only made together with the application.
_LAUNCH_FAILED = 1002

# Constant text: what is run this way is not held by the page's policy, so nothing is ever put into it.
_NUDGE = "window.gridConsole && gridConsole.pull()"


class MapBrowser(QObject):
    """View, page, profile and scheme of the map as one thing.

    Signals:
        said(Said): the page spoke.
        starting: the page begins to load, and knows nothing.
        died: the renderer is gone; another load follows by itself.
        gave_up: the renderer died too often; `load` tries again.
        lost: no renderer can be started any more, until the application is opened again.
        closed: everything is taken down, after `close`.
    """

    said = Signal(object)
    starting = Signal()
    died = Signal()
    gave_up = Signal()
    lost = Signal()
    closed = Signal()

    def __init__(self, engine_files: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._scheme = ConsoleScheme(engine_files, self)
        self._scheme.said.connect(self.said)
        self.guard = OutsideGuard(self)
        self._deaths: deque[float] = deque(maxlen=_MOST_DEATHS)
        self._closing = self._asleep = self._due = False
        # Loading inside the signal of a death has crashed the engine: leave it first. One timer, because a
        # renderer that cannot be started is told of more than once.
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_RELOAD_PAUSE_MS)
        self._again.timeout.connect(self.load)
        self.view = QWebEngineView(parent)
        self.view.setObjectName("mapView")
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAcceptDrops(False)
        self._profile = make_profile(self._scheme, self.guard, self)
        self.page = make_page(self._profile, self.view)
        self.page.renderProcessTerminated.connect(self._on_terminated)
        self.view.setPage(self.page)
        tell_engine_of_readers()

    def serve_page(self, page: "BasePage") -> None:
        """Give the base page that `load` opens."""
        self._scheme.serve_page(page.html, page.parts)

    def serve_data(self, data: Callable[[str], Reply | None]) -> None:
        """Let `data` answer what the page asks of the city; it may have loaded before, and waits for that."""
        self._scheme.serve_data(data)

    def serve_tiles(self, tiles: TileAsker) -> None:
        """Let `tiles` answer what the page asks of a base map."""
        self._scheme.serve_tiles(tiles)

    def set_background(self, colour: str) -> None:
        """The colour before the first paint, so that nothing flashes white in the dark."""
        self.page.setBackgroundColor(QColor(colour))

    def set_zoom(self, factor: float) -> None:
        """How large the page is drawn."""
        self.view.setZoomFactor(factor)

    def load(self) -> None:
        """Open the page from nothing; while it is asleep, as soon as it wakes: unseen it has no size."""
        if self._closing:
            return
        self._due = self._asleep
        if not self._asleep:
            self.starting.emit()
            self.page.load(PAGE_URL)

    def nudge(self) -> None:
        """Tell the page that there is news for it to fetch."""
        self.page.runJavaScript(_NUDGE)

    def sleep(self, *, stopped: bool) -> None:
        """Nobody sees the page: with `stopped` no script of it runs, no timer, no frame."""
        self._asleep = True
        if stopped and not self._closing and not self.page.isVisible():
            self.page.setLifecycleState(QWebEnginePage.LifecycleState.Frozen)

    def wake(self) -> None:
        """The page is seen again, and runs."""
        if self._closing:
            return
        self._asleep = False
        self.page.setLifecycleState(QWebEnginePage.LifecycleState.Active)
        if self._due:
            self.load()

    def close(self) -> None:
        """Take everything down: page, then view, then profile; the other order warns or crashes."""
        if self._closing:
            return
        self._closing = True
        self._again.stop()
        self.page.destroyed.connect(self._after_page)
        self.page.setParent(None)
        self.page.deleteLater()

    def _after_page(self) -> None:
        self.view.deleteLater()
        self._profile.destroyed.connect(self.closed)
        self._profile.deleteLater()

    def _on_terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        if self._closing or self._again.isActive():
            return
        log.warning("the map's renderer ended: %s, code %d", status.name, code)
        if code == _LAUNCH_FAILED:
            self.lost.emit()
            return
        now = time.monotonic()
        self._deaths.append(now)
        if len(self._deaths) == _MOST_DEATHS and now - self._deaths[0] < _DEATH_WINDOW_S:
            self._deaths.clear()
            self.gave_up.emit()
            return
        self.died.emit()
        self._again.start()
