"""The map panel: the window's side of the map page."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from console.i18n import _
from console.system import resource
from console.ui.map.city import MapCity
from console.ui.map.courier import Courier
from console.ui.map.notice import MapNotice
from console.ui.map.page_on_its_way import page_on_its_way
from console.ui.map.said import Said
from console.ui.map.scene import Scene
from console.ui.map.spoken import name_map, say_zoom
from console.ui.map.words import map_words

if TYPE_CHECKING:
    from console.ui.map.browser import MapBrowser
    from console.ui.map.kept_page import BasePage
    from console.ui.map.scheme import Reply, TileAsker

log = logging.getLogger(__name__)

_AFTER_FIRST_PAINT_MS = 50
_POLL_MS = 5
_PATIENCE_MS = 20_000


class MapPanel(QWidget):
    """The grid map.

    The panel keeps the whole state and the page is told of it, so every method may be called at any
    time: before the first paint, while the page loads, after its renderer died. The browser engine is
    made a moment after the panel was first painted, because it would hold up the window.

    Signals:
        cell_chosen(index): a cell was clicked; -1 means no cell any more.
        case_chosen(case_id): a case's mark was clicked.
        place_chosen(lon, lat): a place was picked, while picking is on; degrees.
        picking_changed(on), follow_changed(on): switched by the user on the map itself.
        painted(ms): the page has painted everything, so long after it began to load.
        view_changed(lon, lat, zoom): the map was moved; its centre in degrees.
        page_closed: everything is taken down, after `close_page`.
    """

    cell_chosen = Signal(int)
    case_chosen = Signal(int)
    place_chosen = Signal(float, float)
    picking_changed = Signal(bool)
    follow_changed = Signal(bool)
    painted = Signal(float)
    view_changed = Signal(float, float, int)
    page_closed = Signal()

    def __init__(self, theme: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapPanel")
        self._ground = theme["ground"]
        self._zoom = 1.0
        self._covered = 0
        self._scene = Scene(theme, map_words(), self.font().family())
        self.courier = Courier(self)
        self.courier.due.connect(self._on_due)
        self._browser: MapBrowser | None = None
        self.tiles: TileAsker = lambda asked, answer: answer(None)  # what gives those of a base map
        self._base_page: Future[BasePage] | None = None
        self._first_paint_seen = False
        self._closing = False
        self._hidden = False
        self._page_is_made = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_too_long)
        self._notice = MapNotice(self)
        self._notice.retry.connect(self.reload)
        self._notice.installEventFilter(self)
        self._on_word: dict[str, Callable[..., None]] = {
            "failed": self._on_failed,
            "heard": self.courier.heard,
            "painted": self._on_painted,
            "cell": self.cell_chosen.emit,
            "case": self.case_chosen.emit,
            "place": self.place_chosen.emit,
            "view": self._on_view,
            "follow": self._on_follow,
            "picking": self._on_picking,
        }
        self._layers = QStackedLayout(self)
        self._layers.setContentsMargins(0, 0, 0, 0)
        # Both at once: a page that is not shown would never paint, and the notice lies over it till then.
        self._layers.setStackingMode(QStackedLayout.StackingMode.StackAll)
        self._layers.addWidget(self._notice)
        name_map(self)
        self._notice.say(_("地图载入中"))

    def show_city(self, city: MapCity) -> None:
        """Show another city, from nothing: the page starts again, or goes on if it waited for its first."""
        waited = self._scene.city is None and self._browser is not None
        self._scene.show_city(city)
        if waited:
            self._serve_data()
        else:
            self.reload()

    def show_cells(self, levels: bytes, counts: bytes) -> None:
        """Replace all cells: a class (0 to 6) as one byte, open cases as a little-endian u16, per cell.

        Raises ValueError when the lengths do not fit the city.
        """
        self._scene.show_cells(levels, counts)
        self.courier.changed()

    def update_cells(self, changed: Mapping[int, tuple[int, int]]) -> None:
        """Change some cells: index -> (class, open cases). Raises ValueError outside the city."""
        self._scene.update_cells(changed)
        self.courier.changed()

    def show_marks(self, marks: bytes) -> None:
        """Replace all marks (`console.ui.map.marks.packed_marks`)."""
        self._scene.show_marks(marks)
        self.courier.changed()

    def select_case(self, case_id: int | None, lon: float = 0.0, lat: float = 0.0) -> None:
        """Outline the place of the selected case (degrees); with follow on, bring it into view."""
        chosen = None if case_id is None else {"id": case_id, "lon": lon, "lat": lat}
        self._set_small("selected", chosen)

    def filter_cell(self, index: int | None) -> None:
        """Outline the cell that the queue is filtered by."""
        self._set_small("filter", -1 if index is None else index)

    def set_follow(self, follow: bool) -> None:
        """Whether the view follows the selected case."""
        self._set_small("follow", follow)

    def set_covered(self, pixels: int) -> None:
        """How much of the map's right side something else lies over: cases are kept clear of it."""
        self._covered = pixels
        self._notice.keep_clear(pixels)
        self._set_small("covered", round(pixels / self._zoom))  # the page counts in pixels of its own

    def set_bare(self, bare: bool) -> None:
        """Whether the map shows nothing but itself: no tools, no legend."""
        self._set_small("bare", bare)

    def set_zoom(self, factor: float) -> None:
        """How large the page is drawn, 1.0 being as it was written."""
        self._zoom = factor
        if self._browser is not None:
            self._browser.set_zoom(factor)
        self.set_covered(self._covered)

    def pick_place(self, on: bool) -> None:
        """Whether the next click picks a place instead of a cell or a case."""
        self._set_small("picking", on)

    def show_theme(self, theme: Mapping[str, str]) -> None:
        """Show other colours: role -> CSS colour."""
        self._ground = theme["ground"]
        self._set_small("theme", dict(theme))
        if self._browser is not None:
            self._browser.set_background(self._ground)

    def show_words(self, words: Mapping[str, str]) -> None:
        """Show the page's words in another language (`console.ui.map.words.map_words`)."""
        self._set_small("words", dict(words))
        name_map(self)

    def show_view(self, lon: float, lat: float, zoom: int) -> None:
        """Move the map: centre in degrees, Web Mercator zoom level."""
        view = {"lon": lon, "lat": lat, "zoom": zoom}
        self._set_small("view", view)

    def declare(self, name: str, value: Any) -> None:
        """Add a small part of the scene (JSON) for a feature of the page; ValueError for a taken name."""
        self._scene.declare(name, value)

    def set_part(self, name: str, value: Any, *, urgent: bool = True) -> None:
        """Replace a declared part; KeyError for an unknown one."""
        self._scene.set_small(name, value)
        self.courier.changed(urgent=urgent)

    def remember_part(self, name: str, value: Any) -> None:
        """Note what the page itself has changed in a declared part, without telling it."""
        self._scene.remember(**{name: value})

    def set_bytes(self, name: str, data: bytes) -> None:
        """Replace a large part of a feature; the page fetches it when it is told."""
        self._scene.set_bytes(name, data)
        self.courier.changed()

    def hear(self, word: str, act: Callable[..., None]) -> None:
        """Do this with the numbers of a word of the page (`said.VOCABULARY`); ValueError if one does."""
        if word in self._on_word:
            raise ValueError(word)
        self._on_word[word] = act

    def reload(self) -> None:
        """Load the page again and give it the whole state, as soon as there is a city to show."""
        if self._browser is not None and self._page_is_made:
            self._browser.load()

    def close_page(self) -> None:
        """Take the browser down in the order it needs; `page_closed` follows, at once without a browser."""
        self._closing = True
        self.courier.shut()
        self._patience.stop()
        if self._browser is None:
            self.page_closed.emit()
        else:
            self._browser.close()

    @property
    def view(self) -> tuple[float, float, int] | None:
        """Where the map was last seen: centre in degrees, zoom level; None before it was."""
        return self._scene.view

    @property
    def outside_requests(self) -> list[str]:
        """Addresses outside the console that the page asked for; all were blocked."""
        return list(self._browser.guard.blocked) if self._browser else []

    def run_script(self, script: str, answer: Callable[[Any], None] | None = None) -> None:
        """Run a script in the page, for tests and measurements only: never with text from outside."""
        if self._browser is not None:
            self._browser.page.runJavaScript(script, 0, answer or (lambda result: None))

    def _set_small(self, name: str, value: Any) -> None:
        self._scene.set_small(name, value)
        self.courier.changed(urgent=True)

    def _begin(self) -> None:
        if self._closing:
            return
        self._base_page = page_on_its_way()
        QTimer.singleShot(0, self, self._make_browser)

    def _make_browser(self) -> None:
        if self._closing:
            return
        from console.ui.map.browser import MapBrowser  # the engine's libraries load after the first paint

        browser = MapBrowser(resource("map"), self)
        browser.said.connect(self._on_said)
        browser.starting.connect(self._on_starting)
        browser.died.connect(self._on_died)
        browser.gave_up.connect(self._on_gave_up)
        browser.lost.connect(self._on_lost)
        browser.closed.connect(self.page_closed)
        self._browser = browser
        browser.serve_tiles(lambda asked, answer: self.tiles(asked, answer))
        browser.set_background(self._ground)
        browser.set_zoom(self._zoom)
        self._layers.addWidget(browser.view)
        name_map(self)
        self._layers.setCurrentWidget(self._notice)
        self.setFocusProxy(browser.view)
        if self._scene.city is not None:
            self._serve_data()
        self._load_when_made()

    def _load_when_made(self) -> None:
        if self._closing or self._browser is None or self._base_page is None:
            return
        if not self._base_page.done():
            QTimer.singleShot(_POLL_MS, self, self._load_when_made)
            return
        fault = self._base_page.exception()
        if fault is not None:
            log.error("the map's base page could not be made", exc_info=fault)
            self._notice.say(_("地图页面无法生成，请运行 grid-console doctor"))
            return
        self._browser.serve_page(self._base_page.result())
        self._page_is_made = True
        self.reload()

    def _serve_data(self) -> None:
        if self._browser is not None:
            self._browser.serve_data(self._answer)
            self._patience.start()

    def _answer(self, name: str) -> "Reply | None":
        from console.ui.map.scheme import BINARY, JSON, Reply

        if name == "scene":
            return Reply(self._scene.whole(), JSON)
        if name == "news":
            number, news = self._scene.take_news()
            self.courier.fetched(number)
            return Reply(news, JSON)
        large = self._scene.large(name)
        return None if large is None else Reply(large, BINARY)

    def _on_due(self) -> None:
        if self._browser is not None:
            self._browser.nudge()

    def _on_starting(self) -> None:
        self._scene.begin()
        self.courier.shut()
        if self._scene.city is not None:
            self._patience.start()

    def _on_died(self) -> None:
        self.courier.shut()
        self._patience.stop()
        self._notice.say(_("地图页面中断，正在恢复"))

    def _on_gave_up(self) -> None:
        self.courier.shut()
        self._patience.stop()
        self._notice.say(_("地图页面多次中断，队列和案件不受影响"), can_retry=True)

    def _on_lost(self) -> None:
        self.courier.shut()
        self._patience.stop()
        self._notice.say(_("地图引擎无法再启动，重新打开指挥台后恢复；队列和案件不受影响"))

    def _on_too_long(self) -> None:
        if not self.isVisible():
            self._patience.start()  # a hidden page does not paint: that is no fault
            return
        self._notice.say(_("地图迟迟没有显示"), can_retry=True)

    def _on_said(self, said: Said) -> None:
        act = self._on_word.get(said.word)  # a map without some part has nobody to hear of it
        if act is not None and not self._closing:
            act(*said.values)

    def _on_failed(self) -> None:
        self._patience.stop()
        self._notice.say(_("地图数据无法读取"), can_retry=True)

    def _on_painted(self, ms: float) -> None:
        self.courier.open()  # before anybody hears of the picture: he may count on the news too
        if self._browser is not None:
            self._browser.set_zoom(self._zoom)  # a page that loads begins at 100 %
        if self._scene.has_news:
            self.courier.changed()
        self._patience.stop()
        self._notice.hide()
        name_map(self)  # a renderer that started again has a part of its own
        self.painted.emit(ms)

    def _on_view(self, lon: float, lat: float, zoom: int) -> None:
        say_zoom(self, zoom, self.view[2] if self.view is not None else None)
        self._scene.remember(view={"lon": lon, "lat": lat, "zoom": zoom})
        self.view_changed.emit(lon, lat, zoom)

    def _on_follow(self, flag: int) -> None:
        self._scene.remember(follow=bool(flag))
        self.follow_changed.emit(bool(flag))

    def _on_picking(self, flag: int) -> None:
        self._scene.remember(picking=bool(flag))
        self.picking_changed.emit(bool(flag))

    def hideEvent(self, event: QHideEvent) -> None:
        # Also when the window is minimised: Qt then hides its parts without asking them.
        super().hideEvent(event)
        self._hidden = True
        self.courier.sleep()
        QTimer.singleShot(0, self, self._fall_asleep)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._hidden = False
        if self._browser is not None:
            self._browser.wake()
        self.courier.wake()

    def _fall_asleep(self) -> None:
        # A page that is still loading may finish: it then waits by itself to be seen.
        if self._hidden and self._browser is not None:
            self._browser.sleep(stopped=self.courier.is_open)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_small("font", self.font().family())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The notice covers the panel, so the panel itself is never painted.
        if event.type() == QEvent.Type.Paint and not self._first_paint_seen:
            self._first_paint_seen = True
            QTimer.singleShot(_AFTER_FIRST_PAINT_MS, self, self._begin)
        return super().eventFilter(watched, event)
